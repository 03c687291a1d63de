"""A window carried away in one file and back: all of it, checked, or nothing."""

import hashlib
import io
import json
import tarfile
from pathlib import Path

import pytest
from sqlalchemy import Connection

from client.errors import Cancelled, StoreError
from client.store import audit, faults, keys, migrations, tables
from client.store.backup import backup, restore
from client.store.engine import Database, open_database
from client.store.keys import Purpose, StoreKey
from client.store.profile import Profile
from client.store.sealed import SealedFiles, place
from client.store.wraps import PassphraseWrap
from tests.store.conftest import EXAMPLE_KEY, NOW, add_entries, entries, fill

PASSPHRASE = "示例口令"


@pytest.fixture(scope="module")
def wraps() -> bytes:
    wrap = PassphraseWrap.around(EXAMPLE_KEY.secret, PASSPHRASE)
    return json.dumps({"format": 1, "wraps": [wrap.model_dump()]}).encode()


@pytest.fixture
def key(profile: Profile, wraps: bytes) -> StoreKey:
    profile.key.write_bytes(wraps)
    return EXAMPLE_KEY


@pytest.fixture
def window(database: Database, files: SealedFiles, profile: Profile) -> Database:
    """A store with a case, two pages, a paper without a page, settings and a chain."""
    sealed = [files.put(b"page one"), files.put(b"page two")]
    with database.begin() as connection:
        fill(connection, tables.window, id=1, epoch="first epoch")
        fill(connection, tables.items, id=1)
        fill(connection, tables.cases, id=1, item_id=1)
        fill(connection, tables.slots, id=1, case_id=1)
        for ordinal, file in enumerate(sealed):
            fill(connection, tables.pages, slot_id=1, ordinal=ordinal, sealed_name=file.name)
        fill(connection, tables.papers, id=1, case_id=1)
    files.put(b"an orphan")
    profile.settings.write_text("hall = '示例'\n")
    add_entries(database, 5)
    return database


def _new_epoch(connection: Connection) -> None:
    connection.exec_driver_sql("UPDATE window SET epoch = 'second epoch'")


def _restore(source: Path, profile: Profile, passphrase: str | None = PASSPHRASE) -> None:
    restore(source, profile, _new_epoch, passphrase=passphrase, program="test", now=NOW)


def _left(profile: Profile) -> set[str]:
    if not profile.folder.exists():
        return set()
    return {path.name for path in profile.folder.iterdir()} - {"lock"}


def test_what_was_carried_away_comes_back(window: Database, key: StoreKey, profile: Profile, tmp_path: Path) -> None:
    done = backup(window, key, profile, tmp_path / "window.backup")
    assert (done.files, done.portable, done.size) == (2, True, done.path.stat().st_size)
    other = Profile(tmp_path / "other")
    _restore(done.path, other)
    opened = keys.open_key(other.folder, PASSPHRASE)
    assert opened == key
    again = open_database(other.database, opened.subkey(Purpose.DATABASE))
    with again.read() as connection:
        assert connection.exec_driver_sql("SELECT epoch FROM window").scalar() == "second epoch"
        names = connection.exec_driver_sql("SELECT sealed_name FROM pages ORDER BY ordinal").scalars().all()
        assert audit.verify(connection) is None
    assert [SealedFiles(other.files, opened).get(str(name)) for name in names] == [b"page one", b"page two"]
    assert len(list(SealedFiles(other.files, opened).names())) == 2
    assert other.settings.read_text() == "hall = '示例'\n"
    audit.confirm_last(again)
    add_entries(again, 1)
    again.close()
    assert _left(other) == {"store.db", "store.key", "store.last", "files", "settings.toml"}


def test_a_store_without_files_and_settings_comes_back(
    database: Database, key: StoreKey, profile: Profile, tmp_path: Path
) -> None:
    done = backup(database, key, profile, tmp_path / "window.backup")
    other = Profile(tmp_path / "other")
    restore(done.path, other, lambda _connection: None, passphrase=PASSPHRASE, program="test", now=NOW)
    assert _left(other) == {"store.db", "store.key"}


def test_the_window_works_on_while_it_is_carried_away(
    window: Database, key: StoreKey, profile: Profile, tmp_path: Path
) -> None:
    with window.begin() as connection:
        audit.add(connection, NOW, "1001", "accept", "x", "done", {})
        backup(window, key, profile, tmp_path / "window.backup")
    assert entries(window) == 6


def test_a_backup_shows_nothing_and_leaves_nothing_beside_it(
    window: Database, key: StoreKey, profile: Profile, tmp_path: Path
) -> None:
    folder = tmp_path / "stick"
    folder.mkdir()
    backup(window, key, profile, folder / "window.backup")
    content = (folder / "window.backup").read_bytes()
    assert [path.name for path in folder.iterdir()] == ["window.backup"]
    for secret in (b"page one", b"first epoch", key.secret, key.secret.hex().encode(), PASSPHRASE.encode()):
        assert secret not in content


