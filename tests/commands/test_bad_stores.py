"""A store that is held, newer, locked or out of room, and people who may not: each a sentence, and nothing lost."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from importlib import resources
from pathlib import Path

import pytest
import secretstorage
from sqlalchemy import select

from client.store import migrations, tables
from client.store.engine import open_database
from client.store.keys import Purpose, create_key, open_key
from tests.bounded import bounded
from tests.commands.conftest import PASSPHRASE, SECRETS, Window
from tests.commands.refusals import nothing_lost, refusal, refused, remembered, start
from tests.store.test_system_keyring import _signed_in

HOLD = """
import sys
from yichuang import FrontDoor
with FrontDoor().write(sys.argv[1]):
    print("held", flush=True)
    sys.stdin.read()
"""
SMALL = 1_000  # blocks of 512 bytes: room for the store's own notes, not for a page of a megabyte


@contextmanager
def _held(profile: Path) -> Iterator[int]:
    """Another program that has the profile open; its process id."""
    with bounded(
        subprocess.Popen(
            [sys.executable, "-c", HOLD, str(profile)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
    ) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == "held\n"
        yield holder.pid


def test_a_profile_another_program_holds(window: Window) -> None:
    with _held(window.profile) as pid:
        error = refused(window, "intake", window.example)
    assert error["code"] == "store-busy"
    assert "yichuang" in error["title"]
    assert str(pid) in error["title"]


def _set_revision(window: Window, revision: str) -> None:
    database = open_database(window.profile / "store.db", open_key(window.profile, PASSPHRASE).subkey(Purpose.DATABASE))
    with database.begin() as connection:
        connection.exec_driver_sql(f"UPDATE alembic_version SET version_num = '{revision}'")
    database.close()


def test_a_store_of_a_newer_program_is_left_alone(window: Window) -> None:
    _set_revision(window, "9999")
    before = (window.profile / "store.db").read_bytes()
    for words in (("intake", window.example), ("cases",)):
        error = refusal(start(*words, "--profile", window.profile, "--json"))
        assert error["code"] == "STORE-116"
        assert "9999" in error["title"]
    assert (window.profile / "store.db").read_bytes() == before
    _set_revision(window, migrations.HEAD)
    nothing_lost(window)


def test_a_wrong_passphrase(window: Window) -> None:
    other = window.secret("other.txt", "another passphrase")
    done = start("cases", "--profile", window.profile, "--json", environment={"YICHUANG_KEY_FILE": str(other)})
    assert refusal(done)["code"] == "STORE-126"
    nothing_lost(window)


def test_a_key_of_another_window(window: Window) -> None:
    mine = (window.profile / "store.key").read_bytes()
    (window.folder / "other").mkdir()
    create_key(window.folder / "other", PASSPHRASE, use_keyring=False)
    (window.profile / "store.key").write_bytes((window.folder / "other" / "store.key").read_bytes())
    assert refusal(start("cases", "--profile", window.profile, "--json"))["code"] == "STORE-112"
    (window.profile / "store.key").write_bytes(mine)
    nothing_lost(window)


def test_a_disk_without_room_is_told_before_anything_is_accepted(window: Window) -> None:
    big = Path(str(resources.files("resources"))) / "samples" / "pages" / "multipage.pdf"
    assert big.stat().st_size > SMALL * 512
    for page in window.example.parent.glob("*.jpg"):
        page.write_bytes(big.read_bytes() + b"\n")  # another file than the sealed one of the earlier case
    error = refused(window, "intake", window.example, most=SMALL)
    assert error["code"] == "STORE-101"
    assert window.run("intake", window.example).document["case"]["state"] == "accepted"


@pytest.mark.parametrize("profile", ["profile", "new"])
def test_no_keyring_and_no_passphrase(window: Window, profile: str, monkeypatch: pytest.MonkeyPatch) -> None:
    passphrase = SECRETS["YICHUANG_KEY_FILE"]
    monkeypatch.delenv("YICHUANG_KEY_FILE")
    error = refusal(start("intake", window.example, "--profile", window.folder / profile, "--json"))
    assert error["code"] == {"profile": "STORE-128", "new": "STORE-121"}[profile]
    assert not (window.folder / "new" / "store.db").exists()
    monkeypatch.setenv("YICHUANG_KEY_FILE", str(window.folder / passphrase))
    nothing_lost(window)


def test_a_first_start_that_failed_leaves_room_for_a_backup(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    backup, new = window.folder / "window.backup", window.folder / "new"
    with monkeypatch.context() as patch:
        patch.delenv("YICHUANG_KEY_FILE")
        assert refusal(start("intake", window.example, "--profile", new, "--json"))["code"] == "STORE-121"
    window.write_setting('reader_port = "COM9"')
    assert window.run("backup", backup).status == 0
    assert start("restore", backup, "--profile", new, "--json").status == 0
    assert (new / "settings.toml").read_bytes() == (window.profile / "settings.toml").read_bytes()


def test_a_locked_keyring(window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("YICHUANG_KEY_FILE")
    (tmp_path / "home").mkdir()
    with _signed_in(tmp_path / "home") as desktop:
        words = ("intake", window.example, "--profile", window.folder / "new", "--json")
        assert start(*words, environment=desktop).status == 0
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", desktop["DBUS_SESSION_BUS_ADDRESS"])
        with closing(secretstorage.dbus_init()) as bus:
            secretstorage.get_default_collection(bus).lock()
        assert refusal(start(*words, environment=desktop))["code"] == "STORE-123"
        assert (window.folder / "new" / "store.db").exists()


def test_a_clerk_may_not_add_people_and_the_attempt_is_on_the_books(window: Window) -> None:
    pin = window.secret("clerk.txt", "246802")
    added = window.run("staff", "add", "0207", "张三", "--pin-file", pin)
    assert added.status == 0
    words = ("staff", "add", "0208", "李四", "--pin-file", pin, "--as", "0207")
    done = start(*words, "--profile", window.profile, "--json", environment={"YICHUANG_PIN_FILE": str(pin)})
    assert refusal(done)["code"].startswith("STAFF-")
    assert [person["staff"] for person in window.run("staff", "list").document] == ["admin", "0207"]
    assert ("0207", "manage_staff", "0208", "denied") in _audited(window)
    nothing_lost(window)


def _audited(window: Window) -> list[tuple[str, ...]]:
    columns = (tables.audit.c.staff, tables.audit.c.act, tables.audit.c.subject, tables.audit.c.outcome)
    with remembered(window) as memory, memory.read() as connection:
        return [tuple(row) for row in connection.execute(select(*columns))]


def test_a_wrong_pin_is_refused_and_counted(window: Window) -> None:
    pin = window.secret("wrong.txt", "000001")
    words = ("intake", window.example, "--profile", window.profile, "--json")
    error = refusal(start(*words, environment={"YICHUANG_PIN_FILE": str(pin)}))
    assert error["code"] == "STAFF-101"
    assert "4" in error["advice"]
    assert ("admin", "sign_in", "admin", "denied") in _audited(window)
    nothing_lost(window)


def test_no_pin_at_all(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("YICHUANG_PIN_FILE")
    assert refused(window, "intake", window.example)["code"] == "STAFF-109"


@pytest.mark.parametrize("variable", ["YICHUANG_PIN_FILE", "YICHUANG_KEY_FILE"])
def test_a_secret_file_that_is_not_there(window: Window, variable: str) -> None:
    words = ("intake", window.example, "--profile", window.profile, "--json")
    error = refusal(start(*words, environment={variable: str(window.folder / "nowhere")}))
    assert error["code"] == "STORE-161"
    assert variable in error["title"]
    nothing_lost(window)
