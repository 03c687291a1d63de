"""What is made of pages: a PDF of them, both sides of a card on a sheet, and the command that cleans a file."""

import hashlib
import json
import time
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import cast

import numpy as np
import pikepdf
import pytest
from PIL import Image, ImageDraw
from pypdf import PdfReader
from typer.testing import CliRunner

from client.errors import CaseError
from client.ports.pages import Tint
from devices.commands import app
from devices.pages.assembly import bound
from devices.pages.clean import Wishes, clean
from devices.pages.two_sides import DPI as CARD_DPI
from devices.pages.two_sides import on_one_sheet
from tests.devices.drawn import DPI, SIZE, jpeg, leaning, page, png

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


def test_a_jpeg_goes_into_a_pdf_as_it_is() -> None:
    picture = jpeg(page())
    made = bound([picture, jpeg(page(lines=4))], "身份证明", AT)
    assert picture in made
    document = PdfReader(BytesIO(made))
    assert (len(document.pages), document.metadata and document.metadata.title) == (2, "身份证明")
    assert float(document.pages[0].mediabox.width) == pytest.approx(SIZE[0] / DPI * 72, abs=0.5)
    assert str(document.root_object["/Lang"]) == "zh-CN"
    time.sleep(1.1)  # what is of the second it was made in would show
    assert bound([picture, jpeg(page(lines=4))], "身份证明", AT) == made, "the same pages give the same file"


def test_black_and_white_goes_in_as_ccitt() -> None:
    small = clean(jpeg(page(), dpi=(300, 300)), "p.jpg", Wishes(give_up=Tint.BILEVEL))
    with pikepdf.open(BytesIO(bound([small.content], "t", AT))) as document:
        (picture,) = document.pages[0].get_images().values()
        assert list(picture.Filter) == ["/CCITTFaxDecode"]
        ink = np.asarray(pikepdf.PdfImage(cast("pikepdf.Stream", picture)).as_pil_image().convert("L")) < 128
    assert ink.mean() == pytest.approx(np.asarray(page().convert("L").point(lambda v: v < 180)).mean(), rel=0.3)


def test_a_colour_png_goes_in_too_and_what_is_no_picture_does_not() -> None:
    assert len(PdfReader(BytesIO(bound([png(page())], "t", AT))).pages) == 1
    with pytest.raises(CaseError):
        bound([b"nothing of the kind"], "t", AT)


def test_both_sides_of_a_card_at_their_own_size_on_one_sheet() -> None:
    front = np.full((540, 856, 3), (200, 120, 60), np.uint8)
    back = np.full((856, 540, 3), (60, 120, 200), np.uint8)  # stands upright
    sheet = on_one_sheet(front, back)
    assert sheet.shape[:2] == (round(297 / 25.4 * CARD_DPI), round(210 / 25.4 * CARD_DPI))
    for colour in ((200, 120, 60), (60, 120, 200)):
        rows, columns = np.nonzero((sheet == colour).all(axis=2))
        assert np.ptp(rows) / CARD_DPI * 25.4 == pytest.approx(54, abs=0.3)
        assert np.ptp(columns) / CARD_DPI * 25.4 == pytest.approx(85.6, abs=0.3)


def card(colour: tuple[int, int, int]) -> Image.Image:
    """A card on a table, with a dark mark in its upper left corner."""
    image = Image.new("RGB", (1400, 1000), (40, 40, 40))
    pen = ImageDraw.Draw(image)
    pen.rectangle((200, 180, 1200, 811), fill=colour)
    pen.rectangle((240, 220, 380, 320), fill=(140, 70, 70))
    return image


def test_both_sides_are_cut_out_and_laid_the_same_way_by_command(tmp_path: Path) -> None:
    (front := tmp_path / "front.jpg").write_bytes(jpeg(card((230, 240, 250)), dpi=(300, 300)))
    standing = card((250, 230, 240)).rotate(-90, expand=True)  # a quarter clockwise
    (back := tmp_path / "back.jpg").write_bytes(jpeg(standing, dpi=(300, 300)))
    told = CliRunner().invoke(
        app, ["page", "sides", str(front), str(back), "--out", str(tmp_path / "both.jpg")], catch_exceptions=False
    )
    assert told.exit_code == 0
    with Image.open(tmp_path / "both.jpg") as made:
        assert made.size == (round(210 / 25.4 * CARD_DPI), round(297 / 25.4 * CARD_DPI))
        pixels = np.asarray(made.convert("L")).astype(int)
    assert (pixels < 60).mean() < 0.001, "the table is gone"
    rows, columns = np.nonzero(pixels < 120)
    for part in (rows < 1700, rows >= 1700):
        assert columns[part].max() < made.size[0] / 2, "the mark is at the left of both"


def run(*words: str | Path) -> tuple[int, dict[str, object]]:
    told = CliRunner().invoke(app, ["page", "clean", *map(str, words), "--json"])
    return told.exit_code, json.loads(told.stdout) if told.exit_code == 0 else {}


def test_a_picture_is_cleaned_by_command(tmp_path: Path) -> None:
    (file := tmp_path / "一.jpg").write_bytes(jpeg(leaning(page(extra="qr"), 3)))
    before = hashlib.sha256(file.read_bytes()).digest()
    code, told = run(file, "--out", tmp_path / "out.jpg")
    assert code == 0
    assert (told["rotated"], told["cropped"], told["blank"], told["warnings"]) == (0, False, False, [])
    assert told["skew_degrees"] == pytest.approx(3, abs=0.2)
    assert told["codes"] == [{"format": "QR Code", "text": "YC-TEST-1"}]
    with Image.open(tmp_path / "out.jpg") as made:
        assert made.size == (told["width"], told["height"])
    assert hashlib.sha256(file.read_bytes()).digest() == before, "IN stays as it is"
    assert run(file, "--out", file)[0] == 2


def test_blank_pages_are_left_out_of_a_pdf_unless_they_are_to_stay(tmp_path: Path) -> None:
    first, blank, third = page(), page(lines=0), page(lines=5)
    first.save(file := tmp_path / "in.pdf", resolution=DPI, save_all=True, append_images=[blank, third])
    code, told = run(file, "--out", out := tmp_path / "out.pdf")
    assert (code, told["blank_pages"], len(PdfReader(out).pages)) == (0, 1, 2)
    rows = told["pages"]
    assert isinstance(rows, list)
    assert [row["blank"] for row in rows] == [False, True, False]
    run(file, "--out", out, "--keep-blank")
    assert len(PdfReader(out).pages) == 3
    with pytest.raises(CaseError, match="3"):
        CliRunner().invoke(app, ["page", "clean", str(file), "--out", str(tmp_path / "o.jpg")], catch_exceptions=False)
    page(lines=0).save(file, resolution=DPI, save_all=True, append_images=[page(lines=0)])
    run(file, "--out", out)
    assert len(PdfReader(out).pages) == 2, "where all are blank, all stay"
