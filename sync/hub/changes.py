"""The feed down to the windows: what the platform and its departments did, in one order, read by cursor.

A change is for one hall, or for all: a window reads its own hall's, so that what a province does costs a hall nothing.
"""

import heapq
import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from time import monotonic
from typing import Any, NamedTuple

import anyio
from sqlalchemy import Connection, Row, bindparam, func, insert, select, update
from starlette.concurrency import run_in_threadpool

from client.errors import PlatformError
from client.ports.platform import ChangeKind
from client.rules.agreement import case_sum
from client.rules.case import State
from sync.faults import NO_SUCH_CASE, NOT_LAWFUL
from sync.hub import agreement
from sync.hub.judging import may_act
from sync.hub.problems import Kind, Rejection
from sync.hub.speaking import hall_of, window_of
from sync.hub.store import Store
from sync.hub.tables import cases, changes, hub
from sync.protocol import ChangeMessage, ChangesMessage

PAGE = 200
PAGE_BYTES = 4 << 20  # of a page's data, unless one change alone is larger
EVERY_HALL = ""
_NOBODY = "-"  # no hall's name
_CURSOR = re.compile(r"([0-9a-f]{32})-([0-9]{1,18})")
_TOLD = (
    update(cases)
    .where(cases.c.number == bindparam("of"))
    .values(state=bindparam("to"), told=bindparam("to"), updated_at=bindparam("at"))
)


class Standing(NamedTuple):
    """Where a case stands, and what the feed said last of it."""

    number: str
    case_key: str | None
    source: str
    state: str
    told: str | None

    @property
    def hall(self) -> str:
        """Who wants to know what becomes of it."""
        return hall_of(window_of(self.source))


def page(store: Store, cursor: str, hall: str | None = None) -> ChangesMessage:
    """The changes after `cursor` ("" = from the start) for a hall and for all of them; None: for any.

    Raises Rejection for a cursor this store never gave.
    """
    shown: list[Row[Any]] = []
    size, more = 0, False
    with store.read() as connection:
        epoch = connection.scalar(select(hub.c.epoch))
        after = _after(connection, cursor, str(epoch))
        for row in _behind(connection, after, hall):
            size += len(row.data)
            more = len(shown) == PAGE or bool(shown and size > PAGE_BYTES)
            if more:
                break
            shown.append(row)
    return ChangesMessage(
        changes=[
            ChangeMessage(kind=row.kind, subject=row.subject, data=json.loads(row.data), time=row.time) for row in shown
        ],
        cursor=f"{epoch}-{shown[-1].id if shown else after}",
        more=more,
    )


def _behind(connection: Connection, after: int, hall: str | None) -> Iterator[Row[Any]]:
    """In order. For one hall and for all are two walks through the index: as one they would be sorted anew."""
    statement = select(changes).where(changes.c.id > after).order_by(changes.c.id).limit(PAGE + 1)
    if hall is None:
        return iter(connection.execute(statement))
    found = (connection.execute(statement.where(changes.c.hall == each)) for each in {EVERY_HALL, hall})
    return heapq.merge(*found, key=lambda row: row.id)


class Newest:
    """How far the feed has come for each hall, looked up once for all the windows that wait at this process."""

    def __init__(self, store: Store, seconds: float) -> None:
        self._store = store
        self._seconds = seconds
        self._lock = anyio.Lock()
        self._until = 0.0
        self._seen = -1  # before the first look
        self._of: dict[str, int] = {}

    async def change(self, hall: str | None) -> int:
        """A number that grows with each change for that hall, None: for any; at most `seconds` old."""
        async with self._lock:
            if monotonic() >= self._until:
                self._of |= await run_in_threadpool(_newest, self._store, self._seen)
                self._seen = max(self._of.values(), default=0)
                self._until = monotonic() + self._seconds
        return self._seen if hall is None else max(self._of.get(each, 0) for each in (EVERY_HALL, hall))


def _newest(store: Store, seen: int) -> dict[str, int]:
    """The last change of each hall among those behind `seen`; at the beginning of a process of none but the last."""
    last = func.max(changes.c.id)
    with store.read() as connection:
        if seen < 0:
            return {_NOBODY: connection.scalar(select(last)) or 0}
        return dict(
            connection.execute(select(changes.c.hall, last).where(changes.c.id > seen).group_by(changes.c.hall)).all()
        )


def _after(connection: Connection, cursor: str, epoch: str) -> int:
    if cursor == "":
        return 0
    match = _CURSOR.fullmatch(cursor)
    if match is None:
        raise Rejection(Kind.CURSOR_INVALID)
    newest = connection.scalar(select(func.max(changes.c.id))) or 0
    if match[1] != epoch or int(match[2]) > newest:  # another store, or this one restored from an older copy
        raise Rejection(Kind.CURSOR_GONE)
    return int(match[2])


def put(
    connection: Connection,
    kind: str,
    subject: str,
    data: Mapping[str, object],
    now: datetime,
    hall: str = EVERY_HALL,
) -> None:
    """Add a change for `hall` to the feed, in the transaction of its act.

    The hub's own row is locked until that commits, so that ids are given in the order of the commits: otherwise a
    cursor could pass over a smaller id that is committed later.
    """
    connection.execute(select(hub.c.epoch).with_for_update())
    row = {"kind": kind, "subject": subject, "data": json.dumps(data, ensure_ascii=False), "hall": hall}
    connection.execute(insert(changes), row | {"time": now.isoformat()})


def move(store: Store, number: str, state: State, now: datetime, *, reason: str | None, by: str | None) -> None:
    """An act of the department behind the window: the case moves and the windows hear of it.

    Raises PlatformError when there is no such case or it cannot come to `state` from where it stands.
    """
    with store.write() as connection:
        before = standing(connection, [number]).get(number)
        if before is None:
            raise PlatformError(NO_SUCH_CASE, number=number)
        if not may_act(before.state, state):
            raise PlatformError(NOT_LAWFUL, number=number, before=before.state, after=state)
        tell(connection, [before], {number: state}, now)
        put(connection, ChangeKind.CASE_STATE, number, {"state": state, "reason": reason, "by": by}, now, before.hall)


def standing(connection: Connection, numbers: Collection[str]) -> Mapping[str, Standing]:
    """Where these cases stand, as far as they are here; locked in the one order everybody locks them in."""
    columns = [cases.c[name] for name in Standing._fields]
    statement = select(*columns).where(cases.c.number.in_(numbers)).order_by(cases.c.number).with_for_update()
    return {row.number: Standing(*row) for row in connection.execute(statement)}


def tell(connection: Connection, before: Iterable[Standing], states: Mapping[str, State], now: datetime) -> None:
    """Move cases that are locked to the state of which their windows are told; the sums follow.

    For before the change is put: whoever puts one holds the feed, and waits for no sums with it in hand.
    """
    moved = [(case, states[case.number]) for case in before]
    connection.execute(_TOLD, [{"of": case.number, "to": state, "at": now.isoformat()} for case, state in moved])
    said = [
        (case.number, case_sum(case.number, case.case_key, state) - case_sum(case.number, case.case_key, case.told))
        for case, state in moved
    ]
    agreement.add(connection, said)
