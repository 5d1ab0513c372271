"""The index that finds a commune as its name is typed."""
