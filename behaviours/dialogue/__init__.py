"""Hearing people, having them answered, and saying things to them."""
