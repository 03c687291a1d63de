"""A scanned page on its way: levelled within a fifth of a degree, cut to its sheet, judged, and written small."""

import dataclasses
import os
import subprocess
import sys
from io import BytesIO

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter
from pypdf import PdfWriter

from client.errors import CaseError
from client.ports.pages import CleanedPage, PageCode, PageWarning, Tint
from devices.opencv import cv2
from devices.pages import decode, faults
from devices.pages.clean import Wishes, clean, clean_all
from devices.pages.ink import Ink
from devices.pages.inspect import inspect_page
from devices.pages.skew import skew_of
from tests.devices.drawn import DPI, SIZE, jpeg, leaning, on_table, page, png

NAME = "page.jpg"


def lean(content: bytes) -> float | None:
    return clean(content, NAME, Wishes(codes=False)).skew_degrees


@pytest.mark.parametrize("extra", ["", "qr", "table", "photo", "seal"])
@pytest.mark.parametrize("degrees", [-12.0, -0.4, 0.0, 5.0])
def test_lines_are_level_afterwards(extra: str, degrees: float) -> None:
    cleaned = clean(jpeg(leaning(page(extra=extra), degrees)), NAME, Wishes(codes=False))
    assert cleaned.skew_degrees == pytest.approx(degrees, abs=0.2)
    assert skew_of(Ink.of(_grey(cleaned.content))) == pytest.approx(0, abs=0.2)


def test_other_programs_do_not_look_for_their_libraries_where_opencv_says() -> None:
    """It would have every process we start later look in the working folder."""
    asked = "import os; import devices.pages.clean; print(os.environ.get('LD_LIBRARY_PATH'))"
    plain = {name: value for name, value in os.environ.items() if name != "LD_LIBRARY_PATH"}
    for environment, path in ((plain, "None"), ({**plain, "LD_LIBRARY_PATH": "/opt/lib"}, "/opt/lib")):
        told = subprocess.check_output([sys.executable, "-c", asked], env=environment, text=True)
        assert told.strip() == path


def test_four_short_lines_are_enough() -> None:
    assert lean(jpeg(leaning(page(lines=4), 2.0))) == pytest.approx(2.0, abs=0.2)


def test_print_that_runs_down_is_level_by_its_columns() -> None:
    columns = page(size=(SIZE[1], SIZE[0])).rotate(-90, expand=True)
    assert lean(jpeg(leaning(columns, 3.0))) == pytest.approx(3.0, abs=0.2)


@pytest.mark.parametrize("of", ["nothing", "photo alone", "dots", "more than fifteen degrees"])
def test_without_lines_nothing_is_turned(of: str) -> None:
    image = leaning(page(), 25) if of.startswith("more") else page(lines=0, extra="photo" if "photo" in of else "")
    if of == "dots":
        places = np.random.default_rng(7).integers((60, 60), (1180, 1690), (4000, 2))
        for x, y in places.tolist():
            ImageDraw.Draw(image).ellipse((x, y, x + 5, y + 5), fill="black")
    before = jpeg(image)
    cleaned = clean(before, NAME)
    assert cleaned.skew_degrees is None
    assert np.abs(_grey(cleaned.content).astype(int) - _grey(before)).mean() < 2


def test_a_page_laid_on_a_table_is_cut_out_and_laid_flat() -> None:
    photo = on_table(page(), [(320, 150), (1420, 220), (1500, 1830), (240, 1760)], (1800, 2000))
    cleaned = clean(jpeg(photo), NAME)
    assert cleaned.cropped
    assert cleaned.width / cleaned.height == pytest.approx(SIZE[0] / SIZE[1], rel=0.12)
    assert (_grey(cleaned.content) > 200).mean() > 0.85, "the table is gone"
    assert lean(cleaned.content) == pytest.approx(0, abs=0.3)
    assert PageWarning.CUT_EDGE not in cleaned.warnings


