"""How far the lines of a page lean, by projecting their feet: the direction in which they pile up the highest.

A rectangle around all the ink (as many programs take it) is turned by a single QR code or stamp; lines are not.
"""

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

from devices.pages.ink import Ink

Points = NDArray[np.float32]

MOST_DEGREES: Final = 15.0
"""A page that lies more askew than this was laid so, and is left."""

_LARGE = 12, 2  # parts of the page's height, and of its width: what is higher or wider is no writing
_SPECK = 3  # pixels
_FEW = 200  # feet of strokes; fewer are no lines
_MANY = 12_000  # more say no more
_STEPS = (1.0, 0.2, 0.04)  # degrees, coarse to fine
_SURE = 1.35  # a direction must pile this much higher than directions do on the whole


def skew_of(ink: Ink) -> float | None:
    """Degrees by which lines of writing climb to the right (negative: fall), None where no direction is sure.

    The page is upright. Its lines may run across or, as in old Chinese print, down.
    """
    feet = _feet(ink)
    if len(feet[0]) < _FEW:
        return None
    across, down = _best(*feet), _best(feet[1], -feet[0])
    angle, sure = max(across, down, key=lambda found: found[1])
    angle = round(angle, 2) + 0.0  # never -0
    return angle if sure >= _SURE and abs(angle) < MOST_DEGREES else None


def _feet(ink: Ink) -> tuple[Points, Points]:
    """Where strokes end downwards, across and down from the middle: most of them stand on a base line."""
    height, width = ink.pixels.shape
    y, x = np.nonzero(ink.pixels[:-1] > ink.pixels[1:])
    writing = _is_writing(ink)[ink.pieces.labels[y, x]]
    y, x = y[writing], x[writing]
    every = max(1, len(y) // _MANY)
    return (x[::every] - width / 2).astype(np.float32), (y[::every] - height / 2).astype(np.float32)


def _is_writing(ink: Ink) -> NDArray[np.bool_]:
    """Of each piece: no photograph, black border or frame, and no speck."""
    height, width = ink.pixels.shape
    pieces = ink.pieces
    keep = (pieces.high < height // _LARGE[0]) & (pieces.wide < width // _LARGE[1]) & (pieces.area > _SPECK)
    keep[0] = False
    return np.asarray(keep, np.bool_)


def _best(x: Points, y: Points) -> tuple[float, float]:
    """The direction in which the points pile highest, and how much higher than directions do on the whole."""
    middle, reach = 0.0, MOST_DEGREES
    usual = 0.0
    for step in _STEPS:
        angles = np.arange(middle - reach, middle + reach + step / 2, step)
        heights = np.array([_pile(x, y, angle) for angle in angles])
        usual = usual or float(np.median(heights))
        middle, reach = float(angles[heights.argmax()]), step
    return middle, float(heights.max()) / usual if usual else 0.0


def _pile(x: Points, y: Points, degrees: float) -> float:
    """How unevenly the points fall on lines that climb so: the sum of the squares of their numbers."""
    lean = math.radians(degrees)
    lines = (y * math.cos(lean) + x * math.sin(lean)).astype(np.int32)
    counts = np.bincount(lines - lines.min())
    return float(np.square(counts, dtype=np.int64).sum())
