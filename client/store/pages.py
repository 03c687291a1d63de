"""Single pages of a material: where the file lies, and their order."""

from sqlalchemy import Connection, select

from client.store.tables import pages


def sealed_name(connection: Connection, page_id: int) -> str | None:
    """The sealed file of a page, None when there is no such page."""
    return connection.scalar(select(pages.c.sealed_name).where(pages.c.id == page_id))
