"""Pages scanned for 容缺补齐 lie sealed in their material before it is handed in: until then they are no part of it."""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE pages ADD COLUMN pending INTEGER DEFAULT '0' NOT NULL")


def downgrade() -> None:
    op.execute("DELETE FROM pages WHERE pending = 1")
    op.execute("ALTER TABLE pages DROP COLUMN pending")
