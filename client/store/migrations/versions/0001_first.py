"""The first shape of the store, and the triggers that make the audit chain append-only.

Written out as the statements themselves: what an old store was made of must not change with the tables of today.
"""

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_TABLES = (
    """
CREATE TABLE audit (
    id INTEGER NOT NULL,
    at TEXT NOT NULL,
    staff TEXT NOT NULL,
    act TEXT NOT NULL,
    subject TEXT NOT NULL,
    outcome TEXT NOT NULL,
    detail TEXT NOT NULL,
    previous TEXT NOT NULL,
    digest TEXT NOT NULL,
    CONSTRAINT pk_audit PRIMARY KEY (id)
)
""",
    """
CREATE TABLE items (
    id INTEGER NOT NULL,
    task_handle_item TEXT NOT NULL,
    version INTEGER NOT NULL,
    body TEXT NOT NULL,
    CONSTRAINT pk_items PRIMARY KEY (id),
    CONSTRAINT uq_items_task_handle_item_version UNIQUE (task_handle_item, version)
)
""",
    """
CREATE TABLE numbers (
    series TEXT NOT NULL,
    serial INTEGER NOT NULL,
    number TEXT NOT NULL,
    state TEXT NOT NULL,
    reason TEXT,
    given_at TEXT NOT NULL,
    CONSTRAINT pk_numbers PRIMARY KEY (series, serial)
) WITHOUT ROWID
""",
    """
CREATE TABLE staff (
    id INTEGER NOT NULL,
    staff_no TEXT NOT NULL,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    verifier TEXT NOT NULL,
    wrong_tries INTEGER DEFAULT '0' NOT NULL,
    locked INTEGER DEFAULT '0' NOT NULL,
    created_at TEXT NOT NULL,
    CONSTRAINT pk_staff PRIMARY KEY (id),
    CONSTRAINT uq_staff_staff_no UNIQUE (staff_no)
)
""",
    """
CREATE TABLE window (
    id INTEGER NOT NULL CONSTRAINT ck_window_single CHECK (id = 1),
    epoch TEXT NOT NULL,
    inbox_cursor TEXT DEFAULT '' NOT NULL,
    CONSTRAINT pk_window PRIMARY KEY (id)
)
""",
    """
CREATE TABLE cases (
    id INTEGER NOT NULL,
    "key" TEXT NOT NULL,
    number TEXT,
    state TEXT NOT NULL,
    item_id INTEGER NOT NULL,
    query_code TEXT,
    opened_by TEXT NOT NULL,
    opened_at TEXT NOT NULL,
    received_at TEXT,
    corrected_on TEXT,
    accepted_on TEXT,
    promised_date TEXT,
    clock_due TEXT,
    corrections INTEGER DEFAULT '0' NOT NULL,
    extended INTEGER DEFAULT '0' NOT NULL,
    held_from TEXT,
    ground TEXT,
    situations TEXT DEFAULT '{}' NOT NULL,
    collection TEXT,
    late_entry INTEGER DEFAULT '0' NOT NULL,
    pad_number TEXT,
    CONSTRAINT pk_cases PRIMARY KEY (id),
    CONSTRAINT uq_cases_number UNIQUE (number),
    CONSTRAINT fk_cases_item_id_items FOREIGN KEY(item_id) REFERENCES items (id)
)
""",
    "CREATE INDEX ix_cases_clock_due ON cases (clock_due) WHERE clock_due IS NOT NULL",
    "CREATE INDEX ix_cases_draft ON cases (id) WHERE state = 'draft'",
    "CREATE UNIQUE INDEX ix_cases_pad_number ON cases (pad_number) WHERE pad_number IS NOT NULL",
    """
CREATE TABLE applicants (
    id INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    part TEXT NOT NULL,
    name TEXT NOT NULL,
    identifier TEXT NOT NULL,
    body TEXT NOT NULL,
    CONSTRAINT pk_applicants PRIMARY KEY (id),
    CONSTRAINT uq_applicants_case_id_part UNIQUE (case_id, part),
    CONSTRAINT fk_applicants_case_id_cases FOREIGN KEY(case_id) REFERENCES cases (id)
)
""",
    """
CREATE TABLE forms (
    case_id INTEGER NOT NULL,
    answers TEXT NOT NULL,
    faults TEXT NOT NULL,
    saved_at TEXT NOT NULL,
    CONSTRAINT pk_forms PRIMARY KEY (case_id),
    CONSTRAINT fk_forms_case_id_cases FOREIGN KEY(case_id) REFERENCES cases (id)
)
""",
    """
CREATE TABLE outbox (
    sequence INTEGER NOT NULL,
    event_id TEXT NOT NULL,
    source TEXT NOT NULL,
    case_id INTEGER NOT NULL,
    subject TEXT NOT NULL,
    type TEXT NOT NULL,
    time TEXT NOT NULL,
    data BLOB NOT NULL,
    files TEXT NOT NULL,
    state TEXT NOT NULL,
    attempts INTEGER DEFAULT '0' NOT NULL,
    next_try TEXT,
    last_error TEXT,
    ack TEXT,
    answered_at TEXT,
    CONSTRAINT pk_outbox PRIMARY KEY (sequence),
    CONSTRAINT uq_outbox_event_id UNIQUE (event_id),
    CONSTRAINT fk_outbox_case_id_cases FOREIGN KEY(case_id) REFERENCES cases (id)
)
""",
    "CREATE INDEX ix_outbox_unsettled ON outbox (sequence) WHERE state != 'stored'",
    """
CREATE TABLE papers (
    id INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    number TEXT,
    state TEXT NOT NULL,
    facts TEXT NOT NULL,
    issued_at TEXT NOT NULL,
    sealed_name TEXT,
    sha256 TEXT,
    sm3 TEXT,
    size INTEGER,
    template TEXT,
    reprints INTEGER DEFAULT '0' NOT NULL,
    void_reason TEXT,
    CONSTRAINT pk_papers PRIMARY KEY (id),
    CONSTRAINT fk_papers_case_id_cases FOREIGN KEY(case_id) REFERENCES cases (id),
    CONSTRAINT uq_papers_number UNIQUE (number)
)
""",
    "CREATE INDEX ix_papers_case_id ON papers (case_id)",
    "CREATE INDEX ix_papers_sha256 ON papers (sha256) WHERE sha256 IS NOT NULL",
    """
CREATE TABLE slots (
    id INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    "key" TEXT NOT NULL,
    state TEXT NOT NULL,
    copies_original INTEGER NOT NULL,
    copies_photocopy INTEGER NOT NULL,
    compared INTEGER DEFAULT '0' NOT NULL,
    original_returned INTEGER DEFAULT '0' NOT NULL,
    substitute TEXT,
    supply_due TEXT,
    CONSTRAINT pk_slots PRIMARY KEY (id),
    CONSTRAINT uq_slots_case_id_key UNIQUE (case_id, "key"),
    CONSTRAINT fk_slots_case_id_cases FOREIGN KEY(case_id) REFERENCES cases (id)
)
""",
    """
CREATE TABLE pages (
    id INTEGER NOT NULL,
    slot_id INTEGER NOT NULL,
    ordinal INTEGER NOT NULL,
    name TEXT NOT NULL,
    sealed_name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    size INTEGER NOT NULL,
    media_type TEXT NOT NULL,
    sheets INTEGER NOT NULL,
    attached_at TEXT NOT NULL,
    CONSTRAINT pk_pages PRIMARY KEY (id),
    CONSTRAINT uq_pages_slot_id_ordinal UNIQUE (slot_id, ordinal),
    CONSTRAINT fk_pages_slot_id_slots FOREIGN KEY(slot_id) REFERENCES slots (id)
)
""",
    "CREATE INDEX ix_pages_sha256 ON pages (sha256)",
    """
CREATE TABLE seal_ledger (
    id INTEGER NOT NULL,
    paper_id INTEGER NOT NULL,
    seal TEXT NOT NULL,
    staff_no TEXT NOT NULL,
    applied_at TEXT NOT NULL,
    CONSTRAINT pk_seal_ledger PRIMARY KEY (id),
    CONSTRAINT uq_seal_ledger_paper_id UNIQUE (paper_id),
    CONSTRAINT fk_seal_ledger_paper_id_papers FOREIGN KEY(paper_id) REFERENCES papers (id)
)
""",
    """
CREATE TABLE spool (
    paper_id INTEGER NOT NULL,
    reprint_no INTEGER NOT NULL,
    reason TEXT,
    state TEXT NOT NULL,
    sealed_name TEXT,
    asked_at TEXT NOT NULL,
    CONSTRAINT pk_spool PRIMARY KEY (paper_id, reprint_no),
    CONSTRAINT fk_spool_paper_id_papers FOREIGN KEY(paper_id) REFERENCES papers (id)
) WITHOUT ROWID
""",
    "CREATE INDEX ix_spool_waiting ON spool (asked_at, paper_id, reprint_no) WHERE state = 'waiting'",
)

_TRIGGERS = (
    """
CREATE TRIGGER audit_no_change BEFORE UPDATE ON audit
BEGIN
    SELECT RAISE(ABORT, 'audit is append-only');
END
""",
    """
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit
BEGIN
    SELECT RAISE(ABORT, 'audit is append-only');
END
""",
    # INSERT OR REPLACE would delete without asking the trigger above; this one is asked.
    """
CREATE TRIGGER audit_in_order BEFORE INSERT ON audit
WHEN NEW.id IS NOT (SELECT ifnull(max(id), 0) + 1 FROM audit)
BEGIN
    SELECT RAISE(ABORT, 'audit entries follow each other');
END
""",
)


def upgrade() -> None:
    for statement in (*_TABLES, *_TRIGGERS):
        op.execute(statement)
