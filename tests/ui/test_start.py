"""The words that open the window."""

import pytest

from ui.start import size_of


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("1366x768", (1366, 768)),
        ("1366", None),
        ("x768", None),
        ("1366x768x24", None),
        ("-1366x768", None),
        ("²x3", None),
        ("99999999999x1", None),
    ],
)
def test_a_size_is_two_numbers_a_screen_can_have(text: str, size: tuple[int, int] | None) -> None:
    assert size_of(text) == size
