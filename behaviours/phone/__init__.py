"""What is done to reach people by their number."""
