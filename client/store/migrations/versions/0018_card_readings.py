"""What a card told, beside the case it was read for: words for the form, and the chip's text for a time."""

from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

_CARD_READINGS = """
CREATE TABLE card_readings (
    id INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    identifier TEXT NOT NULL,
    facts TEXT NOT NULL,
    block BLOB,
    read_at TEXT NOT NULL,
    CONSTRAINT pk_card_readings PRIMARY KEY (id),
    CONSTRAINT fk_card_readings_case_id_cases FOREIGN KEY(case_id) REFERENCES cases (id),
    CONSTRAINT uq_card_readings_case_id_identifier UNIQUE (case_id, identifier)
)
"""


def upgrade() -> None:
    op.execute(_CARD_READINGS)
    op.execute("CREATE INDEX ix_card_readings_read_at ON card_readings (read_at) WHERE block IS NOT NULL")


def downgrade() -> None:
    op.execute("DROP TABLE card_readings")
