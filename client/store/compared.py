"""How far this clock was from the platform's when they were compared last: each event says it (protocol.md, time).

An outage is when it matters, and when nobody can be asked: it is kept on disk, so that a window that is opened again
without its platform still knows it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update

from client.store.engine import Database
from client.store.tables import window
from client.store.times import moment, stamp

STALE = timedelta(hours=1)
"""A comparison that found the same again is put down this often: the disk is not written to by each pass."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """`ahead`: whole seconds this clock was before the platform's, negative behind it; `at` by this clock."""

    ahead: int
    at: datetime


class ComparedClock:
    """The newest comparison, read from the store once and then known; any thread may ask."""

    def __init__(self, database: Database) -> None:
        self._database = database
        with database.read() as connection:
            row = connection.execute(select(window.c.clock_ahead, window.c.clock_compared_at)).one()
        self.last = None if row.clock_ahead is None else Comparison(row.clock_ahead, moment(row.clock_compared_at))
        self._kept = self.last

    def heard(self, drift: timedelta, at: datetime) -> None:
        """They were compared. Raises StoreError when it cannot be kept."""
        self.last = now = Comparison(round(drift.total_seconds()), at)
        kept = self._kept
        if kept is not None and kept.ahead == now.ahead and abs(now.at - kept.at) < STALE:
            return
        with self._database.begin() as connection:
            connection.execute(update(window).values(clock_ahead=now.ahead, clock_compared_at=stamp(at)))
        self._kept = now
