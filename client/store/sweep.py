"""Sealed files that no row speaks of any more: pages taken out of a draft, and what a death left before its row.

People's papers are not kept for nothing (个人信息保护法 第四十七条).
"""

from sqlalchemy import Connection, select

from client.store.engine import Database
from client.store.sealed import SealedFiles
from client.store.tables import metadata


def names_in_use(connection: Connection) -> set[str]:
    """The name of every sealed file that a row speaks of."""
    columns = [table.c.sealed_name for table in metadata.sorted_tables if "sealed_name" in table.c]
    return {name for column in columns for name in connection.scalars(select(column).where(column.is_not(None)))}


def sweep(database: Database, files: SealedFiles) -> int:
    """Delete them; returns how many. For the lock's holder, at any time: what was sealed in this run is left.

    A file is sealed before its row is written, so what this run sealed may still get its row; the next run sees.
    Takes time in proportion to the files. Raises StoreError (disk).
    """
    found = set(files.names())
    with database.read() as connection:
        orphans = found - names_in_use(connection)
    return sum(files.discard(name) for name in sorted(orphans))
