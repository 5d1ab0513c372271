"""The readers of data/: each error told with its file and line."""
