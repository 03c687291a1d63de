"""Blocks of numbers leased from the platform, and the platform's number of a paper that had to go without.

Both are empty where a window numbers from a range of its own; no accept touches their indexes there.
"""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_BLOCKS = """
CREATE TABLE number_blocks (
    id INTEGER NOT NULL,
    "key" TEXT NOT NULL,
    series TEXT NOT NULL,
    size INTEGER NOT NULL,
    first INTEGER,
    last INTEGER,
    asked_at TEXT NOT NULL,
    leased_at TEXT,
    back_from INTEGER,
    back_at TEXT,
    CONSTRAINT pk_number_blocks PRIMARY KEY (id),
    CONSTRAINT uq_number_blocks_key UNIQUE ("key")
)
"""
_INDEXES = (
    ("ix_number_blocks_series", "INDEX", "number_blocks (series, first)"),
    ("ix_papers_central_number", "UNIQUE INDEX", "papers (central_number) WHERE central_number IS NOT NULL"),
)


def upgrade() -> None:
    op.execute(_BLOCKS)
    op.execute("ALTER TABLE papers ADD COLUMN central_number TEXT")
    for name, kind, what in _INDEXES:
        op.execute(f"CREATE {kind} {name} ON {what}")


def downgrade() -> None:
    for name, _, _ in _INDEXES:
        op.execute(f"DROP INDEX {name}")
    op.execute("ALTER TABLE papers DROP COLUMN central_number")
    op.execute("DROP TABLE number_blocks")
