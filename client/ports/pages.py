"""What the desk asks about a page file before it takes it in: is it a whole page, and of what kind."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class PageFacts:
    """`media_type` is image/jpeg, image/png or application/pdf; `sheets` counts the pages inside; sizes in pixels."""

    media_type: str
    width: int
    height: int
    sheets: int


class PageInspector(Protocol):
    """Looks into a page file without believing its name."""

    def __call__(self, content: bytes, name: str) -> PageFacts:
        """Return what `content` is.

        Raises CaseError, naming the file, for an empty, truncated, oversized (more than 100 megapixels or
        50 MiB) or foreign file.
        """
        ...


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of a page to look at, as a screen has it: of each pixel blue, green, red and 255; no padding."""

    width: int
    height: int
    pixels: bytes


class PagePainter(Protocol):
    """Draws a page file for the screen."""

    def __call__(self, content: bytes, media_type: str, width: int, height: int, sheet: int = 0) -> Picture:
        """The sheet (from 0) of a page file, upright, as large as fits into `width` by `height` pixels.

        Raises CaseError where the file cannot be drawn. Slow: never called on the GUI thread.
        """
        ...
