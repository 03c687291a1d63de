"""Why the platform refused an event, what differs, and what was decided about it."""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_COLUMNS = ("code", "differences", "decisions")


def upgrade() -> None:
    for column in _COLUMNS:
        op.execute(f"ALTER TABLE outbox ADD COLUMN {column} TEXT")


def downgrade() -> None:
    for column in _COLUMNS:
        op.execute(f"ALTER TABLE outbox DROP COLUMN {column}")
