"""Blocks of numbers are leased to the windows, from here on."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "number_series",
        sa.Column("series", sa.Text, nullable=False),
        sa.Column("last", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("series", name="pk_number_series"),
    )
    op.create_table(
        "number_blocks",
        *(sa.Column(name, sa.Text, nullable=False) for name in ("key", "source", "series")),
        *(sa.Column(name, sa.BigInteger, nullable=False) for name in ("first", "last")),
        sa.Column("leased_at", sa.Text, nullable=False),
        sa.Column("returned_from", sa.BigInteger),
        sa.Column("returned_at", sa.Text),
        sa.PrimaryKeyConstraint("key", name="pk_number_blocks"),
        sa.ForeignKeyConstraint(["series"], ["number_series.series"], name="fk_number_blocks_series_number_series"),
        sa.UniqueConstraint("series", "first", name="uq_number_blocks_series_first"),
    )
