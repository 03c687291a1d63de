"""An ID-card reader for training, demo and tests: speaks the exact frames on a pseudo terminal."""

import threading
import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from itertools import cycle

from client.errors import Fault
from client.text import tr
from devices.idcard.cards import SampleCard
from devices.idcard.frames import SAM, Dialect, cut
from devices.idcard.simulated_sam import Answer, Failure, SimulatedSam
from devices.terminal import Terminal

NO_TERMINALS = Fault(
    "DEV-121",
    tr("本系统不能运行{device}"),
    tr("模拟身份证阅读器只能在Linux上运行；本机请连接真实的阅读器，或按Ctrl+F2手工录入"),
)
SIMULATOR_NAME = tr("模拟身份证阅读器")

_PIECE = 64  # bytes at a time of a slow answer
_PAUSE = 0.005  # seconds between them


class Simulator(Terminal):
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
        super().__init__(SIMULATOR_NAME, NO_TERMINALS, self._hear)
        self._rate = rate
        self._stream = b""
        self._sam = SimulatedSam(card, tuple(failures), dialect, sends_prints=sends_prints)
        self._returns_after = returns_after
        self._people = cycle([*others, card])
        self._read_at: float | None = None
        self._lock = threading.Lock()

    def place(self, card: SampleCard | None) -> None:
        """Put a card into the field; None lifts the one that is there."""
        with self._lock:
            self._sam.place(card)
            self._read_at = None

    def _hear(self, got: bytes) -> None:
        found = cut(self._stream + (got if self._is_at_its_speed() else b""))
        while found.payload is not None and self.is_plugged_in:
            self._send(self._answer(found.payload))
            found = cut(found.rest)
        self._stream = found.rest

    def _is_at_its_speed(self) -> bool:
        if self._rate is None:
            return True
        import termios  # noqa: PLC0415 - POSIX only

        return bool(self.speed == getattr(termios, f"B{self._rate}"))

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
            self.unplug()
            return
        size = _PIECE if answer.is_slow else len(answer.data) or 1
        for start in range(0, len(answer.data), size):
            with suppress(BlockingIOError):  # nobody reads: what a line without listener would lose
                self.write(answer.data[start : start + size])
            if answer.is_slow:
                time.sleep(_PAUSE)
