"""Draws page files for the screen: pictures by Pillow, PDF by pdfium."""

import threading
from io import BytesIO

from PIL import Image, ImageOps
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile

from client.errors import CaseError
from client.ports.pages import Picture
from devices.pages.faults import CANNOT_DRAW
from devices.pages.inspect import DECODER_ERRORS, MOST_PIXELS

_QUICKLY = 2.0  # shrink to twice the size quickly, from there with care
_BYTE_OF_16 = 1 / 256


class Painter:
    """A `client.ports.pages.PagePainter`. pdfium works for one thread at a time; others wait."""

    def __init__(self) -> None:
        self._pdfium = threading.Lock()

    def __call__(self, content: bytes, media_type: str, width: int, height: int, sheet: int = 0) -> Picture:
        """See the port. A picture file has one sheet, whatever `sheet` says."""
        if media_type == "application/pdf":
            with self._pdfium:
                image = _sheet(content, width, height, sheet)
        else:
            image = _picture(content, media_type, width, height)
        return Picture(image.width, image.height, image.convert("RGBA").tobytes("raw", "BGRA"))


def _picture(content: bytes, media_type: str, width: int, height: int) -> Image.Image:
    try:
        image = JpegImageFile(BytesIO(content)) if media_type == "image/jpeg" else PngImageFile(BytesIO(content))
        if image.width * image.height > MOST_PIXELS:
            raise CaseError(CANNOT_DRAW)
        longest = max(width, height)  # the picture may lie on its side
        image.draft(None, _fitted(*image.size, longest, longest))
        upright = flat(ImageOps.exif_transpose(image))
    except DECODER_ERRORS as error:
        raise CaseError(CANNOT_DRAW) from error
    size = _fitted(*upright.size, width, height)
    return upright.resize(size, Image.Resampling.LANCZOS, reducing_gap=_QUICKLY)


def flat(image: Image.Image) -> Image.Image:
    """The picture in RGB, as it looks on white paper."""
    if image.mode.startswith("I"):  # a PNG of 16 bits
        image = image.convert("I").point(lambda value: value * _BYTE_OF_16).convert("L")
    if not image.has_transparency_data:
        return image.convert("RGB")
    paper = Image.new("RGBA", image.size, "white")
    return Image.alpha_composite(paper, image.convert("RGBA")).convert("RGB")


def _sheet(content: bytes, width: int, height: int, sheet: int) -> Image.Image:
    # The package has no types of its own; it loads pdfium, which a window without PDF never needs.
    import pypdfium2  # type: ignore[import-untyped]  # noqa: PLC0415

    try:
        with pypdfium2.PdfDocument(content) as document:
            document.init_forms()  # what was filled in, and the seals in signature fields
            page = document[sheet]
            wide, high = page.get_size()
            bitmap = page.render(scale=min(width / wide, height / high), rev_byteorder=True)
            drawn: Image.Image = bitmap.to_pil().convert("RGB")
    except (pypdfium2.PdfiumError, IndexError, ZeroDivisionError) as error:
        raise CaseError(CANNOT_DRAW) from error
    return drawn.resize(_fitted(wide, high, width, height))


def _fitted(wide: float, high: float, width: int, height: int) -> tuple[int, int]:
    """The largest size of the same shape within `width` by `height`."""
    scale = min(width / wide, height / high)
    return max(1, min(width, round(wide * scale))), max(1, min(height, round(high * scale)))
