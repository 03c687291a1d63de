"""A store from before an event's data stood last in its row: all of it is there afterwards, and back again."""

import pytest

from client.store import attempts, audit, migrations
from client.store.engine import Database
from client.store.outbox import OutboxState, StoredOutbox
from client.store.sealed import SealedFiles
from client.store.tables import outbox
from tests.store.conftest import NOW, add_entries
from tests.store.old import alembic

AT = "2026-03-02T00:04:00.000000+00:00"
STATES = ("stored", "refused", "unknown", "waiting", "waiting")
_VALUES = {
    "event_id": "'e{n}'",
    "source": "'s{n}'",
    "case_id": "{n}",
    "subject": "'n{n}'",
    "type": "'case.received'",
    "time": "'2026-03-02T00:00:0{n}.000000+00:00'",
    "data": "zeroblob({n} * 2000)",
    "files": """'["f{n}"]'""",
    "state": "'{state}'",
    "attempts": "{n}",
    "next_try": "'2026-03-02T00:01:0{n}.000000+00:00'",
    "last_error": "'why {n}'",
    "ack": "'ack {n}'",
    "answered_at": "'2026-03-02T00:02:0{n}.000000+00:00'",
    "code": "'code {n}'",
    "differences": """'[["field {n}", "ours", "theirs"]]'""",
    "decisions": """'["decision-{n}"]'""",
    "held": "CASE {n} WHEN 5 THEN 'held' END",
    "tried_at": "'2026-03-02T00:03:0{n}.000000+00:00'",
    "took": "{n} * 10",
}


@pytest.fixture
def old(empty: Database) -> Database:
    """A store as 0009 made it, with an event in each state; each column of it is another one."""
    alembic(empty, "upgrade", "0009")
    with empty.begin() as connection:
        connection.exec_driver_sql("INSERT INTO items (id, task_handle_item, version, body) VALUES (1, 'T', 1, '{}')")
        connection.exec_driver_sql("INSERT INTO window (id, epoch) VALUES (1, 'e')")
        for n, state in enumerate(STATES, 1):
            connection.exec_driver_sql(
                "INSERT INTO cases (id, key, number, state, item_id, opened_by, opened_at)"
                f" VALUES ({n}, 'k{n}', 'n{n}', 'accepted', 1, '1001', '2026-03-02T00:00:00.000000+00:00')"
            )
            values = ", ".join(each.format(n=n, state=state) for each in _VALUES.values())
            connection.exec_driver_sql(f"INSERT INTO outbox ({', '.join(_VALUES)}) VALUES ({values})")
            connection.exec_driver_sql(
                f"INSERT INTO attempts (sequence, place, number, at, outcome) VALUES ({n}, 1, 1, '{AT}', 'unknown')"
            )
    add_entries(empty, 2)
    return empty


def _events(database: Database) -> list[tuple[object, ...]]:
    columns = ", ".join(["sequence", *_VALUES])
    with database.read() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(f"SELECT {columns} FROM outbox ORDER BY sequence")]


def _parents(database: Database) -> list[str]:
    with database.read() as connection:
        return [row[2] for row in connection.exec_driver_sql("PRAGMA foreign_key_list(attempts)")]


def test_what_was_kept_is_all_there_and_goes_back(old: Database, files: SealedFiles) -> None:
    before = _events(old)
    assert len({str(column) for row in before for column in row}) > len(_VALUES) * len(STATES) // 2
    migrations.upgrade(old)
    assert _events(old) == before
    box = StoredOutbox(old, files)
    (event,) = box.due(NOW, 9)
    assert (event.event_id, event.data, event.files, event.decisions) == ("e4", bytes(8000), ("f4",), ("decision-4",))
    with old.read() as connection:
        assert [len(attempts.of_event(connection, f"e{n}")) for n in range(1, 6)] == [2] * 5
        assert audit.verify(connection) is None
    alembic(old, "downgrade", "0009")
    assert _events(old) == before
    assert _parents(old) == ["outbox"]


def test_what_points_to_an_event_goes_with_it_as_before(old: Database) -> None:
    migrations.upgrade(old)
    with old.begin() as connection:
        connection.execute(outbox.delete().where(outbox.c.state == OutboxState.REFUSED))
        assert connection.exec_driver_sql("SELECT sequence FROM attempts").scalars().all() == [1, 3, 4, 5]
    assert _parents(old) == ["outbox"]
    assert old.problems() == []


DUE = "SELECT sequence, case_id, state, next_try, held FROM outbox WHERE state != 'stored' ORDER BY sequence"
COUNTED = (
    "SELECT state, held IS NOT NULL, min(time) FROM outbox WHERE state != 'stored' GROUP BY state, held IS NOT NULL"
)


@pytest.mark.parametrize("statement", [DUE, COUNTED])
def test_what_is_due_and_since_when_is_found_without_reading_a_row(database: Database, statement: str) -> None:
    """The data of a backlog is read when it goes, not whenever somebody looks for what is next, or counts."""
    with database.read() as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}").all()
    assert plan[0][3] == "SCAN outbox USING COVERING INDEX ix_outbox_unsettled"