@pytest.mark.parametrize("extra", ["", "seal"])
def test_a_page_is_laid_as_its_smaller_look_was(extra: str) -> None:
    """From 3,200 pixels on a JPEG is looked at in a quarter of its size; the table's own colours say nothing."""
    sheet = page(extra=extra).resize((2000, 2829))
    corners = [(180, 150), (2180, 210), (2220, 3030), (140, 2980)]
    photo = on_table(sheet, corners, (2480, 3508), table=(150, 80, 20))
    cleaned = clean(jpeg(photo, dpi=(300, 300)), NAME, Wishes(codes=False))
    assert (cleaned.cropped, cleaned.tint) == (True, Tint.COLOUR if extra else Tint.GREY)
    assert [cleaned.width, cleaned.height] == pytest.approx([2080, 2831], abs=20)
    kept = _grey(cleaned.content)
    rims = (kept[4:-4, 4:24], kept[4:-4, -24:-4], kept[4:24, 4:-4], kept[-24:-4, 4:-4])
    assert [bool((rim > 200).mean() > 0.97) for rim in rims] == [True] * 4, "the table is gone, the sheet is whole"
    ink = (kept < 128).nonzero()[0]
    assert 0.06 < ink.min() / len(kept) < 0.14


def test_a_page_that_reaches_over_the_picture_is_not_cut() -> None:
    photo = on_table(page(), [(-200, 100), (1000, 100), (1000, 1700), (-200, 1700)], (1400, 1800))
    assert not clean(jpeg(photo), NAME).cropped


def test_a_page_hardly_lighter_than_what_it_lies_on_is_not_cut() -> None:
    corners = [(150, 150), (1240, 150), (1240, 1700), (150, 1700)]
    photo = on_table(page(lines=0), corners, (1400, 1850), table=(243, 243, 243))
    assert not clean(jpeg(photo), NAME).cropped


def test_a_page_that_fills_its_picture_is_not_cut() -> None:
    assert not clean(jpeg(page(extra="table")), NAME).cropped


@pytest.mark.parametrize(("orientation", "degrees"), [(1, 0), (3, 180), (6, 90), (8, 270)])
def test_what_the_file_says_of_its_way_is_done(orientation: int, degrees: int) -> None:
    stored = page().rotate(degrees, expand=True)
    exif = Image.Exif()
    exif[0x0112] = orientation
    cleaned = clean(jpeg(stored, exif=exif.tobytes()), NAME)
    assert (cleaned.rotated, (cleaned.width, cleaned.height)) == (degrees, SIZE)
    assert np.abs(_grey(cleaned.content).astype(int) - _grey(jpeg(page()))).mean() < 3
    assert Image.open(BytesIO(cleaned.content)).getexif().get(0x0112, 1) == 1, "nobody turns it again"


@pytest.mark.parametrize(("draw", "blank"), [("nothing", True), ("dust", True), ("stop", False), ("pencil", False)])
def test_blank_is_a_page_with_nothing_but_dust(draw: str, blank: bool) -> None:  # noqa: FBT001 - a row of a table
    image = page(lines=0)
    pen = ImageDraw.Draw(image)
    match draw:
        case "dust":
            for x, y in np.random.default_rng(3).integers((60, 60), (1180, 1690), (250, 2)).tolist():
                pen.rectangle((x, y, x + 1, y + 1), fill="black")
        case "stop":
            pen.ellipse((600, 800, 640, 840), fill="black")
        case "pencil":
            pen.line((300, 900, 800, 880), fill=(140, 140, 140), width=3)
        case _:
            pass
    grainy = image.filter(ImageFilter.GaussianBlur(0.6))
    assert clean(jpeg(grainy), NAME).blank is blank


def test_a_blank_page_warns_of_nothing() -> None:
    assert clean(jpeg(page(lines=0)), NAME).warnings == ()


def test_a_page_that_came_black_is_no_blank_one() -> None:
    """The lamp was out: left out of a batch, nobody would miss it."""
    black = clean(jpeg(Image.new("RGB", SIZE, "black")), NAME)
    assert (black.blank, PageWarning.TOO_DARK in black.warnings) == (False, True)


