"""A hall node passes on what it takes: each event's way up, and how far the feed above was read."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_SERIAL = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_TEXTS = ("decisions", "next_try", "last_error", "ack", "answered_at", "code", "differences")


def upgrade() -> None:
    op.create_table(
        "relayed",
        sa.Column("event", _SERIAL, nullable=False, autoincrement=False),
        sa.Column("event_id", sa.Text, nullable=False),
        sa.Column("files", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        *(sa.Column(name, sa.Text) for name in _TEXTS),
        sa.PrimaryKeyConstraint("event", name="pk_relayed"),
        sa.ForeignKeyConstraint(["event"], ["events.id"], name="fk_relayed_event_events"),
        sa.UniqueConstraint("event_id", name="uq_relayed_event_id"),
    )
    unsettled = sa.text("state != 'stored'")
    op.create_index("ix_relayed_unsettled", "relayed", ["event"], sqlite_where=unsettled, postgresql_where=unsettled)
    op.add_column("hub", sa.Column("upstream", sa.Text))
    op.add_column("hub", sa.Column("upstream_cursor", sa.Text, nullable=False, server_default=""))
