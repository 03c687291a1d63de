"""Brings a store of an older program to the shape this one knows: all of it in one transaction, after a copy.

A store that is up to date is recognised by one small read, without loading alembic. A store of a newer program is
left alone.
"""

from pathlib import Path

from client.errors import StoreError
from client.store import faults
from client.store.engine import Database

REVISIONS = (
    "0001",
    "0002",
    "0003",
    "0004",
    "0005",
    "0006",
    "0007",
    "0008",
    "0009",
    "0010",
    "0011",
    "0012",
    "0013",
    "0014",
    "0015",
    "0016",
    "0017",
    "0018",
    "0019",
    "0022",
    "0023",
)
"""Every revision this program knows, oldest first; a test keeps it equal to the scripts."""

HEAD = REVISIONS[-1]

_SCRIPTS = Path(__file__).parent


def upgrade(database: Database) -> None:
    """Bring `database` to HEAD; an existing one is first copied beside itself as `store.db.before-HEAD`.

    For the holder of the profile's lock. Raises StoreError (too new, full, disk, corrupt); the store is then as it was.
    """
    current = revision_of(database)
    if current == HEAD:
        return
    if current is not None:
        database.copy_to(database.path.with_name(f"{database.path.name}.before-{HEAD}"))
    run_scripts(database, _SCRIPTS)


def revision_of(database: Database) -> str | None:
    """Return the revision of the tables, None where there are none yet. Raises StoreError when it is too new."""
    with database.read() as connection:
        tables = connection.exec_driver_sql("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'")
        if tables.first() is None:
            return None
        revision: str | None = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    if revision is not None and revision not in REVISIONS:
        raise StoreError(faults.TOO_NEW, revision=revision)
    return revision


def require_head(database: Database) -> None:
    """Raise StoreError where somebody who only reads, and brings nothing up to date, finds tables of before."""
    revision = revision_of(database)
    if revision not in {None, HEAD}:
        raise StoreError(faults.TOO_OLD, revision=revision)


def run_scripts(database: Database, scripts: Path) -> None:
    """Run the scripts in folder `scripts` that `database` has not seen, in one transaction. Raises StoreError."""
    # Late: alembic takes longer to import than a window may take to appear, and is needed after an update only.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    with database.alter() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
