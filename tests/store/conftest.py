"""A window's memory on the real parts: a real encrypted file, real sealed files, in a folder of the test's own."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection, Integer, Table

from client.errors import StoreError
from client.store import audit, faults, migrations
from client.store.engine import Database, open_database
from client.store.keys import Purpose, StoreKey
from client.store.profile import Profile
from client.store.sealed import SealedFiles

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    profile = Profile(tmp_path / "window")
    profile.make()
    return profile


EXAMPLE_KEY = StoreKey(b"example key of thirty-two bytes.")


@pytest.fixture
def key() -> StoreKey:
    return EXAMPLE_KEY


@pytest.fixture(scope="session")
def fresh_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new store under the example key; made once, because alembic takes its time."""
    path = tmp_path_factory.mktemp("fresh") / "store.db"
    opened = open_database(path, EXAMPLE_KEY.subkey(Purpose.DATABASE))
    migrations.upgrade(opened)
    opened.close()
    return path


@pytest.fixture
def database(profile: Profile, key: StoreKey, fresh_store: Path) -> Iterator[Database]:
    shutil.copy(fresh_store, profile.database)
    opened = open_database(profile.database, key.subkey(Purpose.DATABASE))
    yield opened
    opened.close()


@pytest.fixture
def empty(profile: Profile, key: StoreKey) -> Iterator[Database]:
    """A database without a table, for the scripts to begin with."""
    opened = open_database(profile.database, key.subkey(Purpose.DATABASE))
    yield opened
    opened.close()


@pytest.fixture
def files(profile: Profile, key: StoreKey) -> SealedFiles:
    return SealedFiles(profile.files, key)


def add_entries(database: Database, count: int) -> None:
    """Commit `count` audit entries, one transaction each."""
    for serial in range(count):
        with database.begin() as connection:
            audit.add(connection, NOW, "1001", "accept", f"case {serial}", "done", {"serial": serial})


def fill(connection: Connection, table: Table, **given: object) -> None:
    """Insert a row with what is `given`, and with something in every other column that asks for it."""
    some = {
        column.name: 0 if isinstance(column.type, Integer) else ""
        for column in table.columns
        if not column.nullable and not column.primary_key and column.server_default is None
    }
    connection.execute(table.insert(), some | given)


def entries(database: Database) -> int:
    with database.read() as connection:
        return int(connection.exec_driver_sql("SELECT count(*) FROM audit").scalar_one())


def read_all(path: Path, key: StoreKey) -> int:
    """Open as a window does at its start, and read everything: the number of entries, or StoreError."""
    database = open_database(path, key.subkey(Purpose.DATABASE))
    try:
        migrations.upgrade(database)
        audit.confirm_last(database)
        problems = database.problems()
        if problems:
            raise StoreError(faults.CORRUPT, file=path.name)
        with database.read() as connection:
            assert audit.verify(connection) is None
        return entries(database)
    finally:
        database.close()
