"""Looks into a page file before a case takes it in: whole, of a kind the platform takes, and of a sane size.

The name of a file proves nothing: its first bytes choose the decoder, and the decoder must reach its end.
"""

import struct
from io import BytesIO
from typing import TYPE_CHECKING, Final

from client.errors import CaseError
from client.ports.pages import PageFacts
from devices.pages import faults

if TYPE_CHECKING:
    from PIL.JpegImagePlugin import JpegImageFile

JPEG: Final = "image/jpeg"
PNG: Final = "image/png"
PDF: Final = "application/pdf"

MOST_BYTES = 50 * 1024 * 1024
MOST_PIXELS = 100_000_000
LEAST_SIDE = 100  # pixels: the short side of a resident card (54 mm) at 50 dpi, of which nobody reads anything

_JPEG = b"\xff\xd8\xff"
_PNG = b"\x89PNG\r\n\x1a\n"
_PDF = b"%PDF-"
_PDF_HEADER_WITHIN = 1024  # readers allow that much before it (ISO 32000-1, annex H)
DECODER_ERRORS = (OSError, SyntaxError, ValueError, TypeError, IndexError, KeyError, EOFError, struct.error)


def inspect_page(content: bytes, name: str) -> PageFacts:
    """What `content` is: a `client.ports.pages.PageInspector`.

    A picture's size is as stored (before any EXIF rotation), a PDF's that of its first page at 300 dpi.
    Raises CaseError naming the file.
    """
    match kind_of(content, name):
        case "image/jpeg":
            return _jpeg(content, name)
        case "image/png":
            return _png(content, name)
        case _:
            from devices.pages.pdf import inspect_pdf  # noqa: PLC0415 - pypdf takes longer to import than a page to read

            return inspect_pdf(content, name, MOST_PIXELS)


def kind_of(content: bytes, name: str) -> str:
    """Its media type. Raises CaseError naming the file for one that is empty, too big, or of no kind we take."""
    if not content:
        raise CaseError(faults.EMPTY, name=name)
    if len(content) > MOST_BYTES:
        raise CaseError(faults.TOO_BIG, name=name, limit=MOST_BYTES >> 20)
    if content.startswith(_JPEG):
        return JPEG
    if content.startswith(_PNG):
        return PNG
    if _PDF in content[:_PDF_HEADER_WITHIN]:
        return PDF
    raise CaseError(faults.FOREIGN, name=name)


def jpeg_of(content: bytes, name: str) -> "JpegImageFile":
    """A JPEG of a sane size, by its head; that it is whole is seen when it is opened. Raises CaseError."""
    from PIL.JpegImagePlugin import JpegImageFile  # noqa: PLC0415 - loads with the first page

    try:
        image = JpegImageFile(BytesIO(content))
    except DECODER_ERRORS as error:
        raise CaseError(faults.DAMAGED, name=name) from error
    _check_pixels(*image.size, name)
    return image


def _jpeg(content: bytes, name: str) -> PageFacts:
    """Decoded to its last byte at an eighth of the size: all the entropy coding, a fifth of time and 1/64 of memory."""
    image = jpeg_of(content, name)
    width, height = image.size
    try:
        image.draft("L", (max(1, width // 8), max(1, height // 8)))
        image.load()
    except DECODER_ERRORS as error:
        raise CaseError(faults.DAMAGED, name=name) from error
    return PageFacts(JPEG, width, height, sheets=1)


def _png(content: bytes, name: str) -> PageFacts:
    """The plugin is called by itself: `Image.open` would only warn of a bomb, and by a limit of its own."""
    from PIL.PngImagePlugin import PngImageFile  # noqa: PLC0415 - loads with the first page

    try:
        image = PngImageFile(BytesIO(content))
        width, height = image.size
        _check_pixels(width, height, name)
        if getattr(image, "n_frames", 1) != 1:
            raise CaseError(faults.FOREIGN, name=name)
        image.load()
        PngImageFile(BytesIO(content)).verify()  # load does not look at the checksums
    except DECODER_ERRORS as error:
        raise CaseError(faults.DAMAGED, name=name) from error
    return PageFacts(PNG, width, height, sheets=1)


def _check_pixels(width: int, height: int, name: str) -> None:
    if min(width, height) < LEAST_SIDE:
        raise CaseError(faults.TOO_SMALL, name=name, width=width, height=height)
    if width * height > MOST_PIXELS:
        raise CaseError(faults.TOO_MANY_PIXELS, name=name, limit=MOST_PIXELS // 1_000_000)
