"""A page's raw lines as a JPEG file with its resolution in it."""

from io import BytesIO

from PIL import Image

QUALITY = 85  # smaller files than 90, and 10-point Song type still looks clean
_ONE_BIT = 1


def jpeg_of(image: Image.Image, dpi: int) -> bytes:
    """A baseline JPEG of an RGB or L picture."""
    file = BytesIO()
    image.save(file, "JPEG", quality=QUALITY, dpi=(dpi, dpi))
    return file.getvalue()


def picture_of(lines: bytearray, width: int, height: int, stride: int, *, depth: int, is_colour: bool) -> Image.Image:
    """`lines` of `stride` bytes each: RGB or grey of 8 bits, or one bit a pixel in which 1 is black (SANE 3.2.1)."""
    mode, raw = ("RGB", "RGB") if is_colour else ("L", "L")
    if depth == _ONE_BIT:
        mode, raw = "1", "1;I"
    image = Image.frombuffer(mode, (width, height), lines, "raw", raw, stride, 1)
    return image.convert("L") if depth == _ONE_BIT else image