def test_a_backup_tells_how_far_it_is(window: Database, key: StoreKey, profile: Profile, tmp_path: Path) -> None:
    heard: list[tuple[int, int]] = []
    backup(window, key, profile, tmp_path / "window.backup", told=lambda done, total: heard.append((done, total)))
    steps = 2 + 2 * 5  # two pages; with database, key and settings packed and read back
    assert heard == [(done, steps) for done in range(1, steps + 1)]


@pytest.mark.parametrize("after", [0, 3, 9])
def test_a_backup_that_is_taken_back_leaves_nothing(
    window: Database, key: StoreKey, profile: Profile, tmp_path: Path, after: int
) -> None:
    folder = tmp_path / "stick"
    folder.mkdir()
    done: list[int] = []
    with pytest.raises(Cancelled):
        backup(
            window,
            key,
            profile,
            folder / "window.backup",
            told=lambda step, _total: done.append(step),
            cancelled=lambda: len(done) == after,
        )
    assert len(done) == after
    assert list(folder.iterdir()) == []


def test_an_existing_file_is_never_overwritten(
    window: Database, key: StoreKey, profile: Profile, tmp_path: Path
) -> None:
    (tmp_path / "window.backup").write_text("yesterday's")
    with pytest.raises(StoreError) as caught:
        backup(window, key, profile, tmp_path / "window.backup")
    assert caught.value.fault is faults.BACKUP_EXISTS
    assert (tmp_path / "window.backup").read_text() == "yesterday's"


def test_a_damaged_page_is_told_instead_of_carried_away(
    window: Database, key: StoreKey, profile: Profile, files: SealedFiles, tmp_path: Path
) -> None:
    place(profile.files, files.put(b"page two").name).write_bytes(b"damaged")
    with pytest.raises(StoreError) as caught:
        backup(window, key, profile, tmp_path / "window.backup")
    assert caught.value.fault is faults.FILE_DAMAGED
    assert not (tmp_path / "window.backup").exists()


def test_a_broken_chain_is_told_instead_of_carried_away(
    window: Database, key: StoreKey, profile: Profile, tmp_path: Path
) -> None:
    with window.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER audit_no_change")
        connection.exec_driver_sql("UPDATE audit SET staff = '' WHERE id = 2")
    with pytest.raises(StoreError) as caught:
        backup(window, key, profile, tmp_path / "window.backup")
    assert caught.value.fault is faults.AUDIT_BROKEN


def test_a_damaged_database_is_told_instead_of_carried_away(
    window: Database, key: StoreKey, profile: Profile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Database, "problems", lambda _self: ["row 1 missing from index"])
    with pytest.raises(StoreError) as caught:
        backup(window, key, profile, tmp_path / "window.backup")
    assert caught.value.fault is faults.CORRUPT


def test_a_missing_place_is_told(window: Database, key: StoreKey, profile: Profile, tmp_path: Path) -> None:
    with pytest.raises(StoreError):
        backup(window, key, profile, tmp_path / "no such folder" / "window.backup")


def test_only_an_empty_profile_is_filled(window: Database, key: StoreKey, profile: Profile, tmp_path: Path) -> None:
    done = backup(window, key, profile, tmp_path / "window.backup")
    with pytest.raises(StoreError) as caught:
        _restore(done.path, profile)
    assert caught.value.fault is faults.PROFILE_NOT_EMPTY
    assert entries(window) == 5


def test_a_missing_backup_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError) as caught:
        _restore(tmp_path / "none", Profile(tmp_path / "other"))
    assert caught.value.fault is faults.BACKUP_MISSING
    assert not (tmp_path / "other").exists()


@pytest.mark.parametrize(
    ("passphrase", "fault"), [("wrong", faults.PASSPHRASE_WRONG), (None, faults.PASSPHRASE_NEEDED)]
)
def test_without_the_key_nothing_is_restored(
    window: Database, key: StoreKey, profile: Profile, tmp_path: Path, passphrase: str | None, fault: object
) -> None:
    done = backup(window, key, profile, tmp_path / "window.backup")
    other = Profile(tmp_path / "other")
    with pytest.raises(StoreError) as caught:
        _restore(done.path, other, passphrase)
    assert caught.value.fault is fault
    assert _left(other) == set()


