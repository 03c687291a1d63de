"""What is seen of a letter on the page is the letter of its font: drawn by pdfium, held against FreeType."""

from functools import cache
from io import BytesIO
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]  # it has no types
import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFont

from client.ports.glyphs import Drawn
from client.ports.papers import PaperOrder
from printing.papers import fonts
from printing.papers.binding import bound
from printing.papers.glyph_report import Report
from printing.papers.sheet import Sheet
from printing.papers.text import set_line
from printing.papers.typecase import Typecase
from tests.printing.facts import order
from tests.printing.reading import text_of

FONTS = Path(__file__).parents[2] / "resources" / "fonts"
LETTERS = {
    "李": "NotoSerifSC-Regular",
    "㐂": "NotoSerifSC-Regular",
    "\U00020bb7": "HanaMinB",
    "\U00030000": "YichuangRare",  # Extension G
    "\U000323af": "YichuangRare",  # H
    "\U0002ebf0": "YichuangRare",  # I
    "한": "YichuangRare",
    "ꀀ": "YichuangRare",
}
SIZE = 120  # pixels
LEFT, FIRST, STEP = 42, 90, 96  # points, each a whole number of pixels


@cache
def face(name: str) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(BytesIO((FONTS / f"{name}.ttf").read_bytes()), SIZE)


@cache
def page() -> Image.Image:
    """All letters, one below the other."""
    sheet = Sheet(Typecase())
    for at, char in enumerate(LETTERS):
        sheet.text(set_line(char), LEFT, FIRST + at * STEP, SIZE * 0.75)
    pdf = bound([sheet], sheet.typecase, lambda _document: None)
    with pypdfium2.PdfDocument(pdf) as document:
        picture: Image.Image = document[0].render(scale=4 / 3, grayscale=True).to_pil()
    return picture


@pytest.mark.parametrize("char", LETTERS, ids=[f"{ord(char):04X}" for char in LETTERS])
def test_a_letter_looks_as_its_font_draws_it(char: str) -> None:
    (letter,) = Report().letters(char)
    assert letter.font == LETTERS[char]
    seen = page()
    own = Image.new("L", seen.size, 255)
    at = list(LETTERS).index(char)
    baseline = (FIRST + at * STEP) * 4 // 3
    ImageDraw.Draw(own).text((LEFT * 4 // 3, baseline), char, fill=15, font=face(letter.font), anchor="ls")
    box = _grown(own)
    seen, own = (_black(image.crop(box)) for image in (seen, own))
    ink = _ink(own)
    assert ink > 500
    assert _ink(ImageChops.logical_xor(seen, own)) < 0.25 * ink, "the edges of letters may differ, no stroke"


def _grown(image: Image.Image) -> tuple[int, int, int, int]:
    left, top, right, bottom = ImageChops.invert(image).getbbox() or (0, 0, 1, 1)
    return left - 2, top - 2, right + 2, bottom + 2


def _black(image: Image.Image) -> Image.Image:
    return image.point(lambda shade: 255 if shade < 128 else 0).convert("1")


def _ink(image: Image.Image) -> int:
    return image.histogram()[-1]


MANY = "李\U00020bb7\U00030000\ue188\u0627\u0f40한e\u0301\u202e\ufe00·" * 4  # 48 characters, of every kind


def test_a_long_name_of_letters_of_every_kind_stands_on_the_paper_whole() -> None:
    wanted = "李\U00020bb7\U00030000〔U+E188〕〔U+0627〕〔U+0F40〕한e〔U+0301〕·" * 4
    sheet: PaperOrder = order(applicant_name=MANY)
    assert f"{wanted}（" in text_of(sheet)
    named = [letter for letter in Report().letters(MANY) if letter.drawn in {Drawn.PRIVATE, Drawn.JOINED}]
    assert len(named) == wanted.count("〔") == 16
    assert all(glyph.face in fonts.DIGESTS for glyph in fonts.glyphs(MANY, bold=True))
