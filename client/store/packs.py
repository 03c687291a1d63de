"""What the platform sent down to work by, a row for each thing it spoke of; the newest pack decides."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, delete, insert, select, update

from client.store.tables import packs
from client.store.times import stamp


@dataclass(frozen=True, slots=True)
class Part:
    """One thing a pack spoke of. `body` is its JSON, None: withdrawn; `version` 0: it has none.

    `issued_at` is sortable (UTC, microseconds).
    """

    kind: str
    key: str
    version: int
    number: int
    issued_at: str
    body: str | None


_COLUMNS = (packs.c.kind, packs.c.key, packs.c.version, packs.c.number, packs.c.issued_at, packs.c.body)


def every(connection: Connection) -> Sequence[Part]:
    """All that is kept, in the order of its coming."""
    return [Part(*row) for row in connection.execute(select(*_COLUMNS).order_by(packs.c.id))]


def kept(connection: Connection, part: Part) -> Part | None:
    """What is kept of the same thing."""
    row = connection.execute(select(*_COLUMNS).where(*_same(part))).one_or_none()
    return None if row is None else Part(*row)


def put(connection: Connection, part: Part, at: datetime) -> bool:
    """Keep a part unless a pack made later spoke of it; whether anything changed by it."""
    before = kept(connection, part)
    if before is None:
        connection.execute(insert(packs), asdict(part) | {"came_at": stamp(at)})
        return True
    if before.issued_at >= part.issued_at:
        return False
    new = {"number": part.number, "issued_at": part.issued_at, "body": part.body, "came_at": stamp(at)}
    connection.execute(update(packs).where(*_same(part)).values(new))
    return True


def forget(connection: Connection) -> int:
    """Keep nothing of it any more; how many things it was."""
    return connection.execute(delete(packs)).rowcount


def _same(part: Part) -> tuple[ColumnElement[bool], ...]:
    return packs.c.kind == part.kind, packs.c.key == part.key, packs.c.version == part.version
