"""Damaged, cut, swapped and full: the memory says so, and never shows a wrong thing as a right one."""

import errno
import json
import random
import resource
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlalchemy.exc import OperationalError
from sqlcipher3 import dbapi2 as driver

from client.errors import StoreError
from client.store import audit, durable, engine, faults, migrations
from client.store.driver_errors import translate
from client.store.engine import Database, open_database
from client.store.keys import Purpose, StoreKey
from client.store.profile import Profile
from client.store.witness import Witness
from tests.store.conftest import NOW, add_entries, entries

# What a damaged database may be called.
FOUND = {faults.CORRUPT, faults.UNREADABLE, faults.ENTRIES_LOST}


def _read_all(path: Path, key: StoreKey) -> int:
    """Open as a window does at its start, and read everything: the number of entries, or StoreError."""
    database = open_database(path, key.subkey(Purpose.DATABASE))
    try:
        migrations.upgrade(database)
        audit.confirm_last(database)
        problems = database.problems()
        if problems:
            raise StoreError(faults.CORRUPT, file=path.name)
        with database.read() as connection:
            assert audit.verify(connection) is None
        return entries(database)
    finally:
        database.close()


def test_a_foreign_key_opens_nothing(database: Database) -> None:
    with pytest.raises(StoreError) as caught:
        open_database(database.path, StoreKey(bytes(32)).subkey(Purpose.DATABASE))
    assert caught.value.fault is faults.UNREADABLE


