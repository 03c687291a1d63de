"""Prints and their fate, the place the window was at, and what lists and searches are read by.

No accept touches an index of these: each holds only rows that an accept neither makes nor leaves.
"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_COLUMNS = (
    ("spool", "print_state"),
    ("spool", "job"),
    ("spool", "print_reason"),
    ("spool", "print_asked_at"),
    ("spool", "printed_at"),
    ("window", "place"),
)
_INDEXES = (
    (
        "ix_spool_unasked",
        "spool (paper_id) WHERE reprint_no = 0 AND state = 'rendered' AND print_state IS NULL",
    ),
    ("ix_spool_unfinished", "spool (print_state, paper_id, reprint_no) WHERE print_state != 'done'"),
    ("ix_papers_awaiting_seal", "papers (id) WHERE state = 'awaiting_seal'"),
    ("ix_slots_supply_due", "slots (supply_due) WHERE state = 'deferred' AND supply_due IS NOT NULL"),
    ("ix_cases_moved", "cases (state, id) WHERE state NOT IN ('draft', 'accepted')"),
    ("ix_applicants_name", "applicants (name, case_id)"),
    ("ix_applicants_identifier", "applicants (identifier, case_id)"),
    ("ix_outbox_stored", "outbox (case_id, sequence) WHERE state = 'stored'"),
)

# Nobody printed from this window before. What was sealed by hand, handed out or made a second time was on paper
# already; what still waits for its seal is listed to be printed.
_PRINTED_ELSEWHERE = """
UPDATE spool SET print_state = 'done'
WHERE state = 'rendered'
  AND (reprint_no > 0 OR (SELECT papers.state FROM papers WHERE papers.id = spool.paper_id) != 'awaiting_seal')
"""


def upgrade() -> None:
    for table, column in _COLUMNS:
        op.execute(f"ALTER TABLE {table} ADD COLUMN {column} TEXT")
    op.execute(_PRINTED_ELSEWHERE)
    for name, what in _INDEXES:
        op.execute(f"CREATE INDEX {name} ON {what}")


def downgrade() -> None:
    for name, _ in _INDEXES:
        op.execute(f"DROP INDEX {name}")
    for table, column in _COLUMNS:
        op.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
