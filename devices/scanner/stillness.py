"""When a page under a lens is to be taken: something moved, and now it lies still and is not the page taken last."""

import numpy as np
from numpy.typing import NDArray

from devices.opencv import cv2

Pixels = NDArray[np.uint8]

LOOKED_AT = 480  # pixels across: what moves is seen, what flickers is not
STILL = 0.6  # seconds: a hand that smooths a page rests for less
_CHANGED, _QUIET = 18, 0.004  # grey levels that are no noise of a lens; share of points that may change so
_FIELD = 6  # pixels: a letter or two of print
_UNLIKE = 12.0  # grey levels between fields of a view on which something lies
_OTHER = 0.065  # share of ink of a field by which pages differ: other digits 0.09, a page turned by a degree 0.05
_RIM = 12  # pixels: what came in at the edge of a view is no difference
_PATIENCE = (cv2.TERM_CRITERIA_COUNT | cv2.TERM_CRITERIA_EPS, 60, 1e-5)
_AROUND, _BLACK = (41, 41), 40.0  # pixels of paper a point is held against; grey levels under it that are all ink
_SHIFT = 12  # pixels by which a page may be pushed and is the same


class Shots:
    """Sees every picture of a lens and says which are pages.

    `left`: the page that lay there when the last run was interrupted; it is taken again only when it was touched.
    """

    def __init__(self, left: Pixels | None = None) -> None:
        self.taken = left
        self._is_from_before = left is not None
        self._rest: Pixels | None = None  # what lies still, as far as anybody knows
        self._since = 0.0
        self._is_new = True

    def see(self, picture: Pixels, at: float) -> bool:
        """Whether this picture, seen at second `at`, is a page to be taken."""
        look = _look(picture)
        if self._rest is None or _moved(self._rest, look):
            if self._is_from_before and not self._is_new:  # touched, after it lay still: a lens finds its light first
                self.taken, self._is_from_before = None, False
            self._rest, self._since, self._is_new = look, at, True
        if not self._is_new or at - self._since < STILL:
            return False
        self._is_new = False
        if _is_bare(look) or (self.taken is not None and is_same(self.taken, look)):
            return False
        self.taken, self._is_from_before = look, False
        return True

    def share(self, at: float) -> float:
        """How much of its rest a page has had: 0.0 to 1.0."""
        return min(1.0, (at - self._since) / STILL) if self._is_new and self._rest is not None else 0.0


def is_same(one: Pixels, other: Pixels) -> bool:
    """Whether two looks show one page, be it pushed or turned a little or under another light.

    They are laid over each other; two pages of one form differ where they are filled in, so the field whose ink
    differs most decides. In doubt they are two: a page too many is seen and deleted, one too few is missed.
    """
    try:
        _, turn = cv2.findTransformECC(one, other, np.eye(2, 3, dtype=np.float32), cv2.MOTION_EUCLIDEAN, _PATIENCE)
    except cv2.error:  # nothing of the one is in the other
        return False
    size, how = one.shape[::-1], cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    laid = np.asarray(cv2.warpAffine(other, turn, size, flags=how, borderMode=cv2.BORDER_REPLICATE), np.uint8)
    apart = (_ink(laid) - _ink(one))[_RIM:-_RIM, _RIM:-_RIM]
    return bool(np.abs(_fields(apart)).max() < _OTHER)


def _look(picture: Pixels) -> Pixels:
    height, width = picture.shape[:2]
    small = cv2.resize(picture, (LOOKED_AT, round(height * LOOKED_AT / width)), interpolation=cv2.INTER_AREA)
    grey = cv2.cvtColor(small, cv2.COLOR_BGR2GRAY) if small.shape[2:] else small
    return np.asarray(cv2.GaussianBlur(grey, (5, 5), 0), np.uint8)


def _moved(before: Pixels, now: Pixels) -> bool:
    return bool((cv2.absdiff(before, now) > _CHANGED).mean() > _QUIET)


def _is_bare(look: Pixels) -> bool:
    """A table, a covered lens: no field of it is unlike the others."""
    fields = _fields(look)
    return bool(np.abs(fields - np.median(fields)).max() < _UNLIKE)


def _ink(look: Pixels) -> NDArray[np.float64]:
    """How much ink each point has, 0.0 to 1.0, whatever the light."""
    under = cv2.blur(look, _AROUND).astype(np.int16) - look
    return np.asarray(np.clip(under / _BLACK, 0.0, 1.0), np.float64)


def _fields(look: NDArray[np.generic]) -> NDArray[np.float32]:
    """The mean of each field."""
    height, width = (length // _FIELD for length in look.shape)
    cut = look[: height * _FIELD, : width * _FIELD].astype(np.float32)
    return np.asarray(cut.reshape(height, _FIELD, width, _FIELD).mean(axis=(1, 3)), np.float32)
