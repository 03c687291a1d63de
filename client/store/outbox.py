"""The events of this window on their way to the platform: a table, never a queue in memory.

A row is written in the transaction of its act and keeps its place for ever; only its state moves:
waiting → sending → stored, or unknown (the answer was lost) or refused (kept, with the reason).
"""

import json
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    Connection,
    bindparam,
    func,
    insert,
    literal_column,
    select,
    true,
    update,
)
from uuid_utils import uuid7

from client.errors import FileLost
from client.ports.conflicts import Conflict
from client.ports.outbox import Counts, Taken, Try
from client.ports.platform import Event, EventAnswer, Verdict
from client.store import agreement, attempts, faults, many, marking
from client.store.engine import Database
from client.store.holding import not_held
from client.store.prepared import Prepared
from client.store.sealed import SealedFiles
from client.store.tables import outbox, pages, papers, seal_ledger
from client.store.times import moment, stamp


class OutboxState(StrEnum):
    WAITING = "waiting"
    SENDING = "sending"
    UNKNOWN = "unknown"
    STORED = "stored"
    REFUSED = "refused"


# A try later than this was reckoned by a clock that has since been set back: it is due at once.
FURTHEST_TRY = timedelta(minutes=10)

_VERDICT_STATE = {
    Verdict.ACCEPTED: OutboxState.STORED,
    Verdict.DUPLICATE: OutboxState.STORED,
    Verdict.REFUSED: OutboxState.REFUSED,
    Verdict.RETRY: OutboxState.WAITING,
}

_GONE_UP = (OutboxState.STORED, OutboxState.SENDING, OutboxState.UNKNOWN)

_PUT = Prepared(insert(outbox), ["event_id", "source", "case_id", "subject", "type", "time", "data", "files", "state"])
_NOT_STORED = outbox.c.state != literal_column("'stored'")  # as its index says, or it would not be used
_UNSETTLED = Prepared(
    select(outbox.c.sequence, outbox.c.case_id, outbox.c.state, outbox.c.next_try, outbox.c.held)
    .where(_NOT_STORED)
    .order_by(outbox.c.sequence)
)
_WITH_FILES = (
    select(outbox.c.next_try, outbox.c.files)
    .where(
        _NOT_STORED,
        outbox.c.state == OutboxState.WAITING,
        outbox.c.held.is_(None),
        outbox.c.files != "[]",
    )
    .order_by(outbox.c.sequence)
)
_SAID = select(
    outbox.c.event_id,
    outbox.c.source,
    outbox.c.type,
    outbox.c.subject,
    outbox.c.sequence,
    outbox.c.time,
    outbox.c.data,
    outbox.c.files,
    outbox.c.decisions,
).order_by(outbox.c.sequence)
_CHOSEN = Prepared(_SAID.where(outbox.c.sequence.in_(many.values())))
_OF_THESE = outbox.c.event_id.in_(many.values())
_TRIED = Prepared(select(func.max(outbox.c.attempts)).where(_OF_THESE))


def put(
    connection: Connection,
    *,
    source: str,
    case_id: int,
    subject: str,
    event_type: str,
    time: datetime,
    data: bytes,
    files: Sequence[str] = (),
) -> str:
    """Queue an event in the transaction of its act; returns its id (UUIDv7). `files` are SHA-256 in hex."""
    event_id = str(uuid7())
    _PUT.run(
        connection,
        event_id=event_id,
        source=source,
        case_id=case_id,
        subject=subject,
        type=event_type,
        time=stamp(time),
        data=data,
        files=json.dumps(list(files)),
        state=OutboxState.WAITING,
    )
    return event_id


@dataclass(frozen=True, slots=True)
class OutboxEntry:
    """One row as people see it."""

    sequence: int
    event_id: str
    case: str
    type: str
    state: OutboxState
    attempts: int
    last_error: str | None
    ack: str | None
    held: str | None = None  # why a person holds it back


