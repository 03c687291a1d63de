"""Processes for code that is not ours: a maker's library may crash, hang or grow there, and the window goes on."""
