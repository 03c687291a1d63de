"""What the platform has of the disk before, where a window was rescued or restored."""

from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_BEFORE = """
CREATE TABLE cases_before (
    number TEXT NOT NULL,
    case_key TEXT,
    told TEXT,
    events TEXT NOT NULL,
    files TEXT NOT NULL,
    CONSTRAINT pk_cases_before PRIMARY KEY (number)
) WITHOUT ROWID
"""


def upgrade() -> None:
    op.execute(_BEFORE)


def downgrade() -> None:
    op.execute("DROP TABLE cases_before")
