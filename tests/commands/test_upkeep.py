"""People, backup and restore, the doctor."""

import json
import socket
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

import yichuang
from client.commands.checks import check_clock
from client.demo import DEMO_SETTINGS
from client.house import Check
from client.rules.drift import TOLD_FROM
from client.store import tables
from tests.commands.conftest import Window
from tests.commands.typed import typed
from tests.hubs import LocalHub

CHECKS = [
    "store",
    "settings",
    "keyring",
    "device_file",
    "fonts",
    "templates",
    "devices",
    "scanner",
    "camera",
    "printer",
    "hub",
    "clock",
    "time_zone",
    "disk",
    "second_copy",
]


def test_people_are_put_on_the_roster_and_listed(window: Window) -> None:
    pin = window.secret("new-pin.txt", "246802\n")
    done = window.run("staff", "add", "0101", "李四", "--role", "supervisor", "--pin-file", pin)
    assert done.document == {"staff": "0101", "role": "supervisor"}
    assert window.run("staff", "list").document[1] == {
        "staff": "0101",
        "name": "李四",
        "role": "supervisor",
        "locked": False,
    }
    assert window.told("staff", "list") == ["admin  大厅管理员  大厅管理员", "0101  李四  值班长"]
    assert window.run("staff", "add", "0101", "李四", "--pin-file", pin, "--as", "admin").error["code"] == "STAFF-106"


