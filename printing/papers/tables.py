"""Ruled tables: shaded labels beside values, and lists with a header that is repeated on every page."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from printing.papers.flow import LEFT, Piece
from printing.papers.fonts import EM
from printing.papers.sheet import MIDDLE, Sheet
from printing.papers.text import Line, Span, set_lines

SIZE = 10.0
LEADING = 15.0
ROW = 22.0  # height of a row of one line
PADDING = 6.5
_TALLEST = 24  # lines in one piece of a row; a longer row is divided


@dataclass(frozen=True, slots=True)
class Cell:
    """Text in a ruled box; `columns` tells how many columns it spans."""

    text: str
    columns: int = 1
    shaded: bool = False
    bold: bool = False


@dataclass(frozen=True, slots=True)
class _Box:
    left: float
    width: float
    shaded: bool
    lines: Sequence[Line]


def rows(
    widths: Sequence[float],
    table: Sequence[Sequence[Cell]],
    *,
    header: Sequence[Cell] | None = None,
    space: float = 0.0,
    least: float = ROW,
) -> list[Piece]:
    """The rows of a table as pieces: `widths` of its columns in points, `least` the least height of a row."""
    head = _row(widths, header, least)[0] if header else None
    pieces = [piece for cells in table for piece in _row(widths, cells, least, head)]
    first = replace(head, with_next=True) if head is not None else pieces.pop(0)
    return [replace(first, space=space), *pieces]


def _row(widths: Sequence[float], cells: Sequence[Cell], least: float, head: Piece | None = None) -> list[Piece]:
    edges = list(accumulate(widths, initial=LEFT))
    boxes: list[_Box] = []
    column = 0
    for cell in cells:
        left, right = edges[column], edges[column + cell.columns]
        lines = set_lines([Span(cell.text, cell.bold)], (right - left - 2 * PADDING) / SIZE * EM)
        boxes.append(_Box(left, right - left, cell.shaded, lines))
        column += cell.columns
    longest = max(len(box.lines) for box in boxes)
    return [_piece(boxes, start, min(longest - start, _TALLEST), least, head) for start in range(0, longest, _TALLEST)]


def _piece(boxes: Sequence[_Box], start: int, count: int, least: float, head: Piece | None) -> Piece:
    height = least + (count - 1) * LEADING

    def draw(sheet: Sheet, top: float) -> None:
        for box in boxes:
            if box.shaded:
                sheet.shade(box.left, top, box.width, height)
            sheet.frame(box.left, top, box.width, height)
            lines = box.lines[start : start + count]
            baseline = top + height / 2 - (len(lines) - 1) * LEADING / 2 + MIDDLE * SIZE
            for line in lines:
                sheet.text(line, box.left + PADDING, baseline, SIZE)
                baseline += LEADING

    return Piece(height, draw, header=head)
