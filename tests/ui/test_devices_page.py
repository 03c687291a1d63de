"""The page of devices: what is wrong with which, and a test of each by keyboard, while others go on."""

import threading
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from typing import NoReturn

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from client import device_file
from client.config import load_settings, write_settings
from client.demo import DEMO_SETTINGS
from client.desk.device_tally import Tally
from client.desk.device_words import page_tried
from client.desk.devices import fit_out
from client.desk.staff import Staff
from client.errors import DeviceError, DeviceState
from client.ports.devices import Kinds, Tried
from client.ports.readiness import Condition, Device, Readiness
from client.ports.scanner import ScanOrder
from devices.idcard.use import kind as reader_kind
from devices.keys.use import kind as key_kind
from devices.rating.use import kind as rating_kind
from devices.scanner.use import first_page, scanner_of
from devices.scanner.use import kind as scanner_kind
from printing.ipp.faults import NO_PRINTER
from printing.use import kind as printer_kind
from tests.desk.counter import ADMINISTRATOR, CLERK, Desk
from tests.ui.listing import Shown, shown
from ui.seat import Seat
from ui.setup.device_centre import DevicesPage

Centre = Shown[DevicesPage]
AT = {
    Device.READER: "simulated",
    Device.SCANNER: "simulated?pace=0&fail=jammed:1",
    Device.CAMERA: None,
    Device.PRINTER: None,
    Device.RATING: None,
    Device.KEY: None,
}
FREE = "simulated?pace=0"
GONE = Readiness(Condition.FAILED, "未连接", "请检查阅读器的数据线")

by_administrator = pytest.mark.parametrize("clerk", [ADMINISTRATOR], indirect=True)


@pytest.fixture
def clerk(request: pytest.FixtureRequest) -> Staff:
    return getattr(request, "param", CLERK)


def _no_server() -> NoReturn:
    raise DeviceError(DeviceState.ABSENT, NO_PRINTER, device="打印服务器")


@pytest.fixture
def centre(qtbot: QtBot, desk: Desk, seat: Seat, frame: QWidget, monkeypatch: pytest.MonkeyPatch) -> Iterator[Centre]:
    monkeypatch.setattr(device_file, "machine_folder", lambda: desk.profile.folder)
    (desk.profile.folder / "devices.toml").write_text('[reader]\naddress = "simulated"\nlocked = true\n[x]\n')
    kinds = Kinds(
        replace(reader_kind(desk.clock), found=lambda: [("COM3", "USB 串口"), ("simulated", "模拟")]),
        replace(scanner_kind(), found=lambda: [(FREE, "一号扫描仪"), ("camera:0", "高拍仪")]),
        replace(printer_kind("示例区政务服务中心", "07"), found=_no_server),
        rating_kind(),
        key_kind(),
    )
    with ExitStack() as stack:
        fitted = fit_out(AT, kinds, stack, Tally(desk.memory, desk.clock), ("设备文件的 x 没有用上",))
        hands = replace(seat.hands, reader=fitted.reader, scanner=fitted.scanner, devices=fitted.devices)
        with shown(qtbot, desk, seat, frame, DevicesPage(replace(seat, hands=hands))) as found:
            yield found


def test_each_device_says_how_it_stands_and_what_to_do(centre: Centre) -> None:
    centre.seat.lamps["reader"] = GONE  # type: ignore[index] # the strip writes there
    centre.page.refresh()
    reader = centre.page.cards[Device.READER]
    assert "▲ 未连接" in reader.text
    assert "请检查阅读器的数据线" in reader.text
    assert "地址 simulated（由设备文件锁定）" in reader.text
    assert "用过 还没有用过" in reader.text
    assert centre.page._wrong.text() == "设备文件的 x 没有用上"
    assert not centre.page.cards[Device.PRINTER].button.isEnabled(), "nobody set it up"


def test_a_rating_box_nobody_set_up_takes_no_room(centre: Centre) -> None:
    assert list(centre.page.cards) == [Device.READER, Device.SCANNER, Device.PRINTER]


