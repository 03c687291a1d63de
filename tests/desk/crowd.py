"""Many settled cases at once: what a window has kept after years, made by the database itself."""

from client.store.papers import fill_spool
from tests.desk.counter import CLERK, FOOD, Desk

# Each row of the first case again and again, done with: printed, sealed, at the platform, its clock run out.
_GROWTH = """
UPDATE cases SET state = 'finished', clock_due = NULL WHERE id = 1;
UPDATE papers SET state = 'ready';
UPDATE spool SET print_state = 'done', state = 'rendered';
UPDATE outbox SET state = 'stored', ack = 'A';
CREATE TEMP TABLE n AS
    WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < :count) SELECT i FROM n;
INSERT INTO cases (id, key, number, state, item_id, opened_by, opened_at, received_at, accepted_on, promised_date)
    SELECT i, 'k' || i, '110101-01-07-20250101-' || i || '-1', 'finished', item_id, opened_by,
        '2025-01-01T00:00:00.000000+00:00', received_at, accepted_on, promised_date
    FROM cases, n WHERE id = 1;
INSERT INTO applicants (case_id, part, name, identifier, body)
    SELECT i, part, name || i, 'N' || i, body FROM applicants, n WHERE case_id = 1;
INSERT INTO papers (id, case_id, kind, number, state, facts, issued_at)
    SELECT i * 10, i, kind, number || i, 'ready', facts, issued_at FROM papers, n WHERE case_id = 1;
INSERT INTO spool (paper_id, reprint_no, state, sealed_name, asked_at, print_state)
    SELECT i * 10, 0, 'rendered', 's', asked_at, 'done' FROM spool, n WHERE paper_id = 1;
INSERT INTO outbox (event_id, source, case_id, subject, type, time, data, files, state, ack)
    SELECT event_id || i, source, i, subject || i, type, '2025-01-01T00:00:00.000000+00:00', data, files, 'stored', 'A'
    FROM outbox, n WHERE case_id = 1;
DROP TABLE n
"""


def crowd(desk: Desk, count: int, *, thin: bool = False) -> None:
    """Fill a fresh store with `count` finished cases; `thin`: their events say nothing, or a million take 4 GiB."""
    desk.intake.accept(desk.draft(FOOD), CLERK)
    with desk.memory.begin() as connection:
        fill_spool(connection)
        if thin:
            connection.exec_driver_sql("UPDATE outbox SET data = x'7b7d'")
        for statement in _GROWTH.split(";"):
            connection.exec_driver_sql(statement.replace(":count", str(count)))
