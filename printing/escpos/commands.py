"""What python-escpos does not have of ESC/POS, as bytes, and what a printer answers: pure functions.

From the command set that EPSON publishes and makers of receipt printers follow; the bytes are in hexadecimal there.
The library asks for paper and readiness alone, and takes silence for plenty of paper.
"""

from dataclasses import dataclass
from enum import IntEnum

CHINESE = b"\x1c&"  # FS &: two bytes are one character of GB 18030, as far as the printer's own font goes
FENCE = b"\x1dr\x01"  # GS r 1: answered when all that came before it has been worked through


class Ask(IntEnum):
    """What DLE EOT n asks, at once and whatever the printer does."""

    PRINTER = 1
    OFFLINE = 2
    ERROR = 3
    PAPER = 4


@dataclass(frozen=True, slots=True)
class Status:
    """What the answers together say."""

    cover_open: bool = False
    paper_out: bool = False
    paper_low: bool = False
    broken: bool = False  # knife, head or another error that wants a person
    offline: bool = False


_ASKED = (Ask.PRINTER, Ask.OFFLINE, Ask.ERROR, Ask.PAPER)
QUESTIONS = b"".join(bytes((0x10, 0x04, each)) for each in _ASKED)
ANSWERS = len(_ASKED)

_FIXED_MASK, _FIXED = 0b1001_0011, 0b0001_0010  # bits 0, 1, 4, 7 of every answer to DLE EOT


def status_of(answers: bytes) -> Status | None:
    """What the printer says to `QUESTIONS`; None when these are no answers."""
    if len(answers) != ANSWERS or any(answer & _FIXED_MASK != _FIXED for answer in answers):
        return None
    printer, offline, error, paper = answers
    return Status(
        cover_open=bool(offline & 0x04),
        paper_out=bool(paper & 0x60 or offline & 0x20),
        paper_low=bool(paper & 0x0C),
        broken=bool(error & 0x68),
        offline=bool(printer & 0x08),
    )


def is_past_the_fence(answer: bytes) -> bool:
    """Whether this is the answer to `FENCE`; its bits 4 and 7 are 0."""
    return len(answer) == 1 and answer[0] & 0b1001_0000 == 0
