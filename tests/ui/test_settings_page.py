"""The settings page: where each setting comes from, what is written, who works here, and the same trials."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTableWidget
from pytestqt.qtbot import QtBot

from client.config import load_settings, write_settings
from client.demo import DEMO_SETTINGS
from client.desk.devices import Devices
from client.desk.staff import Staff
from client.errors import DeskError, Fault, PlatformError, RightsError
from client.ports.devices import Driver, Fitted
from client.ports.id_card import IdCardReader
from client.ports.readiness import Device
from client.ports.scanner import Scanner
from client.rules.rights import Role
from devices.idcard.use import reader_of
from devices.scanner.use import scanner_of
from tests.desk.counter import ADMINISTRATOR, CLERK, PIN, Desk
from ui.seat import Seat
from ui.setup.effective import EffectivePanel
from ui.setup.fields import Address
from ui.setup.settings import SettingsPage

Show = Callable[..., SettingsPage]
NOT_FOUND = PlatformError(Fault("DEV-999", "连不上打印服务器", "请检查网线"))


@pytest.fixture
def clerk() -> Staff:
    return ADMINISTRATOR


@pytest.fixture
def show(qtbot: QtBot, seat: Seat, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Show:
    def shown(hub_from_environment: str = "", *, written: bool = True) -> SettingsPage:
        if written:
            write_settings(desk.profile.folder, DEMO_SETTINGS)
        if hub_from_environment:
            monkeypatch.setenv("YICHUANG_HUB_URL", hub_from_environment)
        page = SettingsPage(seat)
        qtbot.addWidget(page)
        page.resize(1029, 520)
        page.show()
        page.activateWindow()
        page.shown()
        qtbot.waitUntil(lambda: not page._steps and seat.tasks.underway == 0, timeout=10_000)
        return page

    return shown


def settle(qtbot: QtBot, seat: Seat) -> None:
    qtbot.waitUntil(lambda: seat.tasks.underway == 0, timeout=10_000)


def table(page: SettingsPage) -> dict[str, tuple[str, str]]:
    found = page._effective.findChild(QTableWidget)
    assert isinstance(found, QTableWidget)
    cells = [
        [item.text() if (item := found.item(row, column)) else "" for column in range(3)]
        for row in range(found.rowCount())
    ]
    return {name: (value, origin) for name, value, origin in cells}


def test_every_setting_tells_its_value_and_where_it_comes_from(show: Show) -> None:
    told = table(show("http://127.0.0.1:1"))
    assert len(told) == len(type(DEMO_SETTINGS).model_fields)
    assert told["大厅名称"] == (DEMO_SETTINGS.hall_name, "settings.toml 文件")
    assert told["平台地址"] == ("未设置", "环境变量")  # in effect since the window was opened
    assert told["文书编号"][0] == "1 至 9999"
    assert told["无人操作锁定"][0] == "10 分钟"
    assert told["自定按键"][0] == "无"
    assert told["大字"][0] == "否"


def test_what_it_locked_in_the_device_file_cannot_be_changed_here(
    show: Show, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    shipped = desk.profile.folder / "devices.toml"
    shipped.write_text('[reader]\naddress = "COM3"\nlocked = true\n[scanner]\naddress = "simulated"\n')
    monkeypatch.setenv("YICHUANG_DEVICES_FILE", str(shipped))
    page = show()
    rows = page._devices.rows
    assert (rows["reader_port"].field.isEnabled(), rows["scanner"].field.isEnabled()) == (False, True)
    assert rows["reader_port"].said == "由设备文件锁定，这里改不了；需要更改请联系系统管理员"
    assert (table(page)["身份证阅读器"][1], table(page)["扫描仪"][1]) == ("设备文件，已锁定", "设备文件")


def test_what_the_environment_decides_cannot_be_changed_here(show: Show) -> None:
    row = show("http://127.0.0.1:1")._devices.rows["hub_url"]
    assert not row.field.isEnabled()
    assert row.said == "由环境变量 YICHUANG_HUB_URL 决定，这里改不了"


def test_changes_are_written_over_the_file_alone_and_count_next_time(
    qtbot: QtBot, seat: Seat, desk: Desk, show: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = show("http://127.0.0.1:1")
    page._devices.rows["reader_port"].field.setFocus()
    QTest.keyClick(page._devices.rows["reader_port"].field, Qt.Key.Key_Down)
    page._look._theme.put("dark")
    page._look._language.put("en")
    QTest.keyClick(page._devices.rows["reader_port"].field, Qt.Key.Key_F8)
    settle(qtbot, seat)
    assert seat.notices.text == "✓ 设置已保存 下次打开窗口时生效"
    monkeypatch.delenv("YICHUANG_HUB_URL")
    written = load_settings(desk.profile.folder)
    assert written == DEMO_SETTINGS.model_copy(update={"reader_port": "COM3", "theme": "dark", "language": "en"})
    assert seat.house.counter.settings.theme == "light"


def test_without_a_file_the_settings_in_effect_are_written(qtbot: QtBot, seat: Seat, desk: Desk, show: Show) -> None:
    page = show(written=False)
    assert table(page)["窗口号"] == ("07", "默认值")
    object.__setattr__(seat.door, "settings", lambda: DEMO_SETTINGS)
    page._look._size.put("large")
    page._save()
    settle(qtbot, seat)
    assert load_settings(desk.profile.folder).large_type


def test_what_cannot_be_written_is_said(qtbot: QtBot, seat: Seat, desk: Desk, show: Show) -> None:
    page = show()
    (desk.profile.folder / "settings.partial").mkdir()
    page._look._size.put("large")
    page._save()
    settle(qtbot, seat)
    assert "没有写成" in seat.notices.text


def test_a_broken_file_is_left_alone(qtbot: QtBot, seat: Seat, desk: Desk, show: Show) -> None:
    page = show()
    (desk.profile.folder / "settings.toml").write_text("region = ", encoding="utf-8")
    page._look._size.put("large")
    page._save()
    settle(qtbot, seat)
    assert "格式不对" in seat.notices.text


def test_a_device_that_was_taken_meanwhile_stands_in_its_field_and_is_not_written_over(
    qtbot: QtBot, seat: Seat, desk: Desk, show: Show
) -> None:
    page = show()
    page._devices.rows["scanner"].field.setEditText("folder:/typed")  # type: ignore[union-attr] # an address of those
    taken = {"scanner": "escl:http://192.0.2.7/eSCL", "printer": "simulated"}
    write_settings(desk.profile.folder, DEMO_SETTINGS.model_copy(update=taken))
    seat.house.counter.in_force.move_devices(taken)
    page.shown()
    settle(qtbot, seat)
    assert page._devices.rows["printer"].value() == "simulated"
    assert page._devices.rows["scanner"].value() == "folder:/typed", "what somebody typed stands"
    assert table(page)["打印机"] == ("simulated", "settings.toml 文件")
    page._save()
    settle(qtbot, seat)
    written = load_settings(desk.profile.folder)
    assert (written.scanner, written.printer) == ("folder:/typed", "simulated")


def test_camera_rating_box_and_makers_drivers_are_set_up_here(qtbot: QtBot, seat: Seat, desk: Desk, show: Show) -> None:
    page = show()
    page._devices.rows["camera"].field.setEditText("camera:0")  # type: ignore[union-attr] # an address of those
    rating = page._devices.rows["rating_port"]
    rating.field.setEditText("COM5")  # type: ignore[union-attr] # same
    rating.try_now()
    assert rating.said == "▲ 应写串口和帧格式，如 COM5?digit-from-best"
    rating.field.setEditText("COM5?digit-from-best")  # type: ignore[union-attr] # same
    page._drivers.rows["driver_python"].field.put("C:/驱动/python.exe")  # type: ignore[union-attr] # same
    page._save()
    settle(qtbot, seat)
    written = load_settings(desk.profile.folder)
    assert (written.camera, written.rating_port) == ("camera:0", "COM5?digit-from-best")
    assert (written.driver_python, written.photo_library) == ("C:/驱动/python.exe", None)


@pytest.mark.parametrize("found", [[], NOT_FOUND], ids=["nothing", "no answer"])
def test_what_is_not_found_is_told_where_nothing_is_set_up_alone(
    qtbot: QtBot, seat: Seat, show: Show, found: list[tuple[str, str]] | DeskError
) -> None:
    """A server that no printer of this window uses is nobody's trouble."""
    page = show()

    def find() -> list[tuple[str, str]]:
        if isinstance(found, DeskError):
            raise found
        return found

    row = page._devices.rows["printer"]
    assert isinstance(row.field, Address)
    for address, is_told in (("simulated", False), ("", True)):
        row.field.put(address)
        page._devices._find("printer", find)
        settle(qtbot, seat)
        assert (row.said != "") is is_told


