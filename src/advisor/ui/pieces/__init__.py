"""The small pieces screens are made of: labels, cards, fields, badges, folding."""
