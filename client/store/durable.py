"""Puts bytes on the disk so that they are either wholly there or not there at all, also after a power cut."""

import errno
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from client.errors import StoreError
from client.store import faults

UNFINISHED = ".unfinished"
"""Ending of a file still being written; one found at start was left by a crash and belongs to nothing."""

# EFBIG: the largest file size set for this account; to a clerk the same as a full disk.
_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_NO_RIGHTS = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})


@contextmanager
def disk_errors(what: str) -> Iterator[None]:
    """Translate an OSError into a StoreError about `what` (a Chinese noun or a file's name): full, rights or disk."""
    try:
        yield
    except OSError as error:
        if error.errno in _NO_ROOM:
            fault = faults.FULL
        elif error.errno in _NO_RIGHTS:
            fault = faults.UNWRITABLE
        else:
            fault = faults.DISK_FAILED
        raise StoreError(fault, what=what) from error


def sync_folder(folder: Path) -> None:
    """Make names created, renamed or removed in `folder` survive a power cut."""
    if os.name == "nt":  # pragma: no cover - Windows keeps names in its own journal and opens no folder
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def settle(unfinished: Path, path: Path) -> None:
    """Give the written file `unfinished` its name `path`, both on the disk when this returns. Raises OSError."""
    with unfinished.open("r+b") as file:
        os.fsync(file.fileno())
    unfinished.replace(path)
    sync_folder(path.parent)


@contextmanager
def whole_file(path: Path, what: str = "") -> Iterator[BinaryIO]:
    """Open a file that appears as `path` when the block ends, and never appears when it fails.

    Only its owner may read it. Raises StoreError (full, rights, disk) about `what`, or else the file's name.
    """
    unfinished = path.with_name(f".{path.name}.{secrets.token_hex(4)}{UNFINISHED}")
    with disk_errors(what or path.name):
        try:
            with open(unfinished, "xb", opener=_private) as file:
                yield file
            settle(unfinished, path)
        except BaseException:
            unfinished.unlink(missing_ok=True)
            raise


def write_whole(path: Path, content: bytes, what: str = "") -> None:
    """Write `content` as `path`: temporary file, fsync, rename, fsync of the folder. Raises StoreError."""
    with whole_file(path, what) as file:
        file.write(content)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
