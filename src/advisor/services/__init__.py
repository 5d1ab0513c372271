"""What an adviser can do: one file per noun, one method per verb; returns what it touched."""
