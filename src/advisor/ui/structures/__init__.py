"""Structures: the pack's registry, searched and filtered, with each one's identity card."""
