"""A hall node: what it took from the windows goes on to the platform above, and what comes down is passed on.

It sends by the window's own loop, over tables of its own (`sync.hub.relayed`).
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from threading import Event as Flag
from threading import Thread

import structlog
from filelock import FileLock, Timeout
from sqlalchemy import select, update

from client.ports.clock import Clock
from client.ports.identity import Credentials
from client.ports.numbers import NumberOffice
from client.ports.outbox import Counts
from client.ports.platform import ChangeKind, DrainReport
from sync.comparing import Comparing
from sync.hub import changes
from sync.hub.node_books import NodeBooks
from sync.hub.relayed import RelayInbox, RelayOutbox
from sync.hub.shelf import Shelf
from sync.hub.store import Store
from sync.hub.tables import hub
from sync.listener import Listener
from sync.loop import IDLE_LISTENING, Loop
from sync.platform import HttpPlatform

_log = structlog.get_logger(__name__)

_TURN = 1.0  # seconds between two looks whether the process that passes on is gone
_now: Clock = partial(datetime.now, UTC)


@dataclass(frozen=True, slots=True)
class Upstream:
    """The platform above."""

    url: str
    token: str | None = None
    credentials: Credentials | None = None


class Relay:
    """Passes on from `start` to `stop`; of several processes over one store one does, and another takes over."""

    def __init__(self, store: Store, shelf: Shelf, folder: Path, upstream: Upstream) -> None:
        self.url = upstream.url
        self._store = store
        self._platform, listening = (
            HttpPlatform(upstream.url, token=upstream.token, credentials=upstream.credentials) for _ in range(2)
        )
        self._outbox, inbox = RelayOutbox(store, shelf), RelayInbox(store)
        self._comparing = Comparing(self._outbox, NodeBooks(store), self._platform, _now)
        self._loop = Loop(
            self._outbox,
            inbox,
            self._platform,
            _now,
            heard=self._hear,
            ahead=self._comparing.ahead,
            idle=IDLE_LISTENING,
        )
        self._listener = Listener(inbox, listening, self._loop.wake, self._loop.lapse)
        self.trouble: str | None = None  # why the last pass of this process came to nothing
        self._turn = FileLock(folder / "upstream.lock", mode=0o600)
        self._stopping = Flag()
        self._thread = Thread(target=self._run, name="relay", daemon=True)

    @property
    def office(self) -> NumberOffice:
        """Who keeps the series of numbers."""
        return self._platform

    def counts(self) -> Counts:
        """What has not arrived above."""
        return self._outbox.counts()

    def _hear(self, report: DrainReport) -> None:
        if report.outage != self.trouble:
            _log.info("upstream", trouble=report.outage or "")
        self.trouble = report.outage
        _tell_of_line(self._store, reached=report.outage is None)
        if report.outage is None and self._comparing.make():
            self._loop.wake()
        self._listener.heard(report)

    def start(self) -> None:
        self._thread.start()

    def wake(self) -> None:
        """There is something new to pass on."""
        self._loop.wake()

    def stop(self) -> None:
        self._stopping.set()
        self._thread.join()
        self._platform.close()

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                with self._turn.acquire(timeout=_TURN):
                    self._loop.start()
                    self._listener.start()
                    self._stopping.wait()
                    self._loop.stop()
                    self._listener.stop()
            except Timeout:
                continue
            except OSError as error:  # a full disk, say: whoever gave up here would never pass anything on again
                _log.error("turn to pass on not taken", errno=error.errno)
                self._stopping.wait(_TURN)


def _tell_of_line(store: Store, *, reached: bool) -> None:
    """The windows hear when the line to the platform above is cut, and when it is back."""
    with store.read() as connection:
        if connection.scalar(select(hub.c.upstream_reached)) == int(reached):
            return
    with store.write() as connection:
        changes.put(connection, ChangeKind.HALL_UPSTREAM, "", {"reached": reached}, _now())
        connection.execute(update(hub).values(upstream_reached=int(reached)))
