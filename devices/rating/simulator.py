"""A rating box on a pseudo terminal: it is invited, and somebody presses a key, or the cable is pulled."""

import random
import time
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from client.ports.rating import Grade
from devices.rating import faults
from devices.rating.frames import Dialect
from devices.rating.simulated import NAME
from devices.terminal import Terminal

_PAUSE = 0.005  # seconds between the pieces of a slow answer


class How(StrEnum):
    """How a key reaches the window."""

    WHOLE = "whole"
    SLOW = "slow"  # byte by byte
    NOISE = "noise"  # noise, then the key
    TWICE = "twice"  # and then another key: the first one counts
    GARBAGE = "garbage"  # noise and nothing else
    CUT = "cut"  # half of the frame
    SILENT = "silent"
    UNPLUG = "unplug"  # the cable is pulled before the key


@dataclass(frozen=True, slots=True)
class Press:
    """What happens at an invitation."""

    grade: Grade
    how: How = How.WHOLE


class Simulator(Terminal):
    """A box at `port`, in a thread of its own from enter to exit. `presses` come one an invitation, then none."""

    def __init__(self, dialect: Dialect, presses: Iterable[Press] = ()) -> None:
        super().__init__(NAME, faults.NO_TERMINALS, self._hear)
        self.heard = b""  # what the window has written
        self._dialect = dialect
        self._frames = {grade: frame for frame, grade in dialect.grades.items()}
        self._presses = iter(presses)

    def press(self, grade: Grade) -> None:
        """Press a key nobody asked for."""
        self.write(self._frames[grade])

    def _hear(self, got: bytes) -> None:
        self.heard += got
        if self._dialect.invite in got:
            self._answer(next(self._presses, None))

    def _answer(self, press: Press | None) -> None:
        if press is None:
            return
        if press.how is How.UNPLUG:
            self.unplug()
            return
        for piece in self._pieces(press):
            self.write(piece)
            time.sleep(_PAUSE)

    def _pieces(self, press: Press) -> Iterable[bytes]:
        frame = self._frames[press.grade]
        others = (other for grade, other in self._frames.items() if grade is not press.grade)
        noise = bytes(random.Random(0).choices(range(0x80, 0xA0), k=40))  # noqa: S311 - noise, the same at every run
        pieces = {
            How.SLOW: [frame[at : at + 1] for at in range(len(frame))],
            How.NOISE: [noise, frame],
            How.TWICE: [frame + next(others)],
            How.GARBAGE: [noise],
            How.CUT: [frame[: len(frame) // 2]],
            How.SILENT: [],
        }
        return pieces.get(press.how, [frame])
