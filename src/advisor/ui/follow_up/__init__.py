"""Suivi: who to call back, what became of each project, satisfaction."""
