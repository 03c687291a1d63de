"""What is ink on a page, and the pieces it falls into: what skew, blankness and cut edges are judged by."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from devices.opencv import cv2

Pixels = NDArray[np.uint8]
Counts = NDArray[np.int32]

LOOKED_AT: Final = 1600  # pixels at which a page is judged: that costs less than one look at every pixel
COLOURS_AT: Final = 800  # pixels that tell where a sheet lies, and whether its colours say anything
HEIGHT: Final = 1000  # pixels to which a page is reduced: a line of 9 point type is still 15 of them high
_BY_BLOCKS = cv2.CCL_GRANA  # on print twice as quick as what OpenCV takes by itself
_AROUND = (41, 41)
_DARKER = 24  # grey levels than the paper around it


@dataclass(frozen=True, slots=True)
class Pieces:
    """Connected pieces of ink, each with its box and its number of pixels; `labels` says which piece a pixel is of."""

    labels: Counts
    left: Counts
    top: Counts
    wide: Counts
    high: Counts
    area: Counts

    @property
    def at_edge(self) -> NDArray[np.bool_]:
        """Which of them touch an edge of the page."""
        height, width = self.labels.shape
        sides = (self.left == 0, self.left + self.wide == width, self.top == 0, self.top + self.high == height)
        return np.asarray(np.logical_or.reduce(sides), np.bool_)


@dataclass(frozen=True, slots=True)
class Ink:
    """`pixels`: 255 where there is ink on a page, at `HEIGHT`; shadows and coloured paper are no ink."""

    pixels: Pixels
    pieces: Pieces

    @classmethod
    def of(cls, grey: Pixels) -> "Ink":
        small = reduced(grey, HEIGHT)
        darker = cv2.subtract(cv2.blur(small, _AROUND), small)
        ink = np.asarray(cv2.threshold(darker, _DARKER, 255, cv2.THRESH_BINARY)[1], np.uint8)
        return cls(ink, pieces_of(ink))


def reduced(page: Pixels, side: int) -> Pixels:
    """The page with its longer side at most `side` pixels."""
    page = coarser(page, side)
    scale = side / max(page.shape[:2])
    if scale >= 1:
        return page
    return np.asarray(cv2.resize(page, None, fx=scale, fy=scale, interpolation=cv2.INTER_LINEAR), np.uint8)


def coarser(page: Pixels, side: int) -> Pixels:
    """The page so many whole times smaller that its longer side is still `side` pixels or more.

    The mean of whole pixels is had at a tenth of what that of parts of them costs.
    """
    times = max(page.shape[:2]) // side
    height, width = (length // max(1, times) for length in page.shape[:2])
    if times <= 1 or not height or not width:
        return page
    whole = page[: height * times, : width * times]
    return np.asarray(cv2.resize(whole, (width, height), interpolation=cv2.INTER_AREA), np.uint8)


def pieces_of(ink: Pixels) -> Pieces:
    """The pieces of what is not 0; index 0 is the page behind them."""
    _, labels, stats, _ = cv2.connectedComponentsWithStatsWithAlgorithm(ink, 8, cv2.CV_32S, _BY_BLOCKS)
    return Pieces(np.asarray(labels, np.int32), *np.asarray(stats, np.int32).T)
