"""Electronic seals (GM/T 0031, GB/T 38540) and papers that carry them: read, judged, put on. Knows no key."""
