"""`python -m curvlib`: fields of a loss in the terminal, and in files."""
