"""Cuts a page by hand and turns it: the part somebody chose, by quarters, and no more than that."""

from dataclasses import dataclass
from io import BytesIO

import numpy as np
from PIL import Image, ImageOps
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile

from client.errors import CaseError
from client.ports.pages import Part, Tint, TrimmedPage
from devices.opencv import cv2
from devices.pages import faults
from devices.pages.decode import picture_of
from devices.pages.encode import written
from devices.pages.ink import LOOKED_AT, Ink, Pixels, reduced
from devices.pages.inspect import DECODER_ERRORS, inspect_page
from devices.pages.looks import is_blank, is_dark, sharpness_of, warnings_of
from devices.pages.painter import flat, pixels_of

_QUARTER = 90  # degrees
_GREY = frozenset({"1", "L", "I", "I;16"})
_CLOCKWISE = {1: Image.Transpose.ROTATE_270, 2: Image.Transpose.ROTATE_180, 3: Image.Transpose.ROTATE_90}  # Pillow's
# turns go against the clock


@dataclass(frozen=True, slots=True)
class Upright:
    """A part of a picture as it is seen. `pixels`: rows of blue, green, red; `lossless`: the same as a PNG, of one."""

    pixels: Pixels
    dpi: int
    is_grey: bool
    lossless: bytes | None


def trimmed(content: bytes, name: str, part: Part, turned: int) -> TrimmedPage:
    """The part of a picture as it stands upright, turned clockwise by `turned` degrees (quarters), and judged anew.

    A PNG loses nothing; a JPEG is written once more, in grey where it was grey. Raises CaseError: a PDF is the file
    somebody signed, and stays as it is; what is left has to be large enough to be a page.
    """
    page = upright(content, name, part, turned // _QUARTER % 4)
    if page.lossless is not None:
        return judged(page.lossless, name, page.pixels)
    kept = np.asarray(cv2.cvtColor(page.pixels, cv2.COLOR_BGR2GRAY), np.uint8) if page.is_grey else page.pixels
    made, _ = written(kept, Tint.GREY if page.is_grey else Tint.COLOUR, page.dpi)
    return judged(made, name, page.pixels)


def upright(content: bytes, name: str, part: Part, quarters: int) -> Upright:
    """Open a part of a picture file, turned by so many quarters clockwise. Raises CaseError for what is none."""
    facts = inspect_page(content, name)
    if facts.media_type == "application/pdf":
        raise CaseError(faults.NOT_TRIMMED, name=name)
    sheet = picture_of(content, facts, name)
    if facts.media_type == "image/png":
        return _png(content, name, part, quarters, sheet.dpi)
    left, top, right, bottom = pixels_of(part, sheet.pixels.shape[1], sheet.pixels.shape[0])
    pixels = np.ascontiguousarray(np.rot90(sheet.pixels[top:bottom, left:right], -quarters))
    return Upright(pixels, sheet.dpi, JpegImageFile(BytesIO(content)).mode == "L", None)


def _png(content: bytes, name: str, part: Part, quarters: int, dpi: int) -> Upright:
    """Cut and turned as a PNG of the same depth and colours."""
    file = BytesIO()
    try:
        image = PngImageFile(BytesIO(content))
        said = image.info.get("dpi")
        seen = ImageOps.exif_transpose(image)
        cut = seen.crop(pixels_of(part, *seen.size))
        turned = cut.transpose(_CLOCKWISE[quarters]) if quarters else cut
        turned.save(file, "PNG", **({"dpi": said} if said else {}))
        pixels = np.asarray(cv2.cvtColor(np.asarray(flat(turned)), cv2.COLOR_RGB2BGR), np.uint8)
    except DECODER_ERRORS as error:
        raise CaseError(faults.DAMAGED, name=name) from error
    return Upright(pixels, dpi, turned.mode in _GREY, file.getvalue())


def judged(content: bytes, name: str, pixels: Pixels) -> TrimmedPage:
    """A page file with what is to be seen of `pixels`. Raises CaseError for too small a page."""
    facts = inspect_page(content, name)
    look = reduced(pixels, LOOKED_AT)
    grey = np.asarray(cv2.cvtColor(look, cv2.COLOR_BGR2GRAY), np.uint8)
    ink = Ink.of(grey)
    blank = is_blank(ink) and not is_dark(grey)
    return TrimmedPage(content, facts, blank, warnings_of(look, grey, ink, sharpness_of(grey), blank=blank))
