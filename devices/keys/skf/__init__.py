"""Seal keys behind their maker's SKF library (GM/T 0016), which runs in a process of its own."""
