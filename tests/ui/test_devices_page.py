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
from client.desk.device_tally import Tally
from client.desk.device_words import page_tried
from client.desk.devices import fit_out
from client.desk.staff import Staff
from client.errors import DeviceError, DeviceState
from client.ports.devices import Kinds, Tried
from client.ports.readiness import Condition, Device, Readiness
from devices.idcard.use import kind as reader_kind
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
}
GONE = Readiness(Condition.FAILED, "未连接", "请检查阅读器的数据线")


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
        replace(scanner_kind(), found=list),
        replace(printer_kind("示例区政务服务中心", "07"), found=_no_server),
        rating_kind(),
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
    centre.until(lambda: centre.page._told.text() not in {"", "正在查找…"})
    assert [(line.row.address, line.row.used) for line in centre.page.table.lines.lines] == [
        ("COM3", False),
        ("simulated", True),
    ]
    assert centre.page._told.text() == "找到 2 个。连不上打印服务器"


@pytest.mark.parametrize("clerk", [ADMINISTRATOR], indirect=True)
def test_an_administrator_goes_to_the_settings_from_here(centre: Centre) -> None:
    centre.page._settings.click()
    assert centre.went == [("setup", {})]


def test_a_clerk_sees_no_way_to_the_settings(centre: Centre) -> None:
    assert centre.page._settings.isHidden()
