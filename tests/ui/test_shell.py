"""The frame of the window: rail, pages, what stands alone, and what takes long."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from client.lanes import Lane
from tests.desk.counter import ADMINISTRATOR, CLERK, Blank
from tests.ui.doors import OwnDoor
from tests.ui.frame import PATIENCE, opened, staffed
from ui import tasks as tasks_module
from ui.busy import Busy
from ui.keys import KEYS
from ui.tasks import Tasks
from ui.widgets.chips import Chip


@pytest.fixture
def door(blank: Blank, tmp_path: Path) -> OwnDoor:
    return staffed(blank, tmp_path / "own")


def test_the_rail_shows_the_pages_with_their_keys_and_presses_reach_them(qtbot: QtBot, door: OwnDoor) -> None:
    with opened(door, qtbot) as frame:
        frame.seated(CLERK.staff_no)
        buttons = frame.shell.rail.findChildren(QToolButton)
        assert [(each.text(), each.accessibleDescription()) for each in buttons] == [
            ("受理", "Ctrl+1"),
            ("办件", "Ctrl+2"),
            ("同步", "Ctrl+3"),
            ("设备", "Ctrl+4"),
            ("用印", "Ctrl+5"),
            ("文书", "Ctrl+6"),
        ]
        QTest.mouseClick(buttons[2], Qt.MouseButton.LeftButton)
        assert frame.place == "sending"
        frame.ctrl(Qt.Key.Key_1)
        assert (frame.place, buttons[0].isChecked()) == ("intake", True)
        frame.ctrl(Qt.Key.Key_7)  # a clerk has no seventh page
        frame.shell.choose(7)
        frame.shell.go("nowhere", {})
        assert frame.place == "intake"


def test_after_a_lock_no_key_of_the_pages_works_and_esc_still_reads_notices_away(qtbot: QtBot, door: OwnDoor) -> None:
    with opened(door, qtbot) as frame:
        for _ in range(2):
            frame.seated(CLERK.staff_no)
            frame.ctrl(Qt.Key.Key_L)
            frame.settle()
        frame.ctrl(Qt.Key.Key_2)
        assert frame.place == ""
        frame.shell.notices.warn("纸将尽")
        frame.press(Qt.Key.Key_Escape)
        assert frame.notice == ""


def test_what_stands_alone_goes_with_whatever_was_typed_in_it(qtbot: QtBot, door: OwnDoor) -> None:
    with opened(door, qtbot) as frame:
        frame.asked()
        gone: list[str] = []
        for name in ("first", "second"):
            widget = QWidget()
            widget.destroyed.connect(lambda _object, name=name: gone.append(name))
            frame.shell.show_alone(widget)
        frame.shell.unseat()
        qtbot.waitUntil(lambda: gone == ["first", "second"], timeout=PATIENCE)
        assert frame.shell.page is None


def test_a_window_in_the_back_comes_to_the_front(qtbot: QtBot, door: OwnDoor) -> None:
    with opened(door, qtbot) as frame:
        frame.shell.showMinimized()
        frame.shell.raise_up()
        assert not frame.shell.isMinimized()
        assert frame.shell.isVisible()


def test_every_page_fits_a_small_screen(qtbot: QtBot, door: OwnDoor) -> None:
    """1366×768 at 125 % is 1093×614 (ui.md)."""
    with opened(door, qtbot) as frame:
        frame.shell.resize(1093, 614)
        frame.seated(ADMINISTRATOR.staff_no)
        for place in range(6):
            frame.shell.choose(place)
            frame.settle()
            qtbot.wait(50)
        assert (frame.shell.width(), frame.shell.height()) == (1093, 614)
        needed = frame.shell.minimumSizeHint()
        assert needed.width() <= 1093
        assert needed.height() <= 614


class Windows(QObject):
    """Notes whatever opens as a window of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.opened.append(type(watched).__name__)
        return False


def test_nothing_but_the_window_is_ever_a_window(qtbot: QtBot, door: OwnDoor, qapp: QApplication) -> None:
    """A part shown before it is put in its place flashes on the screen and takes the keyboard away."""
    windows = Windows()
    qapp.installEventFilter(windows)
    with opened(door, qtbot) as frame:
        frame.seated(ADMINISTRATOR.staff_no)
        for place in range(6):
            frame.shell.choose(place)
            frame.settle()
            qtbot.wait(50)
    qapp.removeEventFilter(windows)
    assert windows.opened == ["Shell"]


def test_a_chip_is_there_with_its_words_wherever_it_is_put(qtbot: QtBot) -> None:
    frame = QWidget()
    qtbot.addWidget(frame)
    row = QHBoxLayout(frame)
    early, late, empty = Chip("已齐"), Chip(), Chip("缺")
    late.say("容缺")
    empty.say("")
    for chip in (early, late, empty):
        row.addWidget(chip)
    frame.show()
    assert [chip.isVisible() for chip in (early, late, empty)] == [True, True, False]
    empty.say("缺")
    assert empty.isVisible()


@pytest.fixture
def lane() -> Iterator[Lane]:
    found = Lane("test")
    yield found
    assert found.close()


def test_long_work_is_told_and_can_be_taken_back_by_key(
    qtbot: QtBot, lane: Lane, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks_module, "SLOW", 20)
    monkeypatch.setattr(tasks_module, "CANCELLABLE", 60)
    frame, tasks = QWidget(), Tasks()
    qtbot.addWidget(frame)
    busy = Busy(tasks, KEYS["cancel"], frame)
    busy.setParent(frame)
    frame.show()
    assert busy.isHidden()
    first, second = threading.Event(), threading.Event()
    other = Lane("other")
    tasks.run(lane, lambda: first.wait(10), words="正在扫描", cancel=first.set)
    qtbot.waitUntil(busy._cancel.isVisible)
    tasks.run(other, lambda: second.wait(10), words="正在备份")
    qtbot.waitUntil(lambda: said(busy) == "正在备份")
    assert busy._cancel.isVisible()  # the newer work takes nothing from the older
    busy._cancel.click()
    qtbot.waitUntil(first.is_set)
    qtbot.waitUntil(lambda: tasks.underway == 1)
    assert not busy._cancel.isVisible()
    assert busy.isVisible()
    second.set()
    qtbot.waitUntil(busy.isHidden)
    assert other.close()


def said(busy: Busy) -> str:
    label = busy.findChild(QLabel)
    assert isinstance(label, QLabel)
    return label.text()


def test_what_an_act_changed_is_painted_in_a_turn_of_its_own_before_the_next(qtbot: QtBot, door: OwnDoor) -> None:
    """Keys are heard between the two: a long answer and a long painting are no block of both."""
    told: list[str] = []

    class Seen(QWidget):
        def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
            told.append("painted")

    with opened(door, qtbot) as frame:
        seen = Seen(frame.shell)
        seen.resize(20, 20)
        seen.show()
        frame.settle()
        told.clear()
        beat = QTimer(seen, interval=1, singleShot=True)
        beat.timeout.connect(lambda: told.append("heard"))  # whatever else wants the thread, a key too

        def act() -> None:
            seen.update()
            beat.start()
            time.sleep(0.01)  # it is due by now

        frame.shell._tasks.in_turn(act, owner=seen)
        frame.shell._tasks.in_turn(lambda: told.append("next"), owner=seen)
        qtbot.waitUntil(lambda: "next" in told)
        assert told == ["heard", "painted", "next"]
