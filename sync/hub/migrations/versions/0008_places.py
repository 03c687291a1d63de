"""The places of a source's events are looked up: a place taken by another event shows a cloned window."""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_events_source_sequence", "events", ["source", "sequence"])