def test_nothing_and_nonsense_are_not_written(qtbot: QtBot, seat: Seat, desk: Desk, show: Show) -> None:
    page = show()
    before = (desk.profile.folder / "settings.toml").read_bytes()
    page._save()
    assert page._told.text() == "没有改动"
    page._devices._hub.put("hub.example.org")
    page._save()
    settle(qtbot, seat)
    assert page._told.text() == "还有 1 项要改"
    assert page._devices.rows["hub_url"].said.startswith("▲ 应以 https://")
    assert (desk.profile.folder / "settings.toml").read_bytes() == before


def test_pressed_before_it_is_built_the_key_does_nothing(qtbot: QtBot, seat: Seat) -> None:
    page = SettingsPage(seat)
    qtbot.addWidget(page)
    page._save()
    assert seat.tasks.underway == 0


class Watched:
    """Notes that a hand was asked to give its device back."""

    def __init__(self, hand: IdCardReader | Scanner) -> None:
        self._hand = hand
        self.closed = 0

    def __getattr__(self, name: str) -> object:
        return getattr(self._hand, name)

    def close(self) -> None:
        self.closed += 1
        self._hand.close()


def test_a_device_is_tried_after_our_own_hold_on_it_ended(qtbot: QtBot, seat: Seat, desk: Desk) -> None:
    reader, scanner = Watched(reader_of("simulated", desk.clock)), Watched(scanner_of("simulated?pace=0"))
    fitted = (
        Fitted(Device.READER, "simulated", Driver(""), reader.check, list, let_go=reader.close),  # type: ignore[arg-type] # passed on
        Fitted(Device.SCANNER, "simulated", Driver(""), scanner.check, list, let_go=scanner.close),  # type: ignore[arg-type] # same
    )
    hands = replace(seat.hands, devices=Devices(fitted))
    page = SettingsPage(replace(seat, hands=hands))
    qtbot.addWidget(page)
    page.show()
    page.shown()
    qtbot.waitUntil(lambda: not page._steps)
    for name in ("reader_port", "scanner", "camera", "printer", "rating_port", "seal_key", "hub_url"):
        row = page._devices.rows[name]
        if isinstance(row.field, Address):
            row.field.setEditText("simulated")
        else:
            page._devices._hub.put("https://h.example")
        row.try_now()
    settle(qtbot, seat)
    assert [row.said[0] for row in page._devices.rows.values()] == ["✓"] * 7
    assert (reader.closed, scanner.closed) == (1, 1)


