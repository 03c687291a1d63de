"""Sets a slip for one printer: by the printer's own Chinese font where it has every letter of a line, else drawn."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from unicodedata import east_asian_width

from printing.escpos import commands, drawing
from printing.escpos.library import GENERIC, maker
from printing.papers.fonts import EM
from printing.papers.roll import Code, Strip, Stroke, Words
from printing.papers.text import Line, Span, set_lines

SIZE = 24  # dots of a Chinese character of font A; Latin letters have half of it
LARGE_SIZE = 48
_TO_THE_EDGE = 4  # lines, where paper is torn off


class Letters(StrEnum):
    """Whose letters are printed: drawn by us, or the printer's own (GBK in two bytes) where it has all of a line."""

    RASTER = "raster"
    GB18030 = "gb18030"


class Cut(StrEnum):
    """What the knife is to do; where a printer has none, the library lets it be."""

    NO = "no"
    PARTIAL = "partial"
    FULL = "full"


@dataclass(frozen=True, slots=True)
class Roll:
    """What a printer has: dots across (576 on 80 mm, 384 on 58 mm), whose letters, a knife, its name there."""

    width: int = 576
    letters: Letters = Letters.RASTER
    cut: Cut = Cut.PARTIAL
    profile: str = GENERIC


def slip(strips: Iterable[Strip], roll: Roll) -> bytes:
    """The bytes of one slip, from its beginning to the cut."""
    made = maker(roll.profile, roll.width)
    made.hw("INIT")
    if roll.letters is Letters.GB18030:
        made._raw(commands.CHINESE)  # noqa: SLF001 - the library's own way for what it lacks
    for strip in strips:
        _set(made, strip, roll)
    match roll.cut:
        case Cut.NO:
            made.print_and_feed(_TO_THE_EDGE)
        case Cut.PARTIAL:
            made.cut("PART")
        case Cut.FULL:
            made.cut("FULL")
    content: bytes = made.output
    return content


def _set(made: Any, strip: Strip, roll: Roll) -> None:  # noqa: ANN401 - an untyped library's
    match strip:
        case Words():
            for line in _lines(strip, roll):
                _line(made, line, strip, roll)
        case Code():
            made.image(drawing.code(strip.content, roll.width))
        case Stroke():
            made.image(drawing.stroke(roll.width))


def _lines(words: Words, roll: Roll) -> Sequence[Line]:
    return set_lines([Span(words.text, words.bold)], roll.width / _size(words) * EM)


def _line(made: Any, line: Line, words: Words, roll: Roll) -> None:  # noqa: ANN401 - as above
    text = "".join(letter.char for letter in line.letters)
    if roll.letters is Letters.GB18030 and _cells(text) * _size(words) / 2 <= roll.width:
        try:
            told = text.encode("gbk")
        except UnicodeEncodeError:
            pass  # the printer has no such letter: this line is drawn
        else:
            times = _size(words) // SIZE
            align = "center" if words.centred else "left"
            made.set(align=align, bold=words.bold, custom_size=True, width=times, height=times)
            made._raw(told + b"\n")  # noqa: SLF001 - its text() knows code pages of one byte
            return
    made.image(drawing.drawn(line, _size(words), roll.width, centred=words.centred))


def _size(words: Words) -> int:
    return LARGE_SIZE if words.large else SIZE


def _cells(text: str) -> int:
    """How many half widths the printer's font takes."""
    return sum(2 if east_asian_width(char) in "WFA" else 1 for char in text)
