"""Page files on the screen: upright, as large as fits, and a sentence where one cannot be drawn."""

import struct
import zlib
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from client.errors import CaseError
from client.ports.pages import WHOLE, PagePainter, Part, Picture
from devices.pages.faults import CANNOT_DRAW
from devices.pages.painter import Painter

PAGES = Path(__file__).parents[2] / "resources" / "samples" / "pages"
PDF, PNG, JPEG = "application/pdf", "image/png", "image/jpeg"
RED, BLUE, WHITE = (255, 0, 0), (0, 0, 255), (255, 255, 255)


def drawn(
    content: bytes, media_type: str, width: int = 600, height: int = 800, sheet: int = 0, part: Part = WHOLE
) -> Picture:
    painter: PagePainter = Painter()
    picture = painter(content, media_type, width, height, sheet, part)
    assert len(picture.pixels) == picture.width * picture.height * 4
    assert set(picture.pixels[3::4]) == {255}
    return picture


def colour_at(picture: Picture, x: int, y: int) -> tuple[int, ...]:
    start = (y * picture.width + x) * 4
    blue, green, red = (round(value / 255) * 255 for value in picture.pixels[start : start + 3])
    return red, green, blue


def file_of(image: Image.Image, kind: str, exif: Image.Exif | None = None) -> bytes:
    file = BytesIO()
    image.save(file, kind, exif=exif) if exif else image.save(file, kind)
    return file.getvalue()


