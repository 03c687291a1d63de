"""Opening a window's memory: lock, key, schema, and the checks that what was committed is still there."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, tzinfo

from client.store import migrations
from client.store.audit import confirm_last
from client.store.cases import Cases
from client.store.engine import open_database
from client.store.keys import Purpose, StoreKey, create_key, has_key, open_key
from client.store.memory import Memory, window_source
from client.store.prints import doubt_broken_off
from client.store.profile import Profile
from client.store.sealed import SealedFiles


@contextmanager
def open_memory(
    profile: Profile, window_uri: str, *, passphrase: str | None, program: str, now: datetime
) -> Iterator[Memory]:
    """The memory of `profile` for reading and writing; made when the profile is new.

    `now` is in the hall's time zone, and so are the times that come out.

    Only one process holds it. Raises StoreError: busy (who holds it), no way to keep a key, wrong key, too new,
    corrupt, entries lost, full.
    """
    with profile.lock(program, now):
        key = _key(profile, passphrase)
        database = open_database(profile.database, key.subkey(Purpose.DATABASE))
        try:
            migrations.upgrade(database)
            confirm_last(database)
            source = window_source(database, window_uri)
            files = SealedFiles(profile.files, key)
            files.clear_unfinished()
            doubt_broken_off(database)
            gc.freeze()  # what is loaded by now stays: walking it at each collection is felt in the tail of commits
            yield Memory(database, files, key, source, Cases(now.tzinfo or UTC))
        finally:
            database.close()


@contextmanager
def read_memory(profile: Profile, *, passphrase: str | None, zone: tzinfo) -> Iterator[Memory]:
    """The memory of `profile` for reading only, beside a window that may be writing to it.

    Raises StoreError; also while nobody has opened it for writing since the program was updated.

    It has no source: whoever only reads makes no events.
    """
    key = open_key(profile.folder, passphrase)
    database = open_database(profile.database, key.subkey(Purpose.DATABASE), writing=False)
    try:
        migrations.require_head(database)
        yield Memory(database, SealedFiles(profile.files, key), key, "", Cases(zone))
    finally:
        database.close()


def _key(profile: Profile, passphrase: str | None) -> StoreKey:
    if has_key(profile.folder) or profile.database.exists():
        return open_key(profile.folder, passphrase)
    return create_key(profile.folder, passphrase, use_keyring=passphrase is None)
