"""The FIPA protocols, both roles, written once: coroutines that speak and hear."""
