"""The way of a scanned page: upright, laid flat, levelled, judged, and written no larger than it needs to be.

What was given stays as it is: whoever asked keeps it, and can take it instead.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from client.errors import CaseError
from client.ports.pages import CleanedPage, PageWarning, Tint
from client.text import chinese
from devices.opencv import cv2
from devices.pages import faults
from devices.pages.codes import codes_on
from devices.pages.decode import Source, grey_of, sources_of
from devices.pages.encode import written
from devices.pages.ink import LOOKED_AT, Ink, Pixels, coarser, reduced
from devices.pages.looks import FINGER_AT, has_colours, has_tones, is_blank, is_dark, sharpness_of, warnings_of
from devices.pages.outline import Corners, Straight, sheet_in, within
from devices.pages.skew import skew_of
from devices.pages.watermark import marked_for

_LEAST_SKEW = 0.1  # degrees that nobody sees; turning costs sharpness
_FINE_ENOUGH = 200  # dpi from which a page may be kept in black and white

PURPOSE = chinese("仅用于办理{item}事项")
_GREY = 2  # dimensions of a page in grey; one in colour has three


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
    try:
        for source in sources_of(content, name):
            yield _page(source, wishes or Wishes())
    except (cv2.error, MemoryError) as error:
        raise CaseError(faults.NOT_CLEANED, name=name) from error


def _page(source: Source, wishes: Wishes) -> CleanedPage:
    """Its look tells where it lies and whether its colours are wanted; the page in grey tells the rest."""
    corners = sheet_in(grey_of(source.look))
    sheet = None if corners is None else within(corners, source.look.shape)
    coloured = wishes.give_up is Tint.COLOUR or has_colours(source.look, sheet)
    page = source.opened(Tint.COLOUR if coloured else Tint.GREY)
    seen = _Seen.of(page, None if corners is None else corners * (page.shape[0] / source.look.shape[0]))
    if seen.straight is not None:
        page = seen.straight.lay(page)
    tint = Tint.COLOUR if coloured else _without_colours(seen.grey, source.dpi, wishes)
    blank = is_blank(seen.ink) and not is_dark(seen.grey) and not source.cut_short
    sharpness = sharpness_of(seen.grey)
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
        skew_degrees=seen.skew,
        cropped=corners is not None,
        blank=blank,
        sharpness=round(sharpness, 1),
        warnings=(
            *((PageWarning.CUT_SHORT,) if source.cut_short else ()),
            *warnings_of(_small(source.look, corners), seen.grey, seen.ink, sharpness, blank=blank),
        ),
        codes=codes_on(seen.grey) if wishes.codes and not blank else (),
    )


def _small(look: Pixels, corners: Corners | None) -> Pixels:
    """The sheet alone, as a finger is looked for."""
    small = coarser(look, FINGER_AT)
    if corners is None:
        return small
    return Straight.of(look, corners).seen(small.shape[0] / look.shape[0]).within(FINGER_AT).lay(small)


@dataclass(frozen=True, slots=True)
class _Seen:
    """A page as it is judged. `skew`: how far its lines climb; `straight`: how it is laid, None where it lies so.

    `grey` and `ink` are of the page laid straight, at `LOOKED_AT` pixels.
    """

    skew: float | None
    straight: Straight | None
    grey: Pixels
    ink: Ink

    @classmethod
    def of(cls, page: Pixels, corners: Corners | None) -> "_Seen":
        coarse = coarser(page, LOOKED_AT)
        look, scale = coarse if coarse.ndim == _GREY else grey_of(coarse), coarse.shape[0] / page.shape[0]
        flat = None if corners is None else Straight.of(page, corners)
        grey = reduced(look, LOOKED_AT) if flat is None else flat.seen(scale).within(LOOKED_AT).lay(look)
        ink = Ink.of(grey)
        skew = skew_of(ink)
        if skew is None or abs(skew) < _LEAST_SKEW:
            return cls(skew, flat, grey, ink)
        level = (flat or Straight.of(page, None)).levelled(skew)
        grey = level.seen(scale).within(LOOKED_AT).lay(look)
        return cls(skew, level, grey, Ink.of(grey))


def _without_colours(grey: Pixels, dpi: int, wishes: Wishes) -> Tint:
    """Black and white where it may be given up, nothing is lost by it, and the resolution is fine enough."""
    if wishes.give_up is not Tint.BILEVEL or dpi < _FINE_ENOUGH or has_tones(grey):
        return Tint.GREY
    return Tint.BILEVEL
