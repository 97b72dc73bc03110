"""Reminders: what is to be remembered, when it falls due, and what became of it."""
