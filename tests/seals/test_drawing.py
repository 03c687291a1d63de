"""The picture of a training seal: the letters of a long name stand apart."""

from io import BytesIO
from math import cos, radians, sin

import pytest
from PIL import Image

from tests.seals.drawing import DPI, WIDTH_MM, letter_size, seal_picture, step_of

DOTS = DPI / 25.4


@pytest.mark.parametrize("count", [8, 14, 20, 26, 30, 34])
def test_between_two_letters_of_the_ring_nothing_is_red(count: int) -> None:
    ink = Image.open(BytesIO(seal_picture("国" * count, "专用章", "训练用"))).convert("RGBA").getchannel("A")
    height, _ = letter_size(count)
    for place in range(count):
        on = _most(ink, (place - (count - 1) / 2) * step_of(count), height)
        behind = _most(ink, (place - count / 2) * step_of(count), height)
        assert (on > 200, behind < 60) == (True, True), place


def test_a_long_name_is_narrower_first_and_then_smaller() -> None:
    sizes = [letter_size(count) for count in range(1, 41)]
    assert sizes[:10] == [(4.6, 4.6)] * 10
    assert [height for height, _ in sizes] == sorted((height for height, _ in sizes), reverse=True)
    assert {height for height, _ in sizes[:20]} == {4.6}
    assert all(width >= 0.54 * height for height, width in sizes)
    assert sizes[29][0] > 3, "30 letters are still read"


def _most(ink: Image.Image, degrees: float, height: float) -> int:
    """How red it is at most along the line from the letters' feet to their heads."""
    steps = [17.5 - height + height * step / 40 for step in range(4, 37)]
    middle, at = WIDTH_MM / 2, radians(degrees)
    dots = [((middle + radius * sin(at)) * DOTS, (middle - radius * cos(at)) * DOTS) for radius in steps]
    return max(int(ink.getpixel((round(x), round(y)))) for x, y in dots)  # type: ignore[arg-type] # of one channel
