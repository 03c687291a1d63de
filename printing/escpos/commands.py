"""The few commands of ESC/POS that a slip needs, as bytes, and what a printer answers: pure functions.

From the command set that EPSON publishes and makers of receipt printers follow; the bytes are in hexadecimal there.
"""

from dataclasses import dataclass
from enum import IntEnum

INIT = b"\x1b@"
CHINESE = b"\x1c&"  # FS &: two bytes are one character of GB 18030, as far as the printer's own font goes
CENTRED, LEFT = b"\x1ba\x01", b"\x1ba\x00"
BOLD, PLAIN = b"\x1bE\x01", b"\x1bE\x00"
LARGE, USUAL = b"\x1d!\x11", b"\x1d!\x00"
CUT = {"no": b"\x1bd\x04", "partial": b"\x1dVB\x00", "full": b"\x1dVA\x00"}  # fed to the knife or the edge before
FENCE = b"\x1dr\x01"  # GS r 1: answered when all that came before it has been worked through
MOST_ROWS = 255  # of one picture: buffers are small


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


def line_of_text(text: str, *, bold: bool, large: bool, centred: bool) -> bytes:
    """One line by the printer's own font. Raises UnicodeEncodeError for a character of no two bytes at most."""
    style = (CENTRED if centred else LEFT) + (BOLD if bold else PLAIN) + (LARGE if large else USUAL)
    return style + text.encode("gbk") + b"\n"


def picture(rows: list[bytes]) -> bytes:
    """Rows of dots, eight to a byte, 1 is black (GS v 0)."""
    parts = []
    for begin in range(0, len(rows), MOST_ROWS):
        some = rows[begin : begin + MOST_ROWS]
        head = b"\x1dv0\x00" + len(some[0]).to_bytes(2, "little") + len(some).to_bytes(2, "little")
        parts.append(head + b"".join(some))
    return b"".join(parts)
