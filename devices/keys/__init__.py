"""Seal keys: which are plugged in, and a signature of one under its PIN."""
