"""Notifications: what a person is told unasked, and by which channel it reaches them."""
