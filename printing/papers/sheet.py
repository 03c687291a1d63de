"""One page under the pen: collects rules, shades and lines of text, and writes them as one stream of PDF operators.

Distances are in points, measured from the left and upper edges of an A4 page. The operators are written
directly, because the general paragraph and table machinery takes several times as long (docs/performance.md).
"""

from collections.abc import Iterable

from printing.papers.fonts import EM, RARE, Glyph
from printing.papers.text import Line
from printing.papers.typecase import Typecase

WIDTH, HEIGHT = 595.28, 841.89  # A4, ISO 216
MIDDLE = 0.38  # a Chinese letter reaches from 0.12 below to 0.88 above its baseline


class Sheet:
    """A page of A4 that is being drawn."""

    def __init__(self, typecase: Typecase) -> None:
        self.typecase = typecase
        self._whites: list[str] = []
        self._shades: list[str] = []
        self._blacks: list[str] = []
        self._rules: list[str] = []
        self._texts: list[str] = []
        self._greys: list[str] = []
        self.words: list[str] = []  # in the order they are written
        self.squeezed: list[tuple[str, float]] = []  # what had to be set smaller, and to which share of its size
        self.square: tuple[float, float, float] | None = None

    def leave_square(self, left: float, top: float, side: float) -> None:
        """Keep a place for what is drawn when all words are known."""
        self.square = left, top, side

    def whiten(self, left: float, top: float, width: float, height: float) -> None:
        """White over what lies below, where a page is laid over another."""
        self._whites.append(_rectangle(left, top, width, height))

    def shade(self, left: float, top: float, width: float, height: float) -> None:
        """A light grey area."""
        self._shades.append(_rectangle(left, top, width, height))

    def blacken(self, left: float, top: float, width: float, height: float) -> None:
        """A black area: a module of a bar code."""
        self._blacks.append(_rectangle(left, top, width, height))

    def frame(self, left: float, top: float, width: float, height: float) -> None:
        """The outline of a cell."""
        self._rules.append(_rectangle(left, top, width, height))

    def hairline(self, left: float, top: float, width: float) -> None:
        """A thin grey rule across."""
        self._greys.append(f"{left:.2f} {HEIGHT - top:.2f} m {left + width:.2f} {HEIGHT - top:.2f} l")

    def text(
        self,
        line: Line,
        left: float,
        baseline: float,
        size: float,
        *,
        spacing: float = 0.0,
        room: float | None = None,
    ) -> None:
        """A set line; `spacing` (points) is added between its letters, and it is set smaller where `room` wants it."""
        if room is not None and line.width * size > room * EM:
            share = room * EM / (line.width * size)
            self.squeezed.append(("".join(letter.char for letter in line.letters), share))
            size *= share
        self.words.append("".join(letter.char for letter in line.letters))
        gap = line.gap * size / EM + spacing
        self._texts.append(f"{gap:.3f} Tc 1 0 0 1 {left:.2f} {HEIGHT - baseline:.2f} Tm")
        place, drawer, parts, closer = self.typecase.place, None, [""], ""
        for letter, advance in zip(line.letters, line.advances, strict=True):
            own, code = place(letter)
            if own is not drawer:  # `closer` before the next string: behind the last one pdfium passes it over
                drawer = own
                parts.append(f">] TJ /{own.resource} {size:g} Tf {_stroke(letter)} Tr [{closer}<")
            elif closer:
                parts.append(f"> {closer} <")
            parts.append(code)
            closer = f"{letter.width - advance:g}" if advance != letter.width else ""
        if drawer is not None:
            self._texts.append("".join(parts).removeprefix(">] TJ ") + ">] TJ")

    def centred(self, line: Line, middle: float, baseline: float, size: float, *, spacing: float = 0.0) -> None:
        """A line around `middle`."""
        width = line.width * size / EM + spacing * (len(line.letters) - 1)
        self.text(line, middle - width / 2, baseline, size, spacing=spacing)

    def flush_right(self, line: Line, right: float, baseline: float, size: float) -> None:
        """A line that ends at `right`."""
        self.text(line, right - line.width * size / EM, baseline, size)

    def operators(self) -> str:
        """The content stream."""
        whites = (_painted("1 g", self._whites, "f"),) if self._whites else ()
        return "\n".join(
            (
                *whites,
                _painted("0.953 g", self._shades, "f"),
                _painted("0 g", self._blacks, "f"),
                _painted("0.6 G 0.5 w", self._greys, "S"),
                _painted("0.15 G 0.7 w", self._rules, "S"),
                _painted("BT 0.06 g 0.06 G 0.35 w", self._texts, "ET"),
            )
        )


def _painted(before: str, items: Iterable[str], after: str) -> str:
    return "\n".join((before, *items, after))


def _stroke(letter: Glyph) -> int:
    """The text rendering mode: the fonts of rare letters have no bold, so their outlines are drawn as well."""
    return 2 if letter.bold and letter.face in RARE else 0


def _rectangle(left: float, top: float, width: float, height: float) -> str:
    return f"{left:.2f} {HEIGHT - top - height:.2f} {width:.2f} {height:.2f} re"
