"""Fields and balls in files."""
