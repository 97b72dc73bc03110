"""Vectors of sentences: what means much the same points much the same way.

The modules here import numpy, which is heavy: import them where they are used.
"""
