"""How people say how they want to be reached: changes of their preferences, and addresses."""
