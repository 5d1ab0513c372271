"""The map: a painted ground, a list of the same places beside it, a card, two dates, a ranking."""
