"""Qt and only Qt: one folder per screen, view (layout) and presenter (decisions)."""
