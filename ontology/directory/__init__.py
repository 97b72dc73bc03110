"""Who offers what on this platform (FIPA SC00023, directory facilitator)."""
