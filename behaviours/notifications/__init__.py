"""What is done so that people are told."""
