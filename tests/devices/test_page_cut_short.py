"""A JPEG that broke off and was closed all the same is told; grey that somebody scanned is not."""

import pytest
from PIL import Image

from client.ports.pages import PageWarning
from devices.pages.clean import Wishes, clean
from tests.devices.drawn import SIZE, jpeg, page

_END = b"\xff\xd9"
_LARGE = (2480, 3508)  # of which a smaller look is decoded first
_STORED: dict[str, dict[str, object]] = {
    "plain": {},
    "full colour": {"subsampling": 0},
    "progressive": {"progressive": True},
    "restarts": {"restart_marker_rows": 1},
}


def _is_told(content: bytes) -> bool:
    return PageWarning.CUT_SHORT in clean(content, "page.jpg", Wishes(codes=False)).warnings


def _cut(content: bytes, share: float) -> bytes:
    return content[: int(len(content) * share)] + _END


@pytest.mark.parametrize("mode", ["L", "RGB"])
@pytest.mark.parametrize("stored", _STORED)
def test_a_page_that_was_cut_is_told_and_a_whole_one_is_not(stored: str, mode: str) -> None:
    content = jpeg(page(lines=12, extra="seal").convert(mode), **_STORED[stored])
    assert [_is_told(each) for each in (content, _cut(content, 0.97), _cut(content, 0.5))] == [False, True, True]


def test_a_page_is_told_by_its_smaller_look_and_whichever_way_it_is_turned() -> None:
    exif = Image.Exif()
    exif[0x0112] = 3
    assert _is_told(_cut(jpeg(page(lines=12).resize(_LARGE)), 0.6))
    assert _is_told(_cut(jpeg(page(lines=12), exif=exif.tobytes()), 0.6))


def test_real_grey_is_no_alarm() -> None:
    """Exactly the grey of lost rows, from a block's edge to the end of the page."""
    grey = page(lines=12)
    grey.paste((128, 128, 128), (0, 1200, *SIZE))
    assert [_is_told(jpeg(each)) for each in (grey, grey.convert("L"), grey.rotate(180))] == [False] * 3


def test_a_blank_page_that_was_cut_is_not_left_out() -> None:
    """Its last line, in the margin, may have been all there was on it."""
    whole = jpeg(page(lines=0))
    cut = clean(whole[:-150] + _END, "page.jpg", Wishes(codes=False))
    assert clean(whole, "page.jpg", Wishes(codes=False)).blank
    assert (cut.blank, cut.warnings) == (False, (PageWarning.CUT_SHORT, PageWarning.BLURRED))
