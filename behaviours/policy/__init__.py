"""What is done about how people want to be told."""
