"""Puts both sides of an ID card on one A4 page, at their own size, as a copying machine would."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from devices.opencv import cv2

DPI: Final = 300
_A4 = (210.0, 297.0)  # millimetres
_CARD = (85.6, 54.0)  # ISO/IEC 7810, ID-1


def on_one_sheet(front: NDArray[np.uint8], back: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """An A4 page at 300 dpi with the two sides (rows of blue, green, red) one above the other.

    A side that stands upright is laid down; neither is stretched out of its shape by more than a card may be worn.
    """
    width, height = (_dots(length) for length in _A4)
    sheet = np.full((height, width, 3), 255, np.uint8)
    wide, high = (_dots(length) for length in _CARD)
    left = (width - wide) // 2
    for side, middle in ((front, 0.3), (back, 0.6)):
        card = _lying(side)
        top = round(height * middle) - high // 2
        sheet[top : top + high, left : left + wide] = cv2.resize(card, (wide, high), interpolation=cv2.INTER_AREA)
    return sheet


def _lying(side: NDArray[np.uint8]) -> NDArray[np.uint8]:
    height, width = side.shape[:2]
    return np.asarray(cv2.rotate(side, cv2.ROTATE_90_COUNTERCLOCKWISE), np.uint8) if height > width else side


def _dots(millimetres: float) -> int:
    return round(millimetres / 25.4 * DPI)
