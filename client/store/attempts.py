"""What became of each try to send an event: the newest of them, at a fixed number of places for each event.

The answer that settled an event stands in its own row, so that a backlog that simply goes costs no rows besides; it is
put to the others when the event has to go again.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Integer, Text, bindparam, case, func, insert, select
from sqlalchemy.sql.dml import Insert

from client.ports.outbox import Try
from client.store.tables import attempts, outbox
from client.store.times import moment, stamp

KEPT = 20  # of an event: a fortnight without a platform has thousands, and they say the same
_MILLISECONDS = 1000


@dataclass(frozen=True, slots=True)
class AttemptRecord:
    """The try of that number, from 1. `took` in seconds, None: not measured; `outcome`: the state it led to."""

    number: int
    at: datetime
    took: float | None
    outcome: str
    said: str | None


_LAST = func.coalesce(
    select(func.max(attempts.c.number)).where(attempts.c.sequence == outbox.c.sequence).scalar_subquery(), 0
)
_OF = outbox.c.event_id == bindparam("of", type_=Text)
_SAID = case((outbox.c.state == "stored", outbox.c.ack), else_=outbox.c.last_error)


def _filed(
    at: ColumnElement[Any], took: ColumnElement[Any], outcome: ColumnElement[Any], said: ColumnElement[Any]
) -> Insert:
    """Into the place of the oldest, of the events `of`."""
    numbered = select(
        outbox.c.sequence,
        (_LAST + 1).label("number"),
        at.label("at"),
        took.label("took"),
        outcome.label("outcome"),
        said.label("said"),
    )
    new = numbered.where(_OF).subquery()
    columns = [new.c.sequence, new.c.number % KEPT, new.c.number, new.c.at, new.c.took, new.c.outcome, new.c.said]
    names = ["sequence", "place", "number", "at", "took", "outcome", "said"]
    return insert(attempts).prefix_with("OR REPLACE").from_select(names, select(*columns).where(new.c.at.is_not(None)))


_NOTE = _filed(
    bindparam("noted_at", type_=Text),
    bindparam("lasted", type_=Integer),
    bindparam("became", type_=Text),
    bindparam("words", type_=Text),
)
_PUT_BY = _filed(outbox.c.tried_at, outbox.c.took, outbox.c.state, _SAID)
_SETTLED = select(outbox.c.sequence, outbox.c.tried_at, outbox.c.took, outbox.c.state, _SAID.label("said"), _LAST + 1)


def as_columns(tried: Try | None) -> Mapping[str, object]:
    """The columns of an event's own row that say when it was settled and how long that took."""
    if tried is None:
        return {"tried_at": None, "took": None}
    return {"tried_at": stamp(tried.at), "took": _milliseconds(tried)}


def note(connection: Connection, tried: Try | None, outcomes: Iterable[tuple[str, str, str | None]]) -> None:
    """Keep what became of these events in one try: event id, outcome, and what was said. Nothing without a try."""
    if tried is None:
        return
    at, took = stamp(tried.at), _milliseconds(tried)
    rows = [
        {"of": event_id, "noted_at": at, "lasted": took, "became": outcome, "words": said}
        for event_id, outcome, said in outcomes
    ]
    if rows:
        connection.execute(_NOTE, rows)


def put_by(connection: Connection, event_ids: Sequence[str]) -> None:
    """These settled events are to go again: what their rows say of the last try is kept with the others."""
    if event_ids:
        connection.execute(_PUT_BY, [{"of": event_id} for event_id in event_ids])


def of_event(connection: Connection, event_id: str) -> Sequence[AttemptRecord]:
    """The tries of an event that are kept, newest first."""
    last = connection.execute(_SETTLED.where(outbox.c.event_id == event_id)).one_or_none()
    if last is None:
        return []
    sequence, tried_at, took, outcome, said, number = last
    earlier = select(attempts).where(attempts.c.sequence == sequence).order_by(attempts.c.number.desc())
    found = [_record(row.number, row.at, row.took, row.outcome, row.said) for row in connection.execute(earlier)]
    return found if tried_at is None else [_record(number, tried_at, took, outcome, said), *found]


def _record(number: int, at: str, took: int | None, outcome: str, said: str | None) -> AttemptRecord:
    return AttemptRecord(number, moment(at), None if took is None else took / _MILLISECONDS, outcome, said)


def _milliseconds(tried: Try) -> int | None:
    return None if tried.seconds is None else round(tried.seconds * _MILLISECONDS)
