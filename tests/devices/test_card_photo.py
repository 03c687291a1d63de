"""The photo of a card: decoded by a stand-in built from C, checked, and never in the way of the reading."""

import struct
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis.strategies import binary
from PIL import Image

from client.ports.readiness import Condition
from devices.children.supervised import Limits
from devices.idcard.photo import BMP_LENGTH, picture_of
from devices.idcard.photo_reader import NO_PHOTOS, PhotoDecoder, PhotoReader
from devices.idcard.simulated import SimulatedReader
from devices.idcard.termb_reader import TermbReader
from devices.idcard.use import reader_of
from tests.devices.standing_in import HASTY, MOVED, QUICK, Counter, as_bmp, clock, drawn_photo


@contextmanager
def reader(library: Path) -> Iterator[PhotoReader]:
    decoder = PhotoDecoder(str(library), replace(HASTY, limits=Limits(free=99, losses=99)))
    with closing(PhotoReader(SimulatedReader(clock, pace=0), decoder)) as made:
        yield made


def drawn(png: bytes | None) -> Image.Image:
    assert png is not None
    picture = Image.open(BytesIO(png))
    picture.load()
    assert picture.format == "PNG"
    return picture


def test_a_photo_becomes_a_picture(libraries: Path, counter: Counter) -> None:
    (counter.folder / "picture").write_bytes(as_bmp(drawn_photo()))
    with reader(libraries / "wlt.so") as made:
        document = made.read()
        assert made.check().condition is Condition.READY
    picture = drawn(document.photo_picture)
    assert picture.tobytes() == drawn_photo().tobytes()
    assert "photo" not in repr(document)
    assert "photo_picture" not in document.as_json()


FAILING = ["unpack:status=00", "unpack:short", "unpack:crash", "unpack:hang", "unpack:exit"]


@pytest.mark.parametrize("order", FAILING)
def test_a_photo_that_fails_costs_nothing_but_the_photo(
    libraries: Path, counter: Counter, order: str, request: pytest.FixtureRequest
) -> None:
    if order.rpartition(":")[2] in {"crash", "hang", "exit"}:
        request.node.add_marker(pytest.mark.expected_warnings("child lost.*of='card process'"))
    (counter.folder / "picture").write_bytes(as_bmp(drawn_photo()))
    with reader(libraries / "wlt.so") as made:
        counter.order(order)
        first, second = made.read(), made.read()
    assert (first.number, first.photo_picture) == (MOVED.fields["number"], None)
    assert drawn(second.photo_picture).size == (102, 126)


@pytest.mark.parametrize("name", ["gone.so", "bits.so", "text.so", "sdtapi.so"])
def test_a_decoder_that_cannot_be_used_is_told_by_the_lamp_alone(libraries: Path, counter: Counter, name: str) -> None:
    with reader(libraries / name) as made:
        assert made.read().photo_picture is None
        look = made.check()
    assert (look.condition, look.words) == (Condition.ATTENTION, NO_PHOTOS)
    assert "photo_library" in look.advice


def test_termb_leaves_the_picture_itself(libraries: Path, counter: Counter) -> None:
    counter.place(MOVED)
    counter.getters(name="张三")
    (counter.folder / "picture").write_bytes(as_bmp(drawn_photo()))
    termb = TermbReader(str(libraries / "termb.so"), 1001, clock=clock, timing=QUICK, terms=HASTY)
    with closing(PhotoReader(termb, PhotoDecoder("gone.so", HASTY))) as made:
        assert drawn(made.read().photo_picture).getpixel((50, 100)) == (0, 0, 255)


def test_the_setting_puts_the_decoder_before_any_reader(libraries: Path, counter: Counter) -> None:
    (counter.folder / "picture").write_bytes(as_bmp(drawn_photo()))
    with closing(reader_of("simulated", clock, photo=str(libraries / "wlt.so"))) as made:
        assert made.check().words == "模拟"
        assert drawn(made.read().photo_picture).getpixel((50, 10)) == (255, 0, 0)


def put(bmp: bytes, at: int, form: str, value: int) -> bytes:
    return bmp[:at] + struct.pack(form, value) + bmp[at + struct.calcsize(form) :]


def test_a_picture_may_stand_on_its_head_in_the_file() -> None:
    down = as_bmp(drawn_photo())
    rows = [down[at : at + 308] for at in range(54, BMP_LENGTH, 308)]
    up = put(down[:54] + b"".join(reversed(rows)), 22, "<i", -126)
    assert picture_of(up) == picture_of(down)
    assert picture_of(put(down, 2, "<I", 0)) == picture_of(down), "some write no length"


@pytest.mark.parametrize(
    ("at", "form", "value"),
    [
        (0, "<H", 0), (2, "<I", 7), (10, "<I", 58), (14, "<I", 124), (18, "<i", 103), (22, "<i", 125), (26, "<H", 2),
        (28, "<H", 32), (30, "<I", 1),
    ],
)  # fmt: skip
def test_what_is_no_such_picture_is_none(at: int, form: str, value: int) -> None:
    assert picture_of(put(as_bmp(drawn_photo()), at, form, value)) is None


def test_a_picture_of_another_length_is_none() -> None:
    whole = as_bmp(drawn_photo())
    assert picture_of(whole[:-1]) is picture_of(whole + b"\0") is picture_of(b"") is None


@given(head=binary(max_size=54), rest=binary(max_size=200))
@settings(max_examples=60)
def test_no_bytes_break_what_looks_at_a_picture(head: bytes, rest: bytes) -> None:
    whole = as_bmp(drawn_photo())
    for bmp in (head + rest, head + whole[len(head) :], whole[: BMP_LENGTH - len(rest)] + rest):
        picture = picture_of(bmp)
        assert picture is None or drawn(picture).size == (102, 126)
