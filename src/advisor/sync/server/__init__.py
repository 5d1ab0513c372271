"""The central store: its own tables, its order, its verdicts. Knows no device's database."""
