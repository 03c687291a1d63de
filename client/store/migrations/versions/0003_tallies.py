"""What the platform acknowledged is summed by window and day; what it acknowledged before is counted here.

States it told of before are not known any more: where one was, platform and window differ until the feed is read anew.
The cursor is cleared for that: replaying the feed is harmless.
"""

import json
from collections import defaultdict

from alembic import op

from client.rules.agreement import Fact, Held, Sum, head_of

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_STORED = """
SELECT cases.id, outbox.subject AS number, cases.key, outbox.source, outbox.event_id, outbox.sequence, outbox.files
FROM outbox JOIN cases ON cases.id = outbox.case_id
WHERE outbox.state = 'stored'
"""


def upgrade() -> None:
    op.execute("ALTER TABLE cases ADD COLUMN told TEXT")
    op.execute(
        "CREATE TABLE tallies (head TEXT NOT NULL, cases INTEGER NOT NULL, digest TEXT NOT NULL,"
        " CONSTRAINT pk_tallies PRIMARY KEY (head)) WITHOUT ROWID"
    )
    connection = op.get_bind()
    of_case = defaultdict(list)
    for row in connection.exec_driver_sql(_STORED):
        of_case[row.id].append(row)
    sums: defaultdict[str, Sum] = defaultdict(Sum)
    for rows in of_case.values():
        events = frozenset(Fact(row.source, row.event_id, row.sequence) for row in rows)
        files = frozenset(digest for row in rows for digest in json.loads(row.files))
        sums[head_of(rows[0].number)] += Held(rows[0].number, rows[0].key, None, events, files).sum
    for head, each in sums.items():
        connection.exec_driver_sql("INSERT INTO tallies VALUES (?, ?, ?)", (head, each.cases, each.hex))
    op.execute("UPDATE window SET inbox_cursor = ''")


def downgrade() -> None:
    op.execute("DROP TABLE tallies")
    op.execute("ALTER TABLE cases DROP COLUMN told")
