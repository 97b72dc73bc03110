"""Time: moments and recurrence rules, how they are read, reckoned and said back."""
