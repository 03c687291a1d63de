"""A change says which hall it is for; those of before are for all."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("changes", sa.Column("hall", sa.Text, nullable=False, server_default=""))
    op.create_index("ix_changes_hall", "changes", ["hall", "id"])
