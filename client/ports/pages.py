"""What the desk asks about a page file before it takes it in: is it a whole page, and of what kind."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from client.rules.batches import Cut, SeparatorKind


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


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a page as it stands upright, its edges in shares of the page's width and height from the top left."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top


WHOLE = Part(0.0, 0.0, 1.0, 1.0)


class PagePainter(Protocol):
    """Draws a page file for the screen."""

    def __call__(
        self, content: bytes, media_type: str, width: int, height: int, sheet: int = 0, part: Part = WHOLE
    ) -> Picture:
        """A part of a sheet (from 0) of a page file, upright, as large as fits into `width` by `height` pixels.

        Raises CaseError where the file cannot be drawn. Slow: never called on the GUI thread.
        """
        ...


class PageWarning(StrEnum):
    """What is wrong with the picture of a page; it can be kept all the same."""

    CUT_SHORT = "cut_short"  # its file ended before its picture did
    BLURRED = "blurred"
    TOO_DARK = "too_dark"
    CUT_EDGE = "cut_edge"
    FINGER = "finger"


class Tint(StrEnum):
    """How much colour a page needs."""

    COLOUR = "colour"
    GREY = "grey"
    BILEVEL = "bilevel"


@dataclass(frozen=True, slots=True)
class Sparing:
    """How small a scanned page is to be kept.

    `most_bytes`: what it should keep to, as far as small print allows. `give_up`: how much colour may go where a page
    needs none; a faint stamp is lost in black and white, so that has to be asked for.
    """

    most_bytes: int | None = None
    give_up: Tint = Tint.GREY


AS_USUAL = Sparing()


@dataclass(frozen=True, slots=True)
class PageCode:
    """A bar code or QR code on a page: its symbology as zxing names it, and what it says."""

    format: str
    text: str


@dataclass(frozen=True, slots=True)
class PageLooks:
    """What cleaning, or a hand, did to a page and saw of it, as the clerk is told; see `CleanedPage`."""

    skew_degrees: float | None
    cropped: bool
    blank: bool
    warnings: tuple[PageWarning, ...]
    turned: int = 0  # degrees clockwise, by hand
    for_purpose: bool = False  # what it is for is written across it


@dataclass(frozen=True, slots=True)
class TrimmedPage:
    """A page changed by hand, and what was seen of what is left."""

    content: bytes
    facts: PageFacts
    blank: bool
    warnings: tuple[PageWarning, ...]


@dataclass(frozen=True, slots=True)
class CleanedPage:
    """A page as it is to be kept. `content` is a picture with its resolution in it.

    `rotated`: degrees clockwise by which the file said it is to be turned. `skew_degrees`: by how much its lines
    climbed to the right (fell, where negative) before they were laid level; None where no line was sure, and nothing
    was turned. `sharpness` as `devices.pages.looks.sharpness_of` has it. A blank page is whole all the same: leaving
    it out is for whoever asked.
    """

    content: bytes
    media_type: str
    width: int
    height: int
    dpi: int
    tint: Tint
    rotated: int
    skew_degrees: float | None
    cropped: bool
    blank: bool
    sharpness: float
    warnings: tuple[PageWarning, ...]
    codes: tuple[PageCode, ...]

    @property
    def facts(self) -> PageFacts:
        return PageFacts(self.media_type, self.width, self.height, sheets=1)

    @property
    def looks(self) -> PageLooks:
        return PageLooks(self.skew_degrees, self.cropped, self.blank, self.warnings)


class PageHand(Protocol):
    """Looks into page files, and cleans what comes from a scanner; what it was given stays as it is."""

    def inspect(self, content: bytes, name: str) -> PageFacts:
        """See PageInspector."""
        ...

    def clean(self, content: bytes, name: str, sparing: Sparing = AS_USUAL) -> CleanedPage:
        """Straighten, crop and judge a picture. Raises CaseError as `inspect` does. Slow: never on the GUI thread."""
        ...

    def mark(self, content: bytes, name: str, item: str) -> TrimmedPage:
        """A picture with what it is for (the item's name) written across it. Raises CaseError; slow as well."""
        ...

    def join(self, front: bytes, back: bytes, name: str) -> TrimmedPage:
        """Both sides of a card on one page. Raises CaseError; slow as well."""
        ...

    def trim(self, content: bytes, name: str, part: Part, turned: int) -> TrimmedPage:
        """The part of a picture, turned by so many degrees clockwise (quarters). Raises CaseError; slow as well."""
        ...

    def cut(self, content: bytes, name: str, kind: SeparatorKind) -> Cut | None:
        """What a page cuts of a batch that is cut so, None where it is to be kept. Raises CaseError; slow as well."""
        ...
