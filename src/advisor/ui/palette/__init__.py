"""The command palette (Ctrl+K): any person, commune, aid, structure or action, by its name."""
