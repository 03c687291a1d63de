"""Whose job it is: references with the name of the printer they are of."""

from client.ports.manners import THE_PRINTER

_MARK = "#"


def reference(printer: str, job: str) -> str:
    """A job's reference as the desk keeps it: `slip#7`, and of the window's own printer the job alone."""
    return f"{printer}{_MARK}{job}" if printer else job


def taken_apart(kept: str) -> tuple[str, str]:
    """The printer and the job that a kept reference names; no printer's own reference has the mark in it."""
    printer, mark, job = kept.partition(_MARK)
    return (printer, job) if mark else (THE_PRINTER, kept)
