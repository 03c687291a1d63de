"""Seal keys that are smart cards (ISO 7816-4, -8, -15) behind PC/SC, which is spoken to in a process of its own."""
