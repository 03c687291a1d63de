"""`yichuang devices`: every device of a window, by command, beside a window or before there is one."""

import json
from pathlib import Path

import pytest

from client import device_file
from devices.scanner import use as scanners
from printing import use as printers
from tests.commands.conftest import Window
from tests.commands.typed import typed


@pytest.fixture(autouse=True)
def _no_machine_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(device_file, "machine_folder", lambda: tmp_path / "machine")
    monkeypatch.setattr(scanners, "choices", list)  # looking takes seconds, and has tests of its own
    monkeypatch.setattr(printers, "choices", lambda: [("ipp://localhost/printers/win1", "win1 一号窗口")])


def test_every_device_is_told_of(window: Window) -> None:
    window.write_setting('reader_port = "/dev/no-reader"\nscanner = "simulated?pace=0"')
    reader, scanner, camera, printer, rating, key = window.run("devices").document
    assert (camera["id"], camera["condition"]) == ("camera", "unset")
    assert (rating["id"], rating["condition"]) == ("rating", "unset")
    assert (key["id"], key["condition"]) == ("key", "unset")
    assert (reader["id"], reader["condition"], reader["words"]) == ("reader", "failed", "未连接")
    assert reader["advice"]
    assert (reader["driver"], reader["library"].split()[0]) == ("串口，SAM_V 模块", "pyserial")
    assert (scanner["condition"], scanner["driver"], scanner["library"]) == ("ready", "模拟", None)
    assert (printer["condition"], printer["address"]) == ("unset", None)
    assert (reader["good"], reader["last_good"], reader["failed"]) == (0, None, {})
    told = window.told("devices")
    assert told[0] == "▲ 身份证阅读器（reader） 未连接"
    assert "    simulated?pace=0  模拟" in told
    assert "    找到 ipp://localhost/printers/win1（win1 一号窗口）" in told


def test_one_is_tried(window: Window) -> None:
    window.write_setting('reader_port = "simulated"\nscanner = "simulated?pace=0&fail=jammed:1"')
    (tried,) = window.run("devices", "--test", "reader").document
    assert tried["test"] == {"ok": True, "told": "读到 张*，居民身份证110101********0011"}
    assert window.told("devices", "--test", "reader")[-1] == "    ✓ 读到 张*，居民身份证110101********0011"
    jammed = window.run("devices", "--test", "scanner")
    assert (jammed.status, json.loads(jammed.err)["code"]) == (1, "DEV-203")
    assert jammed.document[0]["test"] == {"ok": False, "told": "模拟扫描仪卡纸", "code": "DEV-203"}
    absent = window.run("devices", "--test", "printer")
    assert (absent.status, json.loads(absent.err)["code"]) == (1, "DEV-240")
    assert typed("devices", "--test", "toaster").status == 2


def test_before_there_is_a_window_the_device_file_counts(tmp_path: Path) -> None:
    profile = tmp_path / "new"
    profile.mkdir()
    (profile / "devices.toml").write_text('[printer]\naddress = "simulated"\n[toaster]\n', encoding="utf-8")
    done = typed("devices", "--profile", profile, "--json")
    assert [each["address"] for each in done.document] == [None, None, None, "simulated", None, None]
    told = typed("devices", "--profile", profile)
    assert "toaster" in told.err
    assert "● 打印机（printer） 就绪（模拟）" in told.out


def test_a_store_nobody_can_open_hides_no_device(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YICHUANG_KEY_FILE", str(window.folder / "pin.txt"))
    window.write_setting('reader_port = "simulated"')
    done = typed("devices", "--profile", window.profile)
    assert done.status == 0
    assert "● 身份证阅读器（reader） 模拟" in done.out
    assert done.err


def test_a_wrong_setting_is_told(window: Window) -> None:
    window.write_setting('scanner = "elsewhere"')
    assert window.run("devices").error["code"] == "STORE-154"


def test_cameras_are_looked_for_once_with_the_scanners(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    window.write_setting('camera = "camera:0"')
    looked: list[int] = []

    def choices() -> list[tuple[str, str]]:
        looked.append(1)
        return [("camera:0", "高拍仪")]

    monkeypatch.setattr(scanners, "choices", choices)
    rows = {row["id"]: row["found"] for row in window.run("devices").document}
    assert (len(looked), len(rows["scanner"]), rows["camera"]) == (1, 1, [])
