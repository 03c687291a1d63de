"""What came from the scanner, beside the page it was cleaned into."""

from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_ORIGINALS = """
CREATE TABLE originals (
    page_id INTEGER NOT NULL,
    sealed_name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    size INTEGER NOT NULL,
    media_type TEXT NOT NULL,
    looks TEXT NOT NULL,
    CONSTRAINT pk_originals PRIMARY KEY (page_id),
    CONSTRAINT fk_originals_page_id_pages FOREIGN KEY(page_id) REFERENCES pages (id) ON DELETE CASCADE
)
"""


def upgrade() -> None:
    op.execute(_ORIGINALS)


def downgrade() -> None:
    op.execute("DROP TABLE originals")
