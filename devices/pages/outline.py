"""Finds the sheet in a picture of a table or a scanner's glass, and lays it flat."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from devices.opencv import cv2
from devices.pages.ink import Pixels, reduced

Corners = NDArray[np.float32]

_SIDE: Final = 600  # pixels to which a picture is reduced for the search
_LEAST, _MOST = 0.2, 0.985  # share of the picture that a sheet takes; one that fills it all needs no cutting
_EVEN = 0.04  # how far from a straight outline its four corners may lie, as a share of its length
_MISSES = 0.05  # share of the outline's area that straight edges may add or leave out
_RIM = 0.01  # of a sheet: corners are found in a picture of `_SIDE`, and may be off by some pixels of that
_SHEET: Final = np.array([[0, 0], [1, 0], [1, 1], [0, 1]], np.float32)
_CONTRAST = 18  # grey levels between sheet and surroundings


def sheet_in(grey: Pixels) -> Corners | None:
    """The corners of the sheet, clockwise from its upper left, in pixels of `grey`; None where none stands out whole.

    A sheet that reaches over the edge of the picture is none: nothing may be cut off that somebody laid there.
    """
    small = reduced(grey, _SIDE)
    smooth = np.asarray(cv2.GaussianBlur(small, (5, 5), 0), np.uint8)
    _, light = cv2.threshold(smooth, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    # Writing on the sheet is dark as the table is: closed over, the sheet is one piece.
    piece = cv2.morphologyEx(light, cv2.MORPH_CLOSE, np.ones((25, 25), np.uint8))
    found, _ = cv2.findContours(piece, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    for outline in sorted(found, key=cv2.contourArea, reverse=True)[:1]:
        corners = _corners(np.asarray(outline, np.int32), small.shape)
        if corners is not None and _stands_out(smooth, corners):
            return np.asarray(corners * (grey.shape[0] / small.shape[0]), np.float32)
    return None


def within(corners: Corners, shape: tuple[int, ...]) -> Pixels:
    """255 where the sheet lies in a picture of this shape, but for a rim that may be of what it lies on."""
    middle = corners.mean(axis=0)
    inner = middle + (corners - middle) * (1 - _RIM)
    mask = np.zeros(shape[:2], np.uint8)
    cv2.fillConvexPoly(mask, inner.round().astype(np.int32), 255)
    return mask


@dataclass(frozen=True, slots=True)
class Straight:
    """How a page is laid straight: where each point of it goes (a homography), and the size it has then, in pixels."""

    turn: NDArray[np.float64]
    size: tuple[int, int]

    @classmethod
    def of(cls, page: Pixels, corners: Corners | None) -> "Straight":
        """The sheet with these corners as if looked at from straight above, at the size of its longer sides."""
        if corners is None:
            return cls(np.eye(3), (page.shape[1], page.shape[0]))
        width, height = _size(corners)
        flat = _SHEET * np.array([width - 1, height - 1], np.float32)
        return cls(np.asarray(cv2.getPerspectiveTransform(corners, flat), np.float64), (width, height))

    def levelled(self, degrees: float) -> "Straight":
        """The same with lines that climb by so many degrees laid level."""
        width, height = self.size
        level = np.eye(3)
        level[:2] = cv2.getRotationMatrix2D((width / 2, height / 2), -degrees, 1.0)
        return Straight(level @ self.turn, self.size)

    def seen(self, scale: float) -> "Straight":
        """The same for a look at the page that is `scale` times as large."""
        return Straight(self.turn @ np.diag([1 / scale, 1 / scale, 1.0]), self.size)

    def within(self, side: int) -> "Straight":
        """The same drawn smaller, its longer side at most `side` pixels."""
        scale = min(1.0, side / max(self.size))
        width, height = (max(1, round(length * scale)) for length in self.size)
        return Straight(np.diag([scale, scale, 1.0]) @ self.turn, (width, height))

    def lay(self, page: Pixels) -> Pixels:
        """The page so laid, once: each time it is drawn anew it gets softer. Its corners have the paper's colour."""
        paper = tuple(float(value) for value in np.atleast_1d(paper_of(page)))
        laid = cv2.warpPerspective(page, self.turn, self.size, flags=cv2.INTER_LINEAR, borderValue=paper)
        return np.asarray(laid, np.uint8)


def paper_of(page: Pixels) -> NDArray[np.float64]:
    """The colour of the paper: what is light and common, of every sixteenth pixel each way."""
    some = page[::16, ::16].reshape(-1, *page.shape[2:])
    return np.percentile(some, 80, axis=0)


def _corners(outline: NDArray[np.int32], shape: tuple[int, ...]) -> Corners | None:
    area, height, width = cv2.contourArea(outline), shape[0], shape[1]
    if not _LEAST < area / (height * width) < _MOST:
        return None
    straight = cv2.approxPolyDP(outline, _EVEN * cv2.arcLength(outline, closed=True), closed=True).reshape(-1, 2)
    if len(straight) != len(_SHEET) or not cv2.isContourConvex(straight):
        return None
    inside = (straight > 0).all() and (straight < (width - 1, height - 1)).all()
    # Four corners that leave out much of what they should hold are those of something else.
    misses = abs(1 - area / max(1.0, cv2.contourArea(straight)))
    return _clockwise(straight.astype(np.float32)) if inside and misses < _MISSES else None


def _clockwise(corners: Corners) -> Corners:
    """From the upper left, which has the smallest sum of its coordinates; the upper right has the smallest y - x."""
    sums, differences = corners.sum(axis=1), np.diff(corners, axis=1).ravel()
    return corners[[sums.argmin(), differences.argmin(), sums.argmax(), differences.argmax()]]


def _size(corners: Corners) -> tuple[int, int]:
    upper_left, upper_right, lower_right, lower_left = corners
    width = max(np.linalg.norm(upper_right - upper_left), np.linalg.norm(lower_right - lower_left))
    height = max(np.linalg.norm(lower_left - upper_left), np.linalg.norm(lower_right - upper_right))
    return max(1, round(float(width))), max(1, round(float(height)))


def _stands_out(grey: Pixels, corners: Corners) -> bool:
    """Whether what lies around the sheet is darker than the sheet; else its edge is a shadow or a frame in print."""
    mask = np.zeros(grey.shape, np.uint8)
    cv2.fillConvexPoly(mask, corners.astype(np.int32), 255)
    near, far = (cv2.dilate(mask, np.ones((size, size), np.uint8)) for size in (5, 15))
    around = np.asarray(cv2.subtract(far, near), np.uint8)
    if not around.any():
        return False
    return cv2.mean(grey, mask)[0] - cv2.mean(grey, around)[0] > _CONTRAST
