"""Knows at any moment which keys are plugged in: a child of its own tells, so that a wait holds up no signature."""

import json
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass

from client.errors import DeviceError, DeviceState
from devices.keys.key_child import Terms
from devices.keys.skf.key_child import Answer, supervised
from devices.keys.skf.watching import HEARTBEAT

_TURN = 0.2  # seconds after which it is looked whether to end
_PATIENCE = 2 * HEARTBEAT + 1.0
_PAUSE = 2.0  # seconds after a trouble
_KEPT = 10.0  # seconds for which a child that fell over does not mean that a key was pulled out
_JOB = 1


@dataclass(frozen=True, slots=True)
class Seen:
    """Names of the keys that are plugged in, as last told; and why nobody knows, where that is so."""

    devices: frozenset[str] = frozenset()
    trouble: DeviceError | None = None


class Watch:
    """Begins at the first look, in a thread of its own. `None` until it has seen something."""

    def __init__(self, name: str, driver: Mapping[str, object], terms: Terms) -> None:
        self._name = name
        self._driver = dict(driver)
        self._terms = terms
        self._children = supervised(name, "key watch", terms)
        self._events = True
        self._asked_in: int | None = None
        self._seen: Seen | None = None
        self._told_at = 0.0
        self._patience = terms.asking
        self._sighted = threading.Event()
        self._enough = threading.Event()
        self._thread: threading.Thread | None = None
        self._beginning = threading.Lock()

    def look(self, wait: float = 0.0) -> Seen | None:
        """At once, from any thread; the very first one waits so many seconds for something to be seen."""
        with self._beginning:
            if self._thread is None:
                self._enough.clear()
                self._thread = threading.Thread(target=self._watch, name="key watch", daemon=True)
                self._thread.start()
        self._sighted.wait(wait)
        return self._seen

    def close(self) -> None:
        """End it; a later look begins anew."""
        with self._beginning:
            thread, self._thread = self._thread, None
            self._enough.set()
        if thread is not None:
            thread.join()
        self._seen = None
        self._sighted.clear()

    def _watch(self) -> None:
        while not self._enough.is_set():
            try:
                self._hear()
            except DeviceError as error:
                self._forget_in_time(error)
                if self._events and error.state is DeviceState.TIMED_OUT:
                    self._events = False  # a library that lets nobody in while it waits for an event
                else:
                    self._enough.wait(_PAUSE)
        self._asked_in = None
        self._children.stop()

    def _hear(self) -> None:
        """One line, or none for a while. Raises DeviceError."""
        with self._children.watched() as child:
            if self._asked_in != child.pid:
                question = {**self._driver, "do": "watch", "events": self._events, "job": _JOB}
                child.ask(json.dumps(question).encode() + b"\n")
                self._asked_in, self._patience = child.pid, self._terms.asking
            heard = child.answer(_JOB, _TURN, self._patience)
            if heard is not None:
                self._learn(heard[0])
        if heard is not None:
            self._children.freshen()

    def _learn(self, answer: Answer) -> None:
        self._patience = min(self._terms.asking, _PATIENCE)
        if (failure := answer.failure(self._name)) is not None:
            self._asked_in = None
            raise failure
        self._told_at = time.monotonic()
        self._see(Seen(frozenset(answer.devices)))

    def _forget_in_time(self, trouble: DeviceError) -> None:
        devices = self._seen.devices if self._seen is not None else frozenset()
        self._see(Seen(devices if time.monotonic() - self._told_at < _KEPT else frozenset(), trouble))

    def _see(self, seen: Seen) -> None:
        self._seen = seen
        self._sighted.set()
