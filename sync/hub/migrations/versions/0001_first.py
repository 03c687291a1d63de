"""The first shape of the hub's store: what came from the windows, and what goes back to them.

Written out column by column: what an old store was made of must not change with the tables of today.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table("hub", sa.Column("id", sa.Integer), _text("epoch"), _key("hub", "id"))
    op.create_table(
        "events",
        sa.Column("id", _serial()),
        *map(_text, ("source", "event_id", "type", "subject")),
        sa.Column("sequence", sa.BigInteger, nullable=False),
        *map(_text, ("time", "data", "digest", "ack", "taken_at")),
        _key("events", "id"),
        sa.UniqueConstraint("source", "event_id", name="uq_events_source_event_id"),
    )
    op.create_index("ix_events_subject", "events", ["subject"])
    op.create_table(
        "cases",
        *map(_text, ("number", "source", "state", "last_source")),
        sa.Column("last_sequence", sa.BigInteger, nullable=False),
        *map(_text, ("payload_event", "updated_at")),
        _key("cases", "number"),
    )
    op.create_table(
        "files",
        _text("sha256"),
        sa.Column("size", sa.BigInteger, nullable=False),
        _text("held_at"),
        _key("files", "sha256"),
    )
    op.create_table(
        "case_files",
        *map(_text, ("number", "sha256")),
        _key("case_files", "number", "sha256"),
        sa.ForeignKeyConstraint(["number"], ["cases.number"], name="fk_case_files_number_cases"),
        sa.ForeignKeyConstraint(["sha256"], ["files.sha256"], name="fk_case_files_sha256_files"),
    )
    op.create_table(
        "changes",
        sa.Column("id", _serial()),
        *map(_text, ("kind", "subject", "data", "time")),
        _key("changes", "id"),
        sqlite_autoincrement=True,
    )


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False)


def _serial() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer, "sqlite")


def _key(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*columns, name=f"pk_{table}")
