"""What a window could not send comes on a stick: checked whole, then taken as if it had come by the wire."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from sqlalchemy.exc import DatabaseError

from client.errors import PlatformError
from client.ports.platform import Event, EventAnswer, Verdict
from client.sealing import bundle
from client.sealing.answers import seal_answers
from client.sealing.parcel import About, Parcel
from sync.faults import ANSWERS_EXIST, IMPORT_BROKE_OFF, NO_BUNDLE
from sync.hub import intake, keys
from sync.hub.problems import Rejection
from sync.hub.shelf import Shelf, sync_directory
from sync.hub.store import Store
from sync.hub.uploads import Reception
from sync.protocol import MAX_BATCH_EVENTS, answer_of, encode_batch

_BATCH_BYTES = 4 << 20


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a bundle's events, by count; `source` is the window's."""

    source: str
    taken: int
    known: int
    refused: int
    files: int


def take(store_url: str, files_dir: Path, path: Path, answers: Path) -> Imported:
    """Take the bundle at `path` into the hub's store, beside a running hub; its answers go to the new file `answers`.

    Everything is opened and checked before anything takes effect. What came by another road is known by its key, so
    a bundle may be taken twice. Raises PlatformError: no bundle, no key, no store; StoreError: not a bundle for this
    hub, altered or cut off.
    """
    if answers.exists():
        raise PlatformError(ANSWERS_EXIST, file=answers.name)
    if not path.is_file():
        raise PlatformError(NO_BUNDLE, file=path.name)
    private = keys.read(files_dir)
    bundle.check(path, private)
    store, shelf = Store(store_url), Shelf(files_dir)
    try:
        store.require()
        with _told_in_words():
            shelf.prepare()
            return _take(store, Reception(store, shelf), path, private, answers)
    finally:
        store.close()


@contextmanager
def _told_in_words() -> Iterator[None]:
    """What a running hub would answer a window is said to a person; what was taken until then is known next time."""
    try:
        yield
    except Rejection as error:
        raise PlatformError(IMPORT_BROKE_OFF, reason=error.kind.value.title) from error
    except DatabaseError as error:
        raise PlatformError(IMPORT_BROKE_OFF, reason=str(error.orig)) from error
    except OSError as error:
        raise PlatformError(IMPORT_BROKE_OFF, reason=error.strerror) from error


def _take(store: Store, reception: Reception, path: Path, private: X25519PrivateKey, answers: Path) -> Imported:
    parts = bundle.parts(path, private)
    about: About = bundle.read_json(About, next(parts)[1], path.name)
    given: list[EventAnswer] = []
    files = 0
    pending: list[Event] = []
    for name, content in parts:
        if name.startswith(bundle.FILES):
            files += _shelve(reception, content)
            continue
        parcel: Parcel = bundle.read_json(Parcel, content, path.name)
        pending += [packed.event() for packed in parcel.going()]
        if len(pending) >= MAX_BATCH_EVENTS // 2 or sum(len(event.data) for event in pending) > _BATCH_BYTES:
            given += _judge(store, pending)
            pending = []
    given += _judge(store, pending)
    _write_whole(answers, seal_answers(about.bundle, bytes.fromhex(about.answer_key), given))
    count = {verdict: sum(answer.verdict is verdict for answer in given) for verdict in Verdict}
    refused = count[Verdict.REFUSED] + count[Verdict.RETRY]
    return Imported(about.source, count[Verdict.ACCEPTED], count[Verdict.DUPLICATE], refused, files)


def _judge(store: Store, events: Sequence[Event]) -> Iterator[EventAnswer]:
    if not events:
        return
    for start in range(0, len(events), MAX_BATCH_EVENTS):
        body = encode_batch(events[start : start + MAX_BATCH_EVENTS])
        yield from map(answer_of, intake.take(store, body, datetime.now(UTC)))


def _shelve(reception: Reception, content: bytes) -> bool:
    """Put a file in its place unless the hub has it; whether it was new."""
    digest = sha256(content).hexdigest()
    if reception.begin(digest, len(content)) is None:
        return False
    offset = reception.standing(digest)[1]  # of an upload that was broken off
    writer = reception.shelf.open(digest, offset)
    try:
        reception.end(digest, writer, content[offset:], None, whole=True)
    finally:
        reception.shelf.close(digest, writer)
    return True


def _write_whole(path: Path, content: bytes) -> None:
    unfinished = path.with_name(f".{path.name}.unfinished")
    try:
        with open(unfinished, "wb", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
        sync_directory(path.parent)
    finally:
        unfinished.unlink(missing_ok=True)
