"""What the desk may ask of a reader of print: the lines on a page, to be offered and never to be believed."""

from collections.abc import Sequence
from typing import Protocol

from client.rules.suggestions import Line

READ_WITHIN = 2000  # pixels of either side of the picture a page is read from, and that boxes are places in


class PageReader(Protocol):
    """Reads the print on a page. Optional: a window without one has nothing to show of it."""

    def __call__(self, content: bytes, media_type: str, sheet: int = 0) -> Sequence[Line]:
        """The lines of a sheet (from 0) in the order of the page.

        Boxes are in the pixels of the sheet as a `PagePainter` draws it within `READ_WITHIN` by `READ_WITHIN`.
        Raises CaseError where the page cannot be drawn, DeviceError where it was not read. Takes a second or more:
        never called on the GUI thread.
        """
        ...

    def close(self) -> None:
        """End what is under way, and read no more; on any thread. What was asked raises Cancelled."""
        ...
