"""Second copy, rescue and bundle as a person types them."""

import shutil
import stat
import tomllib
from pathlib import Path

import pytest

import yichuang
from client.desk.second_copy import Copyist
from client.sealing.public import PublicKey
from client.store import second_copy
from tests.commands.conftest import Window
from tests.commands.typed import Done, typed
from tests.hubs import LocalHub

HALL_WORDS = "示例恢复口令"


@pytest.fixture
def hub(tmp_path: Path) -> LocalHub:
    return LocalHub(tmp_path)


class Prepared:
    """A window that keeps a second copy on `volume`, and the hall's key."""

    def __init__(self, window: Window, hub: LocalHub, folder: Path) -> None:
        self.window = window
        self.hub = hub
        self.folder = folder
        self.words = window.secret("hall.txt", HALL_WORDS)
        self.key = folder / "hall.key"
        self.volume = folder / "volume"
        self.volume.mkdir()
        assert typed("recovery-key", "new", "--out", self.key, "--passphrase-file", self.words).status == 0
        window.write_setting(f'hub_url = "{hub.url}"')
        self.set_up = window.run("second-copy", "--folder", self.volume, "--recovery-key", self.key)

    def rescue(self, source: Path, to: Path) -> Done:
        words = ("--recovery-key", self.key, "--passphrase-file", self.words, "--profile", to, "--json")
        return typed("rescue", "--from", source, *words)


@pytest.fixture
def prepared(window: Window, hub: LocalHub, tmp_path: Path) -> Prepared:
    with hub:
        return Prepared(window, hub, tmp_path)


def settings(window: Window) -> dict[str, object]:
    return tomllib.loads((window.profile / "settings.toml").read_text(encoding="utf-8"))


def test_a_recovery_key_is_made_once_and_is_its_owners_alone(tmp_path: Path) -> None:
    (tmp_path / "words").write_text(HALL_WORDS, encoding="utf-8")
    words = ("recovery-key", "new", "--out", tmp_path / "hall.key", "--passphrase-file", tmp_path / "words", "--json")
    made = typed(*words)
    assert made.status == 0
    public = made.document["public"]
    assert str(PublicKey.parse(public, "public")) == public
    assert stat.S_IMODE((tmp_path / "hall.key").stat().st_mode) == 0o600
    assert typed(*words).error["code"] == "STORE-192"
    assert typed("recovery-key", "new", "--out", tmp_path / "b", "--json").error["code"] == "STORE-193"


def test_a_case_entered_by_command_is_copied_at_once_and_a_volume_that_is_gone_is_told(prepared: Prepared) -> None:
    """No window need be open: the case is accepted either way."""
    entered = prepared.window.run("intake", prepared.window.example)
    assert (entered.status, "warnings" in entered.document) == (0, False)
    assert len(list(prepared.volume.glob("*/*/*.case"))) == 2  # that of the window besides, entered before the set-up
    shutil.rmtree(prepared.volume)
    entered = prepared.window.run("intake", prepared.window.example)
    assert entered.document["case"]["state"] == "accepted"
    (warning,) = entered.document["warnings"]
    assert warning.startswith("第二份没有写成：找不到第二份的存放处")


def test_setting_up_pins_the_keys_and_marks_the_volume(prepared: Prepared) -> None:
    found = settings(prepared.window)
    assert prepared.set_up.status == 0
    assert prepared.set_up.document == {name: found[name] for name in ("second_copy", "hub_key", "recovery_key")}
    assert (prepared.volume / second_copy.MARKER).exists()
    assert prepared.window.run("doctor").document["second_copy"]["ok"]


def test_another_key_of_the_platform_is_refused_until_a_person_says_so(prepared: Prepared, tmp_path: Path) -> None:
    before = settings(prepared.window)["hub_key"]
    (tmp_path / "other").mkdir()
    with LocalHub(tmp_path / "other") as other:
        file = prepared.window.profile / "settings.toml"
        file.write_text(file.read_text(encoding="utf-8").replace(prepared.hub.url, other.url), encoding="utf-8")
        assert prepared.window.run("second-copy").error["code"] == "STORE-194"
        assert settings(prepared.window)["hub_key"] == before
        assert prepared.window.run("second-copy", "--accept-hub-key").status == 0
        assert settings(prepared.window)["hub_key"] != before
        told = prepared.window.told("second-copy")
    assert told[0].startswith("second_copy  /")


def test_while_the_platform_is_away_another_volume_is_set_up_with_the_key_known_before(
    prepared: Prepared, tmp_path: Path
) -> None:
    (tmp_path / "new").mkdir()
    done = typed("second-copy", "--folder", tmp_path / "new", "--profile", prepared.window.profile)
    assert (done.status, "没有向平台核对公钥" in done.err) == (0, True)
    found = settings(prepared.window)
    assert (found["second_copy"], found["hub_key"]) == (str(tmp_path / "new"), prepared.set_up.document["hub_key"])
    assert prepared.window.run("second-copy", "--accept-hub-key").error["code"] == "PLAT-unreachable"


def test_a_volume_without_the_halls_key_is_not_set_up(window: Window, tmp_path: Path) -> None:
    before = settings(window)
    owed = window.run("second-copy", "--folder", tmp_path).error
    assert (owed["code"], "hub_url" in owed["advice"]) == ("STORE-147", True)
    assert settings(window) == before
    assert not (tmp_path / second_copy.MARKER).exists()


