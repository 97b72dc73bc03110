"""Measurements, each next to its baseline from the same run."""
