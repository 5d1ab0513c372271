"""The encrypted case database. Hands out domain objects, never rows."""
