"""A store from before the index of 办件编号 left drafts out: every case is there afterwards, and back again."""

import pytest
from sqlalchemy.exc import IntegrityError

from client.store import audit, migrations
from client.store.engine import Database
from tests.store.conftest import add_entries
from tests.store.old import alembic

BEFORE = migrations.REVISIONS[migrations.REVISIONS.index("0014") - 1]
NUMBERS = ("n1", None, "n3", None)


@pytest.fixture
def old(empty: Database) -> Database:
    """A store as the revision before made it: two cases with numbers, two drafts, and what points to one of them."""
    alembic(empty, "upgrade", BEFORE)
    with empty.begin() as connection:
        connection.exec_driver_sql("INSERT INTO items (id, task_handle_item, version, body) VALUES (1, 'T', 1, '{}')")
        for n, number in enumerate(NUMBERS, 1):
            connection.exec_driver_sql(
                "INSERT INTO cases (id, key, number, state, item_id, opened_by, opened_at, pad_number, told)"
                f" VALUES ({n}, 'k{n}', ?, 'draft', 1, '1001', '2026-03-02T00:00:00.000000+00:00', 'p{n}', 't{n}')",
                (number,),
            )
        connection.exec_driver_sql(
            "INSERT INTO papers (case_id, kind, state, facts, issued_at) VALUES (3, 'receiving_slip', 'ready', '', 't')"
        )
    add_entries(empty, 2)
    return empty


def _kept(database: Database) -> list[tuple[object, ...]]:
    """All columns of all cases, by name; without that of a later shape of the store."""
    with database.read() as connection:
        rows = connection.exec_driver_sql("SELECT * FROM cases ORDER BY id").mappings()
        return [tuple(sorted({**row, "own_look": None}.items())) for row in rows]


def _indexes(database: Database) -> set[str]:
    told = "SELECT name FROM sqlite_master WHERE tbl_name = 'cases' AND type = 'index'"
    with database.read() as connection:
        return set(connection.exec_driver_sql(told).scalars())


def test_every_case_is_there_and_goes_back(old: Database) -> None:
    before, indexes = _kept(old), _indexes(old)
    migrations.upgrade(old)
    assert _kept(old) == before
    assert _indexes(old) >= {"ix_cases_number", "ix_cases_draft", "ix_cases_pad_number"}
    with old.read() as connection:
        assert [row[2] for row in connection.exec_driver_sql("PRAGMA foreign_key_list(papers)")] == ["cases"]
        assert audit.verify(connection) is None
    assert old.problems() == []
    alembic(old, "downgrade", BEFORE)
    assert (_kept(old), _indexes(old)) == (before, indexes)


def test_no_two_cases_have_one_number_and_drafts_have_none(old: Database) -> None:
    migrations.upgrade(old)
    with pytest.raises(IntegrityError), old.begin() as connection:
        connection.exec_driver_sql("UPDATE cases SET number = 'n1' WHERE id = 2")
    with old.begin() as connection:
        connection.exec_driver_sql("UPDATE cases SET number = 'n2' WHERE id = 2")


@pytest.mark.parametrize(
    "where", ["number = ?", "number >= ? AND number < 'o'", "number LIKE ? AND number IS NOT NULL"]
)
def test_a_case_is_found_by_its_number_in_the_index(database: Database, where: str) -> None:
    with database.read() as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN SELECT id FROM cases WHERE {where}", ("n",)).all()
    assert "ix_cases_number" in plan[0][3]