class StoredOutbox:
    """The desk's side of `client.ports.outbox.Outbox`."""

    def __init__(self, database: Database, files: SealedFiles) -> None:
        self._database = database
        self._files = files

    def due(self, now: datetime, limit: int) -> Sequence[Event]:
        held: set[int] = set()  # cases with an event that must go first and cannot
        chosen: list[int] = []
        with self._database.read() as connection:
            for sequence, case_id, state, next_try, by_a_person in _UNSETTLED.rows(connection):
                if case_id in held:
                    continue
                if state == OutboxState.WAITING and by_a_person is None and _time_has_come(next_try, now):
                    chosen.append(sequence)
                    if len(chosen) == limit:
                        break
                else:
                    held.add(case_id)
            return _chosen(connection, chosen)

    def files(self, now: datetime) -> Sequence[str]:
        with self._database.read() as connection:
            named = [
                digest
                for row in connection.execute(_WITH_FILES)
                if _time_has_come(row.next_try, now)
                for digest in json.loads(row.files)
            ]
        return list(dict.fromkeys(named))

    def sending(self, event_ids: Sequence[str]) -> Sequence[str]:
        with self._database.begin() as connection:
            going = not_held(connection, event_ids)
            marking.mark(connection, going, OutboxState.SENDING)
        return going

    def unknown(self) -> Sequence[Event]:
        in_doubt = outbox.c.state.in_([OutboxState.UNKNOWN, OutboxState.SENDING])
        with self._database.read() as connection:
            return [_event(row) for row in connection.execute(_SAID.where(_NOT_STORED, in_doubt))]

    def answered(self, answers: Sequence[EventAnswer], now: datetime, tried: Try | None = None) -> None:
        if not answers:
            return
        again = [a for a in answers if a.verdict is Verdict.RETRY]
        when = attempts.as_columns(tried)
        words = {a.event_id: _word(a, when) for a in answers}
        with self._database.begin() as connection, _followed(connection, list(words)):
            marking.answer(connection, list(words.values()), now)
            attempts.note(connection, tried, [(a.event_id, OutboxState.WAITING, a.reason) for a in again])

    def unsettled(self, event_ids: Sequence[str], error: str = "", tried: Try | None = None) -> None:
        if not event_ids:
            return
        with self._database.begin() as connection:
            marking.mark(connection, event_ids, OutboxState.UNKNOWN)
            attempts.note(connection, tried, [(event_id, OutboxState.UNKNOWN, error) for event_id in event_ids])

    def delay(self, event_ids: Sequence[str], until: datetime, error: str, tried: Try | None = None) -> None:
        statement = (
            update(outbox)
            .where(outbox.c.event_id == bindparam("of"), outbox.c.state != OutboxState.STORED)
            .values(
                state=OutboxState.WAITING,
                next_try=stamp(until),
                last_error=error,
                attempts=outbox.c.attempts + 1,
            )
        )
        if event_ids:
            with self._database.begin() as connection:
                connection.execute(statement, [{"of": event_id} for event_id in event_ids])
                attempts.note(connection, tried, [(event_id, OutboxState.WAITING, error) for event_id in event_ids])

    def hurry(self) -> None:
        """A person wants everything tried now: forget the delays (not the attempts)."""
        with self._database.begin() as connection:
            connection.execute(update(outbox).where(outbox.c.state == OutboxState.WAITING).values(next_try=None))

    def attempts(self, event_ids: Sequence[str]) -> int:
        with self._database.read() as connection:
            return _TRIED.scalar(connection, given=many.given(event_ids)) or 0

    def taken(self, before: int | None, limit: int) -> Sequence[Taken]:
        statement = select(outbox.c.sequence, outbox.c.source, outbox.c.event_id).where(
            outbox.c.state == OutboxState.STORED, true() if before is None else outbox.c.sequence < before
        )
        with self._database.read() as connection:
            rows = connection.execute(statement.order_by(outbox.c.sequence.desc()).limit(limit)).all()
        return [Taken(*row) for row in rows]

    def reopen(self, event_ids: Sequence[str], error: str) -> None:
        if event_ids:
            with self._database.begin() as connection:
                reopen(connection, event_ids, error)

    def content(self, digest: str) -> bytes:
        sealed = (
            select(pages.c.sealed_name)
            .where(pages.c.sha256 == digest)
            .union_all(
                select(papers.c.sealed_name).where(papers.c.sha256 == digest),
                select(seal_ledger.c.sealed_name).where(seal_ledger.c.sha256 == digest),
            )
            .limit(1)
        )
        with self._database.read() as connection:
            name = connection.scalar(sealed)
        if name is None:
            raise FileLost(faults.FILE_MISSING, file=digest[:12])
        return self._files.get(name)

    def counts(self) -> Counts:
        statement = (
            select(outbox.c.state, outbox.c.held.is_not(None), func.count(), func.min(outbox.c.time))
            .where(outbox.c.state != literal_column("'stored'"))
            .group_by(outbox.c.state, outbox.c.held.is_not(None))
        )
        with self._database.read() as connection:
            rows = connection.execute(statement).all()
        number = {state: count for state, held, count, _ in rows if not held}
        return Counts(
            waiting=number.get(OutboxState.WAITING, 0),
            unknown=number.get(OutboxState.UNKNOWN, 0) + number.get(OutboxState.SENDING, 0),
            refused=number.get(OutboxState.REFUSED, 0),
            oldest=min((moment(time) for _, _, _, time in rows), default=None),
            held=sum(count for _, held, count, _ in rows if held),
        )

    def entries(self, *, after: int = 0, limit: int = 1000, settled: bool = True) -> Sequence[OutboxEntry]:
        """Rows in their local order, by key, for people to read."""
        wanted = true() if settled else outbox.c.state != OutboxState.STORED
        statement = select(outbox).where(outbox.c.sequence > after, wanted).order_by(outbox.c.sequence).limit(limit)
        with self._database.read() as connection:
            return [
                OutboxEntry(
                    sequence=r.sequence,
                    event_id=r.event_id,
                    case=r.subject,
                    type=r.type,
                    state=OutboxState(r.state),
                    attempts=r.attempts,
                    last_error=r.last_error,
                    ack=r.ack,
                    held=r.held,
                )
                for r in connection.execute(statement)
            ]


