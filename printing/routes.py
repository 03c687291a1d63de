"""Which printer of a window prints a kind of paper, and how: the kind's own rule, then the usual one, then its own."""

from client.ports.manners import OWN_COPIES, USUAL, Manner, Media, PrintRule, PrintRules, Sides
from client.ports.papers import PaperKind

THE_PRINTER = ""
"""The window's printer, where no rule names another; its jobs' references bear no name."""
_NOTHING = PrintRule()
_MARK = "#"


def printer_for(kind: PaperKind, rules: PrintRules) -> str:
    """The name of its printer."""
    own, usual = rules.get(kind, _NOTHING), rules.get(USUAL, _NOTHING)
    return own.printer or usual.printer or THE_PRINTER


def manner_for(kind: PaperKind, rules: PrintRules) -> Manner:
    """How its sheets are printed."""
    own, usual = rules.get(kind, _NOTHING), rules.get(USUAL, _NOTHING)
    return Manner(
        own.copies or usual.copies or OWN_COPIES.get(kind, 1),
        own.sides or usual.sides or Sides.ONE,
        own.media or usual.media or Media.A4,
        own.tray or usual.tray or "",
    )


def reference(printer: str, job: str) -> str:
    """A job's reference as the desk keeps it: `slip#7`, and of the window's own printer the job alone."""
    return f"{printer}{_MARK}{job}" if printer else job


def taken_apart(kept: str) -> tuple[str, str]:
    """The printer and the job that a kept reference names; no printer's own reference has the mark in it."""
    printer, mark, job = kept.partition(_MARK)
    return (printer, job) if mark else (THE_PRINTER, kept)
