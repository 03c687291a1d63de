"""The hub's files on disk: bytes arrive in `incoming/`, are hashed as they come, and move to their place only whole.

A file in its place is complete, right and synced; its row in the store is written after that. An unfinished
upload is found again by its digest alone, after a restart of either end.

Several processes may share the folder: whoever writes to an unfinished upload holds its file's lock (flock), which the
system takes from a dead process. `DIGEST.length` says the declared length and the shelf that wrote last; what comes
whole in the request that declares it needs none.
"""

import fcntl
import hashlib
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import Any, BinaryIO
from uuid import uuid4

from sync.hub.problems import Kind, Rejection

MAX_SIZE = 512 << 20  # bytes of one file
_PRIVATE = 0o700  # of folders: citizens' papers lie in them
_FOLDERS = [f"{number:02x}" for number in range(256)]  # by the first two digits of the digest
_HASHES_KEPT = 256  # unfinished uploads whose running hash stays in memory; the others are read again


class Incoming:
    """One unfinished upload, open for writing. A newer request for the same file takes it over."""

    def __init__(self, file: BinaryIO, length: int, position: int, hasher: Any) -> None:  # noqa: ANN401 -- untyped in hashlib
        self.length = length
        self.position = position
        self.finishing = False
        self.noted = True  # whether its length is on the disk
        self._hasher = hasher
        self._file = file
        self._file.seek(position)
        self._lock = Lock()
        self._start = position
        self._hash_at_start = hasher.copy()
        self._piece = hashlib.sha256()

    def write(self, content: bytes) -> None:
        """Append. Raises Rejection beyond the declared length, or when another request has taken this upload over."""
        with self._lock:
            if self._file.closed:
                raise Rejection(Kind.OTHER_OFFSET)
            if self.position + len(content) > self.length:
                raise Rejection(Kind.TOO_LARGE)
            self._file.write(content)
            self._hasher.update(content)
            if self._start:
                self._piece.update(content)
            self.position += len(content)

    def undo(self) -> None:
        """Forget what this request wrote: it was not what it declared, or never came whole."""
        with self._lock:
            if not self._file.closed:
                self.position, self._hasher = self._start, self._hash_at_start.copy()
                self._file.seek(self._start)
                self._file.truncate()

    def piece_is(self, digest: bytes) -> bool:
        """Whether the bytes of this request have that SHA-256."""
        written = self._piece if self._start else self._hasher
        return bool(written.digest() == digest)

    def whole_is(self, digest: str) -> bool:
        return bool(self._hasher.hexdigest() == digest)

    def sync(self) -> None:
        self._file.flush()
        os.fsync(self._file.fileno())

    def close(self) -> tuple[int, Any]:
        """Close, and hand over how far it came and the hash of all that lies in the file."""
        with self._lock:
            self._file.close()
            return self.position, self._hasher


