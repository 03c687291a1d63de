"""A store from before pages could wait to be handed in: each of its pages is part of its case, and none waits."""

from sqlalchemy import select

from client.store import migrations, tables
from client.store.engine import Database
from tests.store.old import alembic

_PAGES = "SELECT id, name, sealed_name FROM pages ORDER BY id"
_DATA = (
    "INSERT INTO items (id, task_handle_item, version, body) VALUES (1, 'T', 1, '{}')",
    (
        "INSERT INTO cases (id, key, number, state, item_id, opened_by, opened_at)"
        " VALUES (1, 'k1', 'n1', 'accepted', 1, '1001', '2026-03-02T00:00:00.000000+00:00')"
    ),
    (
        "INSERT INTO slots (id, case_id, key, state, copies_original, copies_photocopy, compared, original_returned)"
        " VALUES (1, 1, 'list', 'deferred', 0, 0, 0, 0)"
    ),
    *(
        "INSERT INTO pages (id, slot_id, ordinal, name, sealed_name, sha256, size, media_type, sheets, attached_at)"
        f" VALUES ({n}, 1, {n}, '{n}.jpg', 's{n}', 'd{n}', 7, 'image/jpeg', 1, '2026-03-02T00:00:00.000000+00:00')"
        for n in (1, 2)
    ),
)


def test_what_was_there_is_taken_in_and_what_waits_goes_with_the_column(empty: Database) -> None:
    alembic(empty, "upgrade", "0008")
    with empty.begin() as connection:
        for statement in _DATA:
            connection.exec_driver_sql(statement)
        before = connection.exec_driver_sql(_PAGES).all()
    migrations.upgrade(empty)
    with empty.begin() as connection:
        assert connection.exec_driver_sql(_PAGES).all() == before
        assert connection.scalars(select(tables.pages.c.pending)).all() == [0, 0]
        connection.exec_driver_sql("UPDATE pages SET pending = 1 WHERE id = 2")
    alembic(empty, "downgrade", "0008")
    with empty.read() as connection:
        assert connection.exec_driver_sql(_PAGES).all() == before[:1]
