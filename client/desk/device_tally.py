"""What became of the devices' work at this window: counted as it happens, kept now and then."""

import threading
import time
from collections.abc import Callable
from datetime import datetime

import structlog

from client.errors import StoreError
from client.ports.clock import Clock
from client.ports.devices import Record
from client.ports.readiness import Device
from client.store import devices as store
from client.store.devices import Whose
from client.store.memory import Memory

log = structlog.get_logger(__name__)

KEPT_EVERY = 60.0  # seconds: a card that is read costs no commit of its own


class Tally:
    """Counts of any thread. What the last minute counted is written by the next use of any device, or by `keep`."""

    def __init__(self, memory: Memory, clock: Clock) -> None:
        self._memory = memory
        self._clock = clock
        self._lock = threading.Lock()
        here = clock().tzinfo
        with memory.read() as connection:
            self._records = {whose: record.in_zone(here) for whose, record in store.kept(connection).items()}
        self._changed: set[Whose] = set()
        self._kept_at = time.monotonic()

    def now(self) -> datetime:
        """The time at this window."""
        return self._clock()

    def record(self, device: Device, address: str) -> Record:
        """What became of that device so far; harmless on any thread."""
        return self._records.get((device, address), Record())

    def good(self, whose: Whose) -> None:
        self._count(whose, lambda record, now: record.with_good(now))

    def failed(self, whose: Whose, how: str, code: str = "") -> None:
        self._count(whose, lambda record, now: record.with_failed(how, code, now))

    def keep(self) -> None:
        """Write what was counted since; does nothing where nothing was. Raises StoreError."""
        with self._lock:
            changed = {whose: self._records[whose] for whose in self._changed}
            self._changed = set()
            self._kept_at = time.monotonic()
        if not changed:
            return
        try:
            with self._memory.begin() as connection:
                store.keep(connection, changed)
        except StoreError:
            with self._lock:
                self._changed |= set(changed)
            raise

    def _count(self, whose: Whose, counted: Callable[[Record, datetime], Record]) -> None:
        with self._lock:
            self._records[whose] = counted(self._records.get(whose, Record()), self._clock())
            self._changed.add(whose)
            is_due = time.monotonic() - self._kept_at >= KEPT_EVERY
        if not is_due:
            return
        try:
            self.keep()
        except StoreError as error:  # a card was read all the same; its count waits for the next one
            log.warning("counts of devices not kept", code=error.code)
