"""Finds the patch code T, with which the trade parts batches: four bars along an edge of the sheet.

Narrow, wide, narrow, wide from that edge inwards (Kodak, Patch Code Information for Scanners, A-61599). Read from the
far edge it is the patch code 3; so each edge is looked at for itself, and only as far as the code may lie from it.
"""

from itertools import pairwise

import numpy as np

from devices.pages.ink import Pixels, reduced

_HEIGHT = 1000  # pixels of the longer side: a narrow bar of A4 has 7
_REACH = 0.4  # of the page: patch codes end within 3.75 inches of their edge
_RUNS = np.array([1.0, 1.0, 2.5, 1.0, 1.0, 1.0, 2.5])  # bar, space, bar …, in narrow bars
_OFF = np.array([0.4, 0.4, 0.6, 0.4, 0.4, 0.4, 0.6])  # what scanner, toner and a lean of some degrees may make of them
_NARROW = (0.0045, 0.0095)  # of the longer side of A4 or A5: 0.08 inch and a quarter more or less
_STEP = 4  # pixels between two looks across
_LEAST = 0.075  # of the page across: 0.75 inch, the shortest bars the makers read
_BLACK = 0.55  # of the light of the paper


def has_patch_t(grey: Pixels) -> bool:
    """Whether the code lies along any edge of the page (grey, any size), leaning by a few degrees at most."""
    page = reduced(grey, _HEIGHT)
    ink = page < float(np.percentile(page, 90)) * _BLACK
    return any(_is_along_top(np.rot90(ink, turn)) for turn in range(4))


def _is_along_top(ink: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> bool:
    narrow = [share * max(ink.shape) for share in _NARROW]
    least = max(2, round(_LEAST * ink.shape[1] / _STEP))
    row = 0
    for column in range(0, ink.shape[1], _STEP):
        row = row + 1 if _is_code(ink[: round(_REACH * len(ink)), column], *narrow) else 0
        if row >= least:
            return True
    return False


def _is_code(down: np.ndarray[tuple[int, ...], np.dtype[np.bool_]], least: float, most: float) -> bool:
    """Whether the code's runs follow each other somewhere on this line."""
    turns = [*np.flatnonzero(np.diff(down)), len(down)]
    lengths = np.array([after - before for before, after in pairwise(turns)], np.float64)
    first = 0 if len(turns) > 1 and down[turns[0] + 1] else 1
    for start in range(first, len(lengths) - len(_RUNS) + 1, 2):
        runs = lengths[start : start + len(_RUNS)]
        unit = runs.sum() / _RUNS.sum()
        if least <= unit <= most and (np.abs(runs / unit - _RUNS) <= _OFF).all():
            return True
    return False
