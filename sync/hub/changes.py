"""The feed down to the windows: what the platform and its departments did, in one order, read by cursor."""

import json
import re
from collections.abc import Mapping
from datetime import datetime
from time import monotonic

import anyio
from sqlalchemy import Connection, func, insert, select, update
from starlette.concurrency import run_in_threadpool

from client.errors import PlatformError
from client.rules.agreement import case_sum
from client.rules.case import State
from sync.faults import NO_SUCH_CASE, NOT_LAWFUL
from sync.hub import agreement
from sync.hub.judging import may_become
from sync.hub.problems import Kind, Rejection
from sync.hub.store import Store
from sync.hub.tables import cases, changes, hub
from sync.protocol import ChangeMessage, ChangesMessage

PAGE = 200
_CURSOR = re.compile(r"([0-9a-f]{32})-([0-9]{1,18})")


def page(store: Store, cursor: str) -> ChangesMessage:
    """The changes after `cursor` ("" = from the start). Raises Rejection for a cursor this store never gave."""
    with store.read() as connection:
        epoch = connection.scalar(select(hub.c.epoch))
        after = _after(connection, cursor, str(epoch))
        statement = select(changes).where(changes.c.id > after).order_by(changes.c.id).limit(PAGE + 1)
        rows = connection.execute(statement).all()
    shown = rows[:PAGE]
    return ChangesMessage(
        changes=[
            ChangeMessage(kind=row.kind, subject=row.subject, data=json.loads(row.data), time=row.time) for row in shown
        ],
        cursor=f"{epoch}-{shown[-1].id if shown else after}",
        more=len(rows) > PAGE,
    )


class Newest:
    """The end of the feed, looked up once for all the windows that wait at this process, not once for each."""

    def __init__(self, store: Store, seconds: float) -> None:
        self._store = store
        self._seconds = seconds
        self._lock = anyio.Lock()
        self._cursor = ""
        self._until = 0.0

    async def cursor(self) -> str:
        """A cursor behind the last change; at most `seconds` old."""
        async with self._lock:
            if monotonic() >= self._until:
                self._cursor = await run_in_threadpool(_end, self._store)
                self._until = monotonic() + self._seconds
            return self._cursor


def _end(store: Store) -> str:
    with store.read() as connection:
        epoch = connection.scalar(select(hub.c.epoch))
        return f"{epoch}-{connection.scalar(select(func.max(changes.c.id))) or 0}"


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


def put(connection: Connection, kind: str, subject: str, data: Mapping[str, object], now: datetime) -> None:
    """Add a change to the feed, in the transaction of its act.

    The hub's own row is locked until that commits, so that ids are given in the order of the commits: otherwise a
    cursor could pass over a smaller id that is committed later.
    """
    connection.execute(select(hub.c.epoch).with_for_update())
    body = json.dumps(data, ensure_ascii=False)
    connection.execute(insert(changes), {"kind": kind, "subject": subject, "data": body, "time": now.isoformat()})


def move(store: Store, number: str, state: State, now: datetime, *, reason: str | None, by: str | None) -> None:
    """An act of the department behind the window: the case moves and the windows hear of it.

    Raises PlatformError when there is no such case or it cannot come to `state` from where it stands.
    """
    with store.write() as connection:
        row = select(cases.c.state, cases.c.case_key, cases.c.told).where(cases.c.number == number)
        before = connection.execute(row.with_for_update()).one_or_none()
        if before is None:
            raise PlatformError(NO_SUCH_CASE, number=number)
        if not may_become(before.state, state, announced=True):
            raise PlatformError(NOT_LAWFUL, number=number, before=before.state, after=state)
        moved = update(cases).where(cases.c.number == number)
        connection.execute(moved.values(state=state, told=state, updated_at=now.isoformat()))
        told = case_sum(number, before.case_key, state) - case_sum(number, before.case_key, before.told)
        agreement.add(connection, [(number, told)])
        put(connection, "case.state", number, {"state": state, "reason": reason, "by": by}, now)
