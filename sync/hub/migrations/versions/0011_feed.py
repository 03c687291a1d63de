"""A change says which hall it is for (those of before: all), packs are numbered, windows hear of the line above."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("changes", sa.Column("hall", sa.Text, nullable=False, server_default=""))
    op.create_index("ix_changes_hall", "changes", ["hall", "id"])
    op.create_table(
        "packs",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer, "sqlite"), nullable=False),
        sa.Column("hall", sa.Text, nullable=False),
        sa.Column("issued_at", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_packs"),
        sqlite_autoincrement=True,
    )
    op.add_column("hub", sa.Column("upstream_reached", sa.Integer))
