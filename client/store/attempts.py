"""What became of each try to send an event: the newest of them, at a fixed number of places for each event."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Integer, Text, bindparam, func, insert, select

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


_LAST = select(func.max(attempts.c.number)).where(attempts.c.sequence == outbox.c.sequence).scalar_subquery()
_NUMBERED = (
    select(outbox.c.sequence, (func.coalesce(_LAST, 0) + 1).label("number"))
    .where(outbox.c.event_id == bindparam("of", type_=Text))
    .subquery()
)
_NOTE = (
    insert(attempts)
    .prefix_with("OR REPLACE")  # a new one takes the place of the oldest
    .from_select(
        ["sequence", "place", "number", "at", "took", "outcome", "said"],
        select(
            _NUMBERED.c.sequence,
            _NUMBERED.c.number % KEPT,
            _NUMBERED.c.number,
            bindparam("tried_at", type_=Text),
            bindparam("lasted", type_=Integer),
            bindparam("became", type_=Text),
            bindparam("words", type_=Text),
        ),
    )
)


def note(connection: Connection, tried: Try | None, outcomes: Iterable[tuple[str, str, str | None]]) -> None:
    """Keep what became of these events in one try: event id, outcome, and what was said. Nothing without a try."""
    if tried is None:
        return
    took = None if tried.seconds is None else round(tried.seconds * _MILLISECONDS)
    rows = [
        {"of": event_id, "tried_at": stamp(tried.at), "lasted": took, "became": outcome, "words": said}
        for event_id, outcome, said in outcomes
    ]
    if rows:
        connection.execute(_NOTE, rows)


def of_event(connection: Connection, event_id: str) -> Sequence[AttemptRecord]:
    """The tries of an event that are kept, newest first."""
    statement = (
        select(attempts)
        .join(outbox, outbox.c.sequence == attempts.c.sequence)
        .where(outbox.c.event_id == event_id)
        .order_by(attempts.c.number.desc())
    )
    return [
        AttemptRecord(
            number=row.number,
            at=moment(row.at),
            took=None if row.took is None else row.took / _MILLISECONDS,
            outcome=row.outcome,
            said=row.said,
        )
        for row in connection.execute(statement)
    ]
