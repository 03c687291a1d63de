"""From opening the house to whoever sits at it: sign in, work, lock, and back where they were."""

import json
import threading
import time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from client.config import load_settings
from client.demo import DEMO_SETTINGS
from client.desk.sending import Sending
from client.errors import Fault, StoreError
from tests.desk.counter import ADMINISTRATOR, CLERK, PIN, SUPERVISOR, Blank, MovableClock
from tests.ui.conftest import StillSender
from tests.ui.doors import OwnDoor, Still
from tests.ui.frame import PATIENCE, Frame, opened, staffed
from ui import sitting
from ui.setup.first_run import FirstRun
from ui.setup.forgotten import Forgotten

BROKEN = Fault("STORE-999", "磁盘读写失败", "请重试")


@pytest.fixture
def door(blank: Blank, tmp_path: Path) -> OwnDoor:
    return staffed(blank, tmp_path / "own")


@pytest.mark.parametrize(
    ("staff", "pages"),
    [
        (CLERK, ["受理", "办件", "同步", "设备", "用印", "文书"]),
        (SUPERVISOR, ["受理", "办件", "同步", "值班", "设备", "用印", "文书"]),
        (ADMINISTRATOR, ["受理", "办件", "同步", "值班", "设备", "设置", "用印", "文书"]),
    ],
)
def test_each_role_has_its_pages_and_no_other(qtbot: QtBot, door: OwnDoor, staff: object, pages: list[str]) -> None:
    with opened(door, qtbot) as frame:
        assert not frame.shell.rail.isVisible()
        frame.seated(getattr(staff, "staff_no", ""))
        assert [kind.name for kind in frame.shell.kinds] == pages
        assert frame.place == "intake"


def test_two_enters_given_before_the_house_is_open_are_not_lost(qtbot: QtBot, door: OwnDoor) -> None:
    door.gate = gate = threading.Event()
    with opened(door, qtbot) as frame:
        qtbot.waitUntil(frame.shell.sign_in.number.hasFocus, timeout=PATIENCE)
        frame.type(CLERK.staff_no)
        frame.press(Qt.Key.Key_Return)
        frame.type(PIN)
        frame.press(Qt.Key.Key_Return)
        assert frame.shell.sign_in.pin.value() == PIN
        gate.set()
        qtbot.waitUntil(lambda: frame.shell.page is not None, timeout=PATIENCE)


def test_a_wrong_pin_is_told_with_the_tries_that_are_left_and_the_fifth_locks(qtbot: QtBot, door: OwnDoor) -> None:
    with opened(door, qtbot) as frame:
        frame.sign_in(CLERK.staff_no, "1111")
        qtbot.waitUntil(lambda: "还可以试 4 次" in frame.said, timeout=PATIENCE)
        assert frame.shell.sign_in.pin.value() == ""
        for _ in range(4):
            frame.settle()
            frame.type("1111")
            frame.press(Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: "已锁定" in frame.said, timeout=PATIENCE)
        assert not frame.shell.pages


def test_locked_by_key_the_screen_shows_nobody_s_data_and_the_same_person_comes_back_to_the_place(
    qtbot: QtBot, door: OwnDoor, tmp_path: Path
) -> None:
    with opened(door, qtbot, tmp_path / "told") as frame:
        frame.seated(SUPERVISOR.staff_no)
        frame.ctrl(Qt.Key.Key_2)
        assert frame.place == "cases"
        frame.ctrl(Qt.Key.Key_L)
        assert (frame.shell.pages, frame.place) == ([], "")
        qtbot.waitUntil(frame.shell.sign_in.pin.hasFocus, timeout=PATIENCE)
        assert frame.shell.sign_in.number.value() == SUPERVISOR.staff_no
        assert frame.shell.sign_in._title.text() == "窗口已锁定"
        assert frame.shell.header._who.text() == ""
        frame.type(PIN)
        frame.press(Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: frame.place == "cases", timeout=PATIENCE)
    told = [json.loads(line)["event"] for line in (tmp_path / "told").read_text(encoding="utf-8").splitlines()]
    assert told.count("signed-in") == 2


