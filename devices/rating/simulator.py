"""A rating box on a pseudo terminal: it is invited, and somebody presses a key, or the cable is pulled.

Pseudo terminals are a thing of POSIX: on other systems the module imports, and starting it says so.
"""

import os
import random
import select
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from types import TracebackType
from typing import Self

from client.errors import DeviceError, DeviceState
from client.ports.rating import Grade
from devices.rating import faults
from devices.rating.frames import Dialect
from devices.rating.simulated import NAME

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


class Simulator:
    """A box at `port`, in a thread of its own from enter to exit. `presses` come one an invitation, then none."""

    def __init__(self, dialect: Dialect, presses: Iterable[Press] = ()) -> None:
        self.port = ""
        self.heard = b""  # what the window has written
        self._dialect = dialect
        self._frames = {grade: frame for frame, grade in dialect.grades.items()}
        self._presses = iter(presses)
        self._ends: tuple[int, ...] = ()
        self._stop: tuple[int, int] = (-1, -1)
        self._thread = threading.Thread(target=self._serve, name="rating simulator")

    def __enter__(self) -> Self:
        try:
            import pty  # noqa: PLC0415 - POSIX only
            import tty  # noqa: PLC0415 - POSIX only
        except ImportError as error:
            raise DeviceError(DeviceState.UNSUPPORTED, faults.NO_TERMINALS, device=NAME) from error
        ours, theirs = pty.openpty()
        tty.setraw(theirs)
        self._ends = (ours, theirs)  # our hold on their end keeps the line up while no program has it open
        self.port = os.ttyname(theirs)
        self._stop = os.pipe()
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        os.close(self._stop[1])
        self._thread.join()
        os.close(self._stop[0])
        self._unplug()

    def press(self, grade: Grade) -> None:
        """Press a key nobody asked for."""
        os.write(self._ends[0], self._frames[grade])

    def _serve(self) -> None:
        while self._ends:
            ready, _, _ = select.select([self._ends[0], self._stop[0]], [], [])
            if self._stop[0] in ready:
                return
            got = os.read(self._ends[0], 4096)
            self.heard += got
            if self._dialect.invite in got:
                self._answer(next(self._presses, None))

    def _answer(self, press: Press | None) -> None:
        if press is None:
            return
        if press.how is How.UNPLUG:
            self._unplug()
            return
        for piece in self._pieces(press):
            os.write(self._ends[0], piece)
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

    def _unplug(self) -> None:
        ends, self._ends = self._ends, ()
        for end in ends:
            os.close(end)
