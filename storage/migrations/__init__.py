"""The history of the schema, run by :mod:`storage.migration`."""
