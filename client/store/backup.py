"""Carries a whole window away in one file, and back: encrypted as it lies, and never trusted before it was opened.

The key travels in its wraps. Only a passphrase opens them on another machine; a keyring stays where it is.
"""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection

from client.errors import Cancelled, StoreError
from client.store import archive, audit, faults, keys, migrations
from client.store.durable import disk_errors, sync_folder, whole_file
from client.store.engine import Database, open_database
from client.store.keys import Purpose, StoreKey
from client.store.profile import Profile
from client.store.sealed import SealedFiles, place
from client.store.sweep import names_in_use

# What a damaged store is called when it comes out of a backup.
_DAMAGE = frozenset(
    {
        faults.CORRUPT,
        faults.UNREADABLE,
        faults.DATABASE_MISSING,
        faults.FILE_MISSING,
        faults.FILE_DAMAGED,
        faults.AUDIT_BROKEN,
        faults.KEY_MISSING,
        faults.KEY_DAMAGED,
    }
)


@dataclass(frozen=True, slots=True)
class Backup:
    """A finished backup: its size in bytes, how many sealed files it holds, and whether another machine can open it.

    When `portable` is false the person must be told: only this machine's keyring opens it.
    """

    path: Path
    size: int
    files: int
    portable: bool


Told = Callable[[int, int], object]
"""How many steps are done, of how many: each file is checked, packed and read back."""


def _untold(_done: int, _total: int) -> None:
    """Nobody wants to hear how far it is."""


def _never() -> bool:
    return False


def backup(
    database: Database,
    key: StoreKey,
    profile: Profile,
    target: Path,
    *,
    told: Told = _untold,
    cancelled: Callable[[], bool] = _never,
) -> Backup:
    """Write the store into the new file `target` while the window works on; it is there whole and checked, or not.

    Checked means: the copied database was opened and examined, its audit chain gone through, every file it speaks
    of authenticated, and the finished archive read back. Raises StoreError: target exists, full, disk, corrupt,
    a file missing or damaged; and Cancelled, with nothing left behind, at the next file after `cancelled` says so.
    """
    if target.exists():
        raise StoreError(faults.BACKUP_EXISTS, file=target.name)
    with scratch_folder(target.parent) as scratch:
        copy = scratch / profile.database.name
        database.copy_to(copy)
        with _opened(copy, key, writing=False) as copied:
            _check_pages(copied)
            names = _check_chain(copied)
        members = list(_members(profile, copy, names))
        step = _Steps(len(names) + 2 * len(members), told, cancelled)
        _authenticate(names, SealedFiles(profile.files, key), step)
        with whole_file(target) as file:
            archive.pack(file, members, step)
            file.flush()
            archive.check(Path(file.name), step)
    return Backup(target, target.stat().st_size, len(names), keys.is_portable(profile.folder))


def restore(
    source: Path,
    profile: Profile,
    restored: Callable[[Connection], None],
    *,
    passphrase: str | None,
    program: str,
    now: datetime,
) -> None:
    """Put the backup `source` into the empty `profile`: all of it after every check, or nothing.

    `restored` is called in a transaction of the new store, which must not pass for the old one (a new epoch).
    Raises StoreError: backup missing or damaged, profile not empty or busy, too new, the key's, full, disk.
    """
    if not source.is_file():
        raise StoreError(faults.BACKUP_MISSING, file=source.name)
    with profile.lock(program, now):
        if profile.holds_data():
            raise StoreError(faults.PROFILE_NOT_EMPTY)
        with scratch_folder(profile.folder) as scratch:
            staged = Profile(scratch)
            archive.unpack(source, staged.folder)
            with _damage_of(source):
                _make_ready(staged, restored, passphrase)
            move_in(staged, profile)


def _make_ready(staged: Profile, restored: Callable[[Connection], None], passphrase: str | None) -> None:
    key = keys.open_key(staged.folder, passphrase)
    with _opened(staged.database, key, writing=False) as database:
        _check_pages(database)
    with _opened(staged.database, key, writing=True) as database:
        migrations.upgrade(database)
        _authenticate(_check_chain(database), SealedFiles(staged.files, key))
        with database.begin() as connection:
            restored(connection)


def move_in(staged: Profile, profile: Profile) -> None:
    """The key comes last: a folder without it is no store yet."""
    pairs = [
        (staged.files, profile.files),
        (staged.settings, profile.settings),
        (staged.database, profile.database),
        (staged.key, profile.key),
    ]
    with disk_errors(profile.folder.name):
        for folder in (path for path in staged.folder.rglob("*") if path.is_dir()):
            sync_folder(folder)
        for old, new in pairs:
            if old.exists():
                old.replace(new)
                sync_folder(profile.folder)


@contextmanager
def _opened(path: Path, key: StoreKey, *, writing: bool) -> Iterator[Database]:
    database = open_database(path, key.subkey(Purpose.DATABASE), writing=writing)
    try:
        yield database
    finally:
        database.close()


def _check_pages(database: Database) -> None:
    if database.problems():
        raise StoreError(faults.CORRUPT, file=database.path.name)


class _Steps:
    """Counts what is done, and is where a person's word to stop is heard."""

    def __init__(self, total: int, told: Told, cancelled: Callable[[], bool]) -> None:
        self._done = 0
        self._total = total
        self._told = told
        self._cancelled = cancelled

    def __call__(self) -> None:
        if self._cancelled():
            raise Cancelled
        self._done += 1
        self._told(self._done, self._total)


def _check_chain(database: Database) -> list[str]:
    """Go through the audit chain; return the name of every sealed file that a row speaks of."""
    with database.read() as connection:
        broken = audit.verify(connection)
        names = sorted(names_in_use(connection))
    if broken is not None:
        raise StoreError(faults.AUDIT_BROKEN, entry=broken)
    return names


def _authenticate(names: list[str], files: SealedFiles, step: Callable[[], object] = lambda: None) -> None:
    for name in names:
        files.get(name)
        step()


def _members(profile: Profile, copy: Path, names: list[str]) -> Iterator[tuple[str, Path]]:
    yield profile.database.name, copy
    yield profile.key.name, profile.key
    if profile.settings.exists():
        yield profile.settings.name, profile.settings
    for name in names:
        path = place(profile.files, name)
        yield path.relative_to(profile.folder).as_posix(), path


@contextmanager
def _damage_of(source: Path) -> Iterator[None]:
    """What would be a damaged store is a damaged backup here."""
    try:
        yield
    except StoreError as error:
        if error.fault in _DAMAGE:
            raise StoreError(faults.BACKUP_DAMAGED, file=source.name) from error
        raise


@contextmanager
def scratch_folder(folder: Path) -> Iterator[Path]:
    """A folder of its own beside the target, on the same disk; gone afterwards."""
    with disk_errors(folder.name), tempfile.TemporaryDirectory(prefix=".yichuang-", dir=folder) as scratch:
        yield Path(scratch)
