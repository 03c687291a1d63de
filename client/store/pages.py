"""Single pages of a material: where the file lies, and their order."""

from collections.abc import Sequence

from sqlalchemy import Connection, select, update

from client.store.tables import pages


def sealed_name(connection: Connection, page_id: int) -> str | None:
    """The sealed file of a page, None when there is no such page."""
    return connection.scalar(select(pages.c.sealed_name).where(pages.c.id == page_id))


def put_in_order(connection: Connection, page_ids: Sequence[int]) -> None:
    """Give the pages of one material this order; all of them must be named.

    No two may have the same place at any moment, so they are first moved out of the way.
    """
    for sign in (-1, 1):
        for place, page_id in enumerate(page_ids, 1):
            connection.execute(update(pages).where(pages.c.id == page_id).values(ordinal=sign * place))