def red_over_blue(width: int = 400, height: int = 800) -> Image.Image:
    image = Image.new("RGB", (width, height), "blue")
    image.paste("red", (0, 0, width, height // 2))
    return image


@pytest.mark.parametrize(
    ("name", "media_type", "size"),
    [
        ("linn.png", PNG, (600, 776)),
        ("typewriter.png", PNG, (600, 430)),
        ("ch_en_num.jpg", JPEG, (600, 799)),  # a small one grows
        ("baiona_color.jpg", JPEG, (600, 639)),
        ("c02-22.pdf", PDF, (600, 736)),
    ],
)
def test_a_page_is_as_large_as_fits(name: str, media_type: str, size: tuple[int, int]) -> None:
    picture = drawn((PAGES / name).read_bytes(), media_type)
    assert (picture.width, picture.height) == size
    assert len(set(picture.pixels)) > 2, "it is not empty"


@pytest.mark.parametrize("width", [1, 601, 602, 603])
def test_rows_have_no_padding(width: int) -> None:
    for media_type, name in ((PDF, "c02-22.pdf"), (JPEG, "baiona_color.jpg")):
        assert drawn((PAGES / name).read_bytes(), media_type, width, 900).width == width


@pytest.mark.parametrize(
    ("orientation", "top", "size"), [(1, RED, (400, 800)), (3, BLUE, (400, 800)), (6, None, (800, 400))]
)
@pytest.mark.parametrize(("kind", "media_type"), [("JPEG", JPEG), ("PNG", PNG)])
def test_a_page_stands_upright(
    orientation: int, top: tuple[int, ...] | None, size: tuple[int, int], kind: str, media_type: str
) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    picture = drawn(file_of(red_over_blue(), kind, exif), media_type, 800, 800)
    assert (picture.width, picture.height) == size
    if top is None:  # turned a quarter: what was above is at the right
        assert (colour_at(picture, 20, 200), colour_at(picture, 780, 200)) == (BLUE, RED)
    else:
        assert colour_at(picture, 200, 20) == top


def test_each_sheet_of_a_pdf_is_drawn() -> None:
    content = (PAGES / "multipage.pdf").read_bytes()
    sheets = {drawn(content, PDF, 60, 80, sheet).pixels for sheet in range(6)}
    assert len(sheets) > 1
    assert failure(content, PDF, sheet=6) is CANNOT_DRAW


def test_the_colours_of_a_pdf_are_not_swapped() -> None:
    assert colour_at(drawn(file_of(red_over_blue(), "PDF"), PDF), 100, 100) == RED


@pytest.mark.parametrize(("kind", "media_type"), [("JPEG", JPEG), ("PNG", PNG), ("PDF", PDF)])
def test_a_part_is_drawn_as_large_as_fits_and_nothing_else(kind: str, media_type: str) -> None:
    content = file_of(red_over_blue(), kind)
    middle = drawn(content, media_type, 300, 300, part=Part(0.25, 0.375, 0.75, 0.625))
    assert (middle.width, middle.height) == (300, 300)
    assert (colour_at(middle, 150, 140), colour_at(middle, 150, 160)) == (RED, BLUE)
    last = drawn(content, media_type, 300, 300, part=Part(0.5, 0.75, 1.0, 1.0))
    assert {colour_at(last, x, y) for x, y in ((2, 2), (297, 297))} == {BLUE}


def test_a_part_is_one_of_the_page_as_it_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # a quarter to the right: what was above is at the right
    content = file_of(red_over_blue(), "JPEG", exif)
    assert colour_at(drawn(content, JPEG, 50, 50, part=Part(0.6, 0.1, 0.9, 0.9)), 20, 20) == RED


@pytest.mark.parametrize("part", [Part(0.999999, 0.2, 1.0, 0.2000001), Part(1.0, 1.0, 1.0000001, 1.0000001)])
def test_of_less_than_a_dot_one_dot_is_drawn(part: Part) -> None:
    assert drawn(file_of(red_over_blue(), "PNG"), PNG, 40, 40, part=part).width == 40


def test_what_is_transparent_lies_on_white() -> None:
    image = Image.new("RGBA", (40, 40), (255, 0, 0, 0))
    assert colour_at(drawn(file_of(image, "PNG"), PNG, 40, 40), 20, 20) == WHITE


def test_a_picture_of_sixteen_bits_keeps_its_greys() -> None:
    line = b"\0" + struct.pack(">4H", 0, 0x4000, 0x8000, 0xFFFF)
    chunks = [(b"IHDR", struct.pack(">IIBBBBB", 4, 1, 16, 0, 0, 0, 0)), (b"IDAT", zlib.compress(line)), (b"IEND", b"")]
    content = b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )
    assert list(drawn(content, PNG, 4, 1).pixels[::4]) == [0, 0x40, 0x80, 0xFF]


def failure(content: bytes, media_type: str, sheet: int = 0) -> object:
    with pytest.raises(CaseError) as caught:
        drawn(content, media_type, sheet=sheet)
    assert caught.value.title
    assert caught.value.advice
    return caught.value.fault


@pytest.mark.parametrize("media_type", [PDF, PNG, JPEG])
def test_what_cannot_be_drawn_is_told(media_type: str) -> None:
    name = {PDF: "c02-22.pdf", PNG: "linn.png", JPEG: "baiona_color.jpg"}[media_type]
    content = (PAGES / name).read_bytes()
    assert failure(b"", media_type) is CANNOT_DRAW
    assert failure(b"something else", media_type) is CANNOT_DRAW
    assert failure(content[:400], media_type) is CANNOT_DRAW


def test_a_picture_that_would_fill_the_memory_is_not_opened() -> None:
    content = bytearray(file_of(Image.new("L", (8, 8)), "PNG"))
    content[16:24] = struct.pack(">II", 20_000, 20_000)
    content[29:33] = struct.pack(">I", zlib.crc32(content[12:29]))
    assert failure(bytes(content), PNG) is CANNOT_DRAW


def test_many_threads_may_ask_for_sheets() -> None:
    content = (PAGES / "multipage.pdf").read_bytes()
    painter = Painter()
    with ThreadPoolExecutor(4) as threads:
        pictures = list(threads.map(lambda sheet: painter(content, PDF, 120, 160, sheet % 6), range(24)))
    assert [each.pixels for each in pictures[:6]] == [each.pixels for each in pictures[18:]]
