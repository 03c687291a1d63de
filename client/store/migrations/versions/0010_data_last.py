"""What an event says is the end of its row, and what becomes of it stands before.

The data runs over onto pages of its own: whoever looked for a state read them first, whoever changed one wrote them
anew. What is due is found in the index alone; an accept touches the same pages as before.
"""

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_COLUMNS = {
    "sequence": "INTEGER NOT NULL",
    "event_id": "TEXT NOT NULL",
    "source": "TEXT NOT NULL",
    "case_id": "INTEGER NOT NULL",
    "subject": "TEXT NOT NULL",
    "type": "TEXT NOT NULL",
    "time": "TEXT NOT NULL",
    "data": "BLOB NOT NULL",
    "files": "TEXT NOT NULL",
    "state": "TEXT NOT NULL",
    "attempts": "INTEGER DEFAULT '0' NOT NULL",
    "next_try": "TEXT",
    "last_error": "TEXT",
    "ack": "TEXT",
    "answered_at": "TEXT",
    "code": "TEXT",
    "differences": "TEXT",
    "decisions": "TEXT",
    "held": "TEXT",
    "tried_at": "TEXT",
    "took": "INTEGER",
}
_LAST = ("files", "data")
_CONSTRAINTS = """
    CONSTRAINT pk_outbox PRIMARY KEY (sequence),
    CONSTRAINT uq_outbox_event_id UNIQUE (event_id),
    CONSTRAINT fk_outbox_case_id_cases FOREIGN KEY(case_id) REFERENCES cases (id)
"""
_UNSETTLED = "sequence, case_id, state, next_try, held"
_INDEXES = (
    ("ix_outbox_stored", "(case_id, sequence) WHERE state = 'stored'"),
    ("ix_outbox_held", "(case_id, sequence) WHERE held IS NOT NULL"),
    ("ix_outbox_rare", "(type, sequence) WHERE type NOT IN ('case.accepted', 'paper.issued')"),
)


def upgrade() -> None:
    _rebuild([*(name for name in _COLUMNS if name not in _LAST), *_LAST], _UNSETTLED)


def downgrade() -> None:
    _rebuild([*_COLUMNS], "sequence")


def _rebuild(order: list[str], unsettled: str) -> None:
    """The table again with its columns in this order, its rows and its indexes; what points to it stays."""
    names = ", ".join(order)
    columns = ",\n".join(f"{name} {_COLUMNS[name]}" for name in order)
    op.execute(f"CREATE TABLE outbox_new ({columns}, {_CONSTRAINTS})")
    op.execute(f"INSERT INTO outbox_new ({names}) SELECT {names} FROM outbox ORDER BY sequence")  # noqa: S608 - our own names
    op.execute("DROP TABLE outbox")
    op.execute("ALTER TABLE outbox_new RENAME TO outbox")
    for name, what in (("ix_outbox_unsettled", f"({unsettled}) WHERE state != 'stored'"), *_INDEXES):
        op.execute(f"CREATE INDEX {name} ON outbox {what}")
