"""Territories: diagnostics listed, begun, read, worked on, printed."""
