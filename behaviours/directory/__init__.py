"""Being known to the directory, and knowing whom to ask."""