def test_left_alone_the_window_locks_and_a_key_press_puts_that_off(
    qtbot: QtBot, door: OwnDoor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sitting, "TICK", 50)
    clock = door.clock
    assert isinstance(clock, MovableClock)
    with opened(door, qtbot) as frame:
        frame.seated(CLERK.staff_no)
        qtbot.wait(1_100)  # one word a second is enough
        clock.move(minutes=9)
        QTest.keyClick(frame.shell.windowHandle(), Qt.Key.Key_Shift)  # as it comes in from the system
        clock.move(minutes=9)
        qtbot.wait(200)
        assert frame.shell.pages
        clock.move(minutes=2)
        qtbot.waitUntil(lambda: not frame.shell.pages, timeout=PATIENCE)


def test_a_window_opened_again_is_where_it_was(qtbot: QtBot, door: OwnDoor) -> None:
    with opened(door, qtbot) as frame:
        frame.seated(CLERK.staff_no)
        frame.ctrl(Qt.Key.Key_3)
    with opened(door, qtbot) as frame:
        frame.seated(SUPERVISOR.staff_no)
        assert frame.place == "sending"


def test_a_closing_window_is_gone_at_once_whatever_is_under_way(qtbot: QtBot, door: OwnDoor) -> None:
    gate, ended = threading.Event(), list[bool]()
    with opened(door, qtbot) as frame:
        frame.seated(CLERK.staff_no)
        frame.sitting._lanes.printer.do(lambda: ended.append(gate.wait(10)))
        before = time.monotonic()
        frame.shell.close()
        assert (frame.shell.isVisible(), time.monotonic() - before < 1) == (False, True)
        gate.set()
    assert ended == [True]  # the house was not closed before it


def test_another_window_s_profile_is_said_and_opens_when_it_is_free(qtbot: QtBot, door: OwnDoor) -> None:
    heard: list[str] = []
    with opened(door, qtbot) as first:
        first.asked()
        with opened(OwnDoor(door.folder), qtbot) as second:
            second.sitting.busy.connect(lambda: heard.append("busy"))
            qtbot.waitUntil(lambda: "正由另一个程序使用" in second.said, timeout=PATIENCE)
            assert heard == ["busy"]
            door.close()
            second.press(Qt.Key.Key_F5)
            second.asked()


@pytest.mark.parametrize(("passphrase", "told"), [("wrong", "口令不对"), (None, "打开本窗口的数据需要口令")])
def test_a_store_that_does_not_open_is_said_and_tried_again(
    qtbot: QtBot, door: OwnDoor, passphrase: str | None, told: str
) -> None:
    right, door.passphrase = door.passphrase, passphrase
    with opened(door, qtbot) as frame:
        qtbot.waitUntil(lambda: bool(frame.said), timeout=PATIENCE)
        assert told in frame.said
        assert not frame.shell.sign_in.number.isVisible()
        door.passphrase = right
        frame.press(Qt.Key.Key_F5)
        frame.asked()


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('keys.acept = "F12"', "不认识的操作“acept”"),
        ('keys.accept = "A"', "不能用按键“A”"),
        ('keys.accept = "F8"', "不能用按键“F8”"),
        ('hub = "x"', "不认识的项hub"),
    ],
)
def test_settings_that_cannot_be_used_are_said_when_the_window_opens(
    qtbot: QtBot, door: OwnDoor, line: str, told: str
) -> None:
    file = door.folder / "settings.toml"
    right = file.read_text(encoding="utf-8")
    file.write_text(f"{line}\n{right}", encoding="utf-8")
    with opened(door, qtbot) as frame:
        qtbot.waitUntil(lambda: told in frame.said, timeout=PATIENCE)
        qtbot.waitUntil(frame.shell.sign_in._again.hasFocus, timeout=PATIENCE)
        file.write_text(right, encoding="utf-8")
        frame.press(Qt.Key.Key_F5)
        frame.asked()


def first_run(frame: Frame) -> FirstRun:
    frame.qtbot.waitUntil(lambda: isinstance(frame.shell._alone, FirstRun), timeout=PATIENCE)
    page = frame.shell._alone
    assert isinstance(page, FirstRun)
    frame.settle()
    return page


def fill(frame: Frame, *texts: str) -> None:
    """Type and go on by Enter."""
    for text in texts:
        frame.type(text)
        frame.press(Qt.Key.Key_Return)


def administrator(frame: Frame, page: FirstRun) -> None:
    page._person.rows[0].field.setFocus()
    fill(frame, "9001", "张三", PIN, PIN)


