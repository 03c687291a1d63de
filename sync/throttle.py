"""How fast bytes go up: a hall's line is also its telephones', and policy may leave sending only a part of it."""

import io
import time
from collections.abc import Callable
from threading import Lock

AT_ONCE = 0.25  # seconds' worth that may go at once after a silence

Clock = Callable[[], float]
"""Seconds that only grow, e.g. `time.monotonic`."""


class Throttle:
    """A bucket of bytes that all who send share, filled at `rate` bytes a second; None: as fast as the line is."""

    def __init__(
        self, rate: int | None = None, *, clock: Clock = time.monotonic, rest: Callable[[float], object] = time.sleep
    ) -> None:
        self._rate = rate
        self._clock = clock
        self._rest = rest
        self._lock = Lock()
        self._free_at = clock()

    def take(self, size: int) -> None:
        """Wait until so many bytes may go; whoever comes later waits behind."""
        if self._rate is None:
            return
        with self._lock:
            now = self._clock()
            self._free_at = max(self._free_at, now - AT_ONCE) + size / self._rate
            pause = self._free_at - now
        if pause > 0:
            self._rest(pause)


UNLIMITED = Throttle()


class Body(io.BytesIO):
    """The body of a request, taken in small pieces: each has the socket's patience, and its turn at the throttle."""

    def __init__(self, content: bytes, throttle: Throttle = UNLIMITED) -> None:
        super().__init__(content)
        self._throttle = throttle

    def read(self, size: int | None = -1) -> bytes:
        piece = super().read(size)
        self._throttle.take(len(piece))
        return piece
