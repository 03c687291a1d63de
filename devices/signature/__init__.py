"""Signature pads: so far one that is simulated; a pad of a maker's comes with the citizen's screen."""
