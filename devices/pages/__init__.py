"""Pages on their way into a case."""
