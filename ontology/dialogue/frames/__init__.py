"""Ways to ask for what is neither a reminder nor manners, a table for each capability."""
