"""Counts the pages of a PDF and looks at the size of its pictures, without drawing it."""

import logging
import struct
import zlib
from collections.abc import Iterator
from io import BytesIO

from pypdf import PageObject, PdfReader
from pypdf.errors import FileNotDecryptedError, PyPdfError
from pypdf.generic import DictionaryObject

from client.errors import CaseError
from client.ports.pages import PageFacts
from devices.pages import faults

_TRAILER = b"%%EOF"
_TRAILER_WITHIN = 1024  # readers allow that much behind it (ISO 32000-1, annex H)
_DOTS_A_POINT = 300 / 72
# A PDF is a program: what a damaged one makes of the reader is not bounded by the reader's own errors.
_READER_ERRORS = (
    PyPdfError,
    ArithmeticError,
    AttributeError,
    LookupError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)


def inspect_pdf(content: bytes, name: str, most_pixels: int) -> PageFacts:
    """A PDF with its trailer, at least one page, and no page picture of more than `most_pixels`.

    Raises CaseError naming the file; one that needs a password is refused.
    """
    if _TRAILER not in content[-_TRAILER_WITHIN:]:
        raise CaseError(faults.DAMAGED, name=name)
    logging.getLogger("pypdf").setLevel(logging.ERROR)  # it narrates every repair; only the outcome matters here
    try:
        pages = PdfReader(BytesIO(content)).pages
        sheets = len(pages)
        largest = max(pixels for page in pages for pixels in _pixels(page))
        box = pages[0].mediabox
        width, height = round(float(box.width) * _DOTS_A_POINT), round(float(box.height) * _DOTS_A_POINT)
    except FileNotDecryptedError as error:
        raise CaseError(faults.LOCKED, name=name) from error
    except _READER_ERRORS as error:
        raise CaseError(faults.DAMAGED, name=name) from error
    if largest > most_pixels:
        raise CaseError(faults.TOO_MANY_PIXELS, name=name, limit=most_pixels // 1_000_000)
    return PageFacts("application/pdf", width, height, sheets)


def _pixels(page: PageObject) -> Iterator[int]:
    """The pixels of each picture laid directly on the page; 0 first, for a page without any."""
    yield 0
    resources = _dictionary(page.get("/Resources"))
    for reference in _dictionary(resources.get("/XObject")).values():
        picture = _dictionary(reference)
        if picture.get("/Subtype") == "/Image":
            width, height = picture["/Width"], picture["/Height"]
            yield width * height if isinstance(width, int) and isinstance(height, int) else 0


def _dictionary(value: object) -> DictionaryObject:
    """The dictionary behind a value or reference; an empty one where there is none."""
    resolved = value.get_object() if hasattr(value, "get_object") else value
    return resolved if isinstance(resolved, DictionaryObject) else DictionaryObject()
