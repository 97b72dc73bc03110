"""What can be said on the platform and what it means: acts, concepts, rules and ports.

Ground floor. Pure: the standard library, pydantic and dateutil, no input or output.
"""
