"""Watches over a child: starts it when it is wanted, tells its end as ours, lets it rest, replaces one that grew."""

import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from random import random
from typing import Generic

import structlog

from client.errors import DeviceError, DeviceState, Fault
from devices.children.answers import A, GarbledError
from devices.children.process import ChildProcess, EndedError, SilentError

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class ChildFaults:
    """How a kind of device says what became of its child; `resting` has a place for `seconds`."""

    ended: Fault
    garbled: Fault
    silent: Fault
    resting: Fault


@dataclass(frozen=True, slots=True)
class Limits:
    """How often a child may be lost, and how big it may grow."""

    free: int = 1  # losses in a row: a first crash may be chance, the next job starts another child at once
    losses: int = 3  # so many in `within` seconds, whatever went well between, are too many
    within: float = 60.0
    rest: float = 30.0  # seconds after too many
    memory: int = 1 << 30  # bytes, when nothing is asked of it


class Supervised(Generic[A]):
    """The child of one device; one thread at a time, but for `kill`.

    `words` name it in the log (English). A child that was lost is started anew by the next job: at once, then after
    a chance part of a time that doubles, and after too many losses not before a rest that the person is told of.
    """

    def __init__(
        self,
        device: str,
        words: str,
        command: Sequence[str],
        parse: Callable[[bytes], A],
        faults: ChildFaults,
        limits: Limits | None = None,
    ) -> None:
        self._device, self._words = device, words
        self._command, self._parse = tuple(command), parse
        self._faults = faults
        self._limits = limits or Limits()
        self._child: ChildProcess[A] | None = None
        self._lately: deque[float] = deque(maxlen=self._limits.losses)
        self._in_a_row = 0
        self._rested_at = 0.0

    @property
    def process_id(self) -> int | None:
        """Of the child, while one lives."""
        return self._child.pid if self._child is not None and self._child.is_alive else None

    @contextmanager
    def watched(self) -> Iterator[ChildProcess[A]]:
        """The child for one exchange: the one border where its crash, its silence or its babble is a DeviceError."""
        child = self._ready()
        faults = self._faults
        try:
            yield child
        except EndedError as error:
            self._lost("ended", status=error.status, told=error.told)
            raise self._error(DeviceState.UNREADABLE, faults.ended) from error
        except GarbledError as error:
            self._lost("garbled")
            raise self._error(DeviceState.UNREADABLE, faults.garbled) from error
        except SilentError as error:
            self._lost("silent")
            raise self._error(DeviceState.TIMED_OUT, faults.silent) from error
        except DeviceError:
            self._is_well()
            raise
        else:
            self._is_well()

    def freshen(self) -> None:
        """Let a child go that has grown too big. For between two jobs: what it holds open is closed."""
        if self._child is not None and _memory_of(self._child.pid) > self._limits.memory:
            log.info("child replaced, it had grown", of=self._words, device=self._device)
            self.stop()

    def discard(self) -> None:
        """End it without holding its end against it."""
        child, self._child = self._child, None
        if child is not None:
            child.discard()

    def stop(self) -> None:
        """Let it close its device and go."""
        child, self._child = self._child, None
        if child is not None:
            child.stop()

    def kill(self) -> None:
        """End what is on its way; whoever waits for it is told. Any thread may call this."""
        child = self._child
        if child is not None:
            child.kill()

    def _ready(self) -> ChildProcess[A]:
        if self._child is not None and not self._child.is_alive:  # it died while nobody asked anything
            self.discard()
        if self._child is None:
            left = self._rested_at - time.monotonic()
            if left > 0:
                raise self._error(DeviceState.BUSY, self._faults.resting, seconds=int(left) + 1)
            try:
                self._child = ChildProcess(self._command, self._parse)
            except OSError as error:  # no such interpreter, no memory or no room for another process
                self._lost("not started", error=str(error))
                raise self._error(DeviceState.UNREADABLE, self._faults.ended) from error
        return self._child

    def _is_well(self) -> None:
        if self._in_a_row:
            log.info("child back", of=self._words, device=self._device, lost=self._in_a_row)
        self._in_a_row = 0

    def _lost(self, how: str, **told: object) -> None:
        """Logged once until it is well again."""
        if not self._in_a_row:
            log.warning("child lost", of=self._words, how=how, device=self._device, **told)
        self.discard()
        self._in_a_row += 1
        self._lately.append(time.monotonic())
        self._rested_at = time.monotonic() + self._rest()

    def _rest(self) -> float:
        """Seconds: with full jitter, so that the windows of a hall do not start theirs in step."""
        limits = self._limits
        if len(self._lately) == limits.losses and self._lately[-1] - self._lately[0] <= limits.within:
            return limits.rest
        if self._in_a_row <= limits.free:
            return 0.0
        return random() * min(2.0 ** (self._in_a_row - limits.free - 1), limits.rest)  # noqa: S311 - chance, no secret

    def _error(self, state: DeviceState, fault: Fault, **more: object) -> DeviceError:
        return DeviceError(state, fault, device=self._device, **more)


def _memory_of(pid: int) -> int:
    """Bytes it has in memory, 0 where the system does not tell."""
    import psutil  # noqa: PLC0415 - loads when a child lives, not with the window

    try:
        return int(psutil.Process(pid).memory_info().rss)
    except psutil.Error:
        return 0
