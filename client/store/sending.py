"""The outbox as people read it: its entries newest first, and what became of all the events of a case."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, case, func, or_, select, text
from sqlalchemy.engine import Row

from client.store.outbox import OutboxState
from client.store.tables import outbox
from client.store.times import moment, stamp

# As their indexes say, or they would not be used.
_UNSETTLED = text("outbox.state != 'stored'")
_STORED = text("outbox.state = 'stored'")
_RARE = text("outbox.type NOT IN ('case.accepted', 'paper.issued')")
EVERYWHERE = frozenset({"case.accepted", "paper.issued"})  # kinds that need no index to be found

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
    outbox.c.held,
    outbox.c.code,
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
    held: str | None = None  # why a person holds it back
    code: str | None = None  # the platform's word for why it was refused
    behind: OutboxState | None = None  # what it waits for in its case: a refused one, or one that is held (waiting)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which entries: `unsettled` ones or those that arrived, None both; of these states, kind, or held back."""

    unsettled: bool | None = None
    states: tuple[OutboxState, ...] = ()
    kind: str | None = None
    held: bool | None = None


def newest(connection: Connection, wanted: Wanted, *, before: int | None, limit: int) -> Sequence[EntryRecord]:
    """At most `limit` entries older than the one of sequence `before`, newest first."""
    statement = _chosen(wanted).order_by(outbox.c.sequence.desc()).limit(limit)
    if before is not None:
        statement = statement.where(outbox.c.sequence < before)
    found = [_entry(row) for row in connection.execute(statement)]
    waiting = {each.case_id for each in found if each.state is OutboxState.WAITING and each.held is None}
    blocked = _first_blocked(connection, waiting)
    return [
        replace(each, behind=_behind(each, *blocked[each.case_id]))
        if each.case_id in blocked and each.state is OutboxState.WAITING and each.held is None
        else each
        for each in found
    ]


def _chosen(wanted: Wanted) -> Select[Any]:
    statement = _ENTRY
    if wanted.unsettled:
        statement = statement.where(_UNSETTLED)
    elif wanted.unsettled is not None:  # nearly all are: the table's own order finds them, an index would have to sort
        statement = statement.where(outbox.c.state == OutboxState.STORED)
    if wanted.states:
        statement = statement.where(outbox.c.state.in_(wanted.states))
    if wanted.held is not None:
        statement = statement.where(outbox.c.held.is_not(None) if wanted.held else outbox.c.held.is_(None))
    if wanted.kind is not None:
        statement = statement.where(outbox.c.type == wanted.kind)
        if wanted.kind not in EVERYWHERE and not wanted.unsettled:
            statement = statement.where(_RARE)
    return statement


def _first_blocked(connection: Connection, case_ids: Collection[int]) -> Mapping[int, tuple[int | None, int | None]]:
    """Of each of these cases its first refused and its first held event, by sequence; one query for a page."""
    if not case_ids:
        return {}
    refused = outbox.c.state == OutboxState.REFUSED
    statement = select(
        outbox.c.case_id,
        func.min(case((refused, outbox.c.sequence))).label("refused"),
        func.min(case((~refused, outbox.c.sequence))).label("held"),
    ).where(_UNSETTLED, or_(refused, outbox.c.held.is_not(None)), outbox.c.case_id.in_(case_ids))
    rows = connection.execute(statement.group_by(outbox.c.case_id))
    return {row.case_id: (row.refused, row.held) for row in rows}


def _behind(entry: EntryRecord, refused: int | None, held: int | None) -> OutboxState | None:
    if refused is not None and refused < entry.sequence:
        return OutboxState.REFUSED
    return OutboxState.WAITING if held is not None and held < entry.sequence else None


def unsettled(connection: Connection, *states: OutboxState, limit: int, held: bool = False) -> Sequence[EntryRecord]:
    """The entries in these states that nobody holds back, or those that are, oldest first."""
    wanted = Wanted(unsettled=True, states=states, held=held)
    return [_entry(row) for row in connection.execute(_chosen(wanted).order_by(outbox.c.sequence).limit(limit))]


def last_trouble(connection: Connection) -> str | None:
    """What went wrong last with an event that is still on its way; costs as much as there are of those."""
    statement = select(outbox.c.last_error).where(_UNSETTLED, outbox.c.last_error.is_not(None))
    newest_try = statement.order_by(outbox.c.next_try.desc(), outbox.c.sequence.desc()).limit(1)
    found: str | None = connection.scalar(newest_try)
    return found


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


def made_since(connection: Connection, start: datetime, until: datetime | None = None) -> Mapping[str, int]:
    """How many events of each type were made since `start`, and before `until`; costs as much as was made since."""
    of_these = outbox.c.sequence > _last_before(connection, start)
    if until is not None:
        of_these &= outbox.c.sequence <= _last_before(connection, until)
    statement = select(outbox.c.type, func.count().label("made")).where(of_these).group_by(outbox.c.type)
    return {row.type: row.made for row in connection.execute(statement)}


def _last_before(connection: Connection, moment: datetime) -> int:
    before = select(outbox.c.sequence).where(outbox.c.time < stamp(moment)).order_by(outbox.c.sequence.desc()).limit(1)
    return connection.scalar(before) or 0


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
        held=row.held,
        code=row.code,
    )
