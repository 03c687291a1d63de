"""A keyboard that presses keys on a screen, as a person's would, and counts them."""

import subprocess
from collections.abc import Mapping

from client.errors import DeviceError, DeviceState, Fault
from client.text import tr

KEYBOARD_NAME = tr("虚拟键盘")
NO_KEYBOARD = Fault(
    "DEV-402", tr("{device}不能使用（{reason}）"), tr("请安装 .ci/packages 中列出的软件包（xvfb、openbox、xdotool）")
)
PAUSE = "4"  # milliseconds between two keys
_NAMES = {"Enter": "Return", "Del": "Delete", "Esc": "Escape", "Ctrl": "ctrl", "Shift": "shift", "Tab": "Tab"}


class Keyboard:
    """Presses keys in the window that has the focus. `pressed` counts keys; a Chinese character counts as one.

    (An input method takes two to six keys for one; what it would add depends on the clerk, so it is not reckoned.)
    """

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = environment
        self.pressed = 0

    def press(self, *keys: str) -> None:
        """Press keys one after the other, named as in the map of keys: F2, Ctrl+N, Enter."""
        self._do("key", "--clearmodifiers", "--delay", PAUSE, *(_x_name(key) for key in keys))
        self.pressed += len(keys)

    def type(self, text: str) -> None:
        """Type text as it is."""
        if text:
            self._do("type", "--clearmodifiers", "--delay", PAUSE, "--", text)
            self.pressed += len(text)

    def _do(self, *words: str) -> None:
        try:
            subprocess.run(["xdotool", *words], env=self._environment, check=True, capture_output=True, timeout=60)  # noqa: S603, S607 - a system's program by its name
        except (OSError, subprocess.SubprocessError) as error:
            raise DeviceError(
                DeviceState.UNSUPPORTED, NO_KEYBOARD, device=KEYBOARD_NAME, reason=type(error).__name__
            ) from error


def _x_name(key: str) -> str:
    return "+".join(_NAMES.get(part, part) for part in key.split("+"))
