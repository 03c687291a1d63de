"""The newest tries of each event are kept; a person may hold one back; rare kinds are found at once.

An accept touches none of the indexes: its events are not held, and not of a rare kind.
"""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_ATTEMPTS = """
CREATE TABLE attempts (
    sequence INTEGER NOT NULL,
    place INTEGER NOT NULL,
    number INTEGER NOT NULL,
    at TEXT NOT NULL,
    took INTEGER,
    outcome TEXT NOT NULL,
    said TEXT,
    CONSTRAINT pk_attempts PRIMARY KEY (sequence, place),
    CONSTRAINT fk_attempts_sequence_outbox FOREIGN KEY(sequence) REFERENCES outbox (sequence) ON DELETE CASCADE
) WITHOUT ROWID
"""
_COLUMNS = (("held", "TEXT"), ("tried_at", "TEXT"), ("took", "INTEGER"))
_INDEXES = (
    ("ix_outbox_held", "outbox (case_id, sequence) WHERE held IS NOT NULL"),
    ("ix_outbox_rare", "outbox (type, sequence) WHERE type NOT IN ('case.accepted', 'paper.issued')"),
)


def upgrade() -> None:
    op.execute(_ATTEMPTS)
    for column, kind in _COLUMNS:
        op.execute(f"ALTER TABLE outbox ADD COLUMN {column} {kind}")
    for name, what in _INDEXES:
        op.execute(f"CREATE INDEX {name} ON {what}")


def downgrade() -> None:
    for name, _ in _INDEXES:
        op.execute(f"DROP INDEX {name}")
    for column, _ in _COLUMNS:
        op.execute(f"ALTER TABLE outbox DROP COLUMN {column}")
    op.execute("DROP TABLE attempts")
