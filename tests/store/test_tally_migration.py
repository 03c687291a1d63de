"""A store from before sums were kept: what the platform had acknowledged is counted, and its feed is read anew."""

from client.rules.agreement import Sum, head_of, total
from client.store import agreement, migrations
from client.store.engine import Database
from tests.store.old import alembic

NUMBERS = ("110101-01-07-20260302-0001-0", "110101-01-07-20260302-0002-0", "110101-01-07-20260303-0001-0")
_DATA = (
    "INSERT INTO items (id, task_handle_item, version, body) VALUES (1, 'T', 1, '{}')",
    "INSERT INTO window (id, epoch, inbox_cursor) VALUES (1, 'e', 'read-7')",
    *(
        f"INSERT INTO cases (id, key, number, state, item_id, opened_by, opened_at)"
        f" VALUES ({at}, 'k{at}', '{number}', 'accepted', 1, '1001', 't')"
        for at, number in enumerate(NUMBERS, 1)
    ),
    *(
        f"INSERT INTO outbox (sequence, event_id, source, case_id, subject, type, time, data, files, state)"
        f" VALUES ({at}, 'e{at}', 'urn:w', {case}, '{NUMBERS[case - 1]}', 'case.accepted', 't', x'7b7d', '{files}',"
        f" '{state}')"
        for at, (case, files, state) in enumerate(
            [(1, '["aa"]', "stored"), (1, '["aa","bb"]', "stored"), (2, "[]", "waiting"), (3, "[]", "stored")], 1
        )
    ),
)


def test_what_was_acknowledged_before_is_counted(empty: Database) -> None:
    alembic(empty, "upgrade", "0002")
    with empty.begin() as connection:
        for statement in _DATA:
            connection.exec_driver_sql(statement)
    migrations.upgrade(empty)
    with empty.read() as connection:
        found = agreement.held(connection, [1, 2, 3]).values()
        rows = connection.exec_driver_sql("SELECT head, cases, digest FROM tallies").all()
        cursor = connection.exec_driver_sql("SELECT inbox_cursor FROM window").scalar_one()
    heads = {head_of(each.number) for each in found}
    assert {head: Sum.of(cases, digest) for head, cases, digest in rows} == {
        head: total(each.sum for each in found if head_of(each.number) == head) for head in heads
    }
    assert (len(found), cursor) == (2, "")
    alembic(empty, "downgrade", "0002")
    assert migrations.revision_of(empty) == "0002"
