"""Accueil: the day at a glance, without scrolling on a small laptop."""
