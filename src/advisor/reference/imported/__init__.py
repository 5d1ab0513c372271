"""Official tables of indicators brought in by the user, kept beside the packs."""
