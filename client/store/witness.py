"""Remembers beside the database which audit entry was committed last, so that a loss of whole commits is found.

SQLite takes a damaged or missing write-ahead log for an unfinished one and opens quietly without the commits in it;
the same holds for an older database put in its place. The note is written after each commit without waiting for the
disk: a killed program leaves it exact, a power cut leaves it older than the database, which claims nothing false.
"""

import os
from dataclasses import dataclass
from pathlib import Path

import structlog

log = structlog.get_logger(__name__)

LAST_ENTRY = "last audit entry"
"""Key in a writing connection's `info`: the LastEntry it has written; gone after a rollback."""

_LENGTH = 96  # bytes; one write into one page of the file, so that it is never half old


@dataclass(frozen=True, slots=True)
class LastEntry:
    """The newest audit entry: its number and its digest (SM3, hex)."""

    entry: int
    digest: str


class Witness:
    """The note `path`; it is opened at the first commit and closed with the database."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor: int | None = None
        self._noted: LastEntry | None = None

    def note(self, last: LastEntry) -> None:
        """Remember `last`; costs microseconds. Never raises: the commit stands, and an older note is harmless."""
        if last == self._noted:
            return
        try:
            if self._descriptor is None:
                self._descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
            os.lseek(self._descriptor, 0, os.SEEK_SET)  # not pwrite: Windows has none
            os.write(self._descriptor, f"{last.entry} {last.digest}".ljust(_LENGTH).encode())
        except OSError as error:
            log.warning("last audit entry not noted", errno=error.errno)
        self._noted = last

    def recall(self) -> LastEntry | None:
        """Return what was noted; None where nothing is, or nothing readable."""
        try:
            entry, digest = self._path.read_text(encoding="ascii").split()
            return LastEntry(int(entry), digest)
        except (OSError, ValueError):
            return None

    def close(self) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
