"""A full or failing disk: the memory refuses before it promises, loses nothing, and recovers by itself."""

import errno
import json
import resource
import shutil
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
from client.store import audit, durable, engine, faults
from client.store.driver_errors import translate
from client.store.engine import Database, open_database
from client.store.keys import Purpose, StoreKey
from client.store.profile import Profile
from client.store.sealed import SealedFiles
from tests.store.conftest import NOW, add_entries, entries, read_all

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
    assert read_all(database.path, key) == 1


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


def test_a_page_that_found_no_room_is_called_a_page(
    profile: Profile, key: StoreKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_room(_unfinished: Path, _path: Path) -> None:
        raise OSError(errno.ENOSPC, "no space left")

    profile.files.mkdir(exist_ok=True)
    files = SealedFiles(profile.files, key)
    monkeypatch.setattr(durable, "settle", no_room)
    with pytest.raises(StoreError) as refused:
        files.put(b"a page")
    assert (refused.value.code, refused.value.title) == ("STORE-101", "磁盘空间不足，材料页没有保存")