def test_a_backup_of_a_newer_program_is_refused(
    window: Database, key: StoreKey, profile: Profile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = backup(window, key, profile, tmp_path / "window.backup")
    monkeypatch.setattr(migrations, "REVISIONS", ("0000",))
    monkeypatch.setattr(migrations, "HEAD", "0000")
    other = Profile(tmp_path / "other")
    with pytest.raises(StoreError) as caught:
        _restore(done.path, other)
    assert caught.value.fault is faults.TOO_NEW
    assert _left(other) == set()


def _refuses(source: Path, folder: Path) -> None:
    other = Profile(folder)
    with pytest.raises(StoreError) as caught:
        _restore(source, other)
    assert caught.value.fault is faults.BACKUP_DAMAGED
    assert _left(other) == set()


@pytest.mark.parametrize("part", [0.0, 0.1, 0.5, 0.9, 0.97])
def test_a_cut_backup_is_refused(
    window: Database, key: StoreKey, profile: Profile, tmp_path: Path, part: float
) -> None:
    done = backup(window, key, profile, tmp_path / "window.backup")
    content = done.path.read_bytes()
    end = content.rindex(b"}")  # behind it tar only pads
    done.path.write_bytes(content[: int(end * part)])
    _refuses(done.path, tmp_path / "other")


def test_a_flipped_bit_in_a_backup_is_refused(
    window: Database, key: StoreKey, profile: Profile, tmp_path: Path
) -> None:
    done = backup(window, key, profile, tmp_path / "window.backup")
    content = done.path.read_bytes()
    with tarfile.open(done.path) as tar:
        middles = [info.offset_data + info.size // 2 for info in tar]
    for at in (0, 100, 150, *middles):
        forged = bytearray(content)
        forged[at] ^= 1
        done.path.write_bytes(forged)
        _refuses(done.path, tmp_path / "other")


def _members(path: Path) -> dict[str, bytes]:
    with tarfile.open(path) as tar:
        return {info.name: file.read() for info in tar if (file := tar.extractfile(info))}


def _pack(path: Path, members: dict[str, bytes], *, honest: bool = True) -> None:
    """A forged archive; an honest one has a manifest that fits its members."""
    members = dict(members)
    manifest = members.pop("manifest.json")
    if honest:
        digests = {name: hashlib.sha256(content).hexdigest() for name, content in members.items()}
        manifest = json.dumps({"format": 1, "members": digests}).encode()
    with tarfile.open(path, "w") as tar:
        for name, content in (*members.items(), ("manifest.json", manifest)):
            info = tarfile.TarInfo(name)
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))


@pytest.mark.parametrize("name", ["../escaped", "/tmp/escaped", "files/../../escaped", "store.db-wal", "files/a/bc/x"])
def test_a_backup_cannot_write_elsewhere(
    window: Database, key: StoreKey, profile: Profile, tmp_path: Path, name: str
) -> None:
    done = backup(window, key, profile, tmp_path / "window.backup")
    _pack(done.path, {name: b"forged", **_members(done.path)})
    _refuses(done.path, tmp_path / "other")
    assert not (tmp_path / "escaped").exists()


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.DIRTYPE])
def test_a_backup_holds_plain_files_only(tmp_path: Path, kind: bytes) -> None:
    with tarfile.open(tmp_path / "forged", "w") as tar:
        info = tarfile.TarInfo("store.db")
        info.type = kind
        info.linkname = "/etc/hostname"
        tar.addfile(info)
    _refuses(tmp_path / "forged", tmp_path / "other")


@pytest.mark.parametrize("name", ["store.db", "store.key", "files"])
def test_a_backup_without_a_part_is_refused(
    window: Database, key: StoreKey, profile: Profile, tmp_path: Path, name: str
) -> None:
    """Also where the manifest agrees: the store itself tells what belongs to it."""
    done = backup(window, key, profile, tmp_path / "window.backup")
    members = {each: content for each, content in _members(done.path).items() if not each.startswith(name)}
    _pack(done.path, members, honest=True)
    _refuses(done.path, tmp_path / "other")
    _pack(done.path, members, honest=False)
    _refuses(done.path, tmp_path / "other")


def test_a_backup_with_a_forged_manifest_is_refused(
    window: Database, key: StoreKey, profile: Profile, tmp_path: Path
) -> None:
    done = backup(window, key, profile, tmp_path / "window.backup")
    _pack(done.path, _members(done.path) | {"manifest.json": b"{}"}, honest=False)
    _refuses(done.path, tmp_path / "other")


def test_a_failing_end_of_the_restore_leaves_nothing(
    window: Database, key: StoreKey, profile: Profile, tmp_path: Path
) -> None:
    def fail(_connection: Connection) -> None:
        raise LookupError

    done = backup(window, key, profile, tmp_path / "window.backup")
    other = Profile(tmp_path / "other")
    with pytest.raises(LookupError):
        restore(done.path, other, fail, passphrase=PASSPHRASE, program="test", now=NOW)
    assert _left(other) == set()
