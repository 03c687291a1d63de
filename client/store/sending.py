"""The outbox as people read it: its entries newest first, and what became of all the events of a case."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, func, select, text
from sqlalchemy.engine import Row

from client.store.outbox import OutboxState
from client.store.tables import outbox
from client.store.times import moment, stamp

# As their indexes say, or they would not be used.
_UNSETTLED = text("outbox.state != 'stored'")
_STORED = text("outbox.state = 'stored'")

_ENTRY: Select[Any] = select(
    outbox.c.sequence,
    outbox.c.event_id,
    outbox.c.case_id,
    outbox.c.subject,
    outbox.c.type,
    outbox.c.time,
    outbox.c.state,
    outbox.c.attempts,
    outbox.c.next_try,
    outbox.c.last_error,
    outbox.c.ack,
    outbox.c.answered_at,
)  # never the data: it is large, and about people


@dataclass(frozen=True, slots=True)
class EntryRecord:
    """One event on its way, or arrived."""

    sequence: int
    event_id: str
    case_id: int
    case_number: str
    type: str
    time: datetime
    state: OutboxState
    attempts: int
    next_try: datetime | None
    last_error: str | None
    ack: str | None
    answered_at: datetime | None
    behind: bool = False  # one of its case that was refused: it waits until that is sent again


def newest(connection: Connection, *, unsettled: bool | None, before: int | None, limit: int) -> Sequence[EntryRecord]:
    """At most `limit` entries older than the one of sequence `before`, newest first; None: settled or not."""
    statement = _ENTRY.order_by(outbox.c.sequence.desc()).limit(limit)
    if unsettled:
        statement = statement.where(_UNSETTLED)
    elif unsettled is not None:  # nearly all are: the table's own order finds them, an index would have to sort
        statement = statement.where(outbox.c.state == OutboxState.STORED)
    if before is not None:
        statement = statement.where(outbox.c.sequence < before)
    found = [_entry(row) for row in connection.execute(statement)]
    refused = _first_refused(connection, {each.case_id for each in found if each.state is OutboxState.WAITING})
    return [
        replace(each, behind=True)
        if each.state is OutboxState.WAITING and refused.get(each.case_id, each.sequence) < each.sequence
        else each
        for each in found
    ]


def _first_refused(connection: Connection, case_ids: Collection[int]) -> Mapping[int, int]:
    """Of each of these cases that has one the sequence of its first refused event; one query for a page."""
    if not case_ids:
        return {}
    first = select(outbox.c.case_id, func.min(outbox.c.sequence).label("first")).where(
        _UNSETTLED, outbox.c.state == OutboxState.REFUSED, outbox.c.case_id.in_(case_ids)
    )
    return {row.case_id: row.first for row in connection.execute(first.group_by(outbox.c.case_id))}


def unsettled(connection: Connection, *states: OutboxState, limit: int) -> Sequence[EntryRecord]:
    """The entries in these states, oldest first."""
    statement = _ENTRY.where(_UNSETTLED, outbox.c.state.in_(states)).order_by(outbox.c.sequence)
    return [_entry(row) for row in connection.execute(statement.limit(limit))]


def of_cases(connection: Connection, case_ids: Sequence[int]) -> Mapping[int, Sequence[tuple[OutboxState, str]]]:
    """What became of the events of each case: the unsettled ones with their last error, then the last that is stored.

    The latter comes with the platform's acknowledgement.
    """
    of = outbox.c.case_id.in_(case_ids)
    open_ones = select(outbox.c.case_id, outbox.c.state, outbox.c.last_error).where(_UNSETTLED, of)
    last = select(outbox.c.case_id, outbox.c.ack, func.max(outbox.c.sequence)).where(_STORED, of)
    found: dict[int, list[tuple[OutboxState, str]]] = {}
    for case_id, state, error in connection.execute(open_ones.order_by(outbox.c.sequence)):
        found.setdefault(case_id, []).append((OutboxState(state), error or ""))
    for case_id, ack, _ in connection.execute(last.group_by(outbox.c.case_id)):
        found.setdefault(case_id, []).append((OutboxState.STORED, ack or ""))
    return found


def made_since(connection: Connection, start: datetime) -> Mapping[str, int]:
    """How many events of each type were made since `start`; costs as much as there are."""
    before = select(outbox.c.sequence).where(outbox.c.time < stamp(start)).order_by(outbox.c.sequence.desc()).limit(1)
    last = connection.scalar(before) or 0
    statement = (
        select(outbox.c.type, func.count().label("made")).where(outbox.c.sequence > last).group_by(outbox.c.type)
    )
    return {row.type: row.made for row in connection.execute(statement)}


def _entry(row: Row[Any]) -> EntryRecord:
    return EntryRecord(
        sequence=row.sequence,
        event_id=row.event_id,
        case_id=row.case_id,
        case_number=row.subject,
        type=row.type,
        time=moment(row.time),
        state=OutboxState(row.state),
        attempts=row.attempts,
        next_try=None if row.next_try is None else moment(row.next_try),
        last_error=row.last_error,
        ack=row.ack,
        answered_at=None if row.answered_at is None else moment(row.answered_at),
    )
