"""Dated zonings and how they answer for a place on a day."""
