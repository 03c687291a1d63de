"""The cases of a hub, read and moved beside it: by its commands, by tests, by the department's stand-in."""

from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import AwareDatetime, BaseModel, ConfigDict, StringConstraints
from sqlalchemy import delete, func, insert, select

from client.errors import PlatformError
from client.rules.case import State
from client.rules.items import HANDLE_ITEM
from sync.faults import NOT_LAWFUL, ONLINE_TAKEN
from sync.hub import changes
from sync.hub.store import opened
from sync.hub.tables import case_files, cases, events, files, items, online


class OnlineApplication(BaseModel):
    """An application as the platform took it online; `item` is its 业务办理项编码, with another no case meets it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    number: str
    item: Annotated[str, StringConstraints(pattern=f"^(?:{HANDLE_ITEM.pattern})$")]
    identifier: str
    received_at: AwareDatetime


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


def revise_item(store_url: str, code: str, version: int) -> None:
    """The catalogue of the platform goes on: `version` of the handling item `code` is in force now.

    Raises PlatformError when there is no such store.
    """
    with opened(store_url) as store, store.write() as connection:
        connection.execute(delete(items).where(items.c.code == code))
        connection.execute(insert(items), {"code": code, "version": version})


def put_online(store_url: str, application: OnlineApplication) -> None:
    """An application came in online. Raises PlatformError when there is no such store, or the number is taken."""
    row = application.model_dump() | {"received_at": application.received_at.isoformat()}
    with opened(store_url) as store, store.write() as connection:
        taken = connection.scalar(select(online.c.number).where(online.c.number == application.number))
        if taken is not None:
            raise PlatformError(ONLINE_TAKEN, number=application.number)
        connection.execute(insert(online), row)


def move_case(store_url: str, number: str, state: str, reason: str | None = None, by: str | None = None) -> None:
    """An act of the department: the case moves and a `case.state` change goes to the feed.

    Works beside a running hub. Raises PlatformError when there is no such store, case or state, or the move is a
    regress.
    """
    if state not in set(State):
        raise PlatformError(NOT_LAWFUL, number=number, before="—", after=state)
    with opened(store_url) as store:
        changes.move(store, number, State(state), datetime.now(UTC), reason=reason, by=by)
