"""The way of a scanned page: upright, laid flat, levelled, judged, and written no larger than it needs to be.

What was given stays as it is: whoever asked keeps it, and can take it instead.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from client.errors import CaseError
from client.ports.pages import CleanedPage, Tint
from client.text import chinese
from devices.opencv import cv2
from devices.pages import faults
from devices.pages.codes import codes_on
from devices.pages.decode import Sheet, sheets_of
from devices.pages.encode import written
from devices.pages.ink import Pixels, reduced
from devices.pages.inspect import inspect_page
from devices.pages.looks import LOOKED_AT, is_blank, sharpness_of, tint_of, warnings_of
from devices.pages.outline import Straight, sheet_in
from devices.pages.skew import skew_of
from devices.pages.watermark import marked_for

_LEAST_SKEW = 0.1  # degrees that nobody sees; turning costs sharpness
_FINE_ENOUGH = 200  # dpi from which a page may be kept in black and white

PURPOSE = chinese("仅用于办理{item}事项")
_DEPTH = {Tint.BILEVEL: 0, Tint.GREY: 1, Tint.COLOUR: 2}


@dataclass(frozen=True, slots=True)
class Wishes:
    """How to clean.

    `give_up`: how much colour may go where a page needs none; a faint stamp is lost in black and white, so that has
    to be asked for. `most_bytes`: the size a page should keep to. `codes`: whether they are read. `purpose`: what the
    page is for alone, written across it.
    """

    give_up: Tint = Tint.GREY
    most_bytes: int | None = None
    codes: bool = True
    purpose: str | None = None


def clean(content: bytes, name: str, wishes: Wishes | None = None) -> CleanedPage:
    """Clean a page file of one sheet, or a PDF's first. Raises CaseError."""
    return next(clean_all(content, name, wishes))


def clean_all(content: bytes, name: str, wishes: Wishes | None = None) -> Iterator[CleanedPage]:
    """Each sheet of a page file, one in memory at a time. Raises CaseError naming the file."""
    facts = inspect_page(content, name)
    return (_cleaned(sheet, wishes or Wishes(), name) for sheet in sheets_of(content, facts, name))


def _cleaned(sheet: Sheet, wishes: Wishes, name: str) -> CleanedPage:
    try:
        return _page(sheet, wishes)
    except cv2.error as error:
        raise CaseError(faults.NOT_CLEANED, name=name) from error


def _page(sheet: Sheet, wishes: Wishes) -> CleanedPage:
    page = sheet.pixels
    look = _Look.at(page)
    corners = sheet_in(look.grey)
    skew = skew_of(look.grey if corners is None else Straight.of(look.grey, corners).lay(look.grey))
    askew = skew if skew is not None and abs(skew) >= _LEAST_SKEW else 0.0
    if corners is not None or askew:
        scale = page.shape[0] / look.grey.shape[0]
        page = Straight.of(page, None if corners is None else corners * scale).levelled(askew).lay(page)
        look = _Look.at(page)
    blank, sharpness = is_blank(look.grey), sharpness_of(look.grey)
    tint = _tint(look, sheet.dpi, wishes)
    content, media_type = written(_inked(page, tint, wishes.purpose), tint, sheet.dpi, wishes.most_bytes)
    return CleanedPage(
        content=content,
        media_type=media_type,
        width=page.shape[1],
        height=page.shape[0],
        dpi=sheet.dpi,
        tint=tint,
        rotated=sheet.rotated,
        skew_degrees=skew,
        cropped=corners is not None,
        blank=blank,
        sharpness=round(sharpness, 1),
        warnings=warnings_of(look.page, look.grey, sharpness, blank=blank),
        codes=codes_on(look.grey) if wishes.codes and not blank else (),
    )


@dataclass(frozen=True, slots=True)
class _Look:
    """A page as it is judged: reduced, in colour and in grey."""

    page: Pixels
    grey: Pixels

    @classmethod
    def at(cls, page: Pixels) -> "_Look":
        small = reduced(page, LOOKED_AT)
        return cls(small, _grey(small))


def _inked(page: Pixels, tint: Tint, purpose: str | None) -> Pixels:
    """The page with no more colour than `tint`, and what it is for written across it."""
    kept = page if tint is Tint.COLOUR else _grey(page)
    return marked_for(kept, PURPOSE.format(item=purpose)) if purpose else kept


def _tint(look: _Look, dpi: int, wishes: Wishes) -> Tint:
    """What the page needs, and no less than may be given up at its resolution."""
    least = wishes.give_up if dpi >= _FINE_ENOUGH or wishes.give_up is not Tint.BILEVEL else Tint.GREY
    return max(tint_of(look.page, look.grey), least, key=_DEPTH.__getitem__)


def _grey(page: Pixels) -> Pixels:
    return np.asarray(cv2.cvtColor(page, cv2.COLOR_BGR2GRAY), np.uint8)
