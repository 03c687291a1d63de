"""Sheets of ours as a scanner sees them."""

from functools import cache

import numpy as np
from PIL import Image

from devices.pages.painter import Painter
from tests.devices import drawn


@cache
def printed(pdf: bytes, sheet: int = 0, dpi: int = 150) -> Image.Image:
    width, height = (length * dpi // drawn.DPI for length in drawn.SIZE)
    made = Painter()(pdf, "application/pdf", width, height, sheet)
    pixels = np.frombuffer(made.pixels, np.uint8).reshape(made.height, made.width, 4)
    return Image.fromarray(pixels[:, :, 2::-1].copy())
