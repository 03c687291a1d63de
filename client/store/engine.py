"""The encrypted database of a window: one connection writes, many read, and the driver's errors end here.

SQLCipher with a raw key. A commit is on the disk when `begin` returns (WAL, synchronous=FULL). Nothing spills in
plain text: temporary tables stay in memory. `cipher_memory_security` is off: it wipes freed memory at a price, and a
reader of this process's memory has the key anyhow.
"""

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import structlog
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import NullPool, Pool, QueuePool
from sqlcipher3 import dbapi2 as driver

from client.errors import StoreError
from client.store import faults
from client.store.driver_errors import DRIVER_ERRORS, disk_failed, is_forbidden_write, translate
from client.store.durable import UNFINISHED, disk_errors, settle, sync_folder
from client.store.witness import LAST_ENTRY, Witness

log = structlog.get_logger(__name__)

_SEAT_WAIT = 10.0  # seconds another thread may write before the next one gives up
_LOCK_WAIT = 5_000  # milliseconds to wait for another process
_IDLE = 0.2  # seconds without a write before the log is carried into the database
_CHECKPOINT_PAGES = 4_000  # 16 MiB of log before a commit has to carry it over itself
_CACHE_KIB = 16_384

_APPLICATION = 0x59434231  # "YCB1", in the header of each database

# Of the file for good: an accept touches some seventeen pages, each encrypted, authenticated and written whole. The
# shorter code is the one that processors reckon in hardware; smaller pages were tried and cost more calls than bytes.
_FORMAT = ("cipher_page_size = 4096", "cipher_hmac_algorithm = HMAC_SHA256")

_EVERY_CONNECTION = (
    "cipher_log_level = NONE",  # it writes to stderr; the errors reach us by the driver
    f"busy_timeout = {_LOCK_WAIT}",
    f"cache_size = -{_CACHE_KIB}",
    "temp_store = MEMORY",
    "trusted_schema = OFF",
    "foreign_keys = ON",
)
_WRITER = ("journal_mode = WAL", "synchronous = FULL", f"wal_autocheckpoint = {_CHECKPOINT_PAGES}")
_READER = ("query_only = ON",)


class Database:
    """One encrypted file. `begin` writes, one thread at a time; `read` gives any thread a snapshot."""

    def __init__(self, path: Path, key: bytes, *, writing: bool) -> None:
        self.path = path
        self._key = key
        self.writing = writing
        self.witness = Witness(path.with_suffix(".last"))
        self._writers = _engine(path, key, "mode=rw", _WRITER, "BEGIN IMMEDIATE", NullPool)
        self._readers = _engine(path, key, "mode=ro", _READER, "BEGIN", QueuePool)
        self._writer: Connection | None = None
        self._seat = threading.Lock()
        self._seated: int | None = None
        self._written_at = 0.0
        self._log_carried = True

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        """The one writer's transaction (BEGIN IMMEDIATE): on disk when the block ends, nothing of it when it fails.

        Raises StoreError: full, busy, corrupt, disk. A broken constraint stays the IntegrityError it is.
        """
        with self._sitting():
            connection = self._take_pen()
            try:
                with connection.begin():
                    yield connection
            except DRIVER_ERRORS as error:
                self._lay_down_pen(connection)
                self._raise_as_store_error(error)
                raise
            except BaseException:
                connection.info.clear()
                raise
            self._written_at = time.monotonic()
            self._log_carried = False
            if LAST_ENTRY in connection.info:
                self.witness.note(connection.info[LAST_ENTRY])

    @contextmanager
    def alter(self) -> Iterator[Connection]:
        """Like `begin`, for changes of the schema: foreign keys are checked once, at the end.

        SQLite can turn their enforcement off only outside a transaction, and rebuilding a table needs it off.
        """
        with self._sitting():
            connection = self._take_pen()
            _raw(connection).execute("PRAGMA foreign_keys = OFF")
            try:
                with connection.begin():
                    yield connection
                    orphan = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
                    if orphan is not None:
                        raise AssertionError(f"a migration left rows of {orphan[0]} without their parents")
            except DRIVER_ERRORS as error:
                self._raise_as_store_error(error)
                raise
            finally:
                self._lay_down_pen(connection)  # with it go the statements compiled for the old schema
            self._log_carried = False

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A read-only snapshot, taken by its first statement. Raises StoreError: corrupt, unreadable, missing."""
        try:
            with self._readers.connect() as connection:
                try:
                    with connection.begin():
                        yield connection
                except DRIVER_ERRORS:
                    connection.invalidate()  # after a page that fails its check, SQLCipher refuses all the rest
                    raise
        except DRIVER_ERRORS as error:
            if not is_forbidden_write(error):
                self._raise_as_store_error(error)
            raise

    def copy_to(self, path: Path) -> None:
        """Write a consistent copy under the same key as `path`, whole or not at all, while others read and write.

        Raises StoreError: full, disk, corrupt.
        """
        unfinished = path.with_name(path.name + UNFINISHED)
        unfinished.unlink(missing_ok=True)
        try:
            with disk_errors(path.name):
                unfinished.touch(mode=0o600)  # as its original; the driver would let others read it
            copy = _connect(unfinished, self._key, "mode=rwc", ("journal_mode = OFF", "synchronous = OFF"))
            try:
                with self.read() as connection:
                    _raw(connection).backup(copy)
            finally:
                copy.close()
            with disk_errors(path.name):
                settle(unfinished, path)
        except BaseException as error:
            unfinished.unlink(missing_ok=True)
            if isinstance(error, DRIVER_ERRORS):
                raise disk_failed(path) from error
            raise

    def problems(self) -> list[str]:
        """Read every page against its authentication code and every table against its indexes; [] when all is well.

        Takes time in proportion to the file. Raises StoreError when the damage stops the examination itself.
        """
        with self.read() as connection:
            pages = connection.exec_driver_sql("PRAGMA cipher_integrity_check").scalars().all()
            if pages:
                return [str(each) for each in pages]
            tables = connection.exec_driver_sql("PRAGMA integrity_check").scalars().all()
        return [str(each) for each in tables if each != "ok"]

    def checkpoint_if_idle(self) -> None:
        """Carry the log into the database when nothing was written for a moment and nobody writes now."""
        if self._log_carried or time.monotonic() - self._written_at < _IDLE or not self._seat.acquire(blocking=False):
            return
        try:
            self._carry_log("PASSIVE")
        finally:
            self._seat.release()

    def close(self) -> None:
        """Carry the log over and close every connection; no block may be open. Harmless when repeated.

        A log that cannot be carried over now holds its commits until the next start.
        """
        with self._sitting():
            self._readers.dispose()
            if self._writer is not None or not self._log_carried:
                try:
                    self._carry_log("TRUNCATE")
                    self._lay_down_pen(self._take_pen())
                except StoreError as error:
                    log.warning("the log was not carried into the database", code=error.code)
            self.witness.close()

    def _carry_log(self, how: str) -> None:
        connection = self._take_pen()
        try:
            _, in_log, carried = _raw(connection).execute(f"PRAGMA wal_checkpoint({how})").fetchone()
        except DRIVER_ERRORS as error:
            self._lay_down_pen(connection)
            raise translate(error, self.path) or disk_failed(self.path) from error
        self._log_carried = in_log == carried  # a reader may still need the rest

    @contextmanager
    def _sitting(self) -> Iterator[None]:
        """Hold the writer's seat. A thread that already sits there has a bug: it would wait for itself."""
        me = threading.get_ident()
        if self._seated == me:
            raise AssertionError("a transaction was begun inside another one")
        if not self._seat.acquire(timeout=_SEAT_WAIT):
            raise StoreError(faults.SEAT_TAKEN)
        self._seated = me
        try:
            yield
        finally:
            self._seated = None
            self._seat.release()

    def _take_pen(self) -> Connection:
        """Return the writing connection: kept open, because a new one costs more than a commit."""
        if not self.writing:
            raise AssertionError("this database was opened for reading only")
        if self._writer is None:
            try:
                self._writer = self._writers.connect()
            except DRIVER_ERRORS as error:
                raise translate(error, self.path) or disk_failed(self.path) from error
        return self._writer

    def _lay_down_pen(self, connection: Connection) -> None:
        """After an error of the disk or the file, the next transaction starts on a fresh connection."""
        connection.invalidate()
        connection.close()
        self._writer = None

    def _raise_as_store_error(self, error: BaseException) -> None:
        translated = translate(error, self.path)
        if translated is not None:
            raise translated from error


