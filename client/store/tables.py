"""The tables of the window's memory: one place for their shape, in the counter's own nouns.

Times are ISO 8601 text with offset (the hall's time), dates ISO text, structured values JSON text; the
whole file is encrypted, so nothing here is encrypted again. Rows never leave the store: see `records`.
"""

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    func,
    text,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

window = Table(
    "window",
    metadata,
    Column("id", Integer, CheckConstraint("id = 1", name="single"), primary_key=True),
    Column("epoch", Text, nullable=False),  # UUID, new at enrolment and at every restore (protocol.md, source)
    Column("inbox_cursor", Text, nullable=False, server_default=""),
    Column("place", Text),  # where the window was, so that a killed one reopens there
    Column("hub_url", Text),  # the platform it is enrolled at, and what that gave it
    Column("client_id", Text),
    Column("client_secret", Text),
    Column("clock_ahead", Integer),  # seconds, when it was compared with the platform's last
    Column("clock_compared_at", Text),
    Column("cut_above_since", Text),  # since when the hall's node has not reached the platform; NULL: it does
)

packs = Table(  # what the platform sent down to work by, one row a thing (rules.packs)
    "packs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("key", Text, nullable=False),  # 业务办理项编码, year, or the policy's own name
    Column("version", Integer, nullable=False),  # of an item; 0: of what has none, and of an item's withdrawal
    Column("number", Integer, nullable=False),  # of the pack that said so last
    Column("issued_at", Text, nullable=False),  # and when it was made, by its platform's clock (UTC): the latest counts
    Column("body", Text),  # NULL: withdrawn
    Column("came_at", Text, nullable=False),
    UniqueConstraint("kind", "key", "version"),
)