def test_a_test_by_keyboard_is_told_masked_and_counted(centre: Centre) -> None:
    assert centre.page.cards[Device.READER].button.hasFocus()
    centre.press("do_here")
    centre.until(lambda: centre.page.cards[Device.READER].said.startswith("✓"))
    assert centre.page.cards[Device.READER].said == "✓ 读到 张*，居民身份证110101********0011"
    centre.page.refresh()
    assert "成功 1 次" in centre.page.cards[Device.READER].text


def test_a_key_that_is_pressed_again_asks_the_device_once(centre: Centre) -> None:
    reader, gate, asked = centre.page.cards[Device.READER], threading.Event(), list[int]()

    def test() -> Tried:
        asked.append(1)
        gate.wait(10)
        return Tried("读到")

    reader.fitted = replace(reader.fitted, test=test)
    for _ in range(3):
        reader.test()
    gate.set()
    centre.until(lambda: reader.said == "✓ 读到")
    centre.quiet()
    assert asked == [1]


def test_a_test_that_fails_says_what_to_do(centre: Centre) -> None:
    scanner = centre.page.cards[Device.SCANNER]
    scanner.button.setFocus()
    centre.press("do_here")
    centre.until(lambda: scanner.said.startswith("▲"))
    assert scanner.said.startswith("▲ 模拟扫描仪卡纸。请打开盖板")
    centre.page.refresh()
    assert "卡纸 1" in scanner.text
    assert "DEV-203" in scanner.text


def test_a_page_that_was_scanned_is_shown(centre: Centre) -> None:
    scanner = centre.page.cards[Device.SCANNER]
    scanner.fitted = replace(scanner.fitted, test=lambda: page_tried(first_page(scanner_of("simulated?pace=0"))))
    scanner.button.setFocus()
    centre.press("do_here")
    centre.until(lambda: not scanner._sample.isHidden())
    assert not scanner._sample.pixmap().isNull()


def test_what_can_be_set_up_is_found_and_what_cannot_be_looked_for_is_told(centre: Centre) -> None:
    centre.press("seek_devices")
    centre.until(lambda: centre.page.found.told not in {"", "正在查找…"})
    assert rows(centre) == [
        ("reader", "COM3", "locked"),
        ("reader", "simulated", "in_use"),
        ("scanner", FREE, "free"),
        ("camera", "camera:0", "free"),
    ]
    assert centre.page.found.told == "找到 4 个。连不上打印服务器"


def test_who_looks_again_while_it_is_looked_for_looks_once(centre: Centre) -> None:
    gate, asked = threading.Event(), list[int]()

    def slow() -> list[tuple[str, str]]:
        asked.append(1)
        gate.wait(10)
        return [(FREE, "一号扫描仪")]

    devices = centre.page.found._devices
    place = next(place for place, each in enumerate(devices.fitted) if each.device is Device.SCANNER)
    others = [*devices.fitted[:place], replace(devices.fitted[place], found=slow), *devices.fitted[place + 1 :]]
    centre.page.found._devices = replace(devices, fitted=tuple(others))
    centre.page.found.seek()
    centre.page.found.seek()
    gate.set()
    centre.until(lambda: centre.page.found.told not in {"", "正在查找…"})
    assert asked == [1]


@by_administrator
def test_an_administrator_goes_to_the_settings_from_here(centre: Centre) -> None:
    centre.page.found.settings_button.click()
    assert centre.went == [("setup", {})]


def test_a_clerk_sees_no_way_to_the_settings_and_takes_nothing(centre: Centre) -> None:
    found = centre.page.found
    assert found.settings_button.isHidden()
    look_for(centre, Device.SCANNER, FREE)
    centre.press("take_device")
    assert found.take_button.isHidden()
    assert centre.page.cards[Device.SCANNER].fitted.address == AT[Device.SCANNER]
    assert not (centre.desk.profile.folder / "settings.toml").exists()


