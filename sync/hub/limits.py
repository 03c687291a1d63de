"""How much one source may bring, so that one window gone wild cannot fill the platform or hold up the others.

What a source used is one row, locked while its batch is judged, and counted in the transaction of the effect. A batch
is refused when its source is at its limit already: one may go past it by a batch, and none is too large for ever.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select, update

from sync.hub.problems import Kind, Rejection
from sync.hub.tables import sources

_ASK_AGAIN = 600  # seconds, the longest a window lets itself be told: a limit may be raised meanwhile
_NEW = insert(sources)
_COUNTED = (
    update(sources)
    .where(sources.c.source == bindparam("of"))
    .values({name: bindparam(name) for name in ("day", "day_events", "events", "bytes")})
)

Used = Mapping[str, Row[Any]]
"""What each source used so far; none that has not brought anything."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Of one source: events a day (UTC), bytes in all with the files it brought first; None: no limit."""

    day_events: int | None = None
    source_bytes: int | None = None
    keep_uploads: timedelta = timedelta(days=7)


def used_by(connection: Connection, names: Collection[str]) -> Used:
    """Locked until the transaction ends, in the one order everybody locks them in."""
    statement = select(sources).where(sources.c.source.in_(names)).order_by(sources.c.source).with_for_update()
    return {row.source: row for row in connection.execute(statement)}


def check(limits: Limits, used: Used, now: datetime) -> None:
    """Raises Rejection when one of these sources is at its limit."""
    day = now.date().isoformat()
    for row in used.values():
        if limits.source_bytes is not None and row.bytes >= limits.source_bytes:
            raise Rejection(Kind.QUOTA_FULL, headers={"Retry-After": str(_ASK_AGAIN)})
        if limits.day_events is not None and row.day == day and row.day_events >= limits.day_events:
            raise Rejection(Kind.TOO_MANY_EVENTS, headers={"Retry-After": str(min(_ASK_AGAIN, _left_of_day(now)))})


def count(connection: Connection, used: Used, events: Counter[str], size: Counter[str], now: datetime) -> None:
    """Add what each source brought: events, and bytes."""
    day = now.date().isoformat()
    moved, new = [], []
    for name in sorted(events):
        before = used.get(name)
        today = before.day_events if before and before.day == day else 0
        row = {"day": day, "day_events": today + events[name]}
        if before is None:
            new.append(row | {"source": name, "events": events[name], "bytes": size[name]})
        else:
            moved.append(row | {"of": name, "events": before.events + events[name], "bytes": before.bytes + size[name]})
    if moved:
        connection.execute(_COUNTED, moved)
    if new:
        connection.execute(_NEW, new)


def _left_of_day(now: datetime) -> int:
    """Whole seconds until the next day begins, at least one."""
    midnight = datetime.combine(now.date() + timedelta(days=1), time(), UTC)
    return max(1, int((midnight - now).total_seconds()))
