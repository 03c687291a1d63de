"""How the papers of one case are to look where the citizen wants it otherwise than the settings."""

from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE cases ADD COLUMN own_look TEXT")


def downgrade() -> None:
    op.execute("ALTER TABLE cases DROP COLUMN own_look")
