"""A keyboard that presses keys on a screen, as a person's would, and counts them."""

import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence

from client.errors import DeviceError, DeviceState, Fault
from client.text import tr

KEYBOARD_NAME = tr("虚拟键盘")
NO_KEYBOARD = Fault(
    "DEV-402", tr("{device}不能使用（{reason}）"), tr("请安装 .ci/packages 中列出的软件包（xvfb、openbox、xdotool）")
)
PAUSE = "4"  # milliseconds between two keys
_SPARE = range(150, 251)  # keycodes of keys no clerk has: for music, for mail
_NAMES = {
    "Enter": "Return",
    "Del": "Delete",
    "Esc": "Escape",
    "Ctrl": "ctrl",
    "Shift": "shift",
    "PgUp": "Prior",
    "PgDown": "Next",
    "Space": "space",
}


class Keyboard:
    """Presses keys in the window that has the focus. `pressed` counts keys; a Chinese character counts as one.

    (An input method takes two to six keys for one; what it would add depends on the clerk, so it is not reckoned.)
    """

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = environment
        self.pressed = 0

    def learn(self, words: Iterable[str]) -> None:
        """Put every character of `words` that no key has on a key of its own, before the window opens.

        xdotool would put it there while it types, and take it away again: a window that looks a moment later reads
        another character.
        """
        letters = sorted({letter for word in words for letter in word if not letter.isascii()})
        self.press("Shift")  # the map is that of the keyboard that was used last: this one
        self.pressed = 0
        orders = [
            f"keycode {code} = " + " ".join(f"U{ord(letter):04X}" for letter in pair)
            for code, pair in zip(_SPARE, batched(letters), strict=False)
        ]
        self._run("xmodmap", "-", told="\n".join(orders))

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
        self._run("xdotool", *words)

    def _run(self, *command: str, told: str = "") -> None:
        try:
            subprocess.run(  # noqa: S603 - a system's program by its name
                command, env=self._environment, check=True, capture_output=True, timeout=60, input=told, text=True
            )
        except (OSError, subprocess.SubprocessError) as error:
            raise DeviceError(
                DeviceState.UNSUPPORTED, NO_KEYBOARD, device=KEYBOARD_NAME, reason=type(error).__name__
            ) from error


def batched(letters: Sequence[str]) -> Iterator[Sequence[str]]:
    """Two to a key: without and with Shift."""
    return (letters[place : place + 2] for place in range(0, len(letters), 2))


def _x_name(key: str) -> str:
    return "+".join(_NAMES.get(part, part.lower() if len(part) == 1 else part) for part in key.split("+"))
