"""The window's credentials, in the encrypted store as everything else it must not tell, and its change of epoch."""

from collections.abc import Sequence

from sqlalchemy import Connection, select, update

from client.ports.identity import Credentials, Unsent
from client.store.memory import new_epoch
from client.store.outbox import OutboxState
from client.store.tables import outbox, window

_UNSETTLED = outbox.c.state != OutboxState.STORED
_IN_DOUBT = outbox.c.state.in_([OutboxState.SENDING, OutboxState.UNKNOWN])


def kept(connection: Connection) -> Credentials | None:
    """The credentials kept last."""
    row = connection.execute(select(window.c.hub_url, window.c.client_id, window.c.client_secret)).one()
    return None if row.client_id is None else Credentials(row.hub_url, row.client_id, row.client_secret)


def keep(connection: Connection, credentials: Credentials) -> None:
    values = {
        "hub_url": credentials.hub_url,
        "client_id": credentials.client_id,
        "client_secret": credentials.secret,
    }
    connection.execute(update(window).values(values))


def unsent(connection: Connection) -> Sequence[Unsent]:
    """Every event without acknowledgement, oldest first."""
    statement = select(outbox.c.source, outbox.c.event_id).where(_UNSETTLED).order_by(outbox.c.sequence)
    return [Unsent(*row) for row in connection.execute(statement)]


def begin_epoch(connection: Connection, window_uri: str) -> str:
    """Give the store a new epoch and let what is not acknowledged go up under it; returns the new source.

    Of what was in doubt the caller knows that the platform never had it.
    """
    source = f"{window_uri}:{new_epoch(connection)}"
    connection.execute(update(outbox).where(_UNSETTLED, _IN_DOUBT).values(state=OutboxState.WAITING))
    connection.execute(update(outbox).where(_UNSETTLED).values(source=source))
    return source
