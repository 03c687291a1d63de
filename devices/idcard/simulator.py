"""An ID-card reader for training, demo and tests: speaks the exact frames on a pseudo terminal.

Pseudo terminals are a thing of POSIX: on other systems the module imports, and starting it says so.
"""

import os
import select
import threading
import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from itertools import cycle
from types import TracebackType
from typing import Self

from client.errors import DeviceError, DeviceState, Fault
from client.text import tr
from devices.idcard.cards import SampleCard
from devices.idcard.frames import SAM, Dialect, cut
from devices.idcard.simulated_sam import Answer, Failure, SimulatedSam

NO_TERMINALS = Fault(
    "DEV-121",
    tr("本系统不能运行{device}"),
    tr("模拟身份证阅读器只能在Linux上运行；本机请连接真实的阅读器，或按Ctrl+F2手工录入"),
)
SIMULATOR_NAME = tr("模拟身份证阅读器")

_PIECE = 64  # bytes at a time of a slow answer
_PAUSE = 0.005  # seconds between them


class Simulator:
    """A reader on a pseudo terminal at `port`, in a thread of its own from enter to exit.

    With `returns_after` (seconds) somebody lifts the card after each reading and puts it back, so that it can
    be read again and again; without it a card that was read stays until `place` is called. With `others` it is
    somebody else each time who puts a card down. With `rate` it hears nothing at another speed.
    """

    def __init__(
        self,
        card: SampleCard | None,
        failures: Iterable[Failure] = (),
        *,
        returns_after: float | None = None,
        others: Sequence[SampleCard] = (),
        rate: int | None = None,
        dialect: Dialect = SAM,
        sends_prints: bool = False,
    ) -> None:
        self.port = ""
        self._rate = rate
        self._sam = SimulatedSam(card, tuple(failures), dialect, sends_prints=sends_prints)
        self._returns_after = returns_after
        self._people = cycle([*others, card])
        self._read_at: float | None = None
        self._lock = threading.Lock()
        self._ends: tuple[int, ...] = ()
        self._stop: tuple[int, int] = (-1, -1)
        self._thread = threading.Thread(target=self._serve, name="id card simulator")

    def __enter__(self) -> Self:
        try:
            import pty  # noqa: PLC0415 - POSIX only
            import tty  # noqa: PLC0415 - POSIX only
        except ImportError as error:
            raise DeviceError(DeviceState.UNSUPPORTED, NO_TERMINALS, device=SIMULATOR_NAME) from error
        ours, theirs = pty.openpty()
        tty.setraw(theirs)
        os.set_blocking(ours, False)
        # Our hold on their end keeps the line up while no program has it open.
        self._ends = (ours, theirs)
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

    def place(self, card: SampleCard | None) -> None:
        """Put a card into the field; None lifts the one that is there."""
        with self._lock:
            self._sam.place(card)
            self._read_at = None

    def _serve(self) -> None:
        stream = b""
        while self._ends:
            ready, _, _ = select.select([self._ends[0], self._stop[0]], [], [])
            if self._stop[0] in ready:
                return
            got = os.read(self._ends[0], 4096)
            found = cut(stream + (got if self._is_at_its_speed() else b""))
            while found.payload is not None and self._ends:
                self._send(self._answer(found.payload))
                found = cut(found.rest)
            stream = found.rest

    def _is_at_its_speed(self) -> bool:
        if self._rate is None:
            return True
        import termios  # noqa: PLC0415 - POSIX only

        speed = termios.tcgetattr(self._ends[1])[5]
        return bool(speed == getattr(termios, f"B{self._rate}"))

    def _answer(self, command: bytes) -> Answer:
        with self._lock:
            self._put_back()
            answer = self._sam.answer(command)
            if self._sam.was_read and self._read_at is None:
                self._read_at = time.monotonic()
            return answer

    def _put_back(self) -> None:
        if self._returns_after is None or self._read_at is None:
            return
        if time.monotonic() - self._read_at >= self._returns_after:
            self._sam.place(next(self._people))
            self._read_at = None

    def _send(self, answer: Answer) -> None:
        if answer.is_unplugged:
            self._unplug()
            return
        size = _PIECE if answer.is_slow else len(answer.data) or 1
        for start in range(0, len(answer.data), size):
            with suppress(BlockingIOError):  # nobody reads: what a line without listener would lose
                os.write(self._ends[0], answer.data[start : start + size])
            if answer.is_slow:
                time.sleep(_PAUSE)

    def _unplug(self) -> None:
        ends, self._ends = self._ends, ()
        for end in ends:
            os.close(end)
