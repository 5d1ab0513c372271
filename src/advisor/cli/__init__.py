"""The command line: the same services as the window, one file per group."""