@by_administrator
def test_what_was_found_is_taken_by_its_key_and_tried_at_once(centre: Centre) -> None:
    write_settings(centre.desk.profile.folder, DEMO_SETTINGS)
    scanner, card = centre.page.seat.hands.scanner, centre.page.cards[Device.SCANNER]
    look_for(centre, Device.SCANNER, FREE)
    assert centre.page.found.why == "采用后写进本窗口的设置，并马上试一次"
    centre.press("take_device")
    centre.until(lambda: card.said.startswith("✓"))
    assert centre.notice == "✓ 已采用扫描仪 从现在起使用；正在办的件和排着的打印不受影响"
    assert load_settings(centre.desk.profile.folder).scanner == FREE
    assert centre.seat.house.counter.settings.scanner == FREE
    assert f"地址 {FREE}" in card.text
    assert scanner is not None
    assert list(scanner.scan(ScanOrder(dpi=75), lambda _share: None, lambda: False)), "the counter's is the new one"
    assert ("scanner", FREE, "in_use") in rows(centre)
    assert not centre.page.found.take_button.isEnabled()


@by_administrator
def test_a_kind_nobody_had_gets_its_card(centre: Centre) -> None:
    write_settings(centre.desk.profile.folder, DEMO_SETTINGS)
    look_for(centre, Device.CAMERA, "camera:0")
    centre.hit("Return")
    assert centre.page.found.take_button.hasFocus(), "Enter in the list takes nothing by itself"
    centre.hit("Return")
    centre.until(lambda: Device.CAMERA in centre.page.cards)
    assert centre.notice == "✓ 已采用高拍仪 这里可以试；办件时下次打开窗口起使用"
    card = centre.page.cards[Device.CAMERA]
    centre.until(lambda: card.said.startswith(("✓", "▲")))
    assert load_settings(centre.desk.profile.folder).camera == "camera:0"
    assert centre.page._row.itemAt(2).widget() is card


@by_administrator
def test_what_others_decide_is_not_taken_and_says_who(centre: Centre, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YICHUANG_SCANNER", "simulated")
    write_settings(centre.desk.profile.folder, DEMO_SETTINGS)
    before = (centre.desk.profile.folder / "settings.toml").read_bytes()
    centre.page.shown()
    centre.quiet()
    look_for(centre, Device.READER, "COM3")
    assert centre.page.found.why == "由设备文件锁定，这里改不了；需要更改请联系系统管理员"
    centre.page.found.take()
    look_for(centre, Device.SCANNER, FREE)
    assert centre.page.found.why == "由环境变量 YICHUANG_SCANNER 决定，这里改不了"
    centre.press("take_device")
    look_for(centre, Device.READER, "simulated")
    assert centre.page.found.why == "本窗口正在用它"
    centre.quiet()
    assert (centre.desk.profile.folder / "settings.toml").read_bytes() == before


@by_administrator
def test_settings_that_cannot_be_written_leave_the_device_as_it_was(centre: Centre) -> None:
    write_settings(centre.desk.profile.folder, DEMO_SETTINGS)
    (centre.desk.profile.folder / "settings.partial").mkdir()
    look_for(centre, Device.SCANNER, FREE)
    centre.press("take_device")
    assert "没有写成" in centre.notice
    assert centre.page.cards[Device.SCANNER].fitted.address == AT[Device.SCANNER]
    assert centre.page.found.take_button.isEnabled()


def test_a_settings_file_somebody_broke_is_told(centre: Centre) -> None:
    (centre.desk.profile.folder / "settings.toml").write_text("region = ")
    centre.page.shown()
    centre.quiet()
    assert "格式不对" in centre.notice


def rows(centre: Centre) -> list[tuple[str, str, str]]:
    lines = centre.page.found.table.lines.lines
    return [(line.row.device.value, line.row.address, line.row.use.value) for line in lines]


def look_for(centre: Centre, device: Device, address: str) -> None:
    """Have it in the list, and chosen there with the keyboard on it."""
    centre.press("seek_devices")
    centre.until(lambda: centre.page.found.told.startswith("找到"))
    centre.page.found.table.setFocus()
    assert centre.page.found.table.choose((device, address))
