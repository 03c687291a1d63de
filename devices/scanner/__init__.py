"""Scanners: SANE in a process of its own, the driver that speaks to it, and a simulator."""
