"""`yichuang run` in plain words: the command line's library takes as long to load as the window takes to appear.

What is not plain (help, a mistake) is left to it.
"""

import os
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from client.errors import DeviceError, DeviceState, Fault
from client.places import DEFAULT_PROFILE
from client.text import tr
from ui.theme.tokens import Theme

if TYPE_CHECKING:
    from ui.door import WindowDoor


SIZE = re.compile("([0-9]{1,5})x([0-9]{1,5})")  # more pixels than that no screen has, and Qt cannot count them
SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")  # any of them tells Qt where to show the window
NO_DISPLAY = Fault(
    "DEV-403",
    tr("没有{device}，窗口不能打开"),
    tr("请在桌面环境中打开；没有显示器时，可用 yichuang demo 在虚拟屏幕上演示"),
)


class Doors(Protocol):
    """What the front door hands in."""

    def window(self, profile: str) -> "WindowDoor": ...


@dataclass(frozen=True)
class Asked:
    """How the window is to open; what is None is as the settings say."""

    profile: str = DEFAULT_PROFILE
    theme: Theme | None = None
    large: bool = False
    size: tuple[int, int] | None = None  # None: the whole screen
    narrate: Path | None = None


def asked_plainly(words: Sequence[str]) -> Asked | None:
    """What these words ask for; None where they are not plain."""
    pairs = dict(zip(words[::2], words[1::2], strict=False))
    if len(words) % 2 or set(pairs) - {"--profile", "--size", "--narrate"} or len(pairs) * 2 != len(words):
        return None
    size = size_of(pairs["--size"]) if "--size" in pairs else None
    if "--size" in pairs and size is None:
        return None
    narrate = Path(pairs["--narrate"]) if "--narrate" in pairs else None
    return Asked(pairs.get("--profile", DEFAULT_PROFILE), size=size, narrate=narrate)


def size_of(text: str) -> tuple[int, int] | None:
    """1366x768; None where it is none."""
    found = SIZE.fullmatch(text)
    return (int(found[1]), int(found[2])) if found else None


def has_screen(system: str, environment: Mapping[str, str]) -> bool:
    """Whether a window can be shown, as far as one sees without asking: only Linux has systems without a screen."""
    return system != "linux" or any(environment.get(name) for name in SCREENS)


def start(doors: Doors, asked: Asked) -> int:
    """Open the window and run it until it is closed; the exit status. Raises DeviceError where there is no screen."""
    if not has_screen(sys.platform, os.environ):  # Qt would end the process with a word about its plugins
        raise DeviceError(DeviceState.ABSENT, NO_DISPLAY, device=tr("显示器"))
    from ui.app import Looks, open_window  # noqa: PLC0415 - Qt loads only where there is a window

    window = doors.window(asked.profile)
    usual = window.looks()
    known = usual.theme if usual.theme in set(Theme) else Theme.LIGHT  # a wrong one is told when the house opens
    looks = Looks(asked.theme or Theme(known), asked.large or usual.large_type, asked.size, asked.narrate, usual.keys)
    return open_window(window, looks)
