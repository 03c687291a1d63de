"""Draws the picture of a training seal: a red ring of 40 mm, the organ along its upper edge, what it is for, 训练用.

No star: a 专用章 has to differ from the organ's own seal (国发〔1999〕25号), and this one from every real one.
"""

from importlib.resources import files
from io import BytesIO
from math import cos, inf, radians, sin
from typing import Final

from PIL import Image, ImageDraw, ImageFont

WIDTH_MM: Final = 40
DPI: Final = 300
_RED = (214, 0, 24)
_FINER = 4  # drawn so many times larger, and made smaller
_LEVELS = 16  # of red, from none to all
_DOTS = DPI / 25.4 * _FINER
_SPAN = 230.0  # degrees of the ring that a long name may take
_STEP = 24.0  # degrees from one letter to the next, where there is room
_HEADS = 17.5  # millimetres from the middle to where the letters of the ring end
_LARGEST = 4.6  # millimetres of their height and, where there is room, width
_NARROWEST = 0.55  # of their height that they are still wide; longer names are smaller
_AIR = 0.06  # of the room of a letter, between it and the next at their feet


def seal_picture(organ: str, purpose: str, middle: str) -> bytes:
    """A PNG of `WIDTH_MM` at `DPI`, clear where nothing is red."""
    size = round(WIDTH_MM * _DOTS)
    ink = Image.new("L", (size, size))
    draw = ImageDraw.Draw(ink)
    draw.ellipse((0, 0, size - 1, size - 1), outline=255, width=round(1.2 * _DOTS))
    step = step_of(len(organ))
    height, width = letter_size(len(organ))
    for place, letter in enumerate(organ):
        _letter(ink, letter, (place - (len(organ) - 1) / 2) * step, height, width)
    _line(draw, middle, 20.5, 4.2)
    _line(draw, purpose, 30.0, 3.4)
    return _png(ink.resize((size // _FINER, size // _FINER), Image.Resampling.LANCZOS))


def letter_size(count: int) -> tuple[float, float]:
    """Height and width in millimetres of the letters of a name that long: first they are narrower, then smaller.

    Their feet are nearest to one another: there no letter may reach into the next.
    """
    a_millimetre_out = radians(step_of(count)) * (1 - _AIR) if count > 1 else inf  # how much wider their room gets
    room = a_millimetre_out * (_HEADS - _LARGEST)
    if room >= _LARGEST * _NARROWEST:
        return _LARGEST, min(_LARGEST, room)
    height = a_millimetre_out * _HEADS / (_NARROWEST + a_millimetre_out)
    return height, height * _NARROWEST


def step_of(count: int) -> float:
    """Degrees from one letter of so long a name to the next."""
    return min(_STEP, _SPAN / max(count - 1, 1))


def _letter(ink: Image.Image, letter: str, degrees: float, height: float, width: float) -> None:
    """One letter on the ring, `degrees` from its top, its foot towards the middle."""
    side = round(7 * _DOTS)
    box = Image.new("L", (side, side))
    ImageDraw.Draw(box).text((side / 2, side / 2), letter, fill=255, font=_face(height), anchor="mm")
    if width < height:
        narrow = box.resize((round(side * width / height), side), Image.Resampling.LANCZOS)
        box = Image.new("L", (side, side))
        box.paste(narrow, ((side - narrow.width) // 2, 0))
    turned = box.rotate(-degrees, Image.Resampling.BICUBIC)
    radius, middle = (_HEADS - height / 2) * _DOTS, ink.width / 2
    left = middle + radius * sin(radians(degrees)) - side / 2
    top = middle - radius * cos(radians(degrees)) - side / 2
    ink.paste(255, (round(left), round(top)), turned)


def _line(draw: ImageDraw.ImageDraw, words: str, top: float, height: float) -> None:
    """Words in the middle; `top` of their middle and `height` in millimetres."""
    draw.text((WIDTH_MM / 2 * _DOTS, top * _DOTS), words, fill=255, font=_face(height), anchor="mm")


def _face(height: float) -> ImageFont.FreeTypeFont:
    font = (files("resources") / "fonts" / "NotoSansSC-Bold.ttf").read_bytes()
    return ImageFont.truetype(BytesIO(font), round(height * _DOTS))


def _png(ink: Image.Image) -> bytes:
    """One red in a few strengths: a palette with its transparency is a fifth of the same in RGBA."""
    strengths = [255 * level // (_LEVELS - 1) for level in range(_LEVELS)]
    picture = ink.point(lambda value: round(value * (_LEVELS - 1) / 255)).convert("L")
    drawn = Image.frombytes("P", picture.size, picture.tobytes())
    drawn.putpalette(_RED * _LEVELS)
    into = BytesIO()
    drawn.save(into, "PNG", transparency=bytes(strengths), dpi=(DPI, DPI), optimize=True, bits=4)
    return into.getvalue()
