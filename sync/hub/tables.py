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

_BY_CHARACTER = Text().with_variant(Text(collation="C"), "postgresql")  # as SQLite and the windows sort
_SERIAL = BigInteger().with_variant(Integer, "sqlite")

hub = Table(  # one row: which life of this store it is, said in every cursor
    "hub",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("epoch", Text, nullable=False),
    Column("upstream", Text),  # address of the platform above: then it is a hall node, and passes on what it takes
    Column("upstream_cursor", Text, nullable=False, server_default=""),  # how far the feed there was read
    Column("upstream_reached", Integer),  # what the windows were told last of the line there; NULL: nothing
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
    Column("decisions", Text),  # what people at the window decided about an earlier refusal; NULL: nothing
    UniqueConstraint("source", "event_id"),
    Index("ix_events_subject", "subject"),
    Index("ix_events_source_sequence", "source", "sequence"),
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
    Column("told", Text),  # the state its window was told of last; NULL: of none
    Column("head", _BY_CHARACTER),  # window and day (rules.agreement)
    Index("ix_cases_case_key", "case_key", unique=True),
    Index("ix_cases_head", "head", "number"),
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
    Column("decisions", Text),  # what people at the window decided, as the event came with them last; NULL: nothing
    Column("state", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_try", Text),
    Column("last_error", Text),
    Column("ack", Text),  # the platform's own
    Column("answered_at", Text),
    Column("code", Text),  # why the platform refused it
    Column("differences", Text),  # JSON: [[field, ours, theirs]]
    Index(
        "ix_relayed_unsettled",
        "event",
        sqlite_where=text("state != 'stored'"),
        postgresql_where=text("state != 'stored'"),
    ),
)

items = Table(  # the version of each handling item that is in force, where the platform was told of one
    "items",
    metadata,
    Column("code", Text, primary_key=True),
    Column("version", Integer, nullable=False),
)

online = Table(  # applications that came in online
    "online",
    metadata,
    Column("number", Text, primary_key=True),
    Column("item", Text, nullable=False),
    Column("identifier", Text, nullable=False),  # of the applicant
    Column("received_at", Text, nullable=False),
    Column("withdrawn_by", Text),  # id of the event that said so; NULL while it stands
    Index("ix_online_identifier", "identifier", "item"),
)

tallies = Table(  # what is held, summed by window and day; written with the effect (rules.agreement)
    "tallies",
    metadata,
    Column("head", _BY_CHARACTER, primary_key=True),
    Column("cases", BigInteger, nullable=False),
    Column("digest", Text, nullable=False),
)

number_series = Table(  # how far the numbers of each series are leased
    "number_series",
    metadata,
    Column("series", Text, primary_key=True),
    Column("last", BigInteger, nullable=False),
)

number_blocks = Table(  # every block ever leased, each serial of a series in one block at most
    "number_blocks",
    metadata,
    Column("key", Text, primary_key=True),  # chosen by the window: a lease asked for twice is one
    Column("source", Text, nullable=False),
    Column("series", Text, ForeignKey("number_series.series"), nullable=False),
    Column("first", BigInteger, nullable=False),
    Column("last", BigInteger, nullable=False),
    Column("leased_at", Text, nullable=False),
    Column("returned_from", BigInteger),  # its rest from here on came back; it is not leased again
    Column("returned_at", Text),
    UniqueConstraint("series", "first"),
)

enrolment_tokens = Table(  # each good for one enrolment of one window
    "enrolment_tokens",
    metadata,
    Column("digest", Text, primary_key=True),  # SHA-256: the token itself is told once and kept nowhere
    Column("window", Text, nullable=False),
    Column("expires_at", Text, nullable=False),
    Column("used_at", Text),
)

clients = Table(  # enrolled windows; of each the one that is not revoked may speak
    "clients",
    metadata,
    Column("client_id", Text, primary_key=True),
    Column("window", Text, nullable=False),
    Column("digest", Text, nullable=False),  # SHA-256 of its secret
    Column("enrolled_at", Text, nullable=False),
    Column("revoked_at", Text),
    Index("ix_clients_window", "window"),
)

access_tokens = Table(
    "access_tokens",
    metadata,
    Column("digest", Text, primary_key=True),
    Column("client_id", Text, ForeignKey("clients.client_id"), nullable=False),
    Column("expires_at", Text, nullable=False),
)

packs = Table(  # what was sent down to work by: each number once
    "packs",
    metadata,
    Column("number", _SERIAL, primary_key=True),
    Column("hall", Text, nullable=False),
    Column("issued_at", Text, nullable=False),
    sqlite_autoincrement=True,
)

changes = Table(
    "changes",
    metadata,
    Column("id", _SERIAL, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("data", Text, nullable=False),
    Column("time", Text, nullable=False),
    Column("hall", Text, nullable=False, server_default=""),  # region and hall it is for; "": for all
    Index("ix_changes_hall", "hall", "id"),
    sqlite_autoincrement=True,
)
