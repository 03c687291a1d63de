"""What a hall's node took and passes on, and what comes down to it: the tables its loop (`sync.hub.relay`) works on.

An event is noted for its way up in the transaction that takes it. The window has its answer by then; when the platform
above refuses, the window hears of it on the feed.
"""

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import structlog
from pydantic import ValidationError
from sqlalchemy import ColumnClause, Connection, Row, Select, bindparam, func, literal_column, select, update

from client.errors import StoreError
from client.ports.clock import Clock
from client.ports.conflicts import FieldDifference
from client.ports.outbox import Counts, Taken, Try
from client.ports.platform import Change, ChangeKind, ChangePage, Event, EventAnswer, Verdict
from client.rules.case import State
from sync.faults import FILE_GONE
from sync.hub import changes
from sync.hub.judging import may_become
from sync.hub.shelf import Shelf
from sync.hub.speaking import hall_of, window_of
from sync.hub.store import Store
from sync.hub.tables import events, hub, relayed
from sync.protocol import DifferenceMessage, RefusalMessage

_log = structlog.get_logger(__name__)

_now: Clock = partial(datetime.now, UTC)
_PAGE = 1000
_FURTHEST_TRY = timedelta(minutes=10)  # a try later than this was reckoned by a clock that has since been set back
_STORED: ColumnClause[str] = literal_column("'stored'")  # as its index says, or it would not be used
_OPEN = relayed.c.state != "stored"
_GONE_UP = relayed.c.state.in_(["stored", "sending", "unknown"])  # the platform above may have had it
_ANSWERED = (
    update(relayed)
    .where(relayed.c.event_id == bindparam("of"))
    .values(
        {name: bindparam(f"its_{name}") for name in ("state", "ack", "last_error", "code", "differences")}
        | {"answered_at": bindparam("its_answered_at"), "attempts": relayed.c.attempts + 1, "next_try": None}
    )
)
_STATES = {
    Verdict.ACCEPTED: "stored",
    Verdict.DUPLICATE: "stored",
    Verdict.REFUSED: "refused",
    Verdict.RETRY: "waiting",
}


