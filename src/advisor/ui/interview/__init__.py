"""Entretien: the person and their project, candidate places, live aids, notes and follow-up."""