def test_a_new_pin_unlocks_and_the_old_one_opens_nothing(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    old, new = window.secret("old.txt", "246802"), window.secret("new.txt", "864209")
    assert window.told("staff", "add", "0207", "张三", "--pin-file", old) == ["0207  张三  窗口人员"]
    wrong = window.secret("wrong.txt", "111111")
    with monkeypatch.context() as patch:
        patch.setenv("YICHUANG_PIN_FILE", str(wrong))
        codes = [window.run("intake", window.example, "--as", "0207").error["code"] for _ in range(5)]
    assert codes == ["STAFF-101"] * 4 + ["STAFF-102"]
    assert window.told("staff", "list")[1] == "0207  张三  窗口人员（已锁定）"
    assert window.told("staff", "reset-pin", "0207", "--pin-file", new, "--as", "admin") == ["已重设口令：0207"]
    monkeypatch.setenv("YICHUANG_PIN_FILE", str(old))
    assert window.run("intake", window.example, "--as", "0207").error["code"] == "STAFF-101"
    monkeypatch.setenv("YICHUANG_PIN_FILE", str(new))
    assert window.run("intake", window.example, "--as", "0207").status == 0


def test_the_only_administrator_who_is_locked_out_gets_back_in_by_the_passphrase(
    window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setenv("YICHUANG_PIN_FILE", str(window.secret("wrong.txt", "111111")))
        told = [window.run("intake", window.example).error for _ in range(5)]
    assert told[-1]["code"] == "STAFF-102"
    assert "staff recover" in told[-1]["advice"]
    new = window.secret("new.txt", "864209")
    assert window.told("staff", "recover", "admin", "--pin-file", new) == ["已重设口令：admin"]
    assert window.run("intake", window.example).error["code"] == "STAFF-101"  # the old PIN
    monkeypatch.setenv("YICHUANG_PIN_FILE", str(new))
    assert window.run("intake", window.example).status == 0
    with yichuang.FrontDoor().read(str(window.profile)) as house, house.counter.memory.read() as connection:
        rows = connection.execute(select(tables.audit).where(tables.audit.c.act == "recover_pin")).all()
    assert [(row.staff, row.subject, row.outcome) for row in rows] == [("passphrase", "admin", "done")]


def test_only_the_passphrase_itself_recovers_and_only_an_administrator(
    window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    pin = window.folder / "pin.txt"
    window.run("staff", "add", "0207", "张三", "--pin-file", pin)
    for person, code in (("0207", "STAFF-110"), ("0999", "STAFF-107")):
        assert window.run("staff", "recover", person, "--pin-file", pin).error["code"] == code
    with monkeypatch.context() as patch:
        patch.setattr("client.commands.upkeep.is_portable", lambda _: False)  # a keyring alone opens it
        assert window.run("staff", "recover", "admin", "--pin-file", pin).error["code"] == "STAFF-111"
    with monkeypatch.context() as patch:
        patch.setenv("YICHUANG_KEY_FILE", str(window.secret("other.txt", "another passphrase")))
        assert window.run("staff", "recover", "admin", "--pin-file", pin).error["code"] == "STORE-126"
    monkeypatch.delenv("YICHUANG_KEY_FILE")
    assert window.run("staff", "recover", "admin", "--pin-file", pin).error["code"] == "STAFF-111"


def test_a_clerk_manages_nobody_and_carries_nothing_away(window: Window, tmp_path: Path) -> None:
    pin = window.folder / "pin.txt"
    window.run("staff", "add", "0207", "张三", "--pin-file", pin)
    for words in (
        ("staff", "add", "0208", "张三", "--pin-file", pin),
        ("staff", "reset-pin", "admin", "--pin-file", pin),
        ("backup", tmp_path / "window.backup"),
    ):
        assert window.run(*words, "--as", "0207").error["code"] == "STAFF-201"
    assert not (tmp_path / "window.backup").exists()


def test_a_pin_file_that_is_not_there_is_told(window: Window) -> None:
    error = window.run("staff", "reset-pin", "admin", "--pin-file", window.folder / "none.txt").error
    assert error["code"] == "STORE-161"
    assert "--pin-file" in error["title"]


def test_a_backup_restores_into_another_profile_with_the_same_cases(window: Window, tmp_path: Path) -> None:
    file, other = tmp_path / "window.backup", tmp_path / "other"
    done = window.run("backup", file)
    assert list(done.document) == ["file", "size", "files", "portable"]
    assert done.document["file"] == str(file)
    assert done.document["size"] == file.stat().st_size
    assert done.document["files"] > 1
    assert done.document["portable"] is True
    restored = typed("restore", file, "--profile", other, "--json")
    assert restored.document == {"profile": str(other)}
    for words in (("cases",), ("case", window.number), ("outbox",), ("staff", "list")):
        assert typed(*words, "--profile", other, "--json").document == window.run(*words).document
    page = tmp_path / "page.pdf"
    assert typed("paper", "render", window.number, "--out", page, "--profile", other).status == 0
    assert page.read_bytes() == Path(window.entered["papers"][0]["path"]).read_bytes()


def test_what_a_restored_window_makes_comes_from_a_source_of_its_own_and_what_both_hold_arrives_once(
    window: Window, tmp_path: Path
) -> None:
    """Events that waited when the backup was made lie in both windows: the same source and id, one at the platform."""
    file, other = tmp_path / "window.backup", tmp_path / "other"
    window.run("backup", file)
    typed("restore", file, "--profile", other)
    fresh = typed("intake", window.example, "--profile", other, "--json").document["case"]["number"]
    with LocalHub(tmp_path) as hub:
        assert window.run("sync", "--once", "--hub", hub.url).document["sent"] == 2
        late = typed("sync", "--once", "--hub", hub.url, "--profile", other, "--json")
    assert (late.status, late.document["refused"]) == (0, 0)
    held = {case["number"]: case for case in hub.cases()}
    assert set(held) == {window.number, fresh}
    assert {case["events"] for case in held.values()} == {2}
    assert held[window.number]["source"] != held[fresh]["source"]


def test_a_restored_window_gives_no_number_again_that_is_on_paper(window: Window, tmp_path: Path) -> None:
    file, other = tmp_path / "window.backup", tmp_path / "other"
    window.run("backup", file)
    on_paper = [window.run("intake", window.example).document for _ in range(2)]
    assert typed("restore", file, "--profile", other).status == 0
    after = [typed("intake", window.example, "--profile", other, "--json").document for _ in range(2)]
    assert len({told["case"]["number"] for told in (*on_paper, *after)}) == 4
    assert len({told["papers"][0]["number"] for told in (*on_paper, *after)}) == 4


def test_a_window_that_gave_nothing_before_its_backup_gives_nothing_twice_either(
    window: Window, tmp_path: Path
) -> None:
    fresh, file, other = tmp_path / "fresh", tmp_path / "window.backup", tmp_path / "other"
    assert typed("backup", file, "--profile", fresh, "--json").status == 0
    lost = typed("intake", window.example, "--profile", fresh, "--json").document
    assert typed("restore", file, "--profile", other).status == 0
    again = typed("intake", window.example, "--profile", other, "--json").document
    assert lost["case"]["number"] != again["case"]["number"]
    assert lost["papers"][0]["number"] != again["papers"][0]["number"]


def test_a_backup_is_written_once_and_restored_into_nothing_else(window: Window, tmp_path: Path) -> None:
    file = tmp_path / "window.backup"
    (line,) = window.told("backup", file)
    assert (line.startswith(f"{file}  "), line.endswith("个")) == (True, True)
    assert window.run("backup", file).error["code"].startswith("STORE-")
    assert window.run("restore", file).error["code"].startswith("STORE-")
    told = typed("restore", file, "--profile", tmp_path / "other")
    assert (told.status, told.out) == (0, f"{tmp_path / 'other'}\n")


def test_a_backup_that_only_this_machine_opens_is_told(
    window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("client.store.keys.is_portable", lambda _: False)
    done = typed("backup", tmp_path / "window.backup", "--profile", window.profile)
    assert done.status == 0
    assert done.err.startswith("注意：")


def test_the_doctor_says_of_each_part_how_it_is(window: Window) -> None:
    done = window.run("doctor")
    assert done.status == 0
    assert list(done.document) == CHECKS
    for check in done.document.values():
        assert list(check) == ["ok", "detail", "advice"]
        assert (check["ok"], bool(check["detail"])) == (True, True)
    lines = window.told("doctor")
    assert [line.partition("：")[0] for line in lines] == [f"✓ {name}" for name in CHECKS]


def test_a_new_profile_is_a_sample_and_says_so_until_it_is_corrected(window: Window) -> None:
    fresh = window.folder / "fresh"
    written = fresh / "settings.toml"
    first = typed("intake", window.example, "--profile", fresh)
    assert (first.status, first.err.count("\n")) == (0, 1)
    assert first.err.startswith("注意：窗口设置还是示例大厅的")
    assert typed("cases", "--profile", fresh).err == ""
    found = typed("doctor", "--profile", fresh, "--json")
    settings = found.document["settings"]
    assert (found.status, settings["ok"]) == (1, False)
    assert all(word in settings["advice"] for word in ("大厅管理员", "window_no", "paper_serials", "sample"))
    words = written.read_text(encoding="utf-8")
    assert words.startswith("# 示例大厅的设置")
    written.write_text(words.replace("sample = true\n", ""), encoding="utf-8")
    assert typed("intake", window.example, "--profile", fresh).err == ""
    assert typed("doctor", "--profile", fresh, "--json").status == 0


def test_the_demo_may_stay_a_sample(window: Window) -> None:
    done = typed("intake", window.example, "--profile", "demo")
    assert (done.status, done.err) == (0, "")
    assert typed("doctor", "--profile", "demo", "--json").document["settings"]["ok"]


def test_the_doctor_asks_platform_and_clock(window: Window, tmp_path: Path) -> None:
    with LocalHub(tmp_path) as hub:
        window.write_setting(f'hub_url = "{hub.url}"')
        found = window.run("doctor")
    assert found.status == 0
    assert found.document["hub"] == {"ok": True, "detail": hub.url, "advice": ""}
    assert found.document["clock"] == {"ok": True, "detail": "与平台一致", "advice": ""}


@pytest.mark.parametrize(
    ("drift", "ok", "said"),
    [
        (timedelta(seconds=-5), True, "与平台一致"),
        (timedelta(seconds=-90.4), True, "本机时间比平台慢 90 秒"),
        (timedelta(minutes=3), False, "本机时间比平台快 180 秒"),
    ],
)
def test_the_doctor_says_which_way_the_clock_is_wrong(drift: timedelta, ok: bool, said: str) -> None:  # noqa: FBT001 - a parameter of the test
    settings = DEMO_SETTINGS.model_copy(update={"hub_url": "https://platform.example"})
    found = check_clock(settings, lambda _url: drift)
    assert (found.ok, found.detail) == (ok, said)


def test_the_doctor_finds_a_platform_that_is_away_and_blames_no_other_part(window: Window) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        url = f"http://127.0.0.1:{taken.getsockname()[1]}"
    window.write_setting(f'hub_url = "{url}"')
    found = window.run("doctor")
    assert (found.status, found.err) == (1, "")
    assert [name for name, check in found.document.items() if not check["ok"]] == ["hub"]
    assert found.document["hub"]["advice"]
    told = typed("doctor", "--profile", window.profile)
    assert told.status == 1
    assert "✗ hub：" in told.out


def test_the_doctor_finds_a_clock_that_is_wrong(
    window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with LocalHub(tmp_path) as hub:
        window.write_setting(f'hub_url = "{hub.url}"')
        monkeypatch.setattr("client.rules.drift.TOLD_FROM", -TOLD_FROM)
        clock = window.run("doctor").document["clock"]
    assert clock["ok"] is False
    assert clock["advice"]


def test_the_doctor_finds_a_reader_that_is_not_plugged_in_and_one_that_is(window: Window) -> None:
    window.write_setting('reader_port = "/dev/no-reader"')
    found = window.run("doctor")
    assert (found.status, found.document["devices"]["ok"]) == (1, False)
    assert "/dev/no-reader" in found.document["devices"]["detail"]
    assert "reader_port" in found.document["devices"]["advice"]


def test_the_doctor_asks_a_reader_behind_a_makers_library(window: Window) -> None:
    window.write_setting('reader_port = "sdtapi:/opt/no-such/libsdtapi.so"')
    devices = window.run("doctor").document["devices"]
    assert devices["ok"] is False
    assert "没有找到身份证阅读器的驱动库" in devices["detail"]
    assert "reader_port" in devices["advice"]


def test_a_reader_that_is_plugged_in_is_well(window: Window) -> None:
    window.write_setting('reader_port = "/dev/null"')
    assert window.run("doctor").document["devices"] == {"ok": True, "detail": "/dev/null", "advice": ""}


@pytest.mark.parametrize(("free", "ok", "advised"), [(6 << 30, True, False), (2 << 30, True, True), (1, False, True)])
def test_the_doctor_looks_at_the_disk(
    window: Window, monkeypatch: pytest.MonkeyPatch, free: int, *, ok: bool, advised: bool
) -> None:
    usage = type("Usage", (), {"free": free})
    monkeypatch.setattr("shutil.disk_usage", lambda _: usage)
    disk = window.run("doctor").document["disk"]
    assert (disk["ok"], bool(disk["advice"])) == (ok, advised)


def test_the_doctor_tells_of_a_machine_in_another_zone_than_the_hall(window: Window) -> None:
    settings = window.profile / "settings.toml"
    words = settings.read_text(encoding="utf-8")
    settings.write_text(words.replace("Asia/Shanghai", "Asia/Urumqi"), encoding="utf-8")
    found = window.run("doctor")
    assert (found.status, found.document["time_zone"]["ok"]) == (0, True)
    assert found.document["time_zone"]["detail"] == "Asia/Urumqi +0600，本机系统是 +0800；文书和期限按窗口设置的时区"
    assert found.document["time_zone"]["advice"] == "", "it is well, so nobody is sent to change it"


def test_the_doctor_asks_the_printer_and_the_scanner_that_are_set_up(window: Window) -> None:
    assert window.run("doctor").document["printer"] == {"ok": True, "detail": "没有设置", "advice": ""}
    with socket.create_server(("127.0.0.1", 0)) as taken:
        nobody = f"ipp://127.0.0.1:{taken.getsockname()[1]}/printers/none"
    window.write_setting(f'printer = "{nobody}"\nscanner = "simulated"')
    found = window.run("doctor")
    assert [name for name, check in found.document.items() if not check["ok"]] == ["printer"]
    assert nobody in found.document["printer"]["detail"]
    assert found.document["printer"]["advice"]
    assert found.document["scanner"]["detail"].startswith("simulated")


def test_the_doctor_goes_through_the_chain_of_the_audit(window: Window) -> None:
    with yichuang.FrontDoor().write(str(window.profile)) as house, house.counter.memory.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER audit_no_change")
        connection.exec_driver_sql("UPDATE audit SET outcome = 'denied' WHERE id = 1")
    found = window.run("doctor")
    assert (found.status, found.document["store"]["ok"]) == (1, False)
    assert "系统管理员" in found.document["store"]["advice"]


def test_the_doctor_of_nothing_names_what_is_missing(window: Window) -> None:
    found = typed("doctor", "--profile", window.folder / "none", "--json")
    assert found.status == 1
    broken = {name: check for name, check in found.document.items() if not check["ok"]}
    assert {"store", "hub"} <= set(broken)
    assert all(check["detail"] and check["advice"] for check in broken.values())
    assert found.document["disk"]["ok"]


@pytest.mark.parametrize("describe", [lambda: "SecretService"])
def test_the_doctor_names_the_keyring_where_there_is_no_passphrase(
    describe: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("client.store.system_keyring.describe", describe)
    check = yichuang.FrontDoor().checks("default")["keyring"]()
    assert check == Check(ok=True, detail="SecretService")
    assert json.dumps(check.detail)
