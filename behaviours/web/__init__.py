"""What is done with what comes in over HTTP."""
