"""What the desk may ask of a reader of print: the lines on a page, to be offered and never to be believed."""

from collections.abc import Sequence
from typing import Protocol

from client.rules.suggestions import Line


class PageReader(Protocol):
    """Reads the print on a page. Optional: a window without one has nothing to show of it."""

    def __call__(self, content: bytes, media_type: str, sheet: int = 0) -> Sequence[Line]:
        """The lines of a sheet (from 0) in the order of the page; boxes in its pixels, upright, within 2,000 by 2,000.

        Raises CaseError where the page cannot be drawn. Takes a second or more: never called on the GUI thread.
        """
        ...
