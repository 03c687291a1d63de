"""Opens a page file as pixels, upright, whatever way it was stored; one sheet at a time."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile

from client.errors import CaseError
from client.ports.pages import PageFacts
from devices.opencv import cv2
from devices.pages import faults
from devices.pages.inspect import DECODER_ERRORS
from devices.pages.painter import flat

PDF_DPI: Final = 300
_USUAL_DPI = (100, 1200)  # what a file says of itself is believed within these
_A4_HEIGHT = 297 / 25.4  # inches
_ORIENTATION = 0x0112  # tag of EXIF 2.32
_CLOCKWISE = {3: 180, 4: 180, 5: 90, 6: 90, 7: 270, 8: 270}


@dataclass(frozen=True, slots=True)
class Sheet:
    """`pixels`: rows of blue, green, red; `rotated`: degrees clockwise by which the file wanted to be turned."""

    pixels: NDArray[np.uint8]
    dpi: int
    rotated: int


def sheets_of(content: bytes, facts: PageFacts, name: str) -> Iterator[Sheet]:
    """The sheets of a page file that was inspected. Raises CaseError."""
    if facts.media_type == "application/pdf":
        return _drawn(content, name)
    return iter((picture_of(content, facts, name),))


def picture_of(content: bytes, facts: PageFacts, name: str) -> Sheet:
    """The one sheet of a picture file that was inspected. Raises CaseError."""
    try:
        if facts.media_type == "image/jpeg":
            image: JpegImageFile | PngImageFile = JpegImageFile(BytesIO(content))
            pixels = cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_COLOR)  # turned as the file says
        else:
            image = PngImageFile(BytesIO(content))
            pixels = cv2.cvtColor(np.asarray(flat(image)), cv2.COLOR_RGB2BGR)
        orientation = image.getexif().get(_ORIENTATION, 1) if facts.media_type == "image/jpeg" else 1
        said = image.info.get("dpi", (0, 0))[1]
    except (*DECODER_ERRORS, cv2.error) as error:
        raise CaseError(faults.DAMAGED, name=name) from error
    if pixels is None:
        raise CaseError(faults.DAMAGED, name=name)
    return Sheet(np.asarray(pixels, np.uint8), _dpi(said, pixels.shape), _CLOCKWISE.get(orientation, 0))


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
                drawn = page.render(scale=PDF_DPI / 72, rev_byteorder=False).to_numpy()
                yield Sheet(_three(drawn), PDF_DPI, 0)
    except pypdfium2.PdfiumError as error:
        raise CaseError(faults.DAMAGED, name=name) from error


def _three(drawn: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Blue, green, red, whatever pdfium found enough for that page."""
    if drawn.shape[2:] in {(), (1,)}:
        return np.asarray(cv2.cvtColor(drawn, cv2.COLOR_GRAY2BGR), np.uint8)
    return np.ascontiguousarray(drawn[:, :, :3])
