"""Synchronisation: what waits to leave this computer, since when, in plain French."""
