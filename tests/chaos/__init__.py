"""Faults injected into running processes while people talk, and a count of what it cost."""
