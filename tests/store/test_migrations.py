"""An old store becomes a new one wholly or not at all, and a newer one is left alone."""

import importlib
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, event, inspect

from client.errors import StoreError
from client.store import audit, faults, migrations, tables
from client.store.engine import Database, open_database
from client.store.keys import Purpose, StoreKey
from client.store.profile import Profile
from tests.store.conftest import add_entries, entries, fill

SCRIPTS = Path(migrations.__file__).parent

# A revision of a later program: it rebuilds a table that others point to, moves data, and changes a second table.
BEFORE = migrations.HEAD
NEXT = f"""
from alembic import op
revision, down_revision, branch_labels, depends_on = "test2", "{BEFORE}", None, None
def upgrade():
    op.execute("CREATE TABLE items_new (id INTEGER PRIMARY KEY, body TEXT NOT NULL)")
    op.execute("INSERT INTO items_new SELECT id, body FROM items")
    op.execute("DROP TABLE items")
    op.execute("ALTER TABLE items_new RENAME TO items")
    op.execute("ALTER TABLE cases ADD COLUMN note TEXT")
    op.execute("UPDATE cases SET note = 'moved'")
"""


@pytest.fixture
def later(tmp_path: Path) -> Path:
    """The scripts of a later program."""
    folder = tmp_path / "later 100%"
    shutil.copytree(SCRIPTS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "versions" / "test2.py").write_text(NEXT)
    return folder


@pytest.fixture
def filled(database: Database) -> Database:
    with database.begin() as connection:
        fill(connection, tables.items, id=1)
        for serial in range(20):
            fill(connection, tables.cases, id=serial + 1, item_id=1)
    add_entries(database, 3)
    return database


def _shape(connection: Connection) -> dict[str, Any]:
    inspector = inspect(connection)
    return {
        table: {
            "columns": [{**column, "type": str(column["type"])} for column in inspector.get_columns(table)],
            "key": inspector.get_pk_constraint(table),
            "parents": sorted(map(str, inspector.get_foreign_keys(table))),
            "unique": sorted(map(str, inspector.get_unique_constraints(table))),
            "checks": sorted(map(str, inspector.get_check_constraints(table))),
            "indexes": sorted(
                (each["name"], each["column_names"], each["unique"], str(each["dialect_options"].get("sqlite_where")))
                for each in inspector.get_indexes(table)
            ),
        }
        for table in inspector.get_table_names()
        if table != "alembic_version"
    }


def test_the_head_equals_the_tables(database: Database) -> None:
    with database.read() as connection:
        assert compare_metadata(MigrationContext.configure(connection), tables.metadata) == []
        migrated = _shape(connection)
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        tables.metadata.create_all(connection)
        assert migrated == _shape(connection)
    engine.dispose()


def test_the_known_revisions_are_those_of_the_scripts() -> None:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    scripts = ScriptDirectory.from_config(config)
    assert [script.revision for script in scripts.walk_revisions()][::-1] == list(migrations.REVISIONS)
    assert scripts.get_current_head() == migrations.HEAD


def test_importing_the_scripts_environment_does_nothing() -> None:
    assert callable(importlib.import_module("client.store.migrations.env").run)


def test_a_store_that_is_up_to_date_is_recognised_without_alembic(database: Database, key: StoreKey) -> None:
    program = (
        "import sys; from pathlib import Path\n"
        "from client.store import migrations\n"
        "from client.store.engine import open_database\n"
        "database = open_database(Path(sys.argv[1]), bytes.fromhex(sys.argv[2]))\n"
        "migrations.upgrade(database)\n"
        "database.close()\n"
        "sys.exit('alembic' in sys.modules)"
    )
    arguments = [str(database.path), key.subkey(Purpose.DATABASE).hex()]
    subprocess.run([sys.executable, "-c", program, *arguments], check=True, timeout=30)


def test_a_new_store_needs_no_copy(profile: Profile, key: StoreKey) -> None:
    fresh = open_database(profile.database, key.subkey(Purpose.DATABASE))
    migrations.upgrade(fresh)
    assert migrations.revision_of(fresh) == migrations.HEAD
    assert not list(profile.folder.glob("*.before-*"))
    fresh.close()


def _as_later_program(monkeypatch: pytest.MonkeyPatch, later: Path) -> None:
    monkeypatch.setattr(migrations, "REVISIONS", (*migrations.REVISIONS, "test2"))
    monkeypatch.setattr(migrations, "HEAD", "test2")
    monkeypatch.setattr(migrations, "_SCRIPTS", later)