def open_database(path: Path, key: bytes, *, writing: bool = True) -> Database:
    """Open the encrypted database at `path` with the raw 32-byte `key`; made when it is missing and `writing`.

    Only the holder of the profile's lock may open it for writing. Raises StoreError: unreadable (a foreign key or a
    damaged beginning), missing, disk.
    """
    new = not path.exists() or path.stat().st_size == 0
    if new and not writing:
        raise StoreError(faults.DATABASE_MISSING, file=path.name)
    if new:
        with disk_errors(path.name):
            path.touch(mode=0o600)
            sync_folder(path.parent)
    database = Database(path, key, writing=writing)
    killed_at_birth = writing and path.with_name(f"{path.name}-journal").exists()  # which a reader cannot undo
    try:
        if new or killed_at_birth:  # a reader that met the empty file would take another salt than the writer gives it
            with database.begin() as connection:
                connection.exec_driver_sql(f"PRAGMA application_id = {_APPLICATION}")
        with database.read() as connection:
            connection.exec_driver_sql("SELECT count(*) FROM sqlite_master")
    except StoreError:
        database.close()
        raise
    return database


def _engine(path: Path, key: bytes, mode: str, pragmas: Sequence[str], begin: str, pool: type[Pool]) -> Engine:
    engine = create_engine(
        "sqlite://",
        module=driver,
        creator=lambda: _connect(path, key, mode, pragmas),
        poolclass=pool,
        hide_parameters=True,  # they are people's data, and errors are logged
    )
    event.listen(engine, "begin", lambda connection: _raw(connection).execute(begin))
    return engine


def _connect(path: Path, key: bytes, mode: str, pragmas: Sequence[str]) -> Any:  # noqa: ANN401 - the driver has no types
    # isolation_level None: the driver begins nothing by itself, so that changes of the schema roll back too.
    connection = driver.connect(
        f"{path.absolute().as_uri()}?{mode}", uri=True, isolation_level=None, check_same_thread=False
    )
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    for pragma in (*_FORMAT, *_EVERY_CONNECTION, *pragmas):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def _raw(connection: Connection) -> Any:  # noqa: ANN401 - the driver has no types
    return connection.connection.dbapi_connection
