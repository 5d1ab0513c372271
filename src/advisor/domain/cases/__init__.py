"""The people received, their project, and all that an interview gathers."""
