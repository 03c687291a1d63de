"""What became of each device's work."""

from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

_DEVICES = """
CREATE TABLE devices (
    device TEXT NOT NULL,
    address TEXT NOT NULL,
    good INTEGER NOT NULL,
    last_good TEXT,
    failed TEXT NOT NULL,
    last_failed TEXT,
    last_code TEXT NOT NULL,
    CONSTRAINT pk_devices PRIMARY KEY (device, address)
)
"""


def upgrade() -> None:
    op.execute(_DEVICES)


def downgrade() -> None:
    op.execute("DROP TABLE devices")
