"""Both ends of the wire. Knows the journal, not the window."""
