"""Single pages of a material: where the file lies, their order, and whether they are handed in."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, select, update

from client.ports.pages import PageFacts
from client.store.sealed import SealedFile
from client.store.tables import pages
from client.store.times import stamp


def sealed_name(connection: Connection, page_id: int) -> str | None:
    """The sealed file of a page, None when there is no such page."""
    return connection.scalar(select(pages.c.sealed_name).where(pages.c.id == page_id))


def name_of(connection: Connection, page_id: int) -> str | None:
    """The file's name as the clerk knows it, None when there is no such page."""
    return connection.scalar(select(pages.c.name).where(pages.c.id == page_id))


def put_in_order(connection: Connection, page_ids: Sequence[int]) -> None:
    """Give the pages of one material this order; all of them must be named.

    No two may have the same place at any moment, so they are first moved out of the way.
    """
    for sign in (-1, 1):
        for place, page_id in enumerate(page_ids, 1):
            connection.execute(update(pages).where(pages.c.id == page_id).values(ordinal=sign * place))


def append(
    connection: Connection,
    slot_id: int,
    name: str,
    sealed: SealedFile,
    facts: PageFacts,
    at: datetime,
    *,
    pending: bool = False,
) -> int:
    """Put a page whose file is already sealed behind the others of its material; returns its id."""
    values = {
        "slot_id": slot_id,
        "ordinal": next_ordinal(connection, slot_id),
        "name": name,
        "sealed_name": sealed.name,
        "sha256": sealed.sha256,
        "size": sealed.size,
        "media_type": facts.media_type,
        "sheets": facts.sheets,
        "attached_at": stamp(at),
        "pending": int(pending),
    }
    return int(connection.execute(insert(pages).returning(pages.c.id), values).scalar_one())


def put_behind(connection: Connection, page_id: int, slot_id: int) -> None:
    """Give a page to another material, behind the pages of that one."""
    values = {"slot_id": slot_id, "ordinal": next_ordinal(connection, slot_id)}
    connection.execute(update(pages).where(pages.c.id == page_id).values(values))


def next_ordinal(connection: Connection, slot_id: int) -> int:
    last = connection.scalar(select(func.max(pages.c.ordinal)).where(pages.c.slot_id == slot_id))
    return (last or 0) + 1


def hand_in(connection: Connection, slot_id: int) -> None:
    """What was pending of a material is part of it."""
    connection.execute(update(pages).where(pages.c.slot_id == slot_id).values(pending=0))


def drop_pending(connection: Connection, slot_id: int) -> None:
    """Nobody was told of these pages: their files are swept when the window closes."""
    connection.execute(delete(pages).where(pages.c.slot_id == slot_id, pages.c.pending == 1))
