"""Enrolling the window anew: a source of its own on the wire, so that no copy of its disk is taken for it."""

from collections.abc import Sequence

from client.desk.counter import PLATFORM, Counter
from client.ports.identity import Credentials, Unsent
from client.ports.platform import EventAnswer
from client.store import audit, identity


class StoredIdentity:
    """The desk's side of `client.ports.identity.Identity`."""

    def __init__(self, counter: Counter) -> None:
        self._counter = counter

    @property
    def window(self) -> str:
        return self._counter.settings.source_uri

    def credentials(self) -> Credentials | None:
        with self._counter.memory.read() as connection:
            return identity.kept(connection)

    def keep(self, credentials: Credentials) -> None:
        with self._counter.memory.begin() as connection:
            identity.keep(connection, credentials)
            audit.add(connection, self._counter.clock(), PLATFORM, "enrol", self.window, "done", {})

    def unsent(self) -> Sequence[Unsent]:
        with self._counter.memory.read() as connection:
            return identity.unsent(connection)

    def begin_epoch(self, known: Sequence[EventAnswer]) -> str:
        """The answers first: an acknowledged event stays under the source it was taken under."""
        counter = self._counter
        counter.memory.outbox().answered(known, counter.clock())
        with counter.memory.begin() as connection:
            source = identity.begin_epoch(connection, self.window)
            audit.add(connection, counter.clock(), PLATFORM, "begin_epoch", source, "done", {})
        return source
