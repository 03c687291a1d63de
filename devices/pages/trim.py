"""Cuts a page by hand and turns it: the part somebody chose, by quarters, and no more than that."""

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
from devices.pages.ink import Pixels, reduced
from devices.pages.inspect import DECODER_ERRORS, inspect_page
from devices.pages.looks import LOOKED_AT, is_blank, sharpness_of, warnings_of
from devices.pages.painter import flat, pixels_of

_QUARTER = 90  # degrees
_CLOCKWISE = {1: Image.Transpose.ROTATE_270, 2: Image.Transpose.ROTATE_180, 3: Image.Transpose.ROTATE_90}  # Pillow's
# turns go against the clock


def trimmed(content: bytes, name: str, part: Part, turned: int) -> TrimmedPage:
    """The part of a picture as it stands upright, turned clockwise by `turned` degrees (quarters), and judged anew.

    A PNG loses nothing; a JPEG is written once more, in grey where it was grey. Raises CaseError: a PDF is the file
    somebody signed, and stays as it is; what is left has to be large enough to be a page.
    """
    facts = inspect_page(content, name)
    if facts.media_type == "application/pdf":
        raise CaseError(faults.NOT_TRIMMED, name=name)
    quarters = turned // _QUARTER % 4
    if facts.media_type == "image/png":
        made, pixels = _png(content, name, part, quarters)
    else:
        sheet = picture_of(content, facts, name)
        left, top, right, bottom = pixels_of(part, sheet.pixels.shape[1], sheet.pixels.shape[0])
        pixels = np.ascontiguousarray(np.rot90(sheet.pixels[top:bottom, left:right], -quarters))
        grey = JpegImageFile(BytesIO(content)).mode == "L"
        kept = np.asarray(cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY), np.uint8) if grey else pixels
        made, _ = written(kept, Tint.GREY if grey else Tint.COLOUR, sheet.dpi)
    return _judged(made, name, pixels)


def _png(content: bytes, name: str, part: Part, quarters: int) -> tuple[bytes, Pixels]:
    """The file, of the same depth and colours; and its pixels: rows of blue, green, red."""
    file = BytesIO()
    try:
        image = PngImageFile(BytesIO(content))
        dpi = image.info.get("dpi")
        upright = ImageOps.exif_transpose(image)
        cut = upright.crop(pixels_of(part, *upright.size))
        turned = cut.transpose(_CLOCKWISE[quarters]) if quarters else cut
        turned.save(file, "PNG", **({"dpi": dpi} if dpi else {}))
        pixels = np.asarray(cv2.cvtColor(np.asarray(flat(turned)), cv2.COLOR_RGB2BGR), np.uint8)
    except DECODER_ERRORS as error:
        raise CaseError(faults.DAMAGED, name=name) from error
    return file.getvalue(), pixels


def _judged(content: bytes, name: str, pixels: Pixels) -> TrimmedPage:
    facts = inspect_page(content, name)
    look = reduced(pixels, LOOKED_AT)
    grey = np.asarray(cv2.cvtColor(look, cv2.COLOR_BGR2GRAY), np.uint8)
    blank = is_blank(grey)
    return TrimmedPage(content, facts, blank, warnings_of(look, grey, sharpness_of(grey), blank=blank))