class Shelf:
    """The files of one hub process; several requests may be about the same file at once."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._incoming = directory / "incoming"
        self._name = uuid4().hex
        self._open: dict[str, Incoming] = {}
        self._hashes: dict[str, tuple[int, Any]] = {}
        self._lock = Lock()

    def prepare(self) -> None:
        for folder in (self._directory, self._incoming, *(self._directory / name for name in _FOLDERS)):
            folder.mkdir(_PRIVATE, parents=True, exist_ok=True)
        sync_directory(self._directory)

    def path(self, digest: str) -> Path:
        """Where a whole file lies."""
        return self._directory / digest[:2] / digest

    def find(self, digest: str) -> tuple[int, int] | None:
        """Length and offset of an unfinished upload, None when there is none."""
        if (writer := self._open.get(digest)) is not None:
            return writer.length, writer.position
        try:
            length = int(self._length(digest).read_text().partition(" ")[0])
            return length, self._part(digest).stat().st_size
        except (FileNotFoundError, ValueError):  # a kill between the two files, or in the middle of the first
            return None

    def declare(self, digest: str, length: int) -> int:
        """Begin an upload, or find it; returns its offset. Raises Rejection when another process is writing to it.

        One that declared another length gives way, and so does one that was all there but never proved right.
        """
        with self._lock:
            found = self.find(digest)
            if found is not None and found[0] == length and (found[1] < length or digest in self._open):
                return found[1]
            self._discard(digest)
            self._part(digest).touch()
            self._sign(digest, length)
        return 0

    def begin(self, digest: str, length: int) -> Incoming | None:
        """Begin an upload, open for its bytes; None where one is found that has to be gone on with.

        Raises Rejection when another process is writing to it.
        """
        with self._lock:
            if self.find(digest) is not None:
                return None
            file = _claim(self._part(digest), make=True)
            if file is None:
                return None
            writer = self._open[digest] = Incoming(file, length, 0, hashlib.sha256())
            writer.noted = False
            writer.undo()  # what a killed hub left there
            return writer

    def open(self, digest: str, offset: int) -> Incoming:
        """Go on with an upload at `offset`. Raises Rejection when there is none, or it stands elsewhere."""
        with self._lock:
            self._take_over(digest)
            file = _claim(self._part(digest))
            found = self.find(digest)
            if file is None or found is None or found[1] != offset:
                if file is not None:
                    file.close()
                raise Rejection(Kind.UNKNOWN_UPLOAD if found is None else Kind.OTHER_OFFSET)
            writer = self._open[digest] = Incoming(file, found[0], offset, self._hash_to(digest, found[0], offset))
            return writer

    def close(self, digest: str, writer: Incoming) -> None:
        """End a request; what it wrote stays for the next one."""
        with self._lock:
            if self._open.get(digest) is writer:
                del self._open[digest]
                self._keep(digest, writer)

    def finish(self, digest: str, writer: Incoming, held: Callable[[int], None]) -> None:
        """Put a whole upload in its place, then call `held` with its size. Raises Rejection when it is wrong."""
        with self._lock:
            if self._open.get(digest) is not writer:
                raise Rejection(Kind.OTHER_OFFSET)
            writer.finishing = True
        if not writer.whole_is(digest):
            with self._lock:
                self._discard(digest)
            raise Rejection(Kind.WRONG_DIGEST)
        writer.sync()
        place = self.path(digest)
        self._part(digest).replace(place)
        sync_directory(place.parent)
        held(writer.length)
        with self._lock:
            self._open.pop(digest, None)
            self._length(digest).unlink(missing_ok=True)
            writer.close()

    def clear(self, before: float) -> int:
        """Take away the unfinished uploads nobody has written to since `before` (seconds since 1970); how many."""
        cleared = 0
        for digest in {path.name.removesuffix(".length") for path in self._incoming.iterdir()}:
            with self._lock, suppress(FileNotFoundError, Rejection):  # gone meanwhile, or under way in another process
                path = self._part(digest) if self._part(digest).exists() else self._length(digest)
                if digest not in self._open and path.stat().st_mtime < before:
                    self._discard(digest)
                    cleared += 1
        return cleared

    def _hash_to(self, digest: str, length: int, offset: int) -> Any:  # noqa: ANN401 -- untyped in hashlib
        """The running hash of what lies there, read again unless this shelf alone wrote it. Claim the file before."""
        at, hasher = self._hashes.pop(digest, (0, hashlib.sha256()))
        signed = self._length(digest).read_text().partition(" ")[2] == self._name
        if not signed:
            self._sign(digest, length)
        return hasher if signed and at == offset else _hash_of(self._part(digest))

    def _sign(self, digest: str, length: int) -> None:
        self._length(digest).write_text(f"{length} {self._name}")

    def _take_over(self, digest: str) -> None:
        writer = self._open.get(digest)
        if writer is None:
            return
        if writer.finishing:
            raise Rejection(Kind.OTHER_OFFSET)
        del self._open[digest]
        self._keep(digest, writer)

    def _keep(self, digest: str, writer: Incoming) -> None:
        if not writer.noted:
            self._sign(digest, writer.length)
        self._hashes[digest] = writer.close()
        if len(self._hashes) > _HASHES_KEPT:
            del self._hashes[next(iter(self._hashes))]

    def _discard(self, digest: str) -> None:
        """Raises Rejection when another process is writing to it."""
        claimed = self._open.pop(digest, None) or _claim(self._part(digest))
        self._hashes.pop(digest, None)
        self._length(digest).unlink(missing_ok=True)
        self._part(digest).unlink(missing_ok=True)
        if claimed is not None:
            claimed.close()

    def _part(self, digest: str) -> Path:
        return self._incoming / digest

    def _length(self, digest: str) -> Path:
        return self._incoming / f"{digest}.length"


def _claim(path: Path, *, make: bool = False) -> BinaryIO | None:
    """Open for writing, all others shut out; None when there is none. Raises Rejection when another has it.

    What was claimed may have been moved away since it was opened: then it is somebody's finished file, not ours.
    """
    more = os.O_CREAT if make else 0
    try:
        file = open(path, "r+b", opener=lambda name, flags: os.open(name, flags | more, 0o666))  # noqa: SIM115 - it stays open
    except FileNotFoundError:
        return None
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        file.close()
        raise Rejection(Kind.OTHER_OFFSET) from error
    with suppress(FileNotFoundError):
        if os.path.samestat(os.fstat(file.fileno()), path.stat()):
            return file
    file.close()
    return None


def _hash_of(path: Path) -> Any:  # noqa: ANN401 -- hashlib's hash objects have no public type
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256")


def sync_directory(path: Path) -> None:
    """Make names created or renamed there survive a power cut."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
