"""Indexes of the page of papers: none of them has a row of a paper just issued, so that an act keeps up none."""

from alembic import op

revision = "0022"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE INDEX ix_papers_standing ON papers (state, issued_at) WHERE state != 'unrendered'")
    op.execute("CREATE INDEX ix_papers_kind ON papers (kind, state, issued_at) WHERE state != 'unrendered'")


def downgrade() -> None:
    op.execute("DROP INDEX ix_papers_kind")
    op.execute("DROP INDEX ix_papers_standing")
