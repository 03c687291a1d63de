"""A keyboard that knows when each key was pressed, and presses none once the window is dead."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from client.demo.keyboard import Keyboard

PACE = 0.06  # seconds between two characters of somebody who types well


class WindowDied(Exception):  # noqa: N818 - what these attacks wait for, no error
    """There is nobody left to press a key for."""


@dataclass(frozen=True, slots=True)
class Stroke:
    """One key or character; the screen had it at some instant from `began` to `ended`."""

    key: str
    began: float
    ended: float
    typed: bool  # a character, no key with a name


class TimedKeyboard(Keyboard):
    """Types at a person's pace while `slow`, else as fast as the demo does."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        super().__init__(environment)
        self.strokes: list[Stroke] = []
        self.slow = False
        self.alive: Callable[[], bool] = lambda: True

    def press(self, *keys: str) -> None:
        for key in keys:
            self._note(key, super().press, typed=False)

    def type(self, text: str) -> None:
        if not self.slow:
            self._note(text, super().type, typed=True)
            return
        for letter in text:
            self._note(letter, super().type, typed=True)
            time.sleep(PACE)

    def _note(self, keys: str, do: Callable[[str], None], *, typed: bool) -> None:
        if not self.alive():
            raise WindowDied
        began = time.monotonic()
        do(keys)
        ended = time.monotonic()
        self.strokes += [Stroke(key, began, ended, typed) for key in (keys if typed else [keys])]