class RelayOutbox:
    """`client.ports.outbox.Outbox` over what the hub took; a place in the order is that of the taking."""

    def __init__(self, store: Store, shelf: Shelf) -> None:
        self._store = store
        self._shelf = shelf

    def due(self, now: datetime, limit: int) -> Sequence[Event]:
        held: set[str] = set()  # cases with an event that must go first and cannot
        chosen: list[int] = []
        statement = _unsettled(relayed.c.event, relayed.c.state, relayed.c.next_try, events.c.subject)
        with self._store.read() as connection:
            for row in _walk(connection, statement):
                if row.subject in held:
                    continue
                if row.state == "waiting" and _time_has_come(row.next_try, now):
                    chosen.append(row.event)
                    if len(chosen) == limit:
                        break
                else:
                    held.add(row.subject)
            return _events(connection, chosen)

    def files(self, now: datetime) -> Sequence[str]:
        statement = _unsettled(relayed.c.next_try, relayed.c.files).where(relayed.c.state == "waiting")
        with self._store.read() as connection:
            rows = connection.execute(statement.where(relayed.c.files != "[]")).all()
        named = (digest for row in rows if _time_has_come(row.next_try, now) for digest in json.loads(row.files))
        return list(dict.fromkeys(named))

    def sending(self, event_ids: Sequence[str]) -> Sequence[str]:
        self._set(event_ids, state="sending")
        return event_ids

    def unknown(self) -> Sequence[Event]:
        statement = _unsettled(relayed.c.event).where(relayed.c.state.in_(["sending", "unknown"]))
        with self._store.read() as connection:
            return _events(connection, connection.scalars(statement).all())

    # Of its tries a node keeps no history: people read that at the window.
    def answered(self, answers: Sequence[EventAnswer], now: datetime, tried: Try | None = None) -> None:  # noqa: ARG002
        if not answers:
            return
        with self._store.write() as connection:
            connection.execute(_ANSWERED.where(_OPEN), [_answer(each, now) for each in answers])
            _tell_refused(connection, [answer for answer in answers if answer.verdict is Verdict.REFUSED], now)

    def unsettled(
        self,
        event_ids: Sequence[str],
        error: str = "",  # noqa: ARG002 - same
        tried: Try | None = None,  # noqa: ARG002 - same
    ) -> None:
        self._set(event_ids, state="unknown")

    def delay(
        self,
        event_ids: Sequence[str],
        until: datetime,
        error: str,
        tried: Try | None = None,  # noqa: ARG002 - same
    ) -> None:
        attempts = relayed.c.attempts + 1
        self._set(event_ids, state="waiting", next_try=_stamp(until), last_error=error, attempts=attempts)

    def attempts(self, event_ids: Sequence[str]) -> int:
        statement = select(func.max(relayed.c.attempts)).where(relayed.c.event_id.in_(event_ids))
        with self._store.read() as connection:
            return connection.scalar(statement) or 0

    def taken(self, before: int | None, limit: int) -> Sequence[Taken]:
        statement = select(relayed.c.event, events.c.source, events.c.event_id).join(events)
        statement = statement.where(relayed.c.state == "stored")
        if before is not None:
            statement = statement.where(relayed.c.event < before)
        with self._store.read() as connection:
            rows = connection.execute(statement.order_by(relayed.c.event.desc()).limit(limit)).all()
        return [Taken(*row) for row in rows]

    def reopen(self, event_ids: Sequence[str], error: str) -> None:
        values = {"state": "waiting", "next_try": None, "last_error": error, "ack": None, "answered_at": None}
        statement = update(relayed).where(relayed.c.event_id == bindparam("of"), relayed.c.state == "stored")
        if event_ids:
            with self._store.write() as connection:
                connection.execute(statement.values(values), [{"of": event_id} for event_id in event_ids])

    def content(self, digest: str) -> bytes:
        try:
            return self._shelf.path(digest).read_bytes()
        except OSError as error:
            raise StoreError(FILE_GONE, file=digest[:12]) from error

    def counts(self) -> Counts:
        statement = _unsettled(relayed.c.state, func.count(), func.min(events.c.time)).order_by(None)
        with self._store.read() as connection:
            rows = connection.execute(statement.group_by(relayed.c.state)).all()
        number = {state: count for state, count, _ in rows}
        oldest = min((datetime.fromisoformat(time) for _, _, time in rows), default=None)
        in_doubt = number.get("unknown", 0) + number.get("sending", 0)
        return Counts(number.get("waiting", 0), in_doubt, number.get("refused", 0), oldest)

    def _set(self, event_ids: Sequence[str], **values: object) -> None:
        if event_ids:
            with self._store.write() as connection:
                connection.execute(_of_open().values(values), [{"of": event_id} for event_id in event_ids])


def _answer(answer: EventAnswer, now: datetime) -> dict[str, str | None]:
    return {
        "of": answer.event_id,
        "its_answered_at": _stamp(now),
        "its_state": _STATES[answer.verdict],
        "its_ack": answer.ack,
        "its_last_error": answer.reason,
        "its_code": answer.code,
        "its_differences": json.dumps(answer.differences, ensure_ascii=False) if answer.differences else None,
    }


