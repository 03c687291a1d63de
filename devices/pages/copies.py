"""What makes a copy out of a page: what it is for written across it, or both sides of a card on one sheet."""

import numpy as np

from client.ports.pages import WHOLE, Tint, TrimmedPage
from devices.opencv import cv2
from devices.pages.clean import PURPOSE, Wishes, clean
from devices.pages.decode import picture_of
from devices.pages.encode import written
from devices.pages.trim import judged, upright
from devices.pages.two_sides import DPI, on_one_sheet
from devices.pages.watermark import marked_for


def marked(content: bytes, name: str, item: str) -> TrimmedPage:
    """The picture as a JPEG, grey where it was grey, with what it is for all over it.

    It is judged by what was there before: the words are no print. Raises CaseError for what is no picture.
    """
    page = upright(content, name, WHOLE, 0)
    kept = page.pixels
    if page.is_grey:
        kept = np.asarray(cv2.cvtColor(page.pixels, cv2.COLOR_BGR2GRAY), np.uint8)
    tint = Tint.GREY if page.is_grey else Tint.COLOUR
    made, _ = written(marked_for(kept, PURPOSE.format(item=item)), tint, page.dpi)
    return judged(made, name, page.pixels)


def joined(front: bytes, back: bytes, name: str) -> TrimmedPage:
    """Two sides, each cut to its card where that stands out, on one A4 page. Raises CaseError."""
    sides = [clean(side, name, Wishes(give_up=Tint.COLOUR, codes=False)) for side in (front, back)]
    sheet = on_one_sheet(*(picture_of(side.content, side.facts, name).pixels for side in sides))
    made, _ = written(sheet, Tint.COLOUR, DPI)
    return judged(made, name, sheet)
