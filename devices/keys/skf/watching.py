"""Tells, again and again, which keys are plugged in behind a library. Standard library alone.

A wait for an event wakes it where the library can wait; that is not relied upon, and what it tells is always asked for.
"""

import threading
import time
from collections.abc import Callable, Mapping

from devices.keys.skf.library import SarError, Skf

HEARTBEAT = 2.0  # seconds after which it says the same again, so that its silence is heard

_LOOK = 0.5  # seconds between two looks where nothing wakes it
_CALM = 0.05  # seconds after an event: a library that sees events for ever may not keep the processor


class Watching:
    """`say` is given one line's words each time. Without `events` it looks by the clock alone."""

    def __init__(self, skf: Skf, say: Callable[[Mapping[str, object]], None], *, events: bool) -> None:
        self._skf = skf
        self._say = say
        self._woken = threading.Event()
        self._events = events

    def start(self) -> None:
        """In threads of their own, which end with the process."""
        if self._events:
            threading.Thread(target=self._wait, name="events", daemon=True).start()
        threading.Thread(target=self._tell, name="present", daemon=True).start()

    def close(self) -> None:
        if self._events:
            self._skf.cancel_wait()

    def _wait(self) -> None:
        while self._skf.wait_for_event():
            time.sleep(_CALM)
            self._woken.set()  # what comes in between is seen by the same look
        self._events = False  # it cannot, or was told to stop

    def _tell(self) -> None:
        told: Mapping[str, object] = {}
        told_at = 0.0
        while True:
            seen = self._look()
            if seen != told or time.monotonic() - told_at >= HEARTBEAT:
                self._say(seen)
                told, told_at = seen, time.monotonic()
            self._woken.wait(HEARTBEAT if self._events else _LOOK)
            self._woken.clear()

    def _look(self) -> Mapping[str, object]:
        try:
            return {"devices": [name.hex() for name in self._skf.devices()]}
        except SarError as error:
            return {"step": error.step, "status": error.status}
