"""The hub's store: an engine by URL, SQLite or PostgreSQL.

What makes it right lies in the database, not in this process, so that several may serve one PostgreSQL: SQLite has
one writer at a time; on PostgreSQL a writer locks the rows it judges by (`FOR UPDATE`, which SQLite's SQL leaves out)
and unique keys stop two that make the same row.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from threading import Lock
from typing import Any
from uuid import uuid4

import sqlcipher3.dbapi2
from filelock import FileLock
from sqlalchemy import Connection, Engine, Insert, create_engine, event, func, insert, make_url, select, update
from sqlalchemy.exc import ArgumentError, DatabaseError

from client.errors import PlatformError
from sync.faults import HUB_STORE, HUB_STORE_REVISION, NO_HUB_STORE, NODE_ALONE
from sync.hub import migrations
from sync.hub.tables import hub

BUSY_SECONDS = 10.0
_PRIVATE = 0o600
_MAKING = 0x59434842  # "YCHB": the advisory lock under which one process makes or alters the tables
_POSTGRES_LIMITS = "-c lock_timeout=10s -c statement_timeout=60s -c idle_in_transaction_session_timeout=60s"
_CONNECT_SECONDS = 5


class Store:
    """The tables behind one URL. SQLite runs in WAL mode with `synchronous=FULL`: an answer is a promise.

    PostgreSQL must keep its own defaults for the same reason: `fsync` and `synchronous_commit` on.
    """

    def __init__(self, url: str) -> None:
        try:
            self._engine = _engine(url)
        except (ArgumentError, ImportError) as error:  # no URL at all, or of a database whose driver is not there
            raise PlatformError(HUB_STORE, reason=type(error).__name__) from error
        self._writing = self._engine.execution_options(writing=True)
        self._reading = self._engine
        self._turn: AbstractContextManager[object] = Lock()  # queueing here is fairer than in SQLite's busy handler
        if not self._is_sqlite():
            self._reading = self._engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            self._turn = nullcontext()

    def prepare(self) -> None:
        """Make the tables, or bring them to this program's shape; several processes may do so at once.

        Raises PlatformError when the store cannot be opened, or is of a newer program.
        """
        file = self._file()
        try:
            if file is not None and not file.exists():
                file.touch(_PRIVATE)  # its owner's alone from its first byte; its journals get the same rights
            with _alone(file), self.write() as connection:
                if not self._is_sqlite():
                    connection.execute(select(func.pg_advisory_xact_lock(_MAKING)))
                self._bring_up(connection)
                if connection.scalar(select(hub.c.epoch)) is None:
                    connection.execute(insert(hub), {"id": 1, "epoch": uuid4().hex})
            if file is not None:
                file.chmod(_PRIVATE)  # one that was there before, now that it is known to be a hub's
        except DatabaseError as error:
            raise PlatformError(HUB_STORE, reason=str(error.orig)) from error
        except OSError as error:
            raise PlatformError(HUB_STORE, reason=error.strerror or str(error)) from error

    def _bring_up(self, connection: Connection) -> None:
        revision = migrations.revision_of(connection)
        if revision is not None and revision not in migrations.REVISIONS:
            raise PlatformError(HUB_STORE_REVISION, revision=revision)
        if revision != migrations.HEAD:
            migrations.upgrade(connection)

    def require(self) -> None:
        """Raises PlatformError when no hub of this program's shape has been served from here; creates nothing."""
        file = self._file()
        revision = None
        try:
            if file is None or file.exists():
                with self.read() as connection:
                    revision = migrations.revision_of(connection)
        except DatabaseError as error:
            raise PlatformError(HUB_STORE, reason=str(error.orig)) from error
        if revision is None:
            raise PlatformError(NO_HUB_STORE, store=file or self._engine.url.render_as_string(hide_password=True))
        if revision != migrations.HEAD:
            raise PlatformError(HUB_STORE_REVISION, revision=revision)

    def pass_on_to(self, upstream: str | None) -> None:
        """Whether what is taken from now on, by any process, goes on to a platform above.

        Raises PlatformError for a hall node's store without one: what it took would be answered for and go nowhere.
        """
        with self.write() as connection:
            before = connection.scalar(select(hub.c.upstream))
            if upstream is None and before is not None:
                raise PlatformError(NODE_ALONE, upstream=before)
            connection.execute(update(hub).values(upstream=upstream))

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One transaction: on SQLite under the write lock from its start, elsewhere under the row locks it takes."""
        with self._turn, self._writing.begin() as connection:
            yield connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """One consistent snapshot."""
        with self._reading.connect() as connection:
            yield connection

    def epoch(self) -> str:
        """Which life of this store it is; raises SQLAlchemy's errors when the store cannot be asked."""
        with self.read() as connection:
            return str(connection.scalar(select(hub.c.epoch)))

    def close(self) -> None:
        self._engine.dispose()

    def _is_sqlite(self) -> bool:
        return self._engine.dialect.name == "sqlite"

    def _file(self) -> Path | None:
        """Where an SQLite store lies; None for one in memory or of another database."""
        path = self._engine.url.database
        named = self._is_sqlite() and path and path != ":memory:" and not path.startswith("file:")
        return Path(path) if named and path else None


@contextmanager
def opened(url: str) -> Iterator[Store]:
    """The store of a hub, for whoever works beside it. Raises PlatformError when no hub has been served from it."""
    store = Store(url)
    try:
        store.require()
        yield store
    finally:
        store.close()


def put(connection: Connection, statement: Insert, rows: Sequence[Mapping[str, object]]) -> None:
    """Insert rows of the same columns in one call, as they are.

    SQLAlchemy asks of each value of each row whether its type wants it converted; none of the hub's does.
    """
    made = statement.compile(dialect=connection.dialect, column_keys=list(rows[0]))
    places = made.positiontup
    plain = rows if places is None else [tuple(row[name] for name in places) for row in rows]
    connection.exec_driver_sql(str(made), plain)


def _alone(file: Path | None) -> AbstractContextManager[object]:
    """One process at a time opens a file for the first time: the change to WAL mode waits for nobody."""
    if file is None:
        return nullcontext()
    return FileLock(file.with_name(f"{file.name}.lock"), timeout=BUSY_SECONDS, mode=_PRIVATE)


def _engine(url: str) -> Engine:
    place = make_url(url)
    if place.get_backend_name() == "postgresql":
        limits = {"options": _POSTGRES_LIMITS, "connect_timeout": _CONNECT_SECONDS, "tcp_user_timeout": 10_000}
        return create_engine(place.set(drivername="postgresql+psycopg"), connect_args=limits)
    if place.get_backend_name() != "sqlite":
        raise ArgumentError(place.get_backend_name())
    # The SQLite inside sqlcipher3 is newer than many a system's, whose WAL may be corrupted by two connections
    # (fixed in 3.51.3); without a key it writes ordinary SQLite files.
    engine = create_engine(url, module=sqlcipher3.dbapi2, connect_args={"timeout": BUSY_SECONDS})
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: Any, _record: object) -> None:  # noqa: ANN401 -- a DBAPI connection has no common type
    connection.isolation_level = None  # we say BEGIN ourselves
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "wal_autocheckpoint = 4000"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    writing = connection.get_execution_options().get("writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