def _seen(image: Image.Image) -> tuple[PageWarning, ...]:
    return clean(jpeg(image), NAME).warnings


def test_a_good_page_warns_of_nothing() -> None:
    assert [_seen(page(extra=extra)) for extra in ("", "qr", "table", "photo", "seal")] == [()] * 5


def test_what_is_wrong_with_a_picture_is_seen() -> None:
    dark = page().point(lambda value: value * 0.4)
    cut = page().crop((150, 0, SIZE[0], SIZE[1]))
    finger = page()
    ImageDraw.Draw(finger).ellipse((-120, 1200, 130, 1330), fill=(224, 172, 140))
    assert _seen(page().filter(ImageFilter.GaussianBlur(4))) == (PageWarning.BLURRED,)
    assert PageWarning.TOO_DARK in _seen(dark)
    assert _seen(cut) == (PageWarning.CUT_EDGE,)
    assert _seen(finger) == (PageWarning.FINGER,)


def test_old_paper_is_no_finger() -> None:
    old = Image.new("RGB", SIZE, (224, 190, 160))
    for column in range(0, SIZE[0], 110):
        ImageDraw.Draw(old).rectangle((column, 0, column + 30, SIZE[1]), fill=(30, 25, 20))
    assert PageWarning.FINGER not in _seen(old)


@pytest.mark.parametrize(("extra", "tint"), [("", Tint.BILEVEL), ("seal", Tint.COLOUR), ("photo", Tint.GREY)])
def test_colour_goes_where_a_page_needs_none(extra: str, tint: Tint) -> None:
    content = jpeg(page(extra=extra), dpi=(300, 300))
    kept = clean(content, NAME)
    small = clean(content, NAME, Wishes(give_up=Tint.BILEVEL))
    assert (kept.tint, small.tint) == (Tint.GREY if tint is Tint.BILEVEL else tint, tint)
    assert clean(content, NAME, Wishes(give_up=Tint.COLOUR)).tint is Tint.COLOUR
    if tint is Tint.BILEVEL:
        assert small.media_type == "image/png"
        assert len(small.content) < len(kept.content) / 4
        assert Image.open(BytesIO(small.content)).mode == "1"


def test_coarse_pages_are_never_made_black_and_white() -> None:
    assert clean(jpeg(page()), NAME, Wishes(give_up=Tint.BILEVEL)).tint is Tint.GREY


def test_a_size_is_kept_to_as_far_as_print_allows() -> None:
    content = jpeg(page(), quality=95)
    usual, small = clean(content, NAME), clean(content, NAME, Wishes(most_bytes=150_000))
    assert len(small.content) < len(usual.content)
    assert len(clean(content, NAME, Wishes(most_bytes=1000)).content) > 1000, "print is not sacrificed"


def test_a_code_on_a_page_is_read_though_it_lies_askew() -> None:
    assert clean(jpeg(leaning(page(extra="qr"), 4)), NAME).codes == (PageCode("QR Code", "YC-TEST-1"),)
    assert clean(jpeg(page(extra="qr")), NAME, Wishes(codes=False)).codes == ()


def test_the_purpose_stands_across_a_copy() -> None:
    plain, marked = clean(jpeg(page()), NAME), clean(jpeg(page()), NAME, Wishes(purpose="食品经营许可"))
    changed = np.abs(_grey(plain.content).astype(int) - _grey(marked.content)) > 20
    strips = [changed[top : top + 300].mean() for top in range(0, 1500, 300)]
    assert min(strips) > 0.002, "no strip is free of it"
    assert PageWarning.BLURRED not in marked.warnings


