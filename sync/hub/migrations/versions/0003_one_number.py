"""A case has one number: its key is unique.

Where a key stands under several numbers already, the first number keeps it; the others stay, without a key.
"""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        "UPDATE cases SET case_key = NULL WHERE EXISTS"
        " (SELECT 1 FROM cases AS other WHERE other.case_key = cases.case_key AND other.number < cases.number)"
    )
    op.create_index("ix_cases_case_key", "cases", ["case_key"], unique=True)
