"""Telegram: what a bot hears and says, and how it is said."""
