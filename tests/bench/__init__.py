"""What the goals promise in figures, measured on the real code path beside another way of doing the same."""
