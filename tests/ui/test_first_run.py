"""The first-run page: everything is tried on the spot, and what is wrong is said field by field."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from client.demo import DEMO_SETTINGS
from client.errors import DeskError, DeviceError, DeviceState, Fault, PlatformError, StoreError
from client.lanes import Lane
from tests.ui.doors import OwnDoor
from ui.keys import KEYS
from ui.setup.fields import Address
from ui.setup.first_run import FirstRun
from ui.setup.founded import Founded
from ui.setup.rows import TrialRow
from ui.tasks import Tasks

JAM = DeviceError(DeviceState.JAMMED, Fault("DEV-999", "{device}卡纸", "请取出卡住的纸"), device="扫描仪")
LOST = PlatformError(Fault("PLAT-999", "连不上平台", "请核对地址"))
NO_RING = StoreError(Fault("STORE-999", "没有密钥环", "请启用密钥环"))
NOT_FOUND = DeviceError(DeviceState.ABSENT, Fault("DEV-998", "{device}不能查找", "请填写地址"), device="扫描仪")


@dataclass
class Bench:
    """A first run on a lane of its own."""

    qtbot: QtBot
    door: OwnDoor
    page: FirstRun
    tasks: Tasks
    founded: list[Founded] = field(default_factory=list)

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: self.tasks.underway == 0, timeout=10_000)

    def type(self, *texts: str) -> None:
        for text in texts:
            target = QApplication.focusWidget()
            assert target is not None
            QTest.keyClicks(target, text)
            QTest.keyClick(target, Qt.Key.Key_Return)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.page, key, modifier)

    def said(self, name: str) -> str:
        return self.page._rows[name].said


@pytest.fixture
def lane() -> Iterator[Lane]:
    found = Lane("setup")
    yield found
    assert found.close()


@pytest.fixture
def fails() -> dict[str, DeskError]:
    return {}


@pytest.fixture
def bench(qtbot: QtBot, tmp_path: Path, lane: Lane, fails: dict[str, DeskError]) -> Bench:
    return begin(qtbot, OwnDoor(tmp_path, fails=fails), lane)


def begin(qtbot: QtBot, door: OwnDoor, lane: Lane, *, sample: bool | None = None) -> Bench:
    tasks = Tasks()
    kept = (
        None if sample is None else DEMO_SETTINGS.model_copy(update={"sample": sample, "clerk_phone": "0000-0000009"})
    )
    page = FirstRun(door, lane, tasks, KEYS, kept)
    qtbot.addWidget(page)
    page.resize(1093, 500)
    page.show()
    page.activateWindow()
    found = Bench(qtbot, door, page, tasks)
    page.founded.connect(found.founded.append)
    found.settle()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    return found


def test_enter_alone_leads_through_the_whole_page_and_the_field_is_always_in_sight(bench: Bench) -> None:
    page, seen = bench.page, []
    start = QApplication.focusWidget()
    for _ in range(60):
        widget = QApplication.focusWidget()
        assert widget is not None
        seen.append(widget.accessibleName())
        top = widget.mapTo(page, widget.rect().topLeft()).y()
        assert 0 <= top < page.height()
        if widget is page._finish:
            break
        bench.press(Qt.Key.Key_Return)
    assert start is not None
    assert seen[0] == "行政区划代码"
    assert seen[-1] == "完成设置"
    assert {
        "起始文书编号",
        "截止文书编号",
        "实施机关",
        "咨询电话",
        "平台地址",
        "扫描仪",
        "打印机",
        "姓名",
    } <= set(seen)


def test_what_is_found_is_offered_with_ours_around_it(bench: Bench) -> None:
    scanner = bench.page._rows["scanner"].field
    assert isinstance(scanner, Address)
    assert [scanner.itemText(place) for place in range(scanner.count())] == [
        "不接",
        "示例扫描仪（sane:test:0）",
        "模拟（演练用）",
    ]
    assert bench.page._devices._key_place.text() == "✓ 数据密钥的保管：SecretService"
    QTest.keyClick(scanner, Qt.Key.Key_Down)
    assert scanner.value() == "sane:test:0"
    scanner.offer([])  # looked for again, and gone
    assert scanner.value() == "sane:test:0"
    scanner.setEditText("ｓａｎｅ:net:1 ")
    assert scanner.value() == "sane:net:1"


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("hub_url", "hub.example.org", "▲ 应以 https:// 开头；空着表示单机工作"),
        ("scanner", "test:0", "▲ 应选找到的扫描仪，或写 sane:、escl:、folder:、camera: 和它的名称、地址、文件夹、序号"),
        ("printer", "192.0.2.1", "▲ 应选找到的打印机，或写 ipp://、ipps://、escpos:、system:、folder: 开头的地址"),
    ],
)
def test_what_is_no_address_is_told_without_a_trial(bench: Bench, name: str, value: str, told: str) -> None:
    row = bench.page._rows[name]
    row.field.setFocus()
    row.field.setEditText(value) if isinstance(row.field, Address) else bench.type(value)
    row.field.setFocus()
    bench.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert bench.said(name) == told
    assert not {"try_hub", "try_scanner", "try_printer"} & {each[0] for each in bench.door.asked}


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("hub_url", "https://hub.example.org", "✓ 平台已应答，时钟一致"),
        ("reader_port", "COM3", "✓ 读到 张*，居民身份证110101********0011"),
        ("scanner", "simulated", "✓ 扫到 1 页，210×297 毫米，75 dpi"),
        ("printer", "ipp://localhost/printers/win1", "✓ 测试页已打印，请看测试页是否完整"),
    ],
)
def test_each_is_tried_on_the_spot_by_key(bench: Bench, name: str, value: str, told: str) -> None:
    bench.page._hall._fields["window_no"].put("07")
    row = bench.page._rows[name]
    row.field.setFocus()
    bench.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert bench.said(name) == "还没有填写，可以先跳过"
    bench.type(value) if not isinstance(row.field, Address) else row.field.setEditText(value)
    row.field.setFocus()
    assert isinstance(row, TrialRow)
    trial, go_on = row._trial, threading.Event()

    def slow(tried: str) -> str:
        go_on.wait(5)
        return trial(tried)

    row._trial = slow
    bench.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert bench.said(name) == "正在试，请稍候…"
    bench.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)  # once is enough
    go_on.set()
    bench.settle()
    assert bench.said(name) == told
    asked = [each for each in bench.door.asked if each[0].startswith("try_") and each[0] != "try_key_place"]
    assert len(asked) == 1
    assert asked[0][1] == value
    row.field.setFocus()
    bench.press(Qt.Key.Key_Backspace)
    assert bench.said(name) == ""  # it was another value that was tried


def test_a_trial_of_a_value_that_was_changed_meanwhile_says_nothing(bench: Bench, fails: dict[str, DeskError]) -> None:
    row = bench.page._devices.rows["hub_url"]
    for error in (None, LOST):
        if error is not None:
            fails["try_hub"] = error
        bench.page._devices._hub.put("https://hub.example.org")
        row.try_now()
        bench.page._devices._hub.put("https://other.example.org")
        bench.settle()
        assert row.said == "正在试，请稍候…"


def test_what_does_not_answer_is_said_beside_its_field_and_keeps_nobody_from_going_on(
    qtbot: QtBot, tmp_path: Path, lane: Lane
) -> None:
    fails: dict[str, DeskError] = {
        "scanners": NOT_FOUND,
        "try_scanner": JAM,
        "try_hub": LOST,
        "try_key_place": NO_RING,
    }
    bench = begin(qtbot, OwnDoor(tmp_path, fails=fails), lane)
    assert bench.said("scanner") == "◐ 扫描仪不能查找。请填写地址"
    assert bench.page._devices._key_place.text() == "▲ 没有密钥环。请启用密钥环"
    for name, value in (("scanner", "simulated"), ("hub_url", "https://hub.example.org")):
        field = bench.page._rows[name].field
        field.setEditText(value) if isinstance(field, Address) else bench.page._devices._hub.put(value)
        bench.page._devices.rows[name].try_now()
    bench.settle()
    assert bench.said("scanner") == "▲ 扫描仪卡纸。请取出卡住的纸"
    assert bench.said("hub_url") == "▲ 连不上平台。请核对地址"
    fill(bench)
    assert bench.founded


def fill(bench: Bench, pin: str = "135790", again: str = "135790") -> None:
    page = bench.page
    for name, text in (("region", "110101"), ("hall_code", "01"), ("hall_name", "大厅"), ("window_no", "07")):
        page._hall._fields[name].put(text)
    for end, text in zip(page._hall._serials.ends, ("1", "999"), strict=True):
        end.put(text)
    for row, text in zip(page._person.rows, ("9001", "张三", pin, again), strict=True):
        assert not isinstance(row.field, Address)
        row.field.put(text)
    bench.press(Qt.Key.Key_F12)


def test_what_is_settled_is_told_and_is_nobody_s_sample(bench: Bench) -> None:
    page = bench.page
    page._organs._fields["advice_phone"].setFocus()
    page._organs._fields["advice_phone"].selectAll()
    bench.type("0000-0000099")
    page._devices.rows["reader_port"].field.setFocus()
    bench.press(Qt.Key.Key_Down)
    fill(bench)
    (founded,) = bench.founded
    settings = founded.settings
    assert (settings.reader_port, settings.scanner, settings.hub_url, settings.sample) == ("COM3", None, None, False)
    (own,) = settings.organs.values()
    assert dict(own) == {"advice_phone": "0000-0000099"}
    assert (founded.staff_no, founded.name, founded.pin) == ("9001", "张三", "135790")
    assert "135790" not in repr(founded)
    assert all(not row.value() for row in page._person.rows[2:])
    assert not page._finish.isEnabled()
    page.again()
    assert page._finish.isEnabled()


def test_of_several_organs_each_keeps_its_own_words(bench: Bench) -> None:
    organs = bench.page._organs
    choice, phone = organs._choice, organs._fields["advice_phone"]
    assert choice is not None
    first = choice.value()
    phone.setFocus()
    phone.selectAll()
    bench.type("0000-0000099")
    choice.setFocus()
    bench.press(Qt.Key.Key_Down)
    assert choice.value() != first
    assert phone.value() != "0000-0000099"
    bench.press(Qt.Key.Key_Up)
    assert phone.value() == "0000-0000099"
    phone.setFocus()
    phone.selectAll()
    bench.type("0000-0000001")  # as in the catalogue: nothing of its own any more
    assert organs.values() == {}


def test_what_is_wrong_is_said_field_by_field(bench: Bench) -> None:
    bench.page._hall._fields["region"].put("1101")
    bench.page._devices._hub.put("hub.example.org")
    bench.press(Qt.Key.Key_F12)
    told = {name: row.said for name, row in bench.page._rows.items() if row.said.startswith("▲")}
    assert set(told) == {"region", "hall_code", "hall_name", "window_no", "paper_serials", "hub_url"}
    assert told["region"] == "▲ 应为 6 位数字的行政区划代码"
    assert bench.page._told.text().startswith("还有 9 项要改：行政区划代码、")
    assert QApplication.focusWidget() is bench.page._hall._fields["region"]
    assert bench.founded == []
    bench.type("01")
    assert bench.said("region") == ""


@pytest.mark.parametrize(
    ("pin", "again", "told"), [("123", "123", "口令不少于 4 位"), ("1234", "1235", "两次输入的口令不同")]
)
def test_a_pin_is_long_enough_and_typed_twice(bench: Bench, pin: str, again: str, told: str) -> None:
    fill(bench, pin, again)
    assert bench.founded == []
    assert told in "".join(row.said for row in bench.page._person.rows)


@pytest.mark.parametrize(("sample", "region"), [(False, "110101"), (True, "")])
def test_settings_that_are_there_stand_in_the_fields_but_a_sample_hall_s(
    qtbot: QtBot, tmp_path: Path, lane: Lane, *, sample: bool, region: str
) -> None:
    bench = begin(qtbot, OwnDoor(tmp_path), lane, sample=sample)
    assert bench.page._hall._fields["region"].value() == region
    fill(bench)
    assert bench.founded[0].settings.clerk_phone == "0000-0000009"  # what the page does not ask stays


def test_a_wheel_over_a_field_changes_nothing_and_a_long_paste_is_cut(bench: Bench) -> None:
    reader = bench.page._rows["reader_port"].field
    assert isinstance(reader, Address)
    at = reader.rect().center().toPointF()
    wheel = QWheelEvent(
        at,
        reader.mapToGlobal(at),
        at.toPoint(),
        at.toPoint(),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    reader.wheelEvent(wheel)
    assert reader.value() == ""
    assert not wheel.isAccepted()
    line = reader.lineEdit()
    assert line is not None
    line.insert("9" * 100_000)
    assert len(reader.value()) == 300


def test_what_the_device_file_says_stands_there_and_is_not_written_again(
    qtbot: QtBot, tmp_path: Path, lane: Lane, monkeypatch: pytest.MonkeyPatch
) -> None:
    shipped = tmp_path / "shipped.toml"
    shipped.write_text('[reader]\naddress = "COM3"\nlocked = true\n[scanner]\naddress = "simulated"\n')
    monkeypatch.setenv("YICHUANG_DEVICES_FILE", str(shipped))
    rows = (page := begin(qtbot, OwnDoor(tmp_path), lane).page)._devices.rows
    assert (rows["reader_port"].value(), rows["reader_port"].field.isEnabled()) == ("COM3", False)
    assert rows["reader_port"].said == "由设备文件锁定，这里改不了；需要更改请联系系统管理员"
    assert (rows["scanner"].value(), rows["scanner"].field.isEnabled()) == ("simulated", True)
    assert rows["scanner"].said == "设备文件给出的地址；可以另选"
    values = page._devices.values()
    assert (values["reader_port"], values["scanner"]) == (None, None), "it goes on saying so, to all its windows"
    rows["scanner"].field.setEditText("folder:/scans")  # type: ignore[union-attr] # an address
    assert page._devices.values()["scanner"] == "folder:/scans"