class RelayInbox:
    """`client.ports.outbox.Inbox` over the hub's own feed: what is of this hall goes on down."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def cursor(self) -> str:
        with self._store.read() as connection:
            return connection.scalar(select(hub.c.upstream_cursor)) or ""

    def apply(self, page: ChangePage) -> int:
        now = _now()
        with self._store.write() as connection:
            passed = _pass_down(connection, page.changes, now)
            connection.execute(update(hub).values(upstream_cursor=page.cursor))
        return passed


def _pass_down(connection: Connection, told: Sequence[Change], now: datetime) -> int:
    """How much was news here. A case or an event of another hall, and what this one has come past, are none.

    All cases of the page are locked first, and the sums before the feed, as everybody does.
    """
    here = changes.standing(connection, {change.subject for change in told if change.kind == ChangeKind.CASE_STATE})
    states: dict[str, State] = {}
    news: list[Change] = []
    for change in told:
        if change.kind == ChangeKind.CASE_STATE:
            after = _state_after(states.get(change.subject), here.get(change.subject), change)
            if after is None:
                continue
            states[change.subject] = after
        news.append(change)
    if states:
        changes.tell(connection, [here[number] for number in sorted(states)], states, now)
    late = ChangeKind.EVENT_REFUSED
    passed = [change for change in news if change.kind != late or _refused_after_all(connection, change, now)]
    for change in passed:
        of = here.get(change.subject)
        hall = of.hall if of is not None else changes.EVERY_HALL
        changes.put(connection, change.kind, change.subject, change.data, change.time, hall)
    return len(passed)


def _refused_after_all(connection: Connection, change: Change, now: datetime) -> bool:
    """Whether an event of this hall came no further than a node above, which had taken it.

    It stands as refused here from now on: what its window sends again must go up again.
    """
    try:
        told = RefusalMessage.model_validate(change.data)
    except ValidationError:
        return True  # more than this program understands: each window notes it
    differences = tuple(FieldDifference(each.field, each.sent, each.held) for each in told.differences)
    answer = EventAnswer(
        told.event_id, Verdict.REFUSED, code=told.code, reason=told.reason or "", differences=differences
    )
    return connection.execute(_ANSWERED.where(_GONE_UP), _answer(answer, now)).rowcount == 1


def _state_after(moved: State | None, here: changes.Standing | None, change: Change) -> State | None:
    """Where a case comes by a change, from where an earlier one of the page moved it; None where it cannot."""
    after = str(change.data.get("state"))
    if here is None or after not in set(State) or not may_become(moved or here.state, after, announced=True):
        return None
    return State(after)


def _tell_refused(connection: Connection, answers: Sequence[EventAnswer], now: datetime) -> None:
    """The window took our word that its event had arrived: it is told on the feed that it did not."""
    if not answers:
        return
    said = {answer.event_id: answer for answer in answers}
    of = select(events.c.event_id, events.c.subject, events.c.source).join(relayed)
    of = of.where(relayed.c.event_id.in_(said)).order_by(relayed.c.event)
    for event_id, subject, source in connection.execute(of).all():
        answer = said[event_id]
        differences = [DifferenceMessage(field=f, sent=o, held=t) for f, o, t in answer.differences]
        told = RefusalMessage(event_id=event_id, code=answer.code, reason=answer.reason, differences=differences)
        changes.put(connection, ChangeKind.EVENT_REFUSED, subject, told.model_dump(), now, hall_of(window_of(source)))


def _unsettled(*columns: Any) -> Select[Any]:  # noqa: ANN401 - columns and counts of any kind
    return select(*columns).join_from(relayed, events).where(relayed.c.state != _STORED).order_by(relayed.c.event)


def _walk(connection: Connection, statement: Select[Any]) -> Iterator[Row[Any]]:
    """The rows of `statement`, a page at a time by key: the reader stops long before the end of a backlog."""
    after = 0
    while rows := connection.execute(statement.where(relayed.c.event > after).limit(_PAGE)).all():
        yield from rows
        after = rows[-1].event


def _of_open() -> Any:  # noqa: ANN401 - an update, whose type says little
    return update(relayed).where(relayed.c.event_id == bindparam("of"), _OPEN)


def _events(connection: Connection, places: Sequence[int]) -> Sequence[Event]:
    """These events as they came, oldest first: their source, id and order are the window's own."""
    decided = relayed.c.decisions.label("decided")  # later than what stands with the event: it was refused since
    statement = select(events, relayed.c.files, decided).join_from(relayed, events).where(relayed.c.event.in_(places))
    return [_event(row) for row in connection.execute(statement.order_by(relayed.c.event))]


def _event(row: Row[Any]) -> Event:
    return Event(
        row.event_id,
        row.source,
        row.type,
        row.subject,
        row.sequence,
        datetime.fromisoformat(row.time),
        row.data.encode(),
        tuple(json.loads(row.files)),
        tuple(row.decided.split(",")) if row.decided else (),
    )


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def _time_has_come(next_try: str | None, now: datetime) -> bool:
    return next_try is None or not _stamp(now) < next_try <= _stamp(now + _FURTHEST_TRY)