def test_people_are_listed_added_and_given_new_pins(qtbot: QtBot, seat: Seat, show: Show) -> None:
    page = show()
    roster, panel = seat.house.roster, page._roster
    for _ in range(2):
        with pytest.raises(RightsError):
            roster.sign_in(CLERK.staff_no, "1111")
    panel.read()
    settle(qtbot, seat)
    lines = [panel._list.item(row).text() for row in range(panel._list.count())]
    assert "1001　张三　窗口人员　◐ 口令输错 2 次" in lines
    panel._list.setCurrentRow(lines.index("1001　张三　窗口人员　◐ 口令输错 2 次"))
    assert panel._whose.text() == "为工号 1001 重设口令"
    panel._pin.rows[0].field.setFocus()
    type_on(qtbot, "24680", "24680")
    settle(qtbot, seat)
    assert seat.notices.text == "✓ 工号 1001 的口令已重设，可以登录"
    assert roster.sign_in(CLERK.staff_no, "24680").staff_no == CLERK.staff_no
    assert panel._number() == CLERK.staff_no  # still chosen

    panel._person.rows[0].field.setFocus()
    type_on(qtbot, "3001", "", "", "24680", "24680")
    assert panel._person.rows[1].said == "▲ 请填写姓名"
    type_on(qtbot, "lisi")
    panel._person.rows[3].field.setFocus()
    type_on(qtbot, "24680", "24680")
    settle(qtbot, seat)
    assert seat.notices.text == "✓ 已添加工号 3001"
    assert panel._person.number == ""
    assert roster.sign_in("3001", "24680").role.value == "clerk"


def test_a_number_that_is_taken_and_a_pin_too_short_are_said(qtbot: QtBot, seat: Seat, show: Show) -> None:
    panel = show()._roster
    panel._pin.rows[0].field.setFocus()
    type_on(qtbot, "1", "1")
    assert panel._pin.rows[0].said == "▲ 口令不少于 4 位"
    panel._person.rows[0].field.setFocus()
    type_on(qtbot, CLERK.staff_no, "zhang", "", "24680", "24680")
    settle(qtbot, seat)
    assert "已存在" in seat.notices.text


def test_whoever_was_idle_is_asked_again_before_anything_is_written(
    qtbot: QtBot, seat: Seat, desk: Desk, show: Show
) -> None:
    panel = show()._roster
    desk.clock.move(minutes=11)
    with qtbot.waitSignal(seat.bell.lock):
        panel._pin.rows[0].field.setFocus()
        type_on(qtbot, "24680", "24680")
    assert "锁定" in seat.notices.text
    assert seat.house.roster.sign_in(panel._number(), PIN).role is Role.ADMINISTRATOR


def test_five_wrong_tries_are_seen_in_the_list(qtbot: QtBot, seat: Seat, show: Show) -> None:
    for _ in range(5):
        with pytest.raises(RightsError):
            seat.house.roster.sign_in(CLERK.staff_no, "1111")
    page = show()
    lines = [page._roster._list.item(row).text() for row in range(page._roster._list.count())]
    assert "1001　张三　窗口人员　▲ 已锁定" in lines
    page.shown()  # again: nothing is built twice
    settle(qtbot, seat)
    assert page._sheet.widget().findChildren(EffectivePanel) == [page._effective]


def type_on(qtbot: QtBot, *texts: str) -> None:
    for text in texts:
        target = QApplication.focusWidget()
        assert target is not None
        QTest.keyClicks(target, text)
        QTest.keyClick(target, Qt.Key.Key_Return)
