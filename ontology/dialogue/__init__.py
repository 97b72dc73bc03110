"""What people say to the assistant, how it is read, and what it says back."""
