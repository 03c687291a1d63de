"""Waits at the feed, so that what happens at the platform is here at once and nobody has to ask again and again.

It only says that something has come, or that the platform went away in the waiting: the loop alone reads and applies.
"""

import time
from collections.abc import Callable
from threading import Event as Flag
from threading import Thread
from typing import Protocol

import structlog

from client.errors import PlatformError
from client.lanes import step_back
from client.ports.outbox import Inbox
from client.ports.platform import ChangePage, DrainReport

WAIT = 25.0  # seconds a platform is asked to hold its answer; below the half minute after which proxies hang up
REST = 10.0  # seconds between the beginnings of two questions that brought nothing: some platforms hold no answer
PACE = 1.0  # and of two that brought something: what comes in a row is read together

_log = structlog.get_logger(__name__)


class Waiting(Protocol):
    """A platform of this listener's own, for it ends with it."""

    def changes(self, cursor: str, wait: float = 0.0) -> ChangePage:
        """The page after `cursor`, within `wait` seconds. Raises PlatformError."""
        ...

    def abort(self) -> None:
        """End what is being waited for."""
        ...

    def close(self) -> None: ...


class Listener:
    """One thread that waits from `start` to `stop`, after a pass that went through until the next one is owed.

    `news` is called when there is something to read, `away` when the platform did not hold its answer to the end: it
    may have been stopped meanwhile, and restored.
    """

    def __init__(
        self,
        inbox: Inbox,
        platform: Waiting,
        news: Callable[[], object],
        away: Callable[[], object],
        *,
        wait: float = WAIT,
        rest: float = REST,
        pace: float = PACE,
    ) -> None:
        self._inbox = inbox
        self._platform = platform
        self._news = news
        self._away = away
        self._wait = wait
        self._rest = rest
        self._pace = pace
        self._cursor = ""
        self._clear = Flag()  # a pass went through, and nothing was heard since
        self._stopping = Flag()
        self._thread = Thread(target=self._run, name="listener", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def heard(self, report: DrainReport) -> None:
        """A pass is over, and this is its thread: wait for what comes behind it, or until another one goes through."""
        if report.outage is None:
            self._cursor = self._inbox.cursor()
            self._clear.set()
        else:
            self._clear.clear()

    def stop(self, timeout: float = 10.0) -> bool:
        """End the waiting; True when the thread ended within `timeout` seconds."""
        self._stopping.set()
        self._clear.set()
        self._platform.abort()
        if self._thread.is_alive():
            self._thread.join(timeout)
        self._platform.close()
        return not self._thread.is_alive()

    def _run(self) -> None:
        step_back()
        while True:
            self._clear.wait()
            if self._stopping.is_set():
                return
            began = time.monotonic()
            pause = self._listen(began)
            self._stopping.wait(began + pause - time.monotonic())

    def _listen(self, began: float) -> float:
        """Ask once; how many seconds are to pass between that and the next question."""
        cursor = self._cursor
        try:
            page = self._platform.changes(cursor, self._wait)
        except PlatformError as error:
            if not self._stopping.is_set():
                _log.info("waiting at the feed broke off", code=error.code)
                self._clear.clear()
                self._away()
            return self._rest
        if page.cursor not in {cursor, self._cursor}:
            self._clear.clear()
            self._news()
            return self._pace
        if time.monotonic() < began + self._wait / 2:  # it ends its waits when it is stopped; or it holds none
            self._clear.clear()
            self._away()
        return self._rest
