"""Opens a page file as pixels, upright, whatever way it was stored; one sheet at a time."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile

from client.errors import CaseError
from client.ports.pages import PageFacts, Tint
from devices.opencv import cv2
from devices.pages import faults
from devices.pages.ink import COLOURS_AT, Pixels, coarser
from devices.pages.inspect import DECODER_ERRORS, JPEG, MOST_PIXELS, PDF, inspect_page, jpeg_of, kind_of
from devices.pages.painter import flat
from devices.pages.whole import is_cut_short

PDF_DPI: Final = 300
_USUAL_DPI = (100, 1200)  # what a file says of itself is believed within these
_POINTS = 72  # to the inch
_A4_HEIGHT = 297 / 25.4  # inches
_ORIENTATION = 0x0112  # tag of EXIF 2.32
_SHRUNK: Final = (
    (8, cv2.IMREAD_REDUCED_COLOR_8),
    (4, cv2.IMREAD_REDUCED_COLOR_4),
    (2, cv2.IMREAD_REDUCED_COLOR_2),
    (0, cv2.IMREAD_COLOR),
)  # by how many times a JPEG is larger than its look
_CLOCKWISE = {3: 180, 4: 180, 5: 90, 6: 90, 7: 270, 8: 270}


@dataclass(frozen=True, slots=True)
class Sheet:
    """`pixels`: rows of blue, green, red; `rotated`: degrees clockwise by which the file wanted to be turned."""

    pixels: Pixels
    dpi: int
    rotated: int


@dataclass(frozen=True, slots=True)
class Source:
    """A sheet before it is opened in full. `look`: in blue, green, red, at `COLOURS_AT` pixels or some more.

    `opened` gives its pixels, in grey alone where no more is wanted; `dpi` and `rotated` as a `Sheet` has them;
    `cut_short`: rows of it are lost.
    """

    look: Pixels
    dpi: int
    rotated: int
    opened: Callable[[Tint], Pixels]
    cut_short: bool = False


def sources_of(content: bytes, name: str) -> Iterator[Source]:
    """The sheets of a page file, one in memory at a time. Raises CaseError naming it, as `opened` does.

    A JPEG is opened twice: small, for which its decoder passes over most of the work, and then in no more colours
    than the page needs. That costs less than to reduce it, and to carry three channels where one is written. Both
    times its decoder comes to its last byte, or refuses it: nobody has to look beforehand whether it is whole.
    """
    if kind_of(content, name) == JPEG:
        return iter((_jpeg(content, name),))
    facts = inspect_page(content, name)
    if facts.media_type == PDF:
        return (_source(sheet) for sheet in _drawn(content, name))
    return (_source(sheet) for sheet in (picture_of(content, facts, name),))


def _source(sheet: Sheet) -> Source:
    def opened(tint: Tint) -> Pixels:
        return sheet.pixels if tint is Tint.COLOUR else grey_of(sheet.pixels)

    return Source(coarser(sheet.pixels, COLOURS_AT), sheet.dpi, sheet.rotated, opened)


def _jpeg(content: bytes, name: str) -> Source:
    def opened(tint: Tint) -> Pixels:
        return _decoded(content, cv2.IMREAD_COLOR if tint is Tint.COLOUR else cv2.IMREAD_GRAYSCALE, name)

    image = jpeg_of(content, name)
    try:
        rotated = _CLOCKWISE.get(image.getexif().get(_ORIENTATION, 1), 0)
        said = image.info.get("dpi", (0, 0))[1]
    except DECODER_ERRORS as error:
        raise CaseError(faults.DAMAGED, name=name) from error
    shrunk = next(how for least, how in _SHRUNK if max(image.size) >= least * COLOURS_AT)
    look = _decoded(content, shrunk, name)
    cut_short = is_cut_short(content, look, progressive="progressive" in image.info)
    return Source(look, _dpi(said, image.size), rotated, opened, cut_short)


def grey_of(pixels: Pixels) -> Pixels:
    """A page without its colours."""
    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY), np.uint8)


def picture_of(content: bytes, facts: PageFacts, name: str) -> Sheet:
    """The one sheet of a picture file that was inspected. Raises CaseError."""
    try:
        if facts.media_type == "image/jpeg":
            image: JpegImageFile | PngImageFile = JpegImageFile(BytesIO(content))
            pixels = _decoded(content, cv2.IMREAD_COLOR, name)
        else:
            image = PngImageFile(BytesIO(content))
            pixels = np.asarray(cv2.cvtColor(np.asarray(flat(image)), cv2.COLOR_RGB2BGR), np.uint8)
        orientation = image.getexif().get(_ORIENTATION, 1) if facts.media_type == "image/jpeg" else 1
        said = image.info.get("dpi", (0, 0))[1]
    except (*DECODER_ERRORS, cv2.error) as error:
        raise CaseError(faults.DAMAGED, name=name) from error
    return Sheet(pixels, _dpi(said, pixels.shape), _CLOCKWISE.get(orientation, 0))


def _decoded(content: bytes, flags: int, name: str) -> Pixels:
    """A JPEG's pixels, turned as the file says."""
    try:
        pixels = cv2.imdecode(np.frombuffer(content, np.uint8), flags)
    except cv2.error as error:
        raise CaseError(faults.DAMAGED, name=name) from error
    if pixels is None:
        raise CaseError(faults.DAMAGED, name=name)
    return np.asarray(pixels, np.uint8)


def _dpi(said: object, shape: tuple[int, ...]) -> int:
    """What the file says, or what it would be as an A4 page."""
    low, high = _USUAL_DPI
    if isinstance(said, int | float) and low <= said <= high:
        return round(said)
    return max(low, min(high, round(max(shape[:2]) / _A4_HEIGHT)))


def _drawn(content: bytes, name: str) -> Iterator[Sheet]:
    import pypdfium2  # type: ignore[import-untyped]  # noqa: PLC0415 - has no types; loads pdfium only where a PDF comes

    try:
        with pypdfium2.PdfDocument(content) as document:
            document.init_forms()
            for page in document:
                dpi = _drawn_at(*page.get_size())
                drawn = page.render(scale=dpi / _POINTS, rev_byteorder=False).to_numpy()
                yield Sheet(_three(drawn), dpi, 0)
    except pypdfium2.PdfiumError as error:
        raise CaseError(faults.DAMAGED, name=name) from error


def _drawn_at(wide: float, high: float) -> int:
    """300 dpi, or for a sheet larger than A1 as much as keeps it among the pixels a page may have."""
    most = _POINTS * (MOST_PIXELS / max(1.0, wide * high)) ** 0.5
    return max(1, min(PDF_DPI, int(most)))


def _three(drawn: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Blue, green, red, whatever pdfium found enough for that page."""
    if drawn.shape[2:] in {(), (1,)}:
        return np.asarray(cv2.cvtColor(drawn, cv2.COLOR_GRAY2BGR), np.uint8)
    return np.ascontiguousarray(drawn[:, :, :3])
