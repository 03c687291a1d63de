"""A page's raw lines as a JPEG file with its resolution in it."""

from io import BytesIO

from PIL import Image

QUALITY = 85  # smaller files than 90, and 10-point Song type still looks clean
_ONE_BIT = 1
_MIDDLE = 128
_DENSITY, _JFIF_END = 13, 18  # where a JFIF file says it, behind its version


def jpeg_of(image: Image.Image, dpi: int) -> bytes:
    """A baseline JPEG of an RGB or L picture."""
    file = BytesIO()
    image.save(file, "JPEG", quality=QUALITY, dpi=(dpi, dpi))
    return file.getvalue()


def bilevel(image: Image.Image) -> Image.Image:
    """Black and white, for a device that has no such mode: grey is cut in the middle, as they do."""
    return image.convert("L").point(lambda level: 255 * (level >= _MIDDLE))


def bilevel_file(file: bytes, dpi: int) -> bytes:
    """The JPEG in black and white. Raises OSError for a picture that does not open whole."""
    with Image.open(BytesIO(file), formats=("JPEG",)) as image:
        return jpeg_of(bilevel(image), dpi)


def picture_of(lines: bytearray, width: int, height: int, stride: int, *, depth: int, is_colour: bool) -> Image.Image:
    """`lines` of `stride` bytes each: RGB or grey of 8 bits, or one bit a pixel in which 1 is black (SANE 3.2.1)."""
    mode, raw = ("RGB", "RGB") if is_colour else ("L", "L")
    if depth == _ONE_BIT:
        mode, raw = "1", "1;I"
    image = Image.frombuffer(mode, (width, height), lines, "raw", raw, stride, 1)
    return image.convert("L") if depth == _ONE_BIT else image


def with_density(file: bytes, dpi: int) -> bytes:
    """A JPEG file that says its resolution, not a point of it drawn anew (JFIF 1.02: units, X and Y density)."""
    said = b"\x01" + dpi.to_bytes(2) * 2
    if file[2:4] == b"\xff\xe0" and file[6:11] == b"JFIF\0" and len(file) > _JFIF_END:
        return file[:_DENSITY] + said + file[_JFIF_END:]
    head = b"\xff\xe0\x00\x10JFIF\0\x01\x02" + said + b"\0\0"
    return file[:2] + head + file[2:]
