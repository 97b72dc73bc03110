"""What is done so that people are reached by mail."""