def test_an_old_store_is_copied_and_brought_up_with_all_its_cases(
    filled: Database, later: Path, key: StoreKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    _as_later_program(monkeypatch, later)
    migrations.upgrade(filled)
    with filled.read() as connection:
        notes = connection.exec_driver_sql("SELECT note FROM cases JOIN items ON items.id = item_id").scalars().all()
        assert audit.verify(connection) is None
    assert notes == ["moved"] * 20
    assert migrations.revision_of(filled) == "test2"
    before = open_database(filled.path.with_name("store.db.before-test2"), key.subkey(Purpose.DATABASE))
    assert (migrations.revision_of(before), entries(before)) == (BEFORE, 3)
    assert before.path.stat().st_mode == filled.path.stat().st_mode  # it is nobody else's to read either
    before.close()
    add_entries(filled, 1)  # the writer goes on


@contextmanager
def _failing_at(statement: int) -> Iterator[list[str]]:
    """The `statement`-th of all statements that alembic sends fails before it is run."""
    sent: list[str] = []

    def fail(_connection: Connection, _cursor: object, text: str, *_rest: object) -> None:
        sent.append(text)
        if len(sent) == statement + 1:
            raise InterruptedError(text)

    event.listen(Connection, "before_cursor_execute", fail)
    try:
        yield sent
    finally:
        event.remove(Connection, "before_cursor_execute", fail)


def test_stopped_at_any_statement_the_store_is_the_old_one(filled: Database, later: Path) -> None:
    with filled.read() as connection:
        shape = _shape(connection)
    stopped = 0
    while True:
        with _failing_at(stopped):
            try:
                migrations.run_scripts(filled, later)
            except InterruptedError:
                stopped += 1
            else:
                break
        with filled.read() as connection:
            assert _shape(connection) == shape
            assert connection.exec_driver_sql("SELECT count(*) FROM cases").scalar() == 20
        assert migrations.revision_of(filled) == BEFORE
    assert stopped >= 7  # six of the script, and alembic's own
    with filled.read() as connection:
        assert connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() == "test2"


KILLED = """
import os, signal, sys
from pathlib import Path
from sqlalchemy import Connection, event
from client.store import migrations
from client.store.engine import open_database
seen = 0
def kill(connection, cursor, text, *rest):
    global seen
    seen += 1
    if seen == int(sys.argv[4]):
        os.kill(os.getpid(), signal.SIGKILL)
database = open_database(Path(sys.argv[1]), bytes.fromhex(sys.argv[2]))
event.listen(Connection, "before_cursor_execute", kill)
migrations.run_scripts(database, Path(sys.argv[3]))
"""


@pytest.mark.parametrize("at", [1, 5, 7, 9])
def test_killed_at_any_statement_the_store_is_the_old_one(
    filled: Database, later: Path, key: StoreKey, at: int
) -> None:
    filled.close()
    secret = key.subkey(Purpose.DATABASE)
    command = [sys.executable, "-c", KILLED, str(filled.path), secret.hex(), str(later), str(at)]
    assert subprocess.run(command, check=False, timeout=30).returncode == -9
    again = open_database(filled.path, secret)
    assert migrations.revision_of(again) == BEFORE
    with again.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM cases").scalar() == 20
        assert "note" not in [column["name"] for column in inspect(connection).get_columns("cases")]
    again.close()


def test_a_newer_store_is_refused_and_left_alone(database: Database, profile: Profile) -> None:
    with database.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0999'")
    with pytest.raises(StoreError) as caught:
        migrations.upgrade(database)
    assert caught.value.fault is faults.TOO_NEW
    assert "0999" in caught.value.title
    assert not list(profile.folder.glob("*.before-*"))


def test_a_first_start_that_was_stopped_is_done_again(profile: Profile, key: StoreKey) -> None:
    fresh = open_database(profile.database, key.subkey(Purpose.DATABASE))
    with _failing_at(10), pytest.raises(InterruptedError):
        migrations.upgrade(fresh)
    assert migrations.revision_of(fresh) is None
    migrations.upgrade(fresh)
    assert migrations.revision_of(fresh) == migrations.HEAD
    fresh.close()


def test_a_copy_that_finds_no_room_changes_nothing(
    filled: Database, later: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _as_later_program(monkeypatch, later)

    def full(_path: Path) -> None:
        raise StoreError(faults.FULL, what="store.db")

    monkeypatch.setattr(filled, "copy_to", full)
    with pytest.raises(StoreError):
        migrations.upgrade(filled)
    assert migrations.revision_of(filled) == BEFORE