staff = Table(
    "staff",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("staff_no", Text, nullable=False, unique=True),  # 工号
    Column("name", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("verifier", Text, nullable=False),  # Argon2id, never the PIN
    Column("wrong_tries", Integer, nullable=False, server_default="0"),
    Column("locked", Integer, nullable=False, server_default="0"),
    Column("created_at", Text, nullable=False),
)

items = Table(  # the catalogue versions that cases are pinned to
    "items",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("task_handle_item", Text, nullable=False),  # 业务办理项编码: 设立 and 变更 share one 实施编码
    Column("version", Integer, nullable=False),
    Column("body", Text, nullable=False),
    UniqueConstraint("task_handle_item", "version"),
)

cases = Table(
    "cases",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", Text, nullable=False),  # UUID: what tells this case from another of the same number elsewhere
    Column("number", Text),  # 办件编号; a draft has none
    Column("state", Text, nullable=False),
    Column("item_id", Integer, ForeignKey("items.id"), nullable=False),
    Column("query_code", Text),
    Column("opened_by", Text, nullable=False),
    Column("opened_at", Text, nullable=False),
    Column("received_at", Text),
    Column("corrected_on", Text),  # day the correction came in
    Column("accepted_on", Text),
    Column("promised_date", Text),
    Column("clock_due", Text),  # last day of the clock that runs by itself: notice of correction, or the correction
    Column("corrections", Integer, nullable=False, server_default="0"),
    Column("extended", Integer, nullable=False, server_default="0"),
    Column("held_from", Text),  # the state a suspension returns to
    Column("ground", Text),
    Column("situations", Text, nullable=False, server_default="{}"),
    Column("collection", Text),
    Column("late_entry", Integer, nullable=False, server_default="0"),
    Column("pad_number", Text),  # number of the paper-pad sheet of a back-entry (补录)
    Column("told", Text),  # the state the platform told of last, as far as it was taken; NULL: of none
    Column("second_number", Text),  # under which the platform keeps it, where another case has its own number there
    Column("own_look", Text),  # JSON of a ports.papers.OwnLook; NULL: its papers look as the settings have it
    Index("ix_cases_second_number", "second_number", unique=True, sqlite_where=text("second_number IS NOT NULL")),
    # Partial, for a draft would have its place in it, on another page than the number that it gets.
    Index("ix_cases_number", "number", unique=True, sqlite_where=text("number IS NOT NULL")),
    Index("ix_cases_clock_due", "clock_due", sqlite_where=text("clock_due IS NOT NULL")),
    Index("ix_cases_draft", "id", sqlite_where=text("state = 'draft'")),
    # An accept that follows a draft finds no row here: it must touch no page more than it has to.
    Index("ix_cases_moved", "state", "id", sqlite_where=text("state NOT IN ('draft', 'accepted')")),
    Index("ix_cases_pad_number", "pad_number", unique=True, sqlite_where=text("pad_number IS NOT NULL")),
)

number_above = func.coalesce(cases.c.second_number, cases.c.number)
"""The number under which the platform keeps a case."""

applicants = Table(
    "applicants",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("case_id", Integer, ForeignKey("cases.id"), nullable=False),
    Column("part", Text, nullable=False),  # applicant or attendee
    Column("name", Text, nullable=False),
    Column("identifier", Text, nullable=False),
    Column("body", Text, nullable=False),  # the whole value of rules.identity
    UniqueConstraint("case_id", "part"),
    Index("ix_applicants_name", "name", "case_id"),
    Index("ix_applicants_identifier", "identifier", "case_id"),
)

card_readings = Table(  # documents that were read (rules.cards)
    "card_readings",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("case_id", Integer, ForeignKey("cases.id"), nullable=False),
    Column("identifier", Text, nullable=False),
    Column("facts", Text, nullable=False),
    Column("block", LargeBinary),  # the chip's text as it came; NULL: none came, or it was erased
    Column("read_at", Text, nullable=False),
    UniqueConstraint("case_id", "identifier"),
    Index("ix_card_readings_read_at", "read_at", sqlite_where=text("block IS NOT NULL")),
)

forms = Table(
    "forms",
    metadata,
    Column("case_id", Integer, ForeignKey("cases.id"), primary_key=True),
    Column("answers", Text, nullable=False),
    Column("faults", Text, nullable=False),  # what the pinned schema says of the answers: accept need not ask again
    Column("saved_at", Text, nullable=False),
)

slots = Table(
    "slots",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("case_id", Integer, ForeignKey("cases.id"), nullable=False),
    Column("key", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("copies_original", Integer, nullable=False),
    Column("copies_photocopy", Integer, nullable=False),
    Column("compared", Integer, nullable=False, server_default="0"),  # 与原件核对无误
    Column("original_returned", Integer, nullable=False, server_default="0"),
    Column("substitute", Text),
    Column("supply_due", Text),  # 容缺: last day to hand it in
    UniqueConstraint("case_id", "key"),
    Index("ix_slots_supply_due", "supply_due", sqlite_where=text("state = 'deferred' AND supply_due IS NOT NULL")),
)

pages = Table(
    "pages",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("slot_id", Integer, ForeignKey("slots.id"), nullable=False),
    Column("ordinal", Integer, nullable=False),
    Column("name", Text, nullable=False),  # the file's name as the clerk knows it
    Column("sealed_name", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("sheets", Integer, nullable=False),
    Column("attached_at", Text, nullable=False),
    Column("pending", Integer, nullable=False, server_default="0"),  # scanned for 容缺补齐, not handed in yet
    UniqueConstraint("slot_id", "ordinal"),
    Index("ix_pages_sha256", "sha256"),
)

originals = Table(  # what came from the scanner, of each page that was cleaned; kept as long as the page
    "originals",
    metadata,
    Column("page_id", Integer, ForeignKey("pages.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("sealed_name", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("looks", Text, nullable=False),  # JSON: what cleaning did to the page, and what it warned of
)

numbers = Table(  # every number ever given, so that gaps can be explained
    "numbers",
    metadata,
    Column("series", Text, primary_key=True),
    Column("serial", Integer, primary_key=True, autoincrement=False),
    Column("number", Text, nullable=False),
    Column("state", Text, nullable=False),  # issued, voided, or before: by the disk before, as the platform says
    Column("reason", Text),
    Column("given_at", Text, nullable=False),
    sqlite_with_rowid=False,  # one tree: each page a commit touches is encrypted and synced
)

number_blocks = Table(  # blocks leased from the platform; a row is written before it is asked
    "number_blocks",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", Text, nullable=False, unique=True),  # chosen here: a lost answer leases nothing twice
    Column("series", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("first", Integer),  # NULL: no answer yet
    Column("last", Integer),
    Column("asked_at", Text, nullable=False),
    Column("leased_at", Text),
    Column("back_from", Integer),  # from this serial on it goes back; nothing of that is given any more
    Column("back_at", Text),  # when the platform had it
    Index("ix_number_blocks_series", "series", "first"),
)

papers = Table(
    "papers",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("case_id", Integer, ForeignKey("cases.id"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("number", Text, unique=True),  # 文书编号; a receiving slip has none
    Column("state", Text, nullable=False),
    Column("facts", Text, nullable=False),
    Column("issued_at", Text, nullable=False),
    Column("sealed_name", Text),
    Column("sha256", Text),
    Column("sm3", Text),
    Column("size", Integer),
    Column("template", Text),
    Column("reprints", Integer, nullable=False, server_default="0"),
    Column("void_reason", Text),
    Column("central_number", Text),  # the platform's, of a paper that bears a provisional number
    Index("ix_papers_central_number", "central_number", unique=True, sqlite_where=text("central_number IS NOT NULL")),
    Index("ix_papers_case_id", "case_id"),
    Index("ix_papers_sha256", "sha256", sqlite_where=text("sha256 IS NOT NULL")),
    Index("ix_papers_awaiting_seal", "id", sqlite_where=text("state = 'awaiting_seal'")),
    Index("ix_papers_standing", "state", "issued_at", sqlite_where=text("state != 'unrendered'")),
    Index("ix_papers_kind", "kind", "state", "issued_at", sqlite_where=text("state != 'unrendered'")),
)

spool = Table(  # one row a print; the first print of a paper is made by the act itself
    "spool",
    metadata,
    Column("paper_id", Integer, ForeignKey("papers.id"), primary_key=True, autoincrement=False),
    Column("reprint_no", Integer, primary_key=True, autoincrement=False),
    Column("reason", Text),
    Column("state", Text, nullable=False),  # of the page: waiting, rendered or voided
    Column("sealed_name", Text),
    Column("asked_at", Text, nullable=False),
    Column("print_state", Text),  # of the sheet (ports.printer.PrintState); NULL: nobody asked for it
    Column("job", Text),  # the printer's own reference
    Column("print_reason", Text),
    Column("print_asked_at", Text),
    Column("printed_at", Text),
    Index("ix_spool_waiting", "asked_at", "paper_id", "reprint_no", sqlite_where=text("state = 'waiting'")),
    Index(
        "ix_spool_unasked",
        "paper_id",
        sqlite_where=text("reprint_no = 0 AND state = 'rendered' AND print_state IS NULL"),
    ),
    Index("ix_spool_unfinished", "print_state", "paper_id", "reprint_no", sqlite_where=text("print_state != 'done'")),
    sqlite_with_rowid=False,
)

seals = Table(  # electronic seals that lie at the window, for keys that do not carry theirs
    "seals",
    metadata,
    Column("organ", Text, primary_key=True),  # its 统一社会信用代码
    Column("es_id", Text, primary_key=True),
    Column("der", LargeBinary, nullable=False),
)

seal_ledger = Table(  # 用印登记簿
    "seal_ledger",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("paper_id", Integer, ForeignKey("papers.id"), nullable=False, unique=True),
    Column("seal", Text, nullable=False),
    Column("staff_no", Text, nullable=False),
    Column("applied_at", Text, nullable=False),
    # Of a wet seal NULL: the electronic seal, whose certificate it was (its serial number in hex), the sealed paper.
    *(Column(name, Text) for name in ("es_id", "holder", "certificate", "sm3", "sha256", "sealed_name")),
    Column("size", Integer),
    Index("ix_seal_ledger_sha256", "sha256", sqlite_where=text("sha256 IS NOT NULL")),
)

outbox = Table(
    "outbox",
    metadata,
    Column("sequence", Integer, primary_key=True),  # the window's order: whoever clears old rows keeps the newest
    Column("event_id", Text, nullable=False, unique=True),
    Column("source", Text, nullable=False),
    Column("case_id", Integer, ForeignKey("cases.id"), nullable=False),
    Column("subject", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("time", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("next_try", Text),
    Column("last_error", Text),
    Column("ack", Text),
    Column("answered_at", Text),  # kept after the answer for the hub's backup horizon (protocol.md)
    Column("code", Text),  # why it was refused (ports.conflicts, or another problem of the platform's)
    Column("differences", Text),  # JSON: [[field, ours, theirs]]
    Column("decisions", Text),  # JSON: what people decided since, oldest first
    Column("held", Text),  # why a person holds it back; NULL: nobody does
    Column("tried_at", Text),  # when the try was made that settled it, and how many milliseconds it took
    Column("took", Integer),
    # Last, for they run over onto pages of their own: whoever looks for a state, or changes it, leaves those alone.
    Column("files", Text, nullable=False),
    Column("data", LargeBinary, nullable=False),
    # With all that says what is due, and since when it waits, so that no row need be read for it.
    Index(
        "ix_outbox_unsettled",
        *("sequence", "case_id", "state", "next_try", "held", "time"),
        sqlite_where=text("state != 'stored'"),
    ),
    Index("ix_outbox_stored", "case_id", "sequence", sqlite_where=text("state = 'stored'")),
    Index("ix_outbox_held", "case_id", "sequence", sqlite_where=text("held IS NOT NULL")),
    # Kinds that an accept does not make: the others are found by walking, for they are everywhere.
    Index("ix_outbox_rare", "type", "sequence", sqlite_where=text("type NOT IN ('case.accepted', 'paper.issued')")),
)

attempts = Table(  # the newest tries of each event (store.attempts)
    "attempts",
    metadata,
    Column("sequence", Integer, ForeignKey("outbox.sequence", ondelete="CASCADE"), primary_key=True),
    Column("place", Integer, primary_key=True),  # one of a fixed number: a new try takes that of the oldest
    Column("number", Integer, nullable=False),
    Column("at", Text, nullable=False),
    Column("took", Integer),  # milliseconds; NULL: not measured
    Column("outcome", Text, nullable=False),
    Column("said", Text),
    sqlite_with_rowid=False,
)

tallies = Table(  # what the platform acknowledged, summed by window and day (rules.agreement)
    "tallies",
    metadata,
    Column("head", Text, primary_key=True),
    Column("cases", Integer, nullable=False),
    Column("digest", Text, nullable=False),
    sqlite_with_rowid=False,
)

cases_before = Table(  # what the platform has of the disk before (store.before)
    "cases_before",
    metadata,
    Column("number", Text, primary_key=True),
    Column("case_key", Text),
    Column("told", Text),
    Column("events", Text, nullable=False),  # JSON: [[source, event id, sequence]]
    Column("files", Text, nullable=False),  # JSON: SHA-256 in hex
    sqlite_with_rowid=False,
)

devices = Table(  # what became of each device's work; written now and then, never with a case
    "devices",
    metadata,
    Column("device", Text, primary_key=True),
    Column("address", Text, primary_key=True),
    Column("good", Integer, nullable=False),
    Column("last_good", Text),
    Column("failed", Text, nullable=False),  # JSON: how often, by DeviceState
    Column("last_failed", Text),
    Column("last_code", Text, nullable=False),
)

audit = Table(  # append-only, chained by SM3; triggers in the migration forbid change
    "audit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Text, nullable=False),
    Column("staff", Text, nullable=False),
    Column("act", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("previous", Text, nullable=False),
    Column("digest", Text, nullable=False),
)
