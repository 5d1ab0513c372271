"""Builds the full pack from the official files; what each file cannot say is told."""
