"""Damaged, cut and swapped: the memory says so, and never shows a wrong thing as a right one."""

import random
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from client.errors import StoreError
from client.store import audit, faults
from client.store.engine import Database, open_database
from client.store.keys import Purpose, StoreKey
from client.store.witness import Witness
from tests.store.conftest import NOW, add_entries, entries, read_all

# What a damaged database may be called.
FOUND = {faults.CORRUPT, faults.UNREADABLE, faults.ENTRIES_LOST}


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
        read_all(database.path, key)
    assert caught.value.fault in FOUND


@pytest.mark.parametrize("kept", [0, 10, 4096, 5000, 40_960])
def test_a_cut_database_is_found(database: Database, key: StoreKey, kept: int) -> None:
    add_entries(database, 30)
    database.close()
    database.path.write_bytes(database.path.read_bytes()[:kept])
    with pytest.raises(StoreError) as caught:
        read_all(database.path, key)
    assert caught.value.fault in FOUND


def test_a_deleted_database_is_found(database: Database, key: StoreKey) -> None:
    add_entries(database, 3)
    database.close()
    database.path.unlink()
    with pytest.raises(StoreError) as caught:
        read_all(database.path, key)
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
    assert read_all(crashed, key) == 10


@pytest.mark.parametrize("seed", range(8))
def test_a_flipped_bit_in_the_log_is_found(crashed: Path, key: StoreKey, seed: int) -> None:
    """SQLite alone would open quietly without the commits that follow the bit."""
    log = crashed.with_name("store.db-wal")
    content = bytearray(log.read_bytes())
    content[random.Random(seed).randrange(len(content))] ^= 1
    log.write_bytes(content)
    with pytest.raises(StoreError) as caught:
        read_all(crashed, key)
    assert caught.value.fault in FOUND


@pytest.mark.parametrize("kept", [0.0, 0.5, 0.99])
def test_a_cut_log_is_found(crashed: Path, key: StoreKey, kept: float) -> None:
    log = crashed.with_name("store.db-wal")
    content = log.read_bytes()
    log.write_bytes(content[: int(len(content) * kept)])
    with pytest.raises(StoreError) as caught:
        read_all(crashed, key)
    assert caught.value.fault is faults.ENTRIES_LOST


def test_a_deleted_log_is_found(crashed: Path, key: StoreKey) -> None:
    crashed.with_name("store.db-wal").unlink()
    crashed.with_name("store.db-shm").unlink()
    with pytest.raises(StoreError) as caught:
        read_all(crashed, key)
    assert caught.value.fault is faults.ENTRIES_LOST


def test_an_older_database_in_its_place_is_found(database: Database, key: StoreKey, tmp_path: Path) -> None:
    add_entries(database, 2)
    database.copy_to(tmp_path / "yesterday.db")
    add_entries(database, 2)
    database.close()
    shutil.copy(tmp_path / "yesterday.db", database.path)
    with pytest.raises(StoreError) as caught:
        read_all(database.path, key)
    assert caught.value.fault is faults.ENTRIES_LOST


@pytest.mark.parametrize("note", [b"", b"\0" * 96, b"x y", b"\xff\xff"])
def test_a_note_lost_in_a_power_cut_claims_nothing(database: Database, key: StoreKey, note: bytes) -> None:
    add_entries(database, 3)
    database.close()
    database.path.with_name("store.last").write_bytes(note)
    assert read_all(database.path, key) == 3


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
