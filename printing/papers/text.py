"""Sets Chinese text in lines: what may stand at the ends of a line, half-width gaps between marks, justified edges."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from printing.papers.fonts import EM, Glyph, glyphs

CLOSING = frozenset("，。、；：）》〉」』】〕")  # the right half of these is blank
OPENING = frozenset("（《〈「『【〔")  # the left half of these is blank
NO_START = CLOSING | frozenset("！？”’…—～·％℃／-")  # 禁则, GB/T 15834-2011 5.1: never at the start of a line
NO_END = OPENING | frozenset("“‘")  # never at the end of one
_HALF = EM / 2
_WIDEST = EM / 5  # the most that is added between two letters: a line before a long code stays short rather than gape
_SQUEEZABLE = CLOSING | OPENING


class Span(NamedTuple):
    """A piece of a paragraph in one weight."""

    text: str
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """Letters of one line, with the width each takes, in thousandths of the size; `gap` is added after each letter."""

    letters: Sequence[Glyph]
    advances: Sequence[float]
    gap: float = 0.0

    @property
    def width(self) -> float:
        """In thousandths of the size, without the blank half of a closing mark at the end."""
        blank = _HALF if self.letters and _blank_right(self.letters[-1]) else 0.0
        return sum(self.advances) + self.gap * (len(self.letters) - 1) - blank


def set_line(text: str, *, bold: bool = False) -> Line:
    """One line, as long as it gets."""
    letters = glyphs(text, bold=bold)
    return Line(letters, _advances(letters))


def set_lines(spans: Iterable[Span], measure: float, *, justified: bool = False) -> list[Line]:
    """Break `spans` into lines of at most `measure` (points ÷ size × 1000); a newline ends a line.

    With `justified` every line but the last of a paragraph is spread to the full measure, where that opens no holes.
    """
    lines: list[Line] = []
    for paragraph in _paragraphs(spans):
        lines.extend(_break(paragraph, measure, justified=justified))
    return lines


def _paragraphs(spans: Iterable[Span]) -> list[list[Glyph]]:
    paragraphs: list[list[Glyph]] = [[]]
    for text, bold in spans:
        first, *others = text.split("\n")
        paragraphs[-1].extend(glyphs(first, bold=bold))
        paragraphs.extend(glyphs(other, bold=bold) for other in others)
    return paragraphs


def _break(letters: list[Glyph], measure: float, *, justified: bool) -> list[Line]:
    advances = _advances(letters)
    lines: list[Line] = []
    start = 0
    while start < len(letters):
        end = _line_end(letters, advances, start, measure)
        last = end == len(letters)
        stop = end
        while stop > start + 1 and letters[stop - 1].char == " ":
            stop -= 1
        line = Line(letters[start:stop], [*advances[start : stop - 1], letters[stop - 1].width])
        spread = (justified and not last) or line.width > measure
        lines.append(_spread(line, measure) if spread else line)
        start = end
    return lines or [Line((), ())]


def _line_end(letters: Sequence[Glyph], advances: Sequence[float], start: int, measure: float) -> int:
    """The index after the last letter of the line that begins at `start`."""
    used, allowed = 0.0, start
    for index in range(start, len(letters)):
        if index > start and _may_break(letters[index - 1].char, letters[index].char):
            allowed = index
        used += advances[index]
        blank = _HALF if _blank_right(letters[index]) and advances[index] == EM else 0.0
        if used - blank > measure and letters[index].char != " ":
            return allowed if allowed > start else max(index, start + 1)
    return len(letters)


def _may_break(before: str, after: str) -> bool:
    if before.isascii() and after.isascii():
        return before == " "
    return after not in NO_START and before not in NO_END and after != " "


def _spread(line: Line, measure: float) -> Line:
    slack = measure - line.width
    places = len(line.letters) - 1
    return Line(line.letters, line.advances, slack / places) if places and slack / places <= _WIDEST else line


def _advances(letters: Sequence[Glyph]) -> list[float]:
    """Widths, with two marks in a row moved together so that no hole of a whole letter gapes between them."""
    advances = [letter.width for letter in letters]
    for index, letter in enumerate(letters[:-1]):
        if letter.char in _SQUEEZABLE and letters[index + 1].char in _SQUEEZABLE and letter.width == EM:
            closing, after_opens = letter.char in CLOSING, letters[index + 1].char in OPENING
            if closing or after_opens:
                advances[index] -= _HALF
    return advances


def _blank_right(letter: Glyph) -> bool:
    return letter.char in CLOSING and letter.width == EM
