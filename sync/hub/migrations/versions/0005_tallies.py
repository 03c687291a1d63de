"""What is held is summed by window and day, so that a window can compare; what was taken before is counted here.

Heads sort by their characters on every database, whatever the language of its own order.
"""

import json
from collections import defaultdict

import sqlalchemy as sa
from alembic import op

from client.rules.agreement import Fact, Sum, case_sum, event_sum, file_sum, head_of

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    by_character = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    op.add_column("cases", sa.Column("told", sa.Text))
    op.add_column("cases", sa.Column("head", by_character))
    op.execute(
        "UPDATE cases SET head = CASE WHEN length(number) > 7 THEN substr(number, 1, length(number) - 7) ELSE '' END"
    )
    op.create_index("ix_cases_head", "cases", ["head", "number"])
    op.create_table(
        "tallies",
        sa.Column("head", by_character, nullable=False),
        sa.Column("cases", sa.BigInteger, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("head", name="pk_tallies"),
    )
    connection = op.get_bind()
    _remember_told(connection)
    _count(connection)


def _remember_told(connection: sa.Connection) -> None:
    moves = connection.execute(sa.text("SELECT subject, data FROM changes WHERE kind = 'case.state' ORDER BY id"))
    told = {subject: json.loads(data)["state"] for subject, data in moves}
    if told:
        rows = [{"number": number, "state": state} for number, state in told.items()]
        connection.execute(sa.text("UPDATE cases SET told = :state WHERE number = :number"), rows)


def _count(connection: sa.Connection) -> None:
    sums: defaultdict[str, Sum] = defaultdict(Sum)
    for number, key, told in connection.execute(sa.text("SELECT number, case_key, told FROM cases")):
        sums[head_of(number)] += case_sum(number, key, told)
    for number, *fact in connection.execute(sa.text("SELECT subject, source, event_id, sequence FROM events")):
        sums[head_of(number)] += event_sum(number, Fact(*fact))
    for number, digest in connection.execute(sa.text("SELECT number, sha256 FROM case_files")):
        sums[head_of(number)] += file_sum(number, digest)
    if sums:
        rows = [{"head": head, "cases": each.cases, "digest": each.hex} for head, each in sums.items()]
        connection.execute(sa.text("INSERT INTO tallies VALUES (:head, :cases, :digest)"), rows)
