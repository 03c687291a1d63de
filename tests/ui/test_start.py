"""The words that open the window."""

from collections.abc import Mapping

import pytest

from client.errors import DeviceError
from ui.door import WindowDoor
from ui.start import Asked, has_screen, size_of, start


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


@pytest.mark.parametrize(
    ("system", "environment", "can_show"),
    [
        ("linux", {"DISPLAY": ":0"}, True),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
        ("linux", {"QT_QPA_PLATFORM": "offscreen"}, True),
        ("linux", {"DISPLAY": ""}, False),
        ("linux", {}, False),
        ("win32", {}, True),
    ],
)
def test_a_window_needs_a_screen(system: str, environment: Mapping[str, str], *, can_show: bool) -> None:
    assert has_screen(system, environment) is can_show


def test_without_a_screen_that_is_said_before_anything_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    class NoDoors:
        def window(self, profile: str) -> WindowDoor:
            raise AssertionError(profile)

    monkeypatch.setattr("ui.start.has_screen", lambda *_: False)
    with pytest.raises(DeviceError, match="DEV-403"):
        start(NoDoors(), Asked())
