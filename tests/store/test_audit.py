"""Who did what cannot be changed, reordered, cut out or cut off unseen."""

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from client.errors import StoreError
from client.store import audit, faults
from client.store.engine import Database, open_database
from client.store.keys import Purpose, StoreKey
from client.store.tables import audit as table
from tests.store.conftest import NOW, add_entries, entries


def _verify(database: Database) -> int | None:
    with database.read() as connection:
        return audit.verify(connection)


def _forge(database: Database, *statements: str) -> None:
    """What somebody with the key and without our triggers could do."""
    with database.begin() as connection:
        for trigger in ("audit_no_change", "audit_no_delete", "audit_in_order"):
            connection.exec_driver_sql(f"DROP TRIGGER {trigger}")
        for statement in statements:
            connection.exec_driver_sql(statement)


def test_an_untouched_chain_holds(database: Database) -> None:
    assert _verify(database) is None
    add_entries(database, 10)
    assert _verify(database) is None


def test_the_chain_goes_on_after_a_restart_and_a_rollback(database: Database, key: StoreKey) -> None:
    add_entries(database, 3)
    with pytest.raises(ZeroDivisionError), database.begin() as connection:
        audit.add(connection, NOW, "1001", "accept", str(1 // 0), "done", {})
    database.close()
    again = open_database(database.path, key.subkey(Purpose.DATABASE))
    add_entries(again, 3)
    assert _verify(again) is None
    assert entries(again) == 6
    again.close()


def test_several_entries_of_one_transaction_are_chained(database: Database) -> None:
    with database.begin() as connection:
        for act in ("receive", "accept", "print"):
            audit.add(connection, NOW, "1001", act, "case", "done", {"号": [1, None]})
    assert _verify(database) is None
    assert entries(database) == 3


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET staff = '1002' WHERE id = 2",
        "DELETE FROM audit WHERE id = 2",
        "DELETE FROM audit",
        "INSERT OR REPLACE INTO audit SELECT * FROM audit WHERE id = 2",
        "INSERT INTO audit SELECT 99, at, staff, act, subject, outcome, detail, previous, digest FROM audit LIMIT 1",
    ],
)
def test_the_database_itself_refuses_to_change_it(database: Database, statement: str) -> None:
    add_entries(database, 3)
    with pytest.raises(IntegrityError), database.begin() as connection:
        connection.exec_driver_sql(statement)
    assert entries(database) == 3
    assert _verify(database) is None


@pytest.mark.parametrize("column", ["at", "staff", "act", "subject", "outcome", "detail", "previous", "digest"])
def test_a_changed_word_is_found(database: Database, column: str) -> None:
    add_entries(database, 5)
    _forge(database, f"UPDATE audit SET {column} = {column} || ' ' WHERE id = 3")
    assert _verify(database) == 3


def test_a_word_moved_over_a_border_is_found(database: Database) -> None:
    add_entries(database, 2)
    _forge(database, "UPDATE audit SET staff = '1001a', act = 'ccept' WHERE id = 1")
    assert _verify(database) == 1


def test_a_cut_out_entry_is_found(database: Database) -> None:
    add_entries(database, 5)
    _forge(database, "DELETE FROM audit WHERE id = 3", "UPDATE audit SET id = id - 1 WHERE id > 3")
    assert _verify(database) == 3


def test_a_cut_off_end_is_found_by_the_note_beside_the_database(database: Database) -> None:
    add_entries(database, 5)
    _forge(database, "DELETE FROM audit WHERE id = 5")
    assert _verify(database) is None
    with pytest.raises(StoreError) as caught:
        audit.confirm_last(database)
    assert caught.value.fault is faults.ENTRIES_LOST


def test_a_chain_made_anew_is_found_by_the_note_beside_the_database(database: Database) -> None:
    add_entries(database, 2)
    with database.read() as connection:
        rows = connection.execute(select(table).order_by(table.c.id)).all()
    _forge(database, "DELETE FROM audit")
    with database.begin() as connection:
        connection.info.clear()
        last = "0" * 64
        for row in rows:
            words = (row.at, "1002", row.act, row.subject, row.outcome, row.detail)
            digest = audit._digest(row.id, words, last)
            connection.execute(insert(table), row._asdict() | {"staff": "1002", "previous": last, "digest": digest})
            last = digest
    assert _verify(database) is None
    with pytest.raises(StoreError):
        audit.confirm_last(database)


def test_the_digest_never_changes() -> None:
    """A changed form would break every existing chain; this value is from the first release."""
    words = ("2026-03-02T09:30:00.000000+00:00", "1001", "accept", "办件", "done", "{}")
    assert audit._digest(1, words, "0" * 64) == "a4dae0c0bd4bdbdde074ef37308ce7d3abcb1342439e01e73abe6b023ded5590"


def test_adding_does_not_grow_with_the_chain(database: Database) -> None:
    """Told by what SQLite reads: the end of the chain is looked up once, then remembered."""
    add_entries(database, 1)
    seen: list[str] = []
    with database.begin() as connection:
        raw = connection.connection.dbapi_connection
        assert raw
        raw.set_trace_callback(seen.append)
        audit.add(connection, NOW, "1001", "accept", "case", "done", {})
        raw.set_trace_callback(None)
    assert not [statement for statement in seen if statement.startswith("SELECT")]
