"""What the platform sends down to work by, and whether the hall's node reaches it."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "packs",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("issued_at", sa.Text, nullable=False),
        sa.Column("body", sa.Text),
        sa.Column("came_at", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_packs"),
        sa.UniqueConstraint("kind", "key", "version", name="uq_packs_kind_key_version"),
    )
    op.add_column("window", sa.Column("cut_above_since", sa.Text))


def downgrade() -> None:
    op.drop_column("window", "cut_above_since")
    op.drop_table("packs")
