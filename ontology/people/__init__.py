"""Who the assistant works for, and where they can be reached."""
