"""The tables of the hub: what came from the windows, once each, and what goes back to them."""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, MetaData, Table, Text, UniqueConstraint, text

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

_SERIAL = BigInteger().with_variant(Integer, "sqlite")

hub = Table(  # one row: which life of this store it is, said in every cursor
    "hub",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("epoch", Text, nullable=False),
    Column("upstream", Text),  # address of the platform above: then it is a hall node, and passes on what it takes
    Column("upstream_cursor", Text, nullable=False, server_default=""),  # how far the feed there was read
)

events = Table(  # append-only; the key is permanent and written with the effect
    "events",
    metadata,
    Column("id", _SERIAL, primary_key=True),
    Column("source", Text, nullable=False),
    Column("event_id", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("sequence", BigInteger, nullable=False),
    Column("time", Text, nullable=False),
    Column("data", Text, nullable=False),
    Column("digest", Text, nullable=False),  # SHA-256 of the payload: the same id with another one is refused
    Column("ack", Text, nullable=False),  # 平台回执号
    Column("taken_at", Text, nullable=False),
    UniqueConstraint("source", "event_id"),
    Index("ix_events_subject", "subject"),
)

cases = Table(  # where each case stands, by its events and the platform's own acts
    "cases",
    metadata,
    Column("number", Text, primary_key=True),
    Column("case_key", Text),  # whose number it is, by the window's own UUID; NULL until an event says it
    Column("source", Text, nullable=False),  # who brought it first
    Column("state", Text, nullable=False),
    Column("last_source", Text, nullable=False),
    Column("last_sequence", BigInteger, nullable=False),
    Column("payload_event", Text, nullable=False),  # id of the event whose data is the case's present content
    Column("updated_at", Text, nullable=False),
    Index("ix_cases_case_key", "case_key", unique=True),
)

files = Table(  # a row stands for a file that lies whole and synced in its place
    "files",
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("size", BigInteger, nullable=False),
    Column("held_at", Text, nullable=False),
)

case_files = Table(
    "case_files",
    metadata,
    Column("number", Text, ForeignKey("cases.number"), primary_key=True),
    Column("sha256", Text, ForeignKey("files.sha256"), primary_key=True),
)

sources = Table(  # what each window brought, counted with the effect
    "sources",
    metadata,
    Column("source", Text, primary_key=True),
    Column("day", Text, nullable=False),  # UTC, the day of `day_events`
    Column("day_events", BigInteger, nullable=False),
    Column("events", BigInteger, nullable=False),
    Column("bytes", BigInteger, nullable=False),  # of events, and of the files they were the first to name for a case
)

relayed = Table(  # a hall node's way up: one row an event, written with it
    "relayed",
    metadata,
    Column("event", _SERIAL, ForeignKey("events.id"), primary_key=True, autoincrement=False),
    Column("event_id", Text, nullable=False, unique=True),  # by which the port names it; two sources never share one
    Column("files", Text, nullable=False),  # JSON list, as the event named them
    Column("state", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_try", Text),
    Column("last_error", Text),
    Column("ack", Text),  # the platform's own
    Column("answered_at", Text),
    Index(
        "ix_relayed_unsettled",
        "event",
        sqlite_where=text("state != 'stored'"),
        postgresql_where=text("state != 'stored'"),
    ),
)

changes = Table(
    "changes",
    metadata,
    Column("id", _SERIAL, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("data", Text, nullable=False),
    Column("time", Text, nullable=False),
    sqlite_autoincrement=True,
)
