"""How far this window has read the changes feed, and what that told of the line above its hall's node."""

from datetime import datetime

from sqlalchemy import Connection, select, update

from client.store.tables import window
from client.store.times import stamp


def cursor(connection: Connection) -> str:
    """Of the last page that was applied; "" before the first."""
    return connection.scalar(select(window.c.inbox_cursor)) or ""


def keep_cursor(connection: Connection, value: str) -> None:
    connection.execute(update(window).values(inbox_cursor=value))


def read_anew(connection: Connection) -> None:
    """The next pass reads the feed from its beginning; what was applied already changes nothing."""
    keep_cursor(connection, "")


def cut_above(connection: Connection) -> datetime | None:
    """Since when the hall's node has not reached the platform; None: it does, or there is none between."""
    since = connection.scalar(select(window.c.cut_above_since))
    return None if since is None else datetime.fromisoformat(since)


def keep_cut_above(connection: Connection, since: datetime | None) -> None:
    connection.execute(update(window).values(cut_above_since=None if since is None else stamp(since)))
