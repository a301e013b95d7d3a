"""Measurements of spotwire against its floors and its peers: `python -m bench [--peers]`. Not part of the tests."""
