"""A store from before windows printed: nothing that was on paper is printed again, and what was kept is all there."""

import pytest

from client.store import audit, migrations
from client.store.engine import Database
from client.store.prints import count_unprinted, unprinted
from tests.store.conftest import add_entries
from tests.store.old import alembic

PAPERS = (
    "id, case_id, kind, number, state, facts, issued_at, sealed_name, sha256, sm3, size, template, reprints,"
    " void_reason"
)
COLUMNS = "sequence, event_id, source, case_id, subject, type, time, data, files, state"

_DATA = (
    "INSERT INTO items (id, task_handle_item, version, body) VALUES (1, 'T', 1, '{}')",
    "INSERT INTO window (id, epoch) VALUES (1, 'e')",
    *(
        f"INSERT INTO cases (id, key, number, state, item_id, opened_by, opened_at)"
        f" VALUES ({n}, 'k{n}', 'n{n}', 'accepted', 1, '1001', '2026-03-02T00:00:00.000000+00:00')"
        for n in range(1, 6)
    ),
    *(
        f"INSERT INTO papers (id, case_id, kind, state, facts, issued_at, reprints)"
        f" VALUES ({n}, {n}, 'acceptance_notice', '{state}', '{{}}', '2026-03-02T00:00:00.000000+00:00', {reprints})"
        for n, state, reprints in (
            (1, "ready", 0),
            (2, "awaiting_seal", 0),
            (3, "unrendered", 0),
            (4, "voided", 0),
            (5, "awaiting_seal", 1),
        )
    ),
    *(
        f"INSERT INTO spool (paper_id, reprint_no, state, asked_at) VALUES ({paper}, {no}, '{state}', 't')"
        for paper, no, state in (
            (1, 0, "rendered"),
            (2, 0, "rendered"),
            (3, 0, "waiting"),
            (4, 0, "rendered"),
            (5, 0, "rendered"),
            (5, 1, "rendered"),
        )
    ),
    f"INSERT INTO outbox ({COLUMNS}) VALUES (1, 'i', 's', 1, 'n1', 'case.accepted', 't', x'00', '[]', 'stored')",
)


@pytest.fixture
def old(empty: Database) -> Database:
    """A store as 0001 made it, with five cases in it."""
    alembic(empty, "upgrade", "0001")
    with empty.begin() as connection:
        for statement in _DATA:
            connection.exec_driver_sql(statement)
    add_entries(empty, 2)
    return empty


def _rows(database: Database) -> dict[str, list[tuple[object, ...]]]:
    """What 0001 knows of every row."""
    columns = {
        "cases": "id, key, number, state, item_id, opened_by, opened_at",
        "papers": PAPERS,
        "spool": "paper_id, reprint_no, reason, state, sealed_name, asked_at",
        "outbox": COLUMNS,
        "audit": "*",
        "window": "id, epoch, inbox_cursor",
    }
    with database.read() as connection:
        return {
            table: [tuple(row) for row in connection.exec_driver_sql(f"SELECT {names} FROM {table}")]
            for table, names in columns.items()
        }


def test_what_was_kept_is_all_there_and_goes_back(old: Database) -> None:
    before = _rows(old)
    migrations.upgrade(old)
    assert migrations.revision_of(old) == migrations.HEAD
    assert _rows(old) == before
    with old.read() as connection:
        assert audit.verify(connection) is None
    alembic(old, "downgrade", "0001")
    assert migrations.revision_of(old) == "0001"
    assert _rows(old) == before
    migrations.upgrade(old)
    assert _rows(old) == before


def test_only_what_nobody_can_have_on_paper_is_to_be_printed(old: Database) -> None:
    migrations.upgrade(old)
    with old.read() as connection:
        found = [(each.print.paper_id, each.print.state) for each in unprinted(connection, 9)]
        assert count_unprinted(connection) == 2
    assert found == [(2, None), (3, None)]
