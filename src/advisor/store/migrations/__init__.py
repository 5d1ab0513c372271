"""Migrations of the case database; each imports nothing of ours."""
