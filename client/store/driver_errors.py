"""The one place where the database driver's error numbers become sentences for people."""

import shutil
from pathlib import Path

from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2 as driver

from client.errors import Fault, StoreError
from client.store import faults

DRIVER_ERRORS: tuple[type[Exception], ...] = (DBAPIError, driver.Error)

# Primary result codes of SQLite (https://www.sqlite.org/rescode.html); the driver gives extended ones, low byte first.
_BUSY, _LOCKED, _READ_ONLY, _IO_ERROR, _CORRUPT, _FULL, _CANNOT_OPEN, _NOT_A_DATABASE = 5, 6, 8, 10, 11, 13, 14, 26

_ALMOST_NOTHING = 1 << 20  # bytes: with less than this free, a failed write is a full disk

_FAULTS = {
    _BUSY: faults.SEAT_TAKEN,
    _LOCKED: faults.SEAT_TAKEN,
    _READ_ONLY: faults.UNWRITABLE,
    _IO_ERROR: faults.DISK_FAILED,
    _CORRUPT: faults.CORRUPT,
    _FULL: faults.FULL,
    _CANNOT_OPEN: faults.UNWRITABLE,
    # SQLCipher says this when page 1 fails its authentication: a foreign key or a damaged beginning look the same.
    _NOT_A_DATABASE: faults.UNREADABLE,
}


def translate(error: BaseException, path: Path) -> StoreError | None:
    """Return the StoreError that `error` of the driver about the database at `path` means; None when it means a bug."""
    fault = _FAULTS.get(_code(error) & 0xFF)
    if fault is None:
        return None
    return StoreError(_sharper(fault, path), what=path.name, file=path.name)


def disk_failed(path: Path) -> StoreError:
    """The StoreError of a copy to `path` that failed: the driver gives no number there."""
    return StoreError(_sharper(faults.DISK_FAILED, path), what=path.name, file=path.name)


def is_forbidden_write(error: BaseException) -> bool:
    """Whether a reader tried to write: our bug, while the extended codes of the same number speak of the file."""
    return _code(error) == _READ_ONLY


def _code(error: BaseException) -> int:
    cause = error.orig if isinstance(error, DBAPIError) else error
    return getattr(cause, "sqlite_errorcode", 0)


def _sharper(fault: Fault, path: Path) -> Fault:
    """A write that fails for want of room, and a file that is not there, come under broader numbers."""
    if fault is faults.DISK_FAILED and shutil.disk_usage(path.parent).free < _ALMOST_NOTHING:
        return faults.FULL
    if fault is faults.UNWRITABLE and not path.exists():
        return faults.DATABASE_MISSING
    return fault
