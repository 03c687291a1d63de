"""A store from before tries were kept: its events are all there, nobody holds them, and they have no history yet."""

import pytest

from client.store import attempts, audit, migrations
from client.store.engine import Database
from client.store.outbox import StoredOutbox
from client.store.sealed import SealedFiles
from tests.store.conftest import NOW, add_entries
from tests.store.old import alembic

COLUMNS = "sequence, event_id, source, case_id, subject, type, time, data, files, state, attempts, last_error, code"
STATES = ("stored", "refused", "unknown", "waiting")
_DATA = (
    "INSERT INTO items (id, task_handle_item, version, body) VALUES (1, 'T', 1, '{}')",
    "INSERT INTO window (id, epoch) VALUES (1, 'e')",
    *(
        f"INSERT INTO cases (id, key, number, state, item_id, opened_by, opened_at)"
        f" VALUES ({n}, 'k{n}', 'n{n}', 'accepted', 1, '1001', '2026-03-02T00:00:00.000000+00:00')"
        for n in range(1, 5)
    ),
    *(
        f"INSERT INTO outbox ({COLUMNS}) VALUES ({n}, 'e{n}', 's', {n}, 'n{n}', 'case.received',"
        f" '2026-03-02T00:00:00.000000+00:00', x'7b7d', '[]', '{state}', {n}, 'why', NULL)"
        for n, state in enumerate(STATES, 1)
    ),
)


@pytest.fixture
def old(empty: Database) -> Database:
    """A store as 0006 made it, with an event in each state."""
    alembic(empty, "upgrade", "0006")
    with empty.begin() as connection:
        for statement in _DATA:
            connection.exec_driver_sql(statement)
    add_entries(empty, 2)
    return empty


def _events(database: Database) -> list[tuple[object, ...]]:
    with database.read() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(f"SELECT {COLUMNS} FROM outbox ORDER BY sequence")]


def test_what_was_kept_is_all_there_and_goes_back(old: Database, files: SealedFiles) -> None:
    before = _events(old)
    migrations.upgrade(old)
    assert _events(old) == before
    box = StoredOutbox(old, files)
    assert [event.event_id for event in box.due(NOW, 9)] == ["e4"]
    counts = box.counts()
    assert (counts.waiting, counts.unknown, counts.refused, counts.held) == (1, 1, 1, 0)
    with old.read() as connection:
        assert [list(attempts.of_event(connection, f"e{n}")) for n in range(1, 5)] == [[]] * 4
        assert audit.verify(connection) is None
    alembic(old, "downgrade", "0006")
    assert _events(old) == before
