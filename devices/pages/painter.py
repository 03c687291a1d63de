"""Draws page files for the screen: pictures by Pillow, PDF by pdfium."""

import threading
from io import BytesIO

from PIL import Image, ImageOps
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile

from client.errors import CaseError
from client.ports.pages import WHOLE, Part, Picture
from devices.pages.faults import CANNOT_DRAW
from devices.pages.inspect import DECODER_ERRORS, MOST_PIXELS

_QUICKLY = 2.0  # shrink to twice the size quickly, from there with care
_BYTE_OF_16 = 1 / 256

Size = tuple[int, int]


class Painter:
    """A `client.ports.pages.PagePainter`. pdfium works for one thread at a time; others wait."""

    def __init__(self) -> None:
        self._pdfium = threading.Lock()

    def __call__(
        self, content: bytes, media_type: str, width: int, height: int, sheet: int = 0, part: Part = WHOLE
    ) -> Picture:
        """See the port. A picture file has one sheet, whatever `sheet` says."""
        if media_type == "application/pdf":
            with self._pdfium:
                image = _sheet(content, (width, height), sheet, part)
        else:
            image = _picture(content, media_type, (width, height), part)
        return Picture(image.width, image.height, image.convert("RGBA").tobytes("raw", "BGRA"))


def _picture(content: bytes, media_type: str, room: Size, part: Part) -> Image.Image:
    try:
        image = JpegImageFile(BytesIO(content)) if media_type == "image/jpeg" else PngImageFile(BytesIO(content))
        if image.width * image.height > MOST_PIXELS:
            raise CaseError(CANNOT_DRAW)
        longest = max(room) / min(part.width, part.height)  # the picture may lie on its side
        image.draft(None, _fitted(*image.size, longest, longest))
        ImageOps.exif_transpose(image, in_place=True)  # of 100 megapixels each copy is 300 MB
        shown = flat(image if part == WHOLE else image.crop(pixels_of(part, *image.size)))
    except DECODER_ERRORS as error:
        raise CaseError(CANNOT_DRAW) from error
    return shown.resize(_fitted(*shown.size, *room), Image.Resampling.LANCZOS, reducing_gap=_QUICKLY)


def pixels_of(part: Part, width: int, height: int) -> tuple[int, int, int, int]:
    """The part in whole pixels, at least one."""
    left, top = min(round(part.left * width), width - 1), min(round(part.top * height), height - 1)
    return left, top, max(left + 1, round(part.right * width)), max(top + 1, round(part.bottom * height))


def flat(image: Image.Image) -> Image.Image:
    """The picture in RGB, as it looks on white paper."""
    if image.mode.startswith("I"):  # a PNG of 16 bits
        image = image.convert("I").point(lambda value: value * _BYTE_OF_16).convert("L")
    if not image.has_transparency_data:
        return image if image.mode == "RGB" else image.convert("RGB")
    paper = Image.new("RGBA", image.size, "white")
    return Image.alpha_composite(paper, image.convert("RGBA")).convert("RGB")


def _sheet(content: bytes, room: Size, sheet: int, part: Part) -> Image.Image:
    # The package has no types of its own; it loads pdfium, which a window without PDF never needs.
    import pypdfium2  # type: ignore[import-untyped]  # noqa: PLC0415

    try:
        with pypdfium2.PdfDocument(content) as document:
            document.init_forms()  # what was filled in, and the seals in signature fields
            page = document[sheet]
            wide, high = page.get_size()
            shown = wide * part.width, high * part.height
            around = part.left * wide, (1 - part.bottom) * high, (1 - part.right) * wide, part.top * high
            scale = min(room[0] / shown[0], room[1] / shown[1])
            drawn: Image.Image = page.render(scale=scale, crop=around, rev_byteorder=True).to_pil().convert("RGB")
    except (pypdfium2.PdfiumError, IndexError, ZeroDivisionError) as error:
        raise CaseError(CANNOT_DRAW) from error
    return drawn.resize(_fitted(*shown, *room))


def _fitted(wide: float, high: float, width: float, height: float) -> tuple[int, int]:
    """The largest size of the same shape within `width` by `height`."""
    scale = min(width / wide, height / high)
    return max(1, min(int(width), round(wide * scale))), max(1, min(int(height), round(high * scale)))
