"""What the window last knew of its clock beside the platform's, for the events it makes while nobody can be asked."""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_COLUMNS = (("clock_ahead", "INTEGER"), ("clock_compared_at", "TEXT"))


def upgrade() -> None:
    for column, kind in _COLUMNS:
        op.execute(f"ALTER TABLE window ADD COLUMN {column} {kind}")


def downgrade() -> None:
    for column, _ in _COLUMNS:
        op.execute(f"ALTER TABLE window DROP COLUMN {column}")
