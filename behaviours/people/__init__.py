"""What is done for people themselves."""
