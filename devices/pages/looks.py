"""What a page looks like: blank, sharp, dark, cut at an edge, under a finger; and whether its colours say anything.

Judged on the page reduced to `LOOKED_AT` pixels, for all of it together costs less than one look at every pixel.
"""

from typing import Final

import numpy as np

from client.ports.pages import PageWarning
from devices.opencv import cv2
from devices.pages.ink import Ink, Pieces, Pixels, pieces_of, reduced

_EDGE = 0.03  # of the page at each side: holes, shadows of the lid, the rim of a book
_BLANK = 0.00025  # share of ink, without specks, under which nothing is on the page
_SPECK = 6  # pixels at a height of 1,000: dust, not a full stop
_FIELD, _STEEPEST = 32, 1 / 44  # pixels; a page is mostly paper: that share of its fields is a line or two of print
_SHARP = 100.0
_LETTER, _LETTER_INK = (4, 60), 20  # pixels at a height of 1,000: least and most height and width; least ink
_LETTERS = 4  # fewer are a hole, a staple, a mark of the printer's
_DARK = 120  # grey level of the paper
FINGER_AT: Final = 300  # pixels are enough for a finger
_SOLID = 0.45  # share of its box that a finger fills
_FINGER = (0.002, 0.12)  # share of the page that a finger takes
_SKIN = ((60, 138, 80), (250, 178, 127))  # lightness, red, blue: skin of any shade under white lamps (YCrCb)
_REDDER = 10  # than the paper: old paper is of the colour of skin
_COLOURED, _CHROMA = 0.002, 40  # share of pixels that are coloured by so much: a red seal, a photograph
_BETWEEN = 0.06  # share of pixels neither ink nor paper: a photograph or a pencil drawing, not print


def is_blank(ink: Ink) -> bool:
    """Whether nothing is on the page but dust; a full stop alone is something."""
    height, width = ink.pixels.shape
    across, down = int(width * _EDGE), int(height * _EDGE)
    inner = ink.pixels[down : height - down, across : width - across]
    most, all_of = _BLANK * inner.size, ink.pieces
    clear = (all_of.left >= across) & (all_of.left + all_of.wide <= width - across)
    clear &= (all_of.top >= down) & (all_of.top + all_of.high <= height - down) & (all_of.area > _SPECK)
    if all_of.area[1:][clear[1:]].sum() >= most:
        return False  # without what reaches into the margin, which would have to be taken apart anew
    areas = pieces_of(inner).area[1:]
    return bool(areas[areas > _SPECK].sum() < most)


def is_dark(grey: Pixels) -> bool:
    """Whether the sheet itself is too dark: a lamp that is out leaves no blank page, but one that nobody has seen."""
    return float(np.percentile(grey[::4, ::4], 80)) < _DARK


def sharpness_of(grey: Pixels) -> float:
    """How steep strokes are (mean square of the Laplacian where they are steepest); 0 for a page without any.

    Of a page of 1,600 pixels: print scanned well has thousands, what nobody reads without effort under 100.
    """
    steep = cv2.Laplacian(grey, cv2.CV_32F)
    cv2.multiply(steep, steep, dst=steep)
    across, down = max(1, grey.shape[1] // _FIELD), max(1, grey.shape[0] // _FIELD)
    whole = steep[: down * _FIELD, : across * _FIELD]  # fields of whole pixels: their means cost a tenth
    fields = np.sort(cv2.resize(whole, (across, down), interpolation=cv2.INTER_AREA), axis=None)
    return float(np.median(fields[-max(1, round(fields.size * _STEEPEST)) :]))


def warnings_of(page: Pixels, grey: Pixels, ink: Ink, sharpness: float, *, blank: bool) -> tuple[PageWarning, ...]:
    """What somebody should look at before the citizen leaves. `page`, in colour, wants no more than `FINGER_AT`."""
    if blank:
        return ()
    seen = {
        PageWarning.BLURRED: sharpness < _SHARP,
        PageWarning.TOO_DARK: is_dark(grey),
        PageWarning.CUT_EDGE: _is_cut(ink.pieces),
        PageWarning.FINGER: _has_finger(page),
    }
    return tuple(warning for warning, is_so in seen.items() if is_so)


def has_colours(picture: Pixels, sheet: Pixels | None) -> bool:
    """Whether the colours of the sheet in a picture say something: a seal, a photograph. `sheet`: 255 where it lies."""
    blue, green, red = cv2.split(picture)
    chroma = cv2.subtract(cv2.max(cv2.max(blue, green), red), cv2.min(cv2.min(blue, green), red))
    _, coloured = cv2.threshold(chroma, _CHROMA, 255, cv2.THRESH_BINARY)
    if sheet is None:
        return cv2.countNonZero(coloured) > _COLOURED * coloured.size
    return cv2.countNonZero(cv2.bitwise_and(coloured, sheet)) > _COLOURED * cv2.countNonZero(sheet)


def has_tones(grey: Pixels) -> bool:
    """Whether black and white would lose something of a page without colours."""
    some = grey[::2, ::2]
    paper = float(np.percentile(some, 80))
    between = (some > paper * 0.35) & (some < paper * 0.8)
    return float(between.mean()) > _BETWEEN


def _is_cut(pieces: Pieces) -> bool:
    """Whether writing runs over an edge: several pieces of the size of letters touch it."""
    sides = [(side >= _LETTER[0]) & (side <= _LETTER[1]) for side in (pieces.high, pieces.wide)]
    return int((pieces.at_edge & sides[0] & sides[1] & (pieces.area > _LETTER_INK)).sum()) >= _LETTERS


def _has_finger(page: Pixels) -> bool:
    """Whether something of the colour of skin reaches in from an edge."""
    tones = cv2.cvtColor(reduced(page, FINGER_AT), cv2.COLOR_BGR2YCrCb)
    lightest, darkest = np.array(_SKIN[1], np.float64), np.array(_SKIN[0], np.float64)
    darkest[1] = max(darkest[1], float(np.median(tones[:, :, 1])) + _REDDER)
    skin = cv2.morphologyEx(cv2.inRange(tones, darkest, lightest), cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
    pieces = pieces_of(np.asarray(skin, np.uint8))
    share = pieces.area / skin.size
    solid = pieces.area / np.maximum(1, pieces.wide * pieces.high)
    fingers = pieces.at_edge & (share > _FINGER[0]) & (share < _FINGER[1]) & (solid > _SOLID)
    return bool(fingers[1:].any())
