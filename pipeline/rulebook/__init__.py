"""Loading, checking and compiling `rules/`."""
