"""What the platform knows from elsewhere: items in force, applications that came in online; and what people decided."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("events", sa.Column("decisions", sa.Text))
    op.create_table(
        "items",
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("code", name="pk_items"),
    )
    op.create_table(
        "online",
        *(sa.Column(name, sa.Text, nullable=False) for name in ("number", "item", "identifier", "received_at")),
        sa.Column("withdrawn_by", sa.Text),
        sa.PrimaryKeyConstraint("number", name="pk_online"),
    )
    op.create_index("ix_online_identifier", "online", ["identifier", "item"])