def reopen(connection: Connection, event_ids: Sequence[str], error: str) -> None:
    """The platform has forgotten these acknowledged events: they wait again, at once."""
    statement = (
        update(outbox)
        .where(outbox.c.event_id == bindparam("of"), outbox.c.state == OutboxState.STORED)
        .values(
            state=OutboxState.WAITING,
            next_try=None,
            last_error=error,
            ack=None,
            answered_at=None,
            **attempts.as_columns(None),
        )
    )
    with _followed(connection, event_ids):
        attempts.put_by(connection, event_ids)
        connection.execute(statement, [{"of": event_id} for event_id in event_ids])


def _followed(connection: Connection, event_ids: Sequence[str]) -> AbstractContextManager[None]:
    """What is agreed with the platform follows these events."""
    return agreement.followed(connection, agreement.cases_of_events(connection, event_ids))


def retry_refused(connection: Connection, event_id: str, decision: str | None = None) -> str | None:
    """Put a refused event back in the queue, with what was decided about it if anything was.

    Returns its case's number, None when it is not refused.
    """
    refused = (outbox.c.event_id == event_id, outbox.c.state == OutboxState.REFUSED)
    row = connection.execute(select(outbox.c.subject, outbox.c.decisions).where(*refused)).one_or_none()
    if row is None:
        return None
    decisions = list(dict.fromkeys([*json.loads(row.decisions or "[]"), *([decision] if decision else [])]))
    kept = json.dumps(decisions) if decisions else None
    again = {"state": OutboxState.WAITING, "next_try": None, "decisions": kept, "held": None}
    attempts.put_by(connection, [event_id])
    connection.execute(update(outbox).where(*refused).values({**again, **attempts.as_columns(None)}))
    return str(row.subject)


def number_is_anothers(connection: Connection, case_id: int) -> bool:
    """Whether the platform has another case under this one's number, and nobody has decided about it yet."""
    refused = (outbox.c.case_id == case_id, _NOT_STORED, outbox.c.state == OutboxState.REFUSED)
    found = select(outbox.c.sequence).where(*refused, outbox.c.code == Conflict.NUMBER_TAKEN).limit(1)
    return connection.execute(found).first() is not None


def go_up_under(connection: Connection, case_id: int, number: str) -> None:
    """All events of a case are about `number` from here on, those the platform has included: it keeps them under it."""
    with agreement.followed(connection, [case_id]):
        connection.execute(update(outbox).where(outbox.c.case_id == case_id).values(subject=number))


def refuse_after_all(connection: Connection, answer: EventAnswer) -> bool:
    """An event the platform took, or whose answer was lost, came no further; False when it is no such event of ours."""
    statement = update(outbox).where(outbox.c.event_id == answer.event_id, outbox.c.state.in_(_GONE_UP))
    refused = statement.values(
        state=OutboxState.REFUSED,
        ack=None,
        last_error=answer.reason,
        code=answer.code,
        differences=_differing(answer),
        **attempts.as_columns(None),
    )
    with _followed(connection, [answer.event_id]):
        attempts.put_by(connection, [answer.event_id])
        return connection.execute(refused).rowcount == 1


def _word(answer: EventAnswer, when: Mapping[str, object]) -> Sequence[object]:
    """The fields of its event's row, as `marking.answer` wants them."""
    said = (answer.ack, answer.reason, answer.code, _differing(answer))
    if answer.verdict is Verdict.RETRY:  # not settled: its row says nothing of a last try
        when = attempts.as_columns(None)
    return answer.event_id, _VERDICT_STATE[answer.verdict], *said, when["tried_at"], when["took"]


def _differing(answer: EventAnswer) -> str | None:
    return json.dumps(answer.differences, ensure_ascii=False) if answer.differences else None


def _time_has_come(next_try: str | None, now: datetime) -> bool:
    return next_try is None or next_try <= stamp(now) or next_try > stamp(now + FURTHEST_TRY)


def _chosen(connection: Connection, sequences: Sequence[int]) -> Sequence[Event]:
    return [_event(row) for row in _CHOSEN.rows(connection, given=many.given(sequences))]


def _event(row: Any) -> Event:  # noqa: ANN401 - a row of `_SAID`
    return Event(
        event_id=row.event_id,
        source=row.source,
        type=row.type,
        subject=row.subject,
        sequence=row.sequence,
        time=moment(row.time),
        data=row.data,
        files=_listed(row.files),
        decisions=_listed(row.decisions),
    )


def _listed(text: str | None) -> tuple[str, ...]:
    return tuple(json.loads(text)) if text and text != "[]" else ()
