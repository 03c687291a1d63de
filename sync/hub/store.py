"""The hub's store: an engine by URL, one writer at a time where the database knows only one."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from threading import Lock
from typing import Any
from uuid import uuid4

import sqlcipher3.dbapi2
from sqlalchemy import Connection, Engine, create_engine, event, insert, inspect, make_url, select
from sqlalchemy.exc import ArgumentError, DatabaseError

from client.errors import PlatformError
from sync.faults import HUB_STORE, NO_HUB_STORE
from sync.hub.tables import hub, metadata

BUSY_SECONDS = 10.0
_PRIVATE = 0o600


class Store:
    """The tables behind one URL. SQLite runs in WAL mode with `synchronous=FULL`: an answer is a promise."""

    def __init__(self, url: str) -> None:
        try:
            self._engine = _engine(url)
        except (ArgumentError, ImportError) as error:  # no URL at all, or of a database whose driver is not there
            raise PlatformError(HUB_STORE, reason=type(error).__name__) from error
        self._writing = self._engine.execution_options(writing=True)
        self._turn = Lock() if self._engine.dialect.name == "sqlite" else nullcontext()

    def prepare(self) -> None:
        """Create what is not there yet. Raises PlatformError when the store cannot be opened."""
        file = self._file()
        try:
            if file is not None and not file.exists():
                file.touch(_PRIVATE)  # its owner's alone from its first byte; its journals get the same rights
            with self.write() as connection:
                metadata.create_all(connection)
                if connection.scalar(select(hub.c.epoch)) is None:
                    connection.execute(insert(hub), {"id": 1, "epoch": uuid4().hex})
            if file is not None:
                file.chmod(_PRIVATE)  # one that was there before, now that it is known to be a hub's
        except DatabaseError as error:
            raise PlatformError(HUB_STORE, reason=str(error.orig)) from error
        except OSError as error:
            raise PlatformError(HUB_STORE, reason=error.strerror) from error

    def require(self) -> None:
        """Raises PlatformError when no hub has been served from here; creates nothing."""
        file = self._file()
        try:
            found = (file is None or file.exists()) and inspect(self._engine).has_table(hub.name)
        except DatabaseError as error:
            raise PlatformError(HUB_STORE, reason=str(error.orig)) from error
        if not found:
            raise PlatformError(NO_HUB_STORE, store=file or self._engine.url.render_as_string(hide_password=True))

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One transaction that holds the write lock from its first statement; in this process they queue for it."""
        with self._turn, self._writing.begin() as connection:
            yield connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """One consistent snapshot."""
        with self._engine.connect() as connection:
            yield connection

    def close(self) -> None:
        self._engine.dispose()

    def _file(self) -> Path | None:
        """Where an SQLite store lies; None for one in memory or of another database."""
        path = self._engine.url.database
        named = self._engine.dialect.name == "sqlite" and path and path != ":memory:" and not path.startswith("file:")
        return Path(path) if named and path else None


def _engine(url: str) -> Engine:
    if make_url(url).get_backend_name() != "sqlite":
        return create_engine(url)
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
