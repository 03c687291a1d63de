"""Writes across a copy what it is for, so that it serves nothing else: 仅用于办理××事项."""

from importlib import resources
from io import BytesIO
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

_FONT: Final = "NotoSansSC-Regular.ttf"
_LEAN = 30  # degrees: across all lines of writing, whichever way they run
_SHARE = 0.035  # of the page's width: the height of a letter
_INK = 150  # grey level
_STRENGTH = 0.35  # what is under it stays readable


def marked_for(pixels: NDArray[np.uint8], words: str) -> NDArray[np.uint8]:
    """The page (grey, or rows of blue, green, red) with `words` all over: no strip is free of them."""
    height, width = pixels.shape[:2]
    font = _font(max(18, round(width * _SHARE)))
    left, top, right, bottom = font.getbbox(words)
    step_x, step_y = right - left + round(width * 0.1), round((bottom - top) * 4)
    side = round((width**2 + height**2) ** 0.5)
    sheet = Image.new("L", (side, side), 0)
    pen = ImageDraw.Draw(sheet)
    for row, y in enumerate(range(0, side, step_y)):
        for x in range(-(row % 2) * step_x // 2, side, step_x):
            pen.text((x, y), words, font=font, fill=255)
    leaning = sheet.rotate(_LEAN, resample=Image.Resampling.BILINEAR)
    left, top = (side - width) // 2, (side - height) // 2
    mask = np.asarray(leaning.crop((left, top, left + width, top + height)), np.float32) / 255 * _STRENGTH
    mask = mask.reshape(height, width, *[1] * (pixels.ndim - 2))
    return np.asarray(pixels * (1 - mask) + _INK * mask, np.uint8)


def _font(size: int) -> ImageFont.FreeTypeFont:
    content = resources.files("resources").joinpath("fonts", _FONT).read_bytes()
    return ImageFont.truetype(BytesIO(content), size)