def test_the_first_run_makes_the_window_and_its_administrator(qtbot: QtBot, tmp_path: Path) -> None:
    door = OwnDoor(tmp_path / "new")
    with opened(door, qtbot) as frame:
        page = first_run(frame)
        fill(frame, "１１０１０１", "01", "示例区政务服务中心", "07", "1", "999")
        frame.press(Qt.Key.Key_F12)
        assert "工号" in page._told.text()
        administrator(frame, page)
        frame.press(Qt.Key.Key_F12)
        frame.seated("9001")
        assert "设置" in [each.name for each in frame.shell.kinds]
    settings = load_settings(door.folder)
    assert (settings.region, settings.paper_serials, settings.sample) == ("110101", (1, 999), False)


def test_a_first_run_that_cannot_keep_a_key_says_so_and_can_be_repeated(qtbot: QtBot, tmp_path: Path) -> None:
    door = OwnDoor(tmp_path / "new", passphrase="")
    door.write_settings(DEMO_SETTINGS)
    with opened(door, qtbot) as frame:
        qtbot.waitUntil(lambda: bool(frame.said), timeout=PATIENCE)
        (door.folder / "settings.toml").unlink()
        frame.press(Qt.Key.Key_F5)
        page = first_run(frame)
        page._hall._fields["region"].setFocus()
        fill(frame, "110101", "01", "示例区政务服务中心", "07", "1", "999")
        administrator(frame, page)
        frame.press(Qt.Key.Key_F12)
        qtbot.waitUntil(lambda: "口令是空的" in frame.notice, timeout=PATIENCE)
        door.passphrase = "示例口令"
        administrator(frame, page)
        frame.press(Qt.Key.Key_F12)
        frame.seated("9001" * 2)  # typed behind what stood there


def test_a_window_with_settings_and_nobody_asks_for_its_administrator_alone(qtbot: QtBot, tmp_path: Path) -> None:
    door = OwnDoor(tmp_path / "new")
    door.write_settings(DEMO_SETTINGS)
    with opened(door, qtbot) as frame:
        page = first_run(frame)
        administrator(frame, page)
        frame.press(Qt.Key.Key_F12)
        frame.seated("9001")
    assert load_settings(door.folder) == DEMO_SETTINGS


def test_people_whose_settings_were_lost_sign_in_as_before(qtbot: QtBot, door: OwnDoor) -> None:
    (door.folder / "settings.toml").unlink()
    with opened(door, qtbot) as frame:
        page = first_run(frame)
        fill(frame, "110101", "01", "示例区政务服务中心", "07", "1", "999")
        administrator(frame, page)
        frame.press(Qt.Key.Key_F12)
        frame.asked()
        assert "没有另建管理员" in frame.notice
        frame.seated(CLERK.staff_no)


def test_an_administrator_gives_a_new_pin_to_whoever_forgot(qtbot: QtBot, door: OwnDoor) -> None:
    with opened(door, qtbot) as frame:
        frame.asked().shell.sign_in.number.put(CLERK.staff_no)
        frame.press(Qt.Key.Key_F1)
        page = frame.shell._alone
        assert isinstance(page, Forgotten)
        fill(frame, SUPERVISOR.staff_no, PIN, "", "24680", "24680")
        qtbot.waitUntil(lambda: "没有“管理人员”的权限" in page.said.text, timeout=PATIENCE)
        page._by.put("")
        page._by.setFocus()
        fill(frame, ADMINISTRATOR.staff_no, PIN, "", "24680", "24680")  # Enter in the last field is enough
        qtbot.waitUntil(lambda: "口令已重设" in frame.notice, timeout=PATIENCE)
        frame.seated(CLERK.staff_no, "24680")


def test_nothing_changes_when_one_turns_back_from_a_forgotten_pin(qtbot: QtBot, door: OwnDoor) -> None:
    with opened(door, qtbot) as frame:
        frame.asked()
        frame.press(Qt.Key.Key_F1)
        frame.press(Qt.Key.Key_F12)
        page = frame.shell._alone
        assert isinstance(page, Forgotten)
        assert page._needed[0].said == "▲ 请填写管理员工号"
        frame.press(Qt.Key.Key_Escape)
        frame.settle()
        frame.seated(CLERK.staff_no)


