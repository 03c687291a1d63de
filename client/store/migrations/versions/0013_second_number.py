"""A case may have a second number, under which the platform keeps it."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("cases", sa.Column("second_number", sa.Text))
    op.create_index(
        "ix_cases_second_number",
        "cases",
        ["second_number"],
        unique=True,
        sqlite_where=sa.text("second_number IS NOT NULL"),
    )


def downgrade() -> None:
    op.drop_index("ix_cases_second_number", "cases")
    op.drop_column("cases", "second_number")
