"""Writes a page as a file: JPEG for colour and grey, a PNG of one bit for black and white; its resolution is in it."""

from io import BytesIO
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from client.ports.pages import Tint
from devices.opencv import cv2

QUALITY: Final = 85
_LEAST_QUALITY = 45  # under this writing of 8 points frays
_STEP = 10
_RESOLUTION = slice(13, 18)  # in JFIF 1.01's first segment: the unit (1: inches), and the densities across and down


def written(pixels: NDArray[np.uint8], tint: Tint, dpi: int, most_bytes: int | None = None) -> tuple[bytes, str]:
    """The page as a file, and its media type.

    With `most_bytes` the quality of a JPEG goes down step by step until it is no larger, but never so far that small
    print frays: a page with much on it may stay larger. `pixels` has three channels for colour, else one.
    """
    if tint is Tint.BILEVEL:
        return _one_bit(pixels, dpi), "image/png"
    quality = QUALITY
    content = _jpeg(pixels, quality, dpi)
    while most_bytes is not None and len(content) > most_bytes and quality > _LEAST_QUALITY:
        quality -= _STEP
        content = _jpeg(pixels, quality, dpi)
    return content, "image/jpeg"


def _jpeg(pixels: NDArray[np.uint8], quality: int, dpi: int) -> bytes:
    _, encoded = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, quality])
    content = bytearray(encoded.tobytes())
    content[_RESOLUTION] = b"\x01" + dpi.to_bytes(2, "big") * 2
    return bytes(content)


def _one_bit(grey: NDArray[np.uint8], dpi: int) -> bytes:
    """Ink against the paper around it, so that a shadow or coloured paper does not turn black."""
    paper = cv2.blur(grey, (61, 61))
    light = np.where(grey.astype(np.int16) < paper.astype(np.int16) * 0.82, 0, 255).astype(np.uint8)
    file = BytesIO()
    Image.fromarray(light).convert("1").save(file, "PNG", dpi=(dpi, dpi), optimize=True)
    return file.getvalue()
