"""How a hall's node stands with the platform above, read beside it: what it took and has not passed on."""

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, func, select

from sync.hub.store import opened
from sync.hub.tables import events, hub, relayed

_OPEN = relayed.c.state != "stored"


@dataclass(frozen=True, slots=True)
class Standing:
    """By count of events; `oldest` is the age of the oldest of them in seconds, None where all has arrived.

    `url` None: no node, nothing is passed on. `reached`: whether the last pass came through; None: there was none.
    `trouble` is what was said last of an event that has not arrived.
    """

    url: str | None
    reached: bool | None
    waiting: int
    unknown: int
    refused: int
    oldest: int | None
    trouble: str | None

    @property
    def arrived(self) -> bool:
        return not (self.waiting or self.unknown or self.refused)


def standing(store_url: str, now: datetime) -> Standing:
    """How it stands. Raises PlatformError when no hub has been served from this store."""
    with opened(store_url) as store, store.read() as connection:
        row = connection.execute(select(hub.c.upstream, hub.c.upstream_reached)).one()
        counts = select(relayed.c.state, func.count(), func.min(events.c.time)).join_from(relayed, events)
        found = connection.execute(counts.where(_OPEN).group_by(relayed.c.state)).all()
        trouble = _last_said(connection)
    number = {state: count for state, count, _ in found}
    oldest = min((datetime.fromisoformat(time) for _, _, time in found), default=None)
    return Standing(
        url=row.upstream,
        reached=None if row.upstream_reached is None else bool(row.upstream_reached),
        waiting=number.get("waiting", 0),
        unknown=number.get("unknown", 0) + number.get("sending", 0),
        refused=number.get("refused", 0),
        # by the window's clock, which may be ahead of this one
        oldest=None if oldest is None else max(int((now.astimezone(UTC) - oldest).total_seconds()), 0),
        trouble=trouble,
    )


def _last_said(connection: Connection) -> str | None:
    said = select(relayed.c.last_error).where(_OPEN, relayed.c.last_error.is_not(None))
    found: str | None = connection.scalar(said.order_by(relayed.c.event.desc()).limit(1))
    return found
