"""The words that are written on the pages of a PDF of ours, in the order they were written, and its QR codes.

Only what a page itself writes counts: a seal or the mark of a copy lies upon it and is none of its words. Of a file by
others there may be no words at all; that is for the caller to judge.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Final

import pikepdf
import pypdfium2  # type: ignore[import-untyped]  # it has no types
import zxingcpp
from PIL import Image

from printing.faults import NOT_OPENED, PaperError

MOST_PAGES: Final = 40
MOST_PIXELS: Final = 60_000_000
_DPI: Final = 200  # 3.2 pixels a module of a usual statement
_POINTS: Final = 72
_LONGEST_SIDE: Final = 1300  # points: A3 and a little; a larger page is looked at in coarser steps
_PAIR: Final = re.compile(rb"<([0-9A-Fa-f]{4})>\s*<([0-9A-Fa-f]{4,16})>")
_BROKEN: Final = (
    pikepdf.PdfError, pypdfium2.PdfiumError, OSError, ValueError, TypeError, KeyError, IndexError, AttributeError,
    SyntaxError, RecursionError, Image.DecompressionBombError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Written:
    """What was found: the texts of its QR codes, and its words; `words` is empty for a picture."""

    codes: Sequence[str]
    words: Sequence[str]


def written_in(content: bytes) -> Written:
    """What stands on a PDF, or on the picture of a paper. Raises PaperError for what is neither."""
    try:
        if b"%PDF-" in content[:1024]:
            return Written([*_codes_of_pages(content)], _words(content))
        return Written(_codes_of_picture(content), ())
    except _BROKEN as error:
        raise PaperError(NOT_OPENED, reason=type(error).__name__) from error


def _codes_of_pages(content: bytes) -> Iterator[str]:
    """From the last page on: there the codes are, and the first page that has any ends it."""
    with pypdfium2.PdfDocument(content) as document:
        for number in range(min(len(document), MOST_PAGES) - 1, -1, -1):
            page = document[number]
            scale = _DPI / _POINTS * min(1.0, _LONGEST_SIDE / max(page.get_size()))
            found = _read(page.render(scale=scale, grayscale=True).to_pil())
            if found:
                yield from found
                return


def _codes_of_picture(content: bytes) -> Sequence[str]:
    with Image.open(BytesIO(content), formats=("JPEG", "PNG", "BMP", "TIFF", "GIF", "WEBP")) as image:
        if image.width * image.height > MOST_PIXELS:
            raise ValueError(image.size)
        return _read(image.convert("L"))


def _read(grey: Image.Image) -> list[str]:
    kinds = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    return [found.text for found in zxingcpp.read_barcodes(grey, formats=kinds) if found.valid]


def _words(content: bytes) -> list[str]:
    with pikepdf.open(BytesIO(content), suppress_warnings=True) as document:
        if len(document.pages) > MOST_PAGES:
            raise ValueError(len(document.pages))
        maps: dict[tuple[int, int], dict[bytes, str]] = {}
        return [word for page in document.pages for word in _words_of(page, maps)]


def _words_of(page: pikepdf.Page, maps: dict[tuple[int, int], dict[bytes, str]]) -> Iterator[str]:
    letters: dict[bytes, str] = {}
    for step in pikepdf.parse_content_stream(page, "Tf Tj TJ"):
        operator, operands = str(step.operator), list(step.operands)
        if operator == "Tf":
            letters = _letters(page.resources.Font[str(operands[0])], maps)
        elif operator == "Tj":
            yield _text(bytes(operands[0]), letters)
        elif operator == "TJ":
            yield "".join(_text(bytes(part), letters) for part in operands[0] if isinstance(part, pikepdf.String))


def _letters(font: pikepdf.Object, maps: dict[tuple[int, int], dict[bytes, str]]) -> dict[bytes, str]:
    if font.objgen not in maps:
        pairs = _PAIR.findall(font.ToUnicode.read_bytes()) if "/ToUnicode" in font else ()
        maps[font.objgen] = {bytes.fromhex(a.decode()): bytes.fromhex(b.decode()).decode("utf-16-be") for a, b in pairs}
    return maps[font.objgen]


def _text(codes: bytes, letters: dict[bytes, str]) -> str:
    return "".join(letters.get(codes[at : at + 2], "") for at in range(0, len(codes), 2))
