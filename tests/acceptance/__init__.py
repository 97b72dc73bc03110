"""The whole assistant in processes of its own, driven from outside."""
