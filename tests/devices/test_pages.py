import zlib
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfWriter

from client.errors import CaseError, Fault
from client.ports.pages import PageFacts, PageInspector
from devices.pages import faults
from devices.pages.inspect import LEAST_SIDE, MOST_BYTES, inspect_page

PAGES = Path(__file__).parents[2] / "resources" / "samples" / "pages"
NAME = "第1页.png"


def sample(name: str) -> bytes:
    return (PAGES / name).read_bytes()


def refusal(content: bytes) -> Fault:
    with pytest.raises(CaseError) as caught:
        inspect_page(content, NAME)
    assert NAME in caught.value.title, "the clerk must know which file"
    assert caught.value.advice
    return caught.value.fault


@pytest.mark.parametrize(
    ("name", "facts"),
    [
        ("linn.png", PageFacts("image/png", 2550, 3300, 1)),
        ("typewriter.png", PageFacts("image/png", 4000, 2864, 1)),
        ("ch_en_num.jpg", PageFacts("image/jpeg", 323, 430, 1)),
        ("baiona_color.jpg", PageFacts("image/jpeg", 640, 682, 1)),
        ("img_exif_orientation.jpg", PageFacts("image/jpeg", 752, 306, 1)),
        ("c02-22.pdf", PageFacts("application/pdf", 1600, 1962, 1)),
        ("multipage.pdf", PageFacts("application/pdf", 1600, 1962, 6)),
    ],
)
def test_real_pages_are_taken(name: str, facts: PageFacts) -> None:
    inspector: PageInspector = inspect_page
    assert inspector(sample(name), name) == facts


def test_every_sample_has_its_licence() -> None:
    licences = (PAGES / "LICENCES.md").read_text(encoding="utf-8")
    assert all(f"| {page.name} |" in licences for page in PAGES.iterdir() if page.name != "LICENCES.md")


def test_the_name_of_a_file_proves_nothing() -> None:
    assert inspect_page(sample("linn.png"), "page.pdf").media_type == "image/png"
    assert inspect_page(b"\r\n" + sample("c02-22.pdf"), "page.jpg").media_type == "application/pdf"


def test_an_empty_file_is_refused() -> None:
    assert refusal(b"") is faults.EMPTY


@pytest.mark.parametrize("name", ["linn.png", "ch_en_num.jpg", "c02-22.pdf", "multipage.pdf"])
@pytest.mark.parametrize("share", [0.05, 0.5, 0.95])
def test_a_truncated_file_is_refused(name: str, share: float) -> None:
    content = sample(name)
    assert refusal(content[: int(len(content) * share)]) is faults.DAMAGED


@pytest.mark.parametrize("name", ["linn.png", "ch_en_num.jpg"])
def test_a_picture_without_its_very_end_is_refused(name: str) -> None:
    content = sample(name)
    assert refusal(content[: len(content) - 20]) is faults.DAMAGED


@settings(max_examples=30, deadline=None)
@given(at=st.integers(33, len(sample("linn.png")) - 13), bit=st.integers(0, 7))
def test_every_flipped_bit_of_a_png_is_found(at: int, bit: int) -> None:
    content = bytearray(sample("linn.png"))
    content[at] ^= 1 << bit
    assert refusal(bytes(content)) in (faults.DAMAGED, faults.FOREIGN)


@pytest.mark.parametrize(
    "content",
    [
        b"MZ\x90\x00" * 100,
        b"hello",
        "文字".encode(),
        b"GIF89a" + bytes(100),
        b"II*\x00" + bytes(100),
        b"<html><body>not found</body></html>",
    ],
)
def test_a_file_that_is_no_page_is_refused(content: bytes) -> None:
    assert refusal(content) is faults.FOREIGN


def bomb_png(width: int, height: int) -> bytes:
    """A whole PNG of one colour: small as a file, huge as a picture."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return len(body).to_bytes(4, "big") + kind + body + zlib.crc32(kind + body).to_bytes(4, "big")

    header = width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes((1, 0, 0, 0, 0))
    row = bytes(1 + (width + 7) // 8)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(row * height))
        + chunk(b"IEND", b"")
    )


def picture(width: int, height: int, form: str) -> bytes:
    file = BytesIO()
    Image.new("L", (width, height), 255).save(file, form)
    return file.getvalue()


def test_a_picture_of_two_hundred_megapixels_is_refused_before_it_is_decoded() -> None:
    assert refusal(bomb_png(20_000, 10_000)) is faults.TOO_MANY_PIXELS
    jpeg = bytearray(picture(16, 16, "JPEG"))
    start = jpeg.index(b"\xff\xc0") + 5
    jpeg[start : start + 4] = (20_000).to_bytes(2, "big") * 2
    assert refusal(bytes(jpeg)) is faults.TOO_MANY_PIXELS


@pytest.mark.parametrize("form", ["PNG", "JPEG"])
def test_a_picture_of_which_nobody_reads_anything_is_no_page(form: str) -> None:
    for width, height in ((3, 3), (LEAST_SIDE - 1, 2000), (2000, LEAST_SIDE - 1)):
        assert refusal(picture(width, height, form)) is faults.TOO_SMALL
    assert inspect_page(picture(LEAST_SIDE, LEAST_SIDE, form), NAME).width == LEAST_SIDE


def test_a_large_drawing_below_the_limit_is_taken() -> None:
    assert inspect_page(bomb_png(10_000, 10_000), NAME) == PageFacts("image/png", 10_000, 10_000, 1)


def test_a_file_of_more_than_fifty_megabytes_is_refused() -> None:
    assert refusal(sample("linn.png") + bytes(MOST_BYTES)) is faults.TOO_BIG


def test_a_moving_picture_is_refused() -> None:
    file = BytesIO()
    frames = [Image.new("L", (200, 200), shade) for shade in (0, 128, 255)]
    frames[0].save(file, "PNG", save_all=True, append_images=frames[1:])
    assert refusal(file.getvalue()) is faults.FOREIGN


def pdf(*, password: str | None = None, owner: str | None = None, pages: int = 1) -> bytes:
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(595, 842)
    if password is not None:
        writer.encrypt(password, owner, algorithm="AES-256")
    file = BytesIO()
    writer.write(file)
    return file.getvalue()


def test_a_blank_page_is_a_page() -> None:
    assert inspect_page(pdf(), NAME) == PageFacts("application/pdf", 2479, 3508, 1)


def test_a_pdf_that_needs_a_password_is_refused_and_one_that_needs_none_is_taken() -> None:
    assert refusal(pdf(password="secret")) is faults.LOCKED
    assert inspect_page(pdf(password="", owner="owner"), NAME).sheets == 1


def test_a_pdf_without_pages_is_refused() -> None:
    assert refusal(pdf(pages=0)) is faults.DAMAGED


def test_a_pdf_with_a_picture_too_large_is_refused() -> None:
    file = BytesIO()
    Image.new("1", (1000, 1000)).save(file, "PDF")
    content = file.getvalue()
    assert inspect_page(content, NAME).sheets == 1
    huge = content.replace(b"/Width 1000", b"/Width 900000")
    assert huge != content
    assert refusal(huge) is faults.TOO_MANY_PIXELS


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400), st.sampled_from([b"%PDF-1.7\n", b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n"]))
def test_any_bytes_are_refused_in_words(noise: bytes, start: bytes) -> None:
    assert refusal(start + noise + b"\n%%EOF") in (faults.DAMAGED, faults.FOREIGN)
