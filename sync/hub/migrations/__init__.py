"""Brings a hub's store to the shape this program knows, on SQLite and PostgreSQL alike, in the caller's transaction.

The first hubs made their tables without a note of their revision: theirs is told by a column.
"""

from pathlib import Path

from sqlalchemy import Connection, column, inspect, select, table

REVISIONS = ("0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008", "0009", "0010", "0011")
"""Every revision this program knows, oldest first; a test keeps it equal to the scripts."""

HEAD = REVISIONS[-1]

_SCRIPTS = Path(__file__).parent
_VERSIONS = "alembic_version"


def revision_of(connection: Connection) -> str | None:
    """Return the revision of the tables, None where no hub has been served from."""
    found = inspect(connection)
    if found.has_table(_VERSIONS):
        return str(connection.scalar(select(column("version_num")).select_from(table(_VERSIONS))))
    if not found.has_table("hub"):
        return None
    return "0002" if "case_key" in {each["name"] for each in found.get_columns("cases")} else "0001"


def upgrade(connection: Connection) -> None:
    """Run the scripts this store has not seen. Its revision must be None or one of REVISIONS."""
    # Late: alembic takes longer to import than the rest of the hub, and is needed after an update only.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    current = revision_of(connection)
    if current is not None and not inspect(connection).has_table(_VERSIONS):
        command.stamp(config, current)
    command.upgrade(config, "head")
