"""Seals on PDF: room for one, the key's signature put into it, and what can be said of those that are there."""
