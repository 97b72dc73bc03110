"""PostgreSQL: what is kept, and the embedded server that keeps it."""
