"""Events that a person holds back: they keep their place, and what follows them in their case waits behind them."""

import math
from collections.abc import Mapping, Sequence

from sqlalchemy import ColumnElement, Connection, func, select, update

from client.store.tables import outbox

# As `store.outbox`, which stands on this module, calls them. Of what is under way nobody knows whether it is at the
# platform already: it cannot be held back any more.
_HOLDABLE = ("waiting", "refused")
_FIRST = (
    select(outbox.c.case_id, func.min(outbox.c.sequence).label("first"))
    .where(outbox.c.held.is_not(None))
    .group_by(outbox.c.case_id)
)


def hold(connection: Connection, event_id: str, reason: str) -> str | None:
    """Hold back an event that waits or was refused; returns its case's number, None when it is neither, or held."""
    return _set(connection, event_id, outbox.c.held.is_(None), reason)


def release(connection: Connection, event_id: str) -> str | None:
    """Let it go as if it had never been held; returns its case's number, None when it is not held."""
    return _set(connection, event_id, outbox.c.held.is_not(None), None)


def first_held(connection: Connection) -> Mapping[int, int]:
    """Of each case with a held event the place of its first: from there on nothing of it goes up."""
    return {row.case_id: row.first for row in connection.execute(_FIRST)}


def not_held(connection: Connection, event_ids: Sequence[str]) -> Sequence[str]:
    """Those of the events that may go: neither held, nor behind one of their case that is."""
    first = first_held(connection)
    if not first:
        return event_ids
    statement = select(outbox.c.event_id, outbox.c.case_id, outbox.c.sequence).where(outbox.c.event_id.in_(event_ids))
    rows = connection.execute(statement.order_by(outbox.c.sequence))
    return [row.event_id for row in rows if row.sequence < first.get(row.case_id, math.inf)]


def _set(connection: Connection, event_id: str, so_far: ColumnElement[bool], held: str | None) -> str | None:
    of = (outbox.c.event_id == event_id, outbox.c.state.in_(_HOLDABLE), so_far)
    number: str | None = connection.scalar(select(outbox.c.subject).where(*of))
    if number is not None:
        connection.execute(update(outbox).where(*of).values(held=held))
    return number
