"""What is ink on a page, and the pieces it falls into: what skew, blankness and cut edges are judged by."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from devices.opencv import cv2

Pixels = NDArray[np.uint8]
Counts = NDArray[np.int32]

LOOKED_AT: Final = 1600  # pixels at which a page is judged: that costs less than one look at every pixel
HEIGHT: Final = 1000  # pixels to which a page is reduced: a line of 9 point type is still 15 of them high
_COARSER = (
    0.5  # from here on pixels would be passed over; above it the mean of areas costs ten times as much for nothing
)
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


def reduced(page: Pixels, side: int) -> Pixels:
    """The page with its longer side at most `side` pixels."""
    scale = side / max(page.shape[:2])
    if scale >= 1:
        return page
    how = cv2.INTER_AREA if scale <= _COARSER else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(page, None, fx=scale, fy=scale, interpolation=how), np.uint8)


def ink_of(page: Pixels) -> Pixels:
    """255 where there is ink on the grey page, reduced to `HEIGHT`; shadows and coloured paper are no ink."""
    small = reduced(page, HEIGHT)
    paper = cv2.blur(small, _AROUND)
    return np.where(small.astype(np.int16) < paper.astype(np.int16) - _DARKER, 255, 0).astype(np.uint8)


def pieces_of(ink: Pixels) -> Pieces:
    """The pieces of what is not 0; index 0 is the page behind them."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    return Pieces(np.asarray(labels, np.int32), *np.asarray(stats, np.int32).T)
