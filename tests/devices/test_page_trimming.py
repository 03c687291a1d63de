"""A page cut and turned by hand: the part that was chosen, of the same kind, at the same resolution."""

from io import BytesIO

import pytest
import structlog
from PIL import Image

from client.errors import CaseError
from client.ports.pages import WHOLE, PageWarning, Part
from devices.pages.copies import joined, marked
from devices.pages.faults import DAMAGED, NOT_CLEANED, NOT_TRIMMED
from devices.pages.hand import Pages
from devices.pages.trim import trimmed
from tests.desk.counter import sample
from tests.devices.drawn import page

CORNERS = {"red": (0, 0), "lime": (1, 0), "blue": (0, 1), "yellow": (1, 1)}
RIGHT_HALF = Part(0.5, 0.0, 1.0, 1.0)


def corners(mode: str = "RGB", size: tuple[int, int] = (400, 600)) -> Image.Image:
    """A picture with another colour in each quarter."""
    image = Image.new("RGB", size)
    for colour, (x, y) in CORNERS.items():
        image.paste(colour, (x * size[0] // 2, y * size[1] // 2, (x + 1) * size[0] // 2, (y + 1) * size[1] // 2))
    return image.convert(mode)


def file_of(image: Image.Image, kind: str, **more: object) -> bytes:
    file = BytesIO()
    image.save(file, kind, **more)
    return file.getvalue()


def opened(content: bytes) -> Image.Image:
    image = Image.open(BytesIO(content))
    image.load()
    return image


def seen(content: bytes) -> list[str]:
    """The colours of the corners: upper left, upper right, lower left, lower right."""
    image = opened(content).convert("RGB")
    width, height = image.size
    found = []
    for x, y in ((20, 20), (width - 20, 20), (20, height - 20), (width - 20, height - 20)):
        dot = image.crop((x, y, x + 1, y + 1)).tobytes()
        red, green, blue = (round(value / 255) for value in dot)
        found.append({(1, 0, 0): "red", (0, 1, 0): "lime", (0, 0, 1): "blue", (1, 1, 0): "yellow"}[red, green, blue])
    return found


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
@pytest.mark.parametrize(
    ("turned", "expected"),
    [
        (0, ["red", "lime", "blue", "yellow"]),
        (90, ["blue", "red", "yellow", "lime"]),
        (180, ["yellow", "blue", "lime", "red"]),
        (270, ["lime", "yellow", "red", "blue"]),
    ],
)
def test_a_page_is_turned_clockwise(kind: str, turned: int, expected: list[str]) -> None:
    made = trimmed(file_of(corners(), kind), "p", WHOLE, turned)
    assert seen(made.content) == expected
    assert (made.facts.width, made.facts.height) == ((400, 600) if turned % 180 == 0 else (600, 400))
    assert made.facts.media_type == f"image/{kind.lower()}"


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_the_part_is_that_of_the_page_before_it_is_turned(kind: str) -> None:
    made = trimmed(file_of(corners(), kind), "p", RIGHT_HALF, 90)
    assert (made.facts.width, made.facts.height) == (600, 200)
    assert seen(made.content) == ["yellow", "lime", "yellow", "lime"]


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_page_that_is_stored_on_its_side_is_cut_as_it_is_seen(kind: str) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned a quarter to the right: blue is above at the left
    made = trimmed(file_of(corners(), kind, exif=exif), "p", Part(0.0, 0.0, 0.5, 1.0), 0)
    assert (made.facts.width, made.facts.height) == (300, 400)
    assert seen(made.content) == ["blue", "blue", "yellow", "yellow"]
    assert opened(made.content).getexif().get(0x0112, 1) == 1


@pytest.mark.parametrize("mode", ["1", "L", "RGB", "RGBA"])
def test_a_png_keeps_its_colours_and_resolution_and_loses_nothing(mode: str) -> None:
    picture = corners(mode)
    made = opened(trimmed(file_of(picture, "PNG", dpi=(300, 300)), "p.png", RIGHT_HALF, 0).content)
    assert (made.mode, round(made.info["dpi"][0])) == (mode, 300)
    assert made.tobytes() == picture.crop((200, 0, 400, 600)).tobytes()


@pytest.mark.parametrize("mode", ["L", "RGB"])
def test_a_jpeg_keeps_its_grey_and_resolution(mode: str) -> None:
    made = opened(trimmed(file_of(corners(mode), "JPEG", dpi=(300, 300)), "p.jpg", RIGHT_HALF, 0).content)
    assert (made.mode, made.info["dpi"]) == (mode, (300, 300))


def test_what_is_left_is_judged_anew() -> None:
    content = file_of(page(lines=12), "JPEG")
    blank = trimmed(content, "p.jpg", Part(0.0, 0.6, 1.0, 1.0), 0)
    cut = trimmed(content, "p.jpg", Part(150 / 1240, 0.0, 1.0, 1.0), 0)
    assert (blank.blank, blank.warnings) == (True, ())
    assert (cut.blank, cut.warnings) == (False, (PageWarning.CUT_EDGE,))
    assert trimmed(content, "p.jpg", Part(0.02, 0.02, 0.98, 0.98), 0).warnings == ()


def test_what_is_no_picture_is_not_cut() -> None:
    with pytest.raises(CaseError) as refused:
        trimmed(sample("multipage.pdf"), "册.pdf", WHOLE, 90)
    assert refused.value.fault is NOT_TRIMMED
    with pytest.raises(CaseError):
        trimmed(file_of(corners(), "PNG")[:2000], "p.png", WHOLE, 90)


def test_a_png_that_breaks_off_in_its_picture_is_damaged(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: Image.Image) -> None:
        raise OSError

    monkeypatch.setattr("devices.pages.trim.ImageOps.exif_transpose", fail)
    with pytest.raises(CaseError) as refused:
        trimmed(file_of(corners(), "PNG"), "p.png", WHOLE, 90)
    assert refused.value.fault is DAMAGED


def test_what_a_library_makes_of_an_odd_one_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr("devices.pages.trim.trimmed", fail)
    with structlog.testing.capture_logs() as logged, pytest.raises(CaseError) as refused:
        Pages().trim(file_of(corners(), "PNG"), "p.png", WHOLE, 90)
    assert refused.value.fault is NOT_CLEANED
    assert [(each["event"], each["error"]) for each in logged] == [("page not trimmed", "MemoryError")]


@pytest.mark.parametrize(("mode", "kind", "kept"), [("1", "PNG", "L"), ("L", "JPEG", "L"), ("RGB", "JPEG", "RGB")])
def test_what_a_copy_is_for_is_written_all_over_it(mode: str, kind: str, kept: str) -> None:
    white = Image.new(mode, (900, 1200), "white")
    made = opened(marked(file_of(white, kind, dpi=(300, 300)), "p", "食品经营许可").content)
    assert (made.format, made.mode, made.size, made.info["dpi"]) == ("JPEG", kept, (900, 1200), (300, 300))
    strips = made.convert("L").resize((1, 12), Image.Resampling.BOX).tobytes()
    assert max(strips) < 255, "no strip is free of it"
    assert min(made.convert("L").tobytes()) > 150, "what is under it can be read"


def test_the_words_across_a_copy_are_no_warning() -> None:
    assert marked(file_of(Image.new("L", (900, 1200), 255), "PNG"), "p.png", "食品经营许可").blank
    printed = marked(file_of(page(lines=12), "JPEG"), "p.jpg", "食品经营许可")
    assert (printed.blank, printed.warnings) == (False, ())


def test_both_sides_lie_on_one_sheet_one_above_the_other() -> None:
    sides = [file_of(Image.new("RGB", (856, 540), colour), "PNG") for colour in ("red", "blue")]
    made = opened(joined(sides[0], sides[1], "p.jpg").content).convert("RGB")
    assert made.size == (2480, 3508)
    found = [made.crop((1240, y, 1241, y + 1)).tobytes() for y in (int(3508 * 0.3), int(3508 * 0.6))]
    assert [tuple(round(value / 255) for value in each) for each in found] == [(1, 0, 0), (0, 0, 1)]


def test_an_electronic_file_is_neither_marked_nor_joined() -> None:
    with pytest.raises(CaseError) as refused:
        Pages().mark(sample("multipage.pdf"), "册.pdf", "食品经营许可")
    assert refused.value.fault is NOT_TRIMMED
    with pytest.raises(CaseError):
        Pages().join(file_of(corners(), "PNG"), b"", "p.png")
