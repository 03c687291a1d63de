"""Draws lines and codes of a slip dot by dot, by the program's own fonts: no name is beyond a printer's own letters."""

from functools import cache
from importlib.resources import files
from io import BytesIO
from itertools import product

from PIL import Image, ImageDraw, ImageFont

from printing.papers.fonts import EM
from printing.papers.marks import qr_modules
from printing.papers.text import Line

_LEADING = 1.4  # times the size of the letters
_BASELINE = 1.08
_QUIET = 4  # modules of white round a QR code (ISO/IEC 18004, 6.3.8)
_MODULE = 5  # dots: 0.6 mm at 8 dots a millimetre
_STROKE = (8, 2, 8)  # rows of white, of black, of white
_BLACK, _WHITE = 0, 1


def drawn(line: Line, size: int, width: int, *, centred: bool) -> Image.Image:
    """One line, `width` dots wide (a multiple of eight), in letters of `size` dots."""
    image = _blank(width, round(size * _LEADING))
    draw = ImageDraw.Draw(image)
    left = max((width - line.width * size / EM) / 2, 0.0) if centred else 0.0
    for letter, advance in zip(line.letters, line.advances, strict=True):
        draw.text((round(left), round(size * _BASELINE)), letter.char, _BLACK, _font(letter.face, size), anchor="ls")
        left += (advance + line.gap) * size / EM
    return image


def code(content: str, width: int) -> Image.Image:
    """A QR code in the middle, with its quiet zone."""
    modules = qr_modules(content)
    side = len(modules) + 2 * _QUIET
    module = max(min(_MODULE, width // side), 1)
    image = _blank(width, side * module)
    draw = ImageDraw.Draw(image)
    left = (width - side * module) // 2
    for y, x in product(range(len(modules)), repeat=2):
        if modules[y][x]:
            at = left + (x + _QUIET) * module, (y + _QUIET) * module
            draw.rectangle((*at, at[0] + module - 1, at[1] + module - 1), fill=_BLACK)
    return image


def stroke(width: int) -> Image.Image:
    """A line across."""
    above, thick, below = _STROKE
    image = _blank(width, above + thick + below)
    image.paste(_BLACK, (0, above, width, above + thick))
    return image


def _blank(width: int, height: int) -> Image.Image:
    return Image.new("1", (width, height), _WHITE)


@cache
def _font(face: str, size: int) -> ImageFont.FreeTypeFont:
    content = (files("resources") / "fonts" / f"{face}.ttf").read_bytes()
    return ImageFont.truetype(BytesIO(content), size)
