"""Settings, the directory that holds all state, and logging."""