@pytest.mark.parametrize("mode", ["L", "P", "RGBA", "LA", "1", "I;16", "CMYK"])
def test_every_way_of_storing_a_picture_gives_a_page(mode: str) -> None:
    deep = Image.fromarray(np.asarray(page().convert("L")).astype(np.uint16) * 257)
    image = deep if mode == "I;16" else page().convert(mode)
    content = jpeg(image) if mode == "CMYK" else png(image)
    cleaned = clean(content, NAME)
    assert (cleaned.width, cleaned.height, cleaned.dpi) == (*SIZE, DPI)
    assert inspect_page(cleaned.content, NAME).media_type == cleaned.media_type
    assert np.abs(_grey(cleaned.content).astype(int) - _grey(jpeg(page()))).mean() < 6


def test_a_file_that_is_no_whole_page_is_refused_with_its_name() -> None:
    whole = jpeg(page())
    for content, fault in (
        (b"", faults.EMPTY),
        (whole[: len(whole) // 2], faults.DAMAGED),
        (whole[:-20], faults.DAMAGED),
        (b"GIF89a", faults.FOREIGN),
    ):
        with pytest.raises(CaseError) as caught:
            clean(content, "第一页.jpg")
        assert caught.value.fault is fault
        assert "第一页.jpg" in str(caught.value)


def test_what_opencv_makes_nothing_of_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise cv2.error

    monkeypatch.setattr("devices.pages.clean.skew_of", fail)
    with pytest.raises(CaseError) as caught:
        clean(jpeg(page()), NAME)
    assert caught.value.fault is faults.NOT_CLEANED


def test_the_resolution_is_in_the_file_and_is_that_of_a4_where_none_was() -> None:
    assert Image.open(BytesIO(clean(jpeg(page()), NAME).content)).info["dpi"] == (DPI, DPI)
    assert clean(jpeg(page(), dpi=(1, 1)), NAME).dpi == DPI


def test_a_sheet_as_large_as_a_field_is_drawn_no_larger_than_a_page_may_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decode, "MOST_PIXELS", 250_000)
    file = BytesIO()
    document = PdfWriter()
    document.add_blank_page(14_400, 14_400)  # points, the most a PDF may have
    document.write(file)
    page = clean(file.getvalue(), "大图.pdf", Wishes(codes=False))
    assert (page.width, page.height, page.dpi) == (400, 400, 2)


def test_the_sheets_of_a_pdf_come_one_by_one() -> None:
    file = BytesIO()
    leaning(page(), 2.0).save(file, "PDF", resolution=DPI, save_all=True, append_images=[page(lines=0), page()])
    first, second, third = clean_all(file.getvalue(), "三页.pdf", Wishes(codes=False))
    assert first.skew_degrees == pytest.approx(2.0, abs=0.2)
    assert [each.blank for each in (first, second, third)] == [False, True, False]
    assert _bare(clean(file.getvalue(), "三页.pdf", Wishes(codes=False))) == _bare(first)


def _bare(cleaned: CleanedPage) -> CleanedPage:
    return dataclasses.replace(cleaned, content=b"")


def _grey(content: bytes) -> np.ndarray:
    return np.asarray(Image.open(BytesIO(content)).convert("L"))


def test_a_pages_memory_is_given_back() -> None:
    """By itself glibc keeps as much as the largest block it has seen, in a heap for each thread."""
    program = """
import os, sys
from pathlib import Path
from devices.opencv import cv2
import numpy as np
def resident():
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
np.ones((3508, 2480, 3), np.uint8)
before = resident()
for _ in range(3):
    np.ones((3508, 2480, 3), np.uint8), np.ones((3508, 2480), np.uint8)
sys.stdout.write(str(resident() - before))
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert int(done.stdout) < 4_000_000


@pytest.mark.parametrize("where", ["devices.pages.clean._page", "devices.pages.decode.cv2.imdecode"])
def test_a_page_there_is_no_memory_for_is_told_by_its_name(where: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(where, full)
    with pytest.raises(CaseError) as caught:
        clean(jpeg(page()), "页.jpg")
    assert (caught.value.code, caught.value.parameters["name"]) == ("CASE-334", "页.jpg")
