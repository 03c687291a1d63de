"""Windows may be enrolled: one-time tokens, clients, bearer tokens; of each secret its digest alone."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "enrolment_tokens",
        *map(_text, ("digest", "window", "expires_at")),
        sa.Column("used_at", sa.Text),
        sa.PrimaryKeyConstraint("digest", name="pk_enrolment_tokens"),
    )
    op.create_table(
        "clients",
        *map(_text, ("client_id", "window", "digest", "enrolled_at")),
        sa.Column("revoked_at", sa.Text),
        sa.PrimaryKeyConstraint("client_id", name="pk_clients"),
    )
    op.create_index("ix_clients_window", "clients", ["window"])
    op.create_table(
        "access_tokens",
        *map(_text, ("digest", "client_id", "expires_at")),
        sa.PrimaryKeyConstraint("digest", name="pk_access_tokens"),
        sa.ForeignKeyConstraint(["client_id"], ["clients.client_id"], name="fk_access_tokens_client_id_clients"),
    )


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False)