def test_the_driver_says_nothing_on_stderr(database: Database, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(StoreError):
        open_database(database.path, bytes(32))
    assert capfd.readouterr().err == ""


def test_a_missing_database_is_told_to_a_reader(tmp_path: Path) -> None:
    with pytest.raises(StoreError) as caught:
        open_database(tmp_path / "store.db", bytes(32), writing=False)
    assert caught.value.fault is faults.DATABASE_MISSING
    assert list(tmp_path.iterdir()) == []


def test_a_plain_database_is_not_taken_for_ours(tmp_path: Path) -> None:
    (tmp_path / "store.db").write_bytes(b"SQLite format 3\0" + bytes(4080))
    with pytest.raises(StoreError) as caught:
        open_database(tmp_path / "store.db", bytes(32))
    assert caught.value.fault is faults.UNREADABLE


@pytest.mark.parametrize("seed", range(12))
def test_a_flipped_bit_in_the_database_is_found(database: Database, key: StoreKey, seed: int) -> None:
    add_entries(database, 30)
    database.close()
    content = bytearray(database.path.read_bytes())
    dice = random.Random(seed)
    content[dice.randrange(len(content))] ^= 1 << dice.randrange(8)
    database.path.write_bytes(content)
    with pytest.raises(StoreError) as caught:
        _read_all(database.path, key)
    assert caught.value.fault in FOUND


@pytest.mark.parametrize("kept", [0, 10, 4096, 5000, 40_960])
def test_a_cut_database_is_found(database: Database, key: StoreKey, kept: int) -> None:
    add_entries(database, 30)
    database.close()
    database.path.write_bytes(database.path.read_bytes()[:kept])
    with pytest.raises(StoreError) as caught:
        _read_all(database.path, key)
    assert caught.value.fault in FOUND


def test_a_deleted_database_is_found(database: Database, key: StoreKey) -> None:
    add_entries(database, 3)
    database.close()
    database.path.unlink()
    with pytest.raises(StoreError) as caught:
        _read_all(database.path, key)
    assert caught.value.fault is faults.ENTRIES_LOST


def test_damage_met_by_a_reader_does_not_stick_to_the_next_one(database: Database, key: StoreKey) -> None:
    with database.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE big (content BLOB)")
        connection.exec_driver_sql("INSERT INTO big VALUES (randomblob(200000))")
    database.close()
    content = bytearray(database.path.read_bytes())
    content[-4096 * 4] ^= 1
    database.path.write_bytes(content)
    again = open_database(database.path, key.subkey(Purpose.DATABASE))
    with pytest.raises(StoreError) as caught, again.read() as connection:
        connection.exec_driver_sql("SELECT sum(length(hex(content))) FROM big").scalar()
    assert caught.value.fault is faults.CORRUPT
    assert entries(again) == 0
    with pytest.raises(StoreError), again.begin() as connection:
        connection.exec_driver_sql("UPDATE big SET content = hex(content)")
    add_entries(again, 1)
    assert entries(again) == 1
    again.close()


CRASHED_WRITER = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from client.store import audit
from client.store.driver_errors import translate
from client.store.engine import open_database
database = open_database(Path(sys.argv[1]), bytes.fromhex(sys.argv[2]))
for serial in range(10):
    with database.begin() as connection:
        audit.add(connection, datetime.now(UTC), "1001", "accept", str(serial), "done", {})
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def crashed(database: Database, key: StoreKey) -> Path:
    """A store whose last ten entries are only in its log, because its program was killed."""
    database.close()
    command = [sys.executable, "-c", CRASHED_WRITER, str(database.path), key.subkey(Purpose.DATABASE).hex()]
    assert subprocess.run(command, timeout=30, check=False).returncode == -signal.SIGKILL
    return database.path


def test_a_log_left_by_a_crash_is_read(crashed: Path, key: StoreKey) -> None:
    assert _read_all(crashed, key) == 10


@pytest.mark.parametrize("seed", range(8))
def test_a_flipped_bit_in_the_log_is_found(crashed: Path, key: StoreKey, seed: int) -> None:
    """SQLite alone would open quietly without the commits that follow the bit."""
    log = crashed.with_name("store.db-wal")
    content = bytearray(log.read_bytes())
    content[random.Random(seed).randrange(len(content))] ^= 1
    log.write_bytes(content)
    with pytest.raises(StoreError) as caught:
        _read_all(crashed, key)
    assert caught.value.fault in FOUND


@pytest.mark.parametrize("kept", [0.0, 0.5, 0.99])
def test_a_cut_log_is_found(crashed: Path, key: StoreKey, kept: float) -> None:
    log = crashed.with_name("store.db-wal")
    content = log.read_bytes()
    log.write_bytes(content[: int(len(content) * kept)])
    with pytest.raises(StoreError) as caught:
        _read_all(crashed, key)
    assert caught.value.fault is faults.ENTRIES_LOST


def test_a_deleted_log_is_found(crashed: Path, key: StoreKey) -> None:
    crashed.with_name("store.db-wal").unlink()
    crashed.with_name("store.db-shm").unlink()
    with pytest.raises(StoreError) as caught:
        _read_all(crashed, key)
    assert caught.value.fault is faults.ENTRIES_LOST


def test_an_older_database_in_its_place_is_found(database: Database, key: StoreKey, tmp_path: Path) -> None:
    add_entries(database, 2)
    database.copy_to(tmp_path / "yesterday.db")
    add_entries(database, 2)
    database.close()
    shutil.copy(tmp_path / "yesterday.db", database.path)
    with pytest.raises(StoreError) as caught:
        _read_all(database.path, key)
    assert caught.value.fault is faults.ENTRIES_LOST


@pytest.mark.parametrize("note", [b"", b"\0" * 96, b"x y", b"\xff\xff"])
def test_a_note_lost_in_a_power_cut_claims_nothing(database: Database, key: StoreKey, note: bytes) -> None:
    add_entries(database, 3)
    database.close()
    database.path.with_name("store.last").write_bytes(note)
    assert _read_all(database.path, key) == 3


def test_an_entry_noted_but_rolled_back_is_never_missed(database: Database) -> None:
    add_entries(database, 1)

    def fail() -> None:
        with database.begin() as connection:
            audit.add(connection, NOW, "1001", "accept", "x", "done", {})
            raise LookupError

    with pytest.raises(LookupError):
        fail()
    audit.confirm_last(database)
    add_entries(database, 1)
    audit.confirm_last(database)
    assert entries(database) == 2


@pytest.mark.expected_warnings("last audit entry not noted")
def test_a_note_that_cannot_be_written_never_fails_a_commit(database: Database, tmp_path: Path) -> None:
    database.witness = Witness(tmp_path / "no such folder" / "store.last")
    add_entries(database, 2)
    assert entries(database) == 2


FULL_DISK = """
import json, resource, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from client.errors import StoreError
from client.store import audit
from client.store.driver_errors import translate
from client.store.engine import open_database
from client.store.keys import Purpose, StoreKey
from client.store.sealed import SealedFiles

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
folder, key = Path(sys.argv[1]), StoreKey(bytes.fromhex(sys.argv[2]))
database = open_database(folder / "store.db", key.subkey(Purpose.DATABASE))
files = SealedFiles(folder / "files", key)
committed, told = 0, []

def add():
    with database.begin() as connection:
        audit.add(connection, datetime.now(UTC), "1001", "accept", "x" * 4000, "done", {})

def attempt(work):
    try:
        work()
    except StoreError as error:
        told.append(error.code)
    else:
        told.append("done")

def limit(size):
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

add()
committed += 1
limit((folder / "store.db-wal").stat().st_size + 1000)
attempt(add)
limit(50_000)
attempt(lambda: files.put(bytes(10_000_000)))
attempt(lambda: database.copy_to(folder / "copy.db"))
left = [path.name for path in folder.rglob("*") if path.is_file()]
limit(resource.RLIM_INFINITY)
attempt(add)
attempt(lambda: files.put(bytes(10_000_000)))
with database.read() as connection:
    kept = connection.exec_driver_sql("SELECT count(*) FROM audit").scalar()
    sound = audit.verify(connection) is None
database.close()
print(json.dumps({"told": told, "left": left, "kept": kept, "sound": sound}))
"""


def test_a_full_disk_refuses_loses_nothing_and_recovers(database: Database, profile: Profile, key: StoreKey) -> None:
    database.close()
    command = [sys.executable, "-c", FULL_DISK, str(profile.folder), key.secret.hex()]
    seen = json.loads(subprocess.check_output(command, text=True, timeout=60))
    commit, sealed, copy, *afterwards = seen["told"]
    either = (faults.FULL.code, faults.DISK_FAILED.code)  # SQLite takes a size limit for a broken disk
    assert commit in either
    assert copy in either
    assert sealed == faults.FULL.code
    assert afterwards == ["done", "done"]
    assert not [name for name in seen["left"] if "copy" in name or durable.UNFINISHED in name]
    assert (seen["kept"], seen["sound"]) == (2, True)


def test_a_full_database_is_told_and_recovers(database: Database) -> None:
    with database.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE big (content BLOB)")
        connection.exec_driver_sql("PRAGMA max_page_count = 1")  # as many as there are
    with pytest.raises(StoreError) as caught, database.begin() as connection:
        connection.exec_driver_sql("INSERT INTO big VALUES (randomblob(1000000))")
    assert caught.value.fault is faults.FULL
    add_entries(database, 1)
    assert entries(database) == 1


@contextmanager
def _no_file_longer_than(size: int) -> Iterator[None]:
    """The nearest thing to a full disk that needs no rights; Python ignores the signal that comes with it."""
    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, usual[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, usual)


def test_a_log_that_cannot_be_carried_over_is_told_and_waits(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "_IDLE", 0.0)
    database.checkpoint_if_idle()
    size = database.path.stat().st_size
    with database.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE big (content BLOB)")
        connection.exec_driver_sql("INSERT INTO big VALUES (randomblob(1000000))")
    with _no_file_longer_than(size), pytest.raises(StoreError):
        database.checkpoint_if_idle()
    add_entries(database, 1)
    database.checkpoint_if_idle()
    assert database.path.stat().st_size > 1_000_000
    assert database.problems() == []


@pytest.mark.expected_warnings("the log was not carried into the database")
def test_closing_without_room_keeps_the_commits_in_the_log(database: Database, key: StoreKey) -> None:
    database.close()
    again = open_database(database.path, key.subkey(Purpose.DATABASE))
    with again.begin() as connection:
        audit.add(connection, NOW, "1001", "accept", "x" * 1_000_000, "done", {})
    with _no_file_longer_than(database.path.stat().st_size):
        again.close()
    assert _read_all(database.path, key) == 1


def test_a_copy_without_room_is_told_and_leaves_nothing(database: Database, tmp_path: Path) -> None:
    with _no_file_longer_than(50_000), pytest.raises(StoreError):
        database.copy_to(tmp_path / "copy.db")
    assert not list(tmp_path.glob("copy.db*"))


def test_a_copy_onto_a_folder_is_told_and_leaves_nothing(database: Database, tmp_path: Path) -> None:
    (tmp_path / "copy.db").mkdir()
    with pytest.raises(StoreError):
        database.copy_to(tmp_path / "copy.db")
    assert [path.name for path in tmp_path.glob("copy.db*")] == ["copy.db"]


def test_altering_without_room_changes_nothing(database: Database) -> None:
    with database.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE small (content BLOB)")
    size = database.path.with_name("store.db-wal").stat().st_size
    with (
        _no_file_longer_than(size),
        pytest.raises(StoreError) as caught,
        database.alter() as connection,
    ):
        connection.exec_driver_sql("CREATE TABLE big AS SELECT randomblob(1000000)")
    assert caught.value.fault in (faults.FULL, faults.DISK_FAILED)
    with database.read() as connection:
        assert connection.exec_driver_sql("SELECT 1 FROM sqlite_master WHERE name = 'big'").first() is None


def test_a_database_that_vanished_after_the_start_is_told(database: Database, key: StoreKey) -> None:
    database.close()
    again = open_database(database.path, key.subkey(Purpose.DATABASE))
    database.path.unlink()
    with pytest.raises(StoreError) as caught, again.begin():
        pass
    assert caught.value.fault is faults.DATABASE_MISSING
    again.close()


def test_our_own_mistakes_are_not_taken_for_the_worlds(database: Database) -> None:
    for opened in (database.begin, database.alter, database.read):
        with pytest.raises(OperationalError, match="no such table"), opened() as connection:
            connection.exec_driver_sql("SELECT * FROM no_such_table")


def test_a_broken_write_on_an_almost_full_disk_is_a_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    error = driver.OperationalError("disk I/O error")
    error.sqlite_errorcode = 778  # SQLITE_IOERR_WRITE
    told = translate(error, tmp_path / "store.db")
    assert told
    assert told.fault is faults.DISK_FAILED
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: SimpleNamespace(free=4096))
    told = translate(error, tmp_path / "store.db")
    assert told
    assert told.fault is faults.FULL


@pytest.mark.parametrize(
    ("number", "fault"),
    [
        (errno.ENOSPC, faults.FULL),
        (errno.EDQUOT, faults.FULL),
        (errno.EROFS, faults.UNWRITABLE),
        (errno.EIO, faults.DISK_FAILED),
    ],
)
def test_each_error_of_the_disk_has_its_sentence(number: int, fault: object) -> None:
    with pytest.raises(StoreError) as caught, durable.disk_errors("扫描件"):
        raise OSError(number, "told by the system")
    assert caught.value.fault is fault
    assert caught.value.title
    assert caught.value.advice
