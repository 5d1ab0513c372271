"""What a map says: places, layers, legends, marks, and what changed between two dates."""
