"""Knows at any moment in which readers a card is: one thread that waits for PC/SC to tell, and outlives its service."""

import threading
from dataclasses import dataclass
from typing import Final

from devices.keys.pcsc.service import (
    CANCELLED,
    NOTIFICATION,
    TIMED_OUT,
    UNKNOWN_READER,
    Service,
    ServiceError,
    reader_state,
)
from devices.keys.pcsc.troubles import CardError

_WAIT = 10_000  # milliseconds after which it asks anew, should a change have been missed
_PAUSE: Final = 1.0  # seconds before PC/SC is looked for again
_TURN = 0.05  # seconds between two attempts to end a wait
_LEAVE = 2.0  # seconds it has to end; a service that is stuck may hold it


@dataclass(frozen=True, slots=True)
class Seen:
    """Readers with a card, each with the count of cards it has seen; and why nobody knows, where that is so."""

    cards: frozenset[tuple[str, int]] = frozenset()
    trouble: CardError | None = None


class Monitor:
    """Begins at the first look, in a thread of its own. `None` until it has seen something."""

    def __init__(self) -> None:
        self._seen: Seen | None = None
        self._watch: _Watch | None = None
        self._beginning = threading.Lock()

    def look(self) -> Seen | None:
        """At once, from any thread."""
        with self._beginning:
            if self._watch is None:
                self._watch = _Watch()
                self._watch.start()
            return self._watch.seen

    def close(self) -> None:
        """End it; a later look begins anew."""
        with self._beginning:
            watch, self._watch = self._watch, None
        if watch is not None:
            watch.end()


class _Watch(threading.Thread):
    """One run of the monitor, from its start to its end."""

    def __init__(self) -> None:
        super().__init__(name="key monitor", daemon=True)
        self.seen: Seen | None = None
        self._enough = threading.Event()
        self._service: Service | None = None

    def run(self) -> None:
        while not self._enough.is_set():
            try:
                self._watch()
            except ServiceError as error:
                if error.status != CANCELLED:
                    self.seen = Seen(trouble=error.as_card_error())
                    self._enough.wait(_PAUSE)

    def end(self) -> None:
        """A cancellation that comes before the wait is lost, so that it is said until it is heard."""
        self._enough.set()
        telling: threading.Thread | None = None
        for _ in range(int(_LEAVE / _TURN)):
            service = self._service
            if service is not None and (telling is None or not telling.is_alive()):
                # In a thread of its own: a service that was stopped holds whoever tells it to end a wait.
                telling = threading.Thread(target=service.cancel, name="key monitor's end", daemon=True)
                telling.start()
            self.join(_TURN)
            if not self.is_alive():
                return

    def _watch(self) -> None:
        """With one context, while it lasts. Raises ServiceError."""
        self._service = service = Service()
        known: dict[str, int] = {}
        try:
            while not self._enough.is_set():
                known = {name: known.get(name, 0) for name in (*service.readers(), NOTIFICATION)}
                known = self._changed(service, known)
        finally:
            self._service = None
            service.close()

    def _changed(self, service: Service, known: dict[str, int]) -> dict[str, int]:
        try:
            states = service.states(known, _WAIT)
        except ServiceError as error:
            if error.status not in (TIMED_OUT, UNKNOWN_READER):  # one went between the two questions
                raise
            return known if error.status == TIMED_OUT else {}
        readers = [reader_state(name, state) for name, state in states.items() if name != NOTIFICATION]
        self.seen = Seen(frozenset((each.name, each.count) for each in readers if each.has_card))
        return states
