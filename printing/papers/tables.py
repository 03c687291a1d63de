"""Ruled tables: shaded labels beside values, and lists with a header that is repeated on every page."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from printing.papers.flow import Piece
from printing.papers.fonts import EM
from printing.papers.measures import LEFT, NORMAL, Measures
from printing.papers.sheet import MIDDLE, Sheet
from printing.papers.text import Line, Span, set_line, set_lines

PADDING = 6.5
_SNUG = 0.999  # of the width: what fills it exactly is broken by a rounding
_TALLEST = 24  # lines in one piece of a row; a longer row is divided


@dataclass(frozen=True, slots=True)
class Cell:
    """Text in a ruled box; `columns` tells how many columns it spans, `second` stands smaller below it."""

    text: str
    columns: int = 1
    shaded: bool = False
    bold: bool = False
    second: str = ""


@dataclass(frozen=True, slots=True)
class _Text:
    """One line in a cell; what has no leading of its own stands `indent` to the right in the line before."""

    line: Line
    size: float
    leading: float
    indent: float = 0.0


@dataclass(frozen=True, slots=True)
class _Box:
    left: float
    width: float
    shaded: bool
    texts: Sequence[_Text]


def fits(text: str, width: float, measures: Measures) -> bool:
    """Whether `text` stands on one line in a cell of that width."""
    return len(set_lines([Span(text)], (width - 2 * PADDING) / measures.cell * EM)) == 1


def rows(
    widths: Sequence[float],
    table: Sequence[Sequence[Cell]],
    *,
    header: Sequence[Cell] | None = None,
    space: float = 0.0,
    least: float | None = None,
    measures: Measures = NORMAL,
) -> list[Piece]:
    """The rows of a table as pieces: `widths` of its columns in points, `least` the least height of a row."""
    least = least or measures.row
    head = _row(widths, header, least, measures)[0] if header else None
    pieces = [piece for cells in table for piece in _row(widths, cells, least, measures, head)]
    first = replace(head, with_next=True) if head is not None else pieces.pop(0)
    return [replace(first, space=space), *pieces]


def _row(
    widths: Sequence[float], cells: Sequence[Cell], least: float, measures: Measures, head: Piece | None = None
) -> list[Piece]:
    edges = list(accumulate(widths, initial=LEFT))
    boxes: list[_Box] = []
    column = 0
    for cell in cells:
        left, right = edges[column], edges[column + cell.columns]
        boxes.append(_Box(left, right - left, cell.shaded, _texts(cell, right - left - 2 * PADDING, measures)))
        column += cell.columns
    longest = max(len(box.texts) for box in boxes)
    return [
        _piece([replace(box, texts=box.texts[start : start + _TALLEST]) for box in boxes], least, measures, head)
        for start in range(0, longest, _TALLEST)
    ]


def _texts(cell: Cell, width: float, measures: Measures) -> list[_Text]:
    size = measures.cell
    lines = set_lines([Span(cell.text, cell.bold)], width / size * EM)
    texts = [_Text(line, size, measures.cell_leading) for line in lines]
    return (
        texts + _second(cell.second, lines[-1].width * size / EM + size / 2, width, measures) if cell.second else texts
    )


def _second(words: str, after: float, width: float, measures: Measures) -> list[_Text]:
    """In the same line where there is room, else below it, and smaller where a word would have to be broken."""
    size = measures.second
    line = set_line(words)
    if after + line.width * size / EM <= width:
        return [_Text(line, size, 0.0, after)]
    size = min(size, _SNUG * width / max(set_line(word).width for word in words.split()) * EM)
    return [_Text(line, size, measures.second_leading) for line in set_lines([Span(words)], width / size * EM)]


def _piece(boxes: Sequence[_Box], least: float, measures: Measures, head: Piece | None) -> Piece:
    height = max(least, measures.row - measures.cell_leading + max(_height(box.texts) for box in boxes))

    def draw(sheet: Sheet, top: float) -> None:
        for box in boxes:
            if box.shaded:
                sheet.shade(box.left, top, box.width, height)
            sheet.frame(box.left, top, box.width, height)
            edge = baseline = top + height / 2 - _height(box.texts) / 2
            for text in box.texts:
                baseline = edge + text.leading / 2 + MIDDLE * text.size if text.leading else baseline
                sheet.text(text.line, box.left + PADDING + text.indent, baseline, text.size)
                edge += text.leading

    return Piece(height, draw, header=head)


def _height(texts: Sequence[_Text]) -> float:
    return sum(text.leading for text in texts)
