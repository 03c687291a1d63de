"""The way of a scanned page: upright, laid flat, levelled, judged, and written no larger than it needs to be.

What was given stays as it is: whoever asked keeps it, and can take it instead.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from client.errors import CaseError
from client.ports.pages import CleanedPage, Tint
from client.text import chinese
from devices.opencv import cv2
from devices.pages import faults
from devices.pages.codes import codes_on
from devices.pages.decode import Source, grey_of, sources_of
from devices.pages.encode import written
from devices.pages.ink import HEIGHT, LOOKED_AT, Pixels, reduced
from devices.pages.inspect import inspect_page
from devices.pages.looks import is_blank, sharpness_of, tint_of, warnings_of
from devices.pages.outline import Corners, Straight, sheet_in
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
    return (_cleaned(source, wishes or Wishes(), name) for source in sources_of(content, facts, name))


def _cleaned(source: Source, wishes: Wishes, name: str) -> CleanedPage:
    try:
        return _page(source, wishes)
    except cv2.error as error:
        raise CaseError(faults.NOT_CLEANED, name=name) from error


def _page(source: Source, wishes: Wishes) -> CleanedPage:
    """Judged as it will lie before it is drawn in full: then it is known whether its colours are wanted at all."""
    lie = _Lie.of(source.look)
    look = _Look.at(source.look, lie)
    blank, sharpness = is_blank(look.grey), sharpness_of(look.grey)
    tint = _tint(look, source.dpi, wishes)
    page = source.opened(tint)
    straight = lie.straight(page, page.shape[0] / source.look.shape[0])
    page = page if straight is None else straight.lay(page)
    inked = marked_for(page, PURPOSE.format(item=wishes.purpose)) if wishes.purpose else page
    content, media_type = written(inked, tint, source.dpi, wishes.most_bytes)
    return CleanedPage(
        content=content,
        media_type=media_type,
        width=page.shape[1],
        height=page.shape[0],
        dpi=source.dpi,
        tint=tint,
        rotated=source.rotated,
        skew_degrees=lie.skew,
        cropped=lie.corners is not None,
        blank=blank,
        sharpness=round(sharpness, 1),
        warnings=warnings_of(look.colours, look.grey, sharpness, blank=blank),
        codes=codes_on(look.grey) if wishes.codes and not blank else (),
    )


@dataclass(frozen=True, slots=True)
class _Lie:
    """How a sheet lies in its picture: its corners there, if it lies in the midst of it; how far its lines climb."""

    corners: Corners | None
    skew: float | None

    @classmethod
    def of(cls, look: Pixels) -> "_Lie":
        grey = grey_of(look)
        corners = sheet_in(grey)
        return cls(corners, skew_of(grey if corners is None else Straight.of(grey, corners).within(HEIGHT).lay(grey)))

    def straight(self, page: Pixels, scale: float) -> Straight | None:
        """How a page `scale` times as large as the look is laid straight; None where it lies so."""
        askew = self.skew if self.skew is not None and abs(self.skew) >= _LEAST_SKEW else 0.0
        if self.corners is None and not askew:
            return None
        return Straight.of(page, None if self.corners is None else self.corners * scale).levelled(askew)


@dataclass(frozen=True, slots=True)
class _Look:
    """A page as it is judged, laid straight: its colours, of which every second pixel tells enough, and in grey."""

    colours: Pixels
    grey: Pixels

    @classmethod
    def at(cls, look: Pixels, lie: _Lie) -> "_Look":
        grey, straight = grey_of(look), lie.straight(look, 1.0)
        if straight is None:
            return cls(look[::2, ::2], reduced(grey, LOOKED_AT))
        return cls(straight.within(LOOKED_AT // 2).lay(look), straight.within(LOOKED_AT).lay(grey))


def _tint(look: _Look, dpi: int, wishes: Wishes) -> Tint:
    """What the page needs, and no less than may be given up at its resolution."""
    least = wishes.give_up if dpi >= _FINE_ENOUGH or wishes.give_up is not Tint.BILEVEL else Tint.GREY
    return max(tint_of(look.colours, look.grey), least, key=_DEPTH.__getitem__)
