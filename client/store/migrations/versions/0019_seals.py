"""Electronic seals of the organs, and in the 用印登记簿 what a key sealed: with which seal, by whose certificate."""

from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

_SEALS = """
CREATE TABLE seals (
    organ TEXT NOT NULL,
    es_id TEXT NOT NULL,
    der BLOB NOT NULL,
    CONSTRAINT pk_seals PRIMARY KEY (organ, es_id)
)
"""
_OF_A_KEY = (
    "es_id TEXT",
    "holder TEXT",
    "certificate TEXT",
    "sm3 TEXT",
    "sha256 TEXT",
    "sealed_name TEXT",
    "size INTEGER",
)


def upgrade() -> None:
    op.execute(_SEALS)
    for column in _OF_A_KEY:
        op.execute(f"ALTER TABLE seal_ledger ADD COLUMN {column}")
    op.execute("CREATE INDEX ix_seal_ledger_sha256 ON seal_ledger (sha256) WHERE sha256 IS NOT NULL")


def downgrade() -> None:
    op.execute("DROP INDEX ix_seal_ledger_sha256")
    for column in _OF_A_KEY:
        op.execute(f"ALTER TABLE seal_ledger DROP COLUMN {column.partition(' ')[0]}")
    op.execute("DROP TABLE seals")
