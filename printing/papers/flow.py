"""Lets the parts of a paper run from page to page: a table takes its header along, the seal never stands alone."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from printing.papers.measures import NORMAL, TOP_NEXT
from printing.papers.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Piece:
    """What is never divided: a line, a row, the place of the seal.

    `draw` gets the sheet and the upper edge; `space` is left above it, except at the head of a page; `header`
    is repeated where a table goes on; `with_next` holds it on the page of its successor.
    """

    height: float
    draw: Callable[[Sheet, float], None]
    space: float = 0.0
    header: "Piece | None" = None
    with_next: bool = False


@dataclass(frozen=True, slots=True)
class Placed:
    """A piece and the upper edge it got."""

    piece: Piece
    top: float


def paginate(
    pieces: Iterable[Piece], first: float = NORMAL.head.body_at, bottom: float = NORMAL.foot.bottom
) -> list[list[Placed]]:
    """Place `pieces` on as many pages as they need: below the letterhead on the first, above the foot on each."""
    pages: list[list[Placed]] = [[]]
    top = first
    for group in _groups(pieces):
        if pages[-1] and top + sum(piece.space + piece.height for piece in group) > bottom:
            pages.append([])
            top = TOP_NEXT
            header = group[0].header
            if header is not None:
                pages[-1].append(Placed(header, top))
                top += header.height
        for piece in group:
            top += piece.space if pages[-1] else 0.0
            pages[-1].append(Placed(piece, top))
            top += piece.height
    return pages


def _groups(pieces: Iterable[Piece]) -> Iterable[Sequence[Piece]]:
    group: list[Piece] = []
    for piece in pieces:
        group.append(piece)
        if not piece.with_next:
            yield group
            group = []
    if group:
        yield group
