"""Events that a person holds back, and lets go again."""

from sqlalchemy import ColumnElement, Connection, select, update

from client.store.outbox import OutboxState
from client.store.tables import outbox

# Of what is under way nobody knows whether it is at the platform already: it cannot be held back any more.
_HOLDABLE = (OutboxState.WAITING, OutboxState.REFUSED)


def hold(connection: Connection, event_id: str, reason: str) -> str | None:
    """Hold back an event that waits or was refused: what follows it in its case waits behind it, in its place.

    Returns its case's number, None when it is neither, or held already.
    """
    return _set_held(connection, event_id, outbox.c.held.is_(None), reason)


def release(connection: Connection, event_id: str) -> str | None:
    """Let it go as if it had never been held; returns its case's number, None when it is not held."""
    return _set_held(connection, event_id, outbox.c.held.is_not(None), None)


def _set_held(connection: Connection, event_id: str, so_far: ColumnElement[bool], held: str | None) -> str | None:
    of = (outbox.c.event_id == event_id, outbox.c.state.in_(_HOLDABLE), so_far)
    number: str | None = connection.scalar(select(outbox.c.subject).where(*of))
    if number is not None:
        connection.execute(update(outbox).where(*of).values(held=held))
    return number
