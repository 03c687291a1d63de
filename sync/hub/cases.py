"""The cases of a hub, read and moved beside it: by its commands, by tests, by the department's stand-in."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import func, select

from client.errors import PlatformError
from client.rules.case import State
from sync.faults import NOT_LAWFUL
from sync.hub import changes
from sync.hub.store import opened
from sync.hub.tables import case_files, cases, events, files


def list_cases(store_url: str) -> list[dict[str, Any]]:
    """Every case of a hub by number: [{"number", "source", "state", "events", "files": [{"sha256", "size"}]}].

    `events` counts the events taken for it, so that a duplicate would show. Raises PlatformError when no hub has
    been served from this store.
    """
    counted = select(events.c.subject, func.count().label("taken")).group_by(events.c.subject)
    held = (
        select(case_files.c.number, files.c.sha256, files.c.size)
        .join_from(case_files, files)
        .order_by(case_files.c.number, files.c.sha256)
    )
    with opened(store_url) as store, store.read() as connection:
        rows = connection.execute(select(cases).order_by(cases.c.number)).all()
        number_of_events = {row.subject: row.taken for row in connection.execute(counted)}
        of_case: dict[str, list[dict[str, Any]]] = {}
        for number, sha256, size in connection.execute(held):
            of_case.setdefault(number, []).append({"sha256": sha256, "size": size})
    return [
        {
            "number": row.number,
            "source": row.source,
            "state": row.state,
            "events": number_of_events.get(row.number, 0),
            "files": of_case.get(row.number, []),
        }
        for row in rows
    ]


def move_case(store_url: str, number: str, state: str, reason: str | None = None, by: str | None = None) -> None:
    """An act of the department: the case moves and a `case.state` change goes to the feed.

    Works beside a running hub. Raises PlatformError when there is no such store, case or state, or the move is a
    regress.
    """
    if state not in set(State):
        raise PlatformError(NOT_LAWFUL, number=number, before="—", after=state)
    with opened(store_url) as store:
        changes.move(store, number, State(state), datetime.now(UTC), reason=reason, by=by)
