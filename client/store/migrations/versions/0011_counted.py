"""How much waits, and since when, is counted in one index: a backlog of days is counted at every knock."""

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_BEFORE = "sequence, case_id, state, next_try, held"


def upgrade() -> None:
    _index(f"{_BEFORE}, time")


def downgrade() -> None:
    _index(_BEFORE)


def _index(columns: str) -> None:
    op.execute("DROP INDEX ix_outbox_unsettled")
    op.execute(f"CREATE INDEX ix_outbox_unsettled ON outbox ({columns}) WHERE state != 'stored'")
