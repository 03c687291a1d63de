"""Sets a slip for one printer: by the printer's own Chinese font where it has every letter of a line, else drawn."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from unicodedata import east_asian_width

from printing.escpos import commands, drawing
from printing.papers.fonts import EM
from printing.papers.roll import Code, Strip, Stroke, Words
from printing.papers.text import Line, Span, set_lines

SIZE = 24  # dots of a Chinese character of font A; Latin letters have half of it
LARGE_SIZE = 48


class Letters(StrEnum):
    """Whose letters are printed: drawn by us, or the printer's own (GBK in two bytes) where it has all of a line."""

    RASTER = "raster"
    GB18030 = "gb18030"


@dataclass(frozen=True, slots=True)
class Roll:
    """What a printer has: dots across (576 on 80 mm, 384 on 58 mm), whose letters, and a knife."""

    width: int = 576
    letters: Letters = Letters.RASTER
    cut: str = "partial"


def slip(strips: Iterable[Strip], roll: Roll) -> bytes:
    """The bytes of one slip, from its beginning to the cut."""
    parts = [commands.INIT]
    if roll.letters is Letters.GB18030:
        parts.append(commands.CHINESE)
    for strip in strips:
        parts += _set(strip, roll)
    return b"".join((*parts, commands.CUT[roll.cut]))


def _set(strip: Strip, roll: Roll) -> list[bytes]:
    match strip:
        case Words():
            return [_line(line, strip, roll) for line in _lines(strip, roll)]
        case Code():
            return [commands.picture(drawing.code(strip.content, roll.width))]
        case Stroke():
            return [commands.picture(drawing.stroke(roll.width))]


def _lines(words: Words, roll: Roll) -> Sequence[Line]:
    return set_lines([Span(words.text, words.bold)], roll.width / _size(words) * EM)


def _line(line: Line, words: Words, roll: Roll) -> bytes:
    text = "".join(letter.char for letter in line.letters)
    if roll.letters is Letters.GB18030 and _cells(text) * _size(words) / 2 <= roll.width:
        try:
            return commands.line_of_text(text, bold=words.bold, large=words.large, centred=words.centred)
        except UnicodeEncodeError:
            pass  # the printer has no such letter: this line is drawn
    return commands.picture(drawing.drawn(line, _size(words), roll.width, centred=words.centred))


def _size(words: Words) -> int:
    return LARGE_SIZE if words.large else SIZE


def _cells(text: str) -> int:
    """How many half widths the printer's font takes."""
    return sum(2 if east_asian_width(char) in "WFA" else 1 for char in text)