def test_printing_goes_on_after_a_round_that_failed(
    qtbot: QtBot, door: OwnDoor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sitting, "NEXT_ROUND", 100)
    door.paperboy = paperboy = Still(StoreError(BROKEN))
    with opened(door, qtbot) as frame:
        qtbot.waitUntil(lambda: paperboy.steps == 2, timeout=PATIENCE)
        assert "磁盘读写失败" in frame.notice


def test_counts_that_cannot_be_read_are_told_once(qtbot: QtBot, door: OwnDoor, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def fail(_sending: Sending) -> None:
        asked.append(1)
        raise StoreError(BROKEN)

    monkeypatch.setattr(sitting, "TICK", 50)
    with opened(door, qtbot) as frame:
        frame.seated(CLERK.staff_no)
        monkeypatch.setattr(Sending, "counts", fail)
        qtbot.waitUntil(lambda: "磁盘读写失败" in frame.notice, timeout=PATIENCE)
        frame.shell.notices.clear()
        qtbot.waitUntil(lambda: len(asked) > 3, timeout=PATIENCE)
        assert frame.notice == ""
        frame.ctrl(Qt.Key.Key_L)
        frame.asked()  # the line of the day is missing, and nothing else


def test_a_new_day_begins_with_its_clocks(qtbot: QtBot, door: OwnDoor, monkeypatch: pytest.MonkeyPatch) -> None:
    days: list[object] = []
    monkeypatch.setattr(sitting, "TICK", 50)
    monkeypatch.setattr("client.desk.clocks.run_clocks", lambda counter: days.append(counter.today()))
    clock = door.clock
    assert isinstance(clock, MovableClock)
    with opened(door, qtbot) as frame:
        frame.asked()
        clock.move(days=1)
        qtbot.waitUntil(lambda: bool(days), timeout=PATIENCE)
        qtbot.wait(150)
    assert len(days) == 1


def test_what_changed_is_sent_at_once_and_what_is_worked_at_stands_in_the_header(qtbot: QtBot, door: OwnDoor) -> None:
    door.sender = sender = StillSender()
    with opened(door, qtbot) as frame:
        frame.seated(CLERK.staff_no)
        qtbot.waitUntil(lambda: sender.told == ["wake"], timeout=PATIENCE)  # a round of printing is over
        frame.sitting._bell.case_changed.emit(1)
        assert sender.told == ["wake"] * 2
        qtbot.waitUntil(lambda: frame.shell.header.pill.said == "✓ 平台已全部接收", timeout=PATIENCE)
        frame.sitting._bell.working.emit("食品经营许可")
        assert frame.shell.header.working.text() == "食品经营许可"
        frame.sitting._bell.lock.emit()
        assert frame.shell.header.working.text() == ""
        frame.settle()
        frame.sitting._bell.lock.emit()  # locked already
        assert frame.shell.pages == []


def test_the_pill_opens_the_list_of_what_is_sent(qtbot: QtBot, door: OwnDoor) -> None:
    with opened(door, qtbot) as frame:
        frame.seated(CLERK.staff_no)
        qtbot.waitUntil(frame.shell.header.pill.isVisible, timeout=PATIENCE)
        QTest.mouseClick(frame.shell.header.pill, Qt.MouseButton.LeftButton)
        assert frame.place == "sending"


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space])
def test_the_pill_is_reached_and_pressed_without_a_mouse(qtbot: QtBot, door: OwnDoor, key: Qt.Key) -> None:
    with opened(door, qtbot) as frame:
        pill = frame.shell.header.pill
        frame.seated(CLERK.staff_no)
        qtbot.waitUntil(pill.isVisible, timeout=PATIENCE)
        frame.shell.choose(1)
        for _ in range(20):
            if pill.hasFocus():
                break
            frame.press(Qt.Key.Key_Tab)
        assert (pill.hasFocus(), pill.accessibleName(), pill.accessibleDescription()) == (
            True,
            pill.said.removeprefix("✓ "),
            "Ctrl+3",
        )
        frame.press(Qt.Key.Key_Tab)
        after = QApplication.focusWidget()
        assert frame.shell.page is not None
        assert after is not None
        assert frame.shell.page.isAncestorOf(after)
        frame.press(Qt.Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
        frame.press(key)
        assert frame.place == "sending"
        frame.sitting._bell.lock.emit()
        assert (pill.focusPolicy(), pill.accessibleDescription()) == (Qt.FocusPolicy.NoFocus, "")