def test_the_doctor_misses_a_volume_that_is_gone(prepared: Prepared) -> None:
    prepared.volume.rename(prepared.folder / "taken away")
    told = prepared.window.run("doctor").document["second_copy"]
    assert (told["ok"], "STORE" in told["detail"]) == (False, False)
    assert "插好" in told["advice"]


def test_what_is_unsent_goes_by_stick_and_by_network_and_counts_once(prepared: Prepared, tmp_path: Path) -> None:
    window, store = prepared.window, ("--store", prepared.hub.store_url, "--files", prepared.hub.files)
    stick = tmp_path / "stick.bundle"
    carried = window.run("export", "--bundle", stick)
    assert (carried.status, carried.document["cases"], carried.document["events"]) == (0, 1, 2)
    assert window.run("export", "--bundle", stick).error["code"] == "STORE-148"
    astray = typed("hub", "import", stick, *store, "--answers", tmp_path / "none" / "answers", "--json")
    assert (astray.status, astray.error["code"], prepared.hub.cases()) == (2, "USAGE-001", [])
    taken = typed("hub", "import", stick, *store, "--json")
    assert (taken.status, taken.document["taken"], taken.document["known"]) == (0, 2, 0)
    again = typed("hub", "import", stick, *store, "--answers", tmp_path / "again")
    assert "接收 0 条，已有 2 条" in again.out
    assert window.run("import-answers", tmp_path / "none").error["code"] == "USAGE-001"
    back = window.run("import-answers", f"{stick}.answers")
    assert back.document == {"answers": 2, "waiting": 0, "refused": 0}
    (case,) = prepared.hub.cases()
    assert (case["number"], case["events"]) == (window.number, 2)
    assert {entry["state"] for entry in window.run("outbox").document} == {"stored"}
    assert window.run("export", "--bundle", tmp_path / "b").error["code"] == "STORE-149"
    assert window.told("import-answers", tmp_path / "again") == ["采用答复 2 条，待上传 0，平台未接收 0"]


def test_a_rescued_window_sends_what_the_lost_one_had_sent_already_and_it_counts_once(
    prepared: Prepared, tmp_path: Path
) -> None:
    window, stick = prepared.window, tmp_path / "stick.bundle"
    window.run("export", "--bundle", stick)
    done = prepared.rescue(stick, tmp_path / "rescued")
    assert (done.status, done.document["cases"], done.document["events"]) == (0, 1, 2)
    with LocalHub(tmp_path) as hub:
        for profile in (window.profile, tmp_path / "rescued"):
            sent = typed("sync", "--once", "--hub", hub.url, "--profile", profile, "--json")
            assert (sent.status, sent.document["sent"]) == (0, 2)
        (case,) = hub.cases()
    assert (case["number"], case["events"]) == (window.number, 2)
    new = typed("intake", window.example, "--profile", tmp_path / "rescued", "--json").document
    assert int(new["case"]["number"].split("-")[4]) > 200, "a number the lost window may have given"
    assert prepared.rescue(stick, tmp_path / "rescued").error["code"] == "STORE-143"


def test_a_stick_for_somebody_else_is_refused(prepared: Prepared, tmp_path: Path) -> None:
    stick = tmp_path / "stick.bundle"
    prepared.window.run("export", "--bundle", stick)
    other = tmp_path / "other.key"
    typed("recovery-key", "new", "--out", other, "--passphrase-file", prepared.words)
    prepared.key = other
    assert prepared.rescue(stick, tmp_path / "rescued").error["code"] == "STORE-182"
    assert prepared.rescue(prepared.words, tmp_path / "rescued").error["code"] == "STORE-181"
    missing = prepared.rescue(tmp_path / "none.bundle", tmp_path / "rescued")
    assert (missing.status, missing.error["code"]) == (2, "USAGE-001")
    assert not (tmp_path / "rescued").exists()


def test_damage_in_a_copy_is_told(prepared: Prepared, tmp_path: Path) -> None:
    with yichuang.FrontDoor().write(str(prepared.window.profile)) as house:
        Copyist(house.counter.memory, house.counter.settings, prepared.volume).step()
    (folder,) = [path for path in prepared.volume.iterdir() if path.is_dir()]
    next(folder.glob("*/*.file")).unlink()
    done = prepared.rescue(folder, tmp_path / "rescued")
    assert (done.status, done.document["cases"], len(done.document["damaged"])) == (1, 1, 1)


def test_a_stick_that_is_not_plugged_in_is_not_made(window: Window, tmp_path: Path) -> None:
    done = window.run("export", "--bundle", tmp_path / "none" / "stick.bundle")
    assert (done.status, done.error["code"]) == (2, "USAGE-001")


def test_a_clerk_carries_nothing_away(prepared: Prepared, tmp_path: Path) -> None:
    window = prepared.window
    window.run("staff", "add", "0207", "张三", "--pin-file", window.folder / "pin.txt")
    assert window.run("export", "--bundle", tmp_path / "b", "--as", "0207").error["code"] == "STAFF-201"
    assert not (tmp_path / "b").exists()
