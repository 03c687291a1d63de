"""The label of a folder of originals (原件): the case number in words and in bars, as a picture for a label printer."""

from dataclasses import dataclass
from enum import StrEnum
from importlib.resources import files
from io import BytesIO

from barcode.codex import Code128
from PIL import Image, ImageDraw, ImageFont

from client.text import chinese
from printing.papers.marks import compact

TITLE = chinese("原件")
_INCH = 25.4  # millimetres
_QUIET = 10  # modules on either side (ISO/IEC 15417, 4.4)
_MARGIN = 2.5  # millimetres that a label printer may miss
_TITLE, _NUMBER, _WORDS = 5.0, 3.6, 3.2  # millimetres of height
_BLACK, _WHITE = 0, 255


class LabelSize(StrEnum):
    """Labels as they are sold, in millimetres."""

    SMALL = "58x40"
    LARGE = "70x50"

    @property
    def millimetres(self) -> tuple[int, int]:
        width, height = self.value.split("x")
        return int(width), int(height)


@dataclass(frozen=True, slots=True)
class _Ground:
    """A white label and how many dots a millimetre has."""

    picture: Image.Image
    dots: float

    def say(self, words: str, top: float, height: float) -> None:
        """One line in the middle, smaller where it would not fit. `top` and `height` in millimetres."""
        room = self.picture.width - 2 * _MARGIN * self.dots
        face = _face(height * self.dots)
        if (width := face.getlength(words)) > room:
            face = _face(height * self.dots * room / width)
        middle = (self.picture.width / 2, top * self.dots)
        ImageDraw.Draw(self.picture).text(middle, words, fill=_BLACK, font=face, anchor="ma")

    def bars(self, content: str, top: float, height: float) -> None:
        """Code 128, each module a whole number of dots: between two dots a label printer would smear it."""
        pattern: str = Code128(content).build()[0]
        module = self.picture.width // (len(pattern) + 2 * _QUIET)
        left = (self.picture.width - module * len(pattern)) // 2
        begins, ends = round(top * self.dots), round((top + height) * self.dots) - 1
        draw = ImageDraw.Draw(self.picture)
        for nth, bar in enumerate(pattern):
            if bar == "1":
                draw.rectangle((left + nth * module, begins, left + (nth + 1) * module - 1, ends), fill=_BLACK)


def folder_label(case_number: str, item_name: str, size: LabelSize, dpi: int) -> Image.Image:
    """The label in black and white, to be printed at `dpi` (203 and 300 are usual; 200 at least). No names are on it.

    The bars are Code 128 of the number without hyphens, as on the notice: the same reader finds the case by either.
    """
    dots = dpi / _INCH
    width, height = size.millimetres
    ground = _Ground(Image.new("L", (round(width * dots), round(height * dots)), _WHITE), dots)
    bottom = height - _MARGIN - _WORDS - 1
    ground.say(TITLE, _MARGIN, _TITLE)
    ground.say(item_name, _MARGIN + _TITLE + 1.5, _WORDS)
    bars_top = _MARGIN + _TITLE + _WORDS + 4
    ground.bars(compact(case_number), bars_top, bottom - bars_top - 1)
    ground.say(case_number, bottom, _NUMBER)
    return ground.picture.point(lambda shade: _WHITE if shade > _WHITE // 2 else _BLACK).convert("1")


def as_file(label: Image.Image, kind: str, dpi: int) -> bytes:
    """The label as `PNG` or `PDF`, of its true size on paper."""
    into = BytesIO()
    if kind == "PDF":
        label.save(into, "PDF", resolution=dpi, title=TITLE)
    else:
        label.save(into, "PNG", dpi=(dpi, dpi))
    return into.getvalue()


def _face(height: float) -> ImageFont.FreeTypeFont:
    font = files("resources").joinpath("fonts", "NotoSansSC-Regular.ttf").read_bytes()
    return ImageFont.truetype(BytesIO(font), height)
