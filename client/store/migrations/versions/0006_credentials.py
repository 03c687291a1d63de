"""What a platform gave the window at its enrolment."""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_COLUMNS = ("hub_url", "client_id", "client_secret")


def upgrade() -> None:
    for column in _COLUMNS:
        op.execute(f"ALTER TABLE window ADD COLUMN {column} TEXT")


def downgrade() -> None:
    for column in _COLUMNS:
        op.execute(f"ALTER TABLE window DROP COLUMN {column}")
