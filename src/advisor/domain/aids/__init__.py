"""Aids as declared data, and the pure interpreter that works them out."""
