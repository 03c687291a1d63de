"""What goes wrong around whoever sits here, and what takes long to load: neither stops the window."""

import json
import threading
from collections.abc import Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from client.demo import DEMO_SETTINGS
from client.desk.staff import Roster
from client.errors import Cancelled, Fault, StoreError
from client.rules.suggestions import Line
from client.store.profile import Profile
from tests.desk.counter import CLERK, PIN, Blank, MovableClock
from tests.ui.doors import OwnDoor
from tests.ui.frame import PATIENCE, opened, staffed
from ui import sitting
from ui.clerk.intake.page import IntakePage
from ui.setup.first_run import FirstRun
from ui.setup.founded import Founded
from ui.setup.trials import HandTrials

BROKEN = Fault("STORE-999", "磁盘读写失败", "请重试")


@pytest.fixture
def door(blank: Blank, tmp_path: Path) -> OwnDoor:
    return staffed(blank, tmp_path / "own")


def test_what_set_up_tries_is_loaded_beside_the_screen(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    door, here = OwnDoor(tmp_path / "new"), threading.current_thread()
    loaded: list[bool] = []
    trials = door.trials

    def told() -> HandTrials:
        loaded.append(threading.current_thread() is not here)
        return trials()

    monkeypatch.setattr(door, "trials", told)
    with opened(door, qtbot) as frame:
        qtbot.waitUntil(lambda: bool(frame.shell.findChildren(FirstRun)), timeout=PATIENCE)
    assert loaded == [True, False]


def test_a_first_run_that_finds_its_window_at_work_asks_it_to_the_front(qtbot: QtBot, tmp_path: Path) -> None:
    door = OwnDoor(tmp_path / "new")
    with opened(door, qtbot) as frame:
        frame.qtbot.waitUntil(lambda: bool(frame.shell.findChildren(FirstRun)), timeout=PATIENCE)
        (page,) = frame.shell.findChildren(FirstRun)
        door.write_settings(DEMO_SETTINGS)
        with Profile(door.folder).lock("test", door.clock()), qtbot.waitSignal(frame.sitting.busy, timeout=PATIENCE):
            page.founded.emit(Founded(DEMO_SETTINGS, "9001", "张三", PIN))


def test_something_unsaved_at_an_idle_window_locks_it_once(
    qtbot: QtBot, door: OwnDoor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Leaving the page wants to save, saving finds the window idle, and idle windows are locked."""
    monkeypatch.setattr(sitting, "TICK", 50)
    monkeypatch.setattr(IntakePage, "left", lambda page: page.seat.acting())
    clock = door.clock
    assert isinstance(clock, MovableClock)
    with opened(door, qtbot, tmp_path / "told") as frame:
        frame.seated(CLERK.staff_no)
        clock.move(minutes=11)
        qtbot.waitUntil(lambda: not frame.shell.pages, timeout=PATIENCE)
        qtbot.wait(100)
    told = [json.loads(line)["event"] for line in (tmp_path / "told").read_text(encoding="utf-8").splitlines()]
    assert told.count("sign-in") == 2


@pytest.mark.expected_warnings("work broke off")
def test_a_bug_at_sign_in_leaves_a_way_in(qtbot: QtBot, door: OwnDoor, monkeypatch: pytest.MonkeyPatch) -> None:
    with opened(door, qtbot) as frame:
        with monkeypatch.context() as patched:
            patched.setattr(Roster, "sign_in", lambda *_: 1 // 0)
            frame.sign_in(CLERK.staff_no)
            qtbot.waitUntil(lambda: "程序出错" in frame.shell.notices.text, timeout=PATIENCE)
        frame.type(PIN)
        frame.press(Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: bool(frame.shell.pages), timeout=PATIENCE)


@pytest.mark.expected_warnings("work broke off")
def test_a_house_that_does_not_close_well_is_in_the_log(
    qtbot: QtBot, door: OwnDoor, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    close = door.close

    def broken() -> None:
        close()
        raise StoreError(BROKEN)

    monkeypatch.setattr(door, "close", broken)
    with opened(door, qtbot) as frame:
        frame.asked()
    assert "work broke off" in caplog.text


class StuckReading:
    """A reader that reads on until it is closed."""

    def __init__(self) -> None:
        self._closed = threading.Event()

    def __call__(self, content: bytes, media_type: str, sheet: int = 0) -> Sequence[Line]:
        assert self._closed.wait(30), (content, media_type, sheet)
        raise Cancelled

    def close(self) -> None:
        self._closed.set()


def test_a_closing_window_waits_for_no_page_that_is_being_read(qtbot: QtBot, door: OwnDoor) -> None:
    door.read = reading = StuckReading()
    with opened(door, qtbot) as frame:
        frame.seated(CLERK.staff_no)
        asked = frame.sitting._lanes.reading.do(lambda: reading(b"", "image/png"))
    assert isinstance(asked.exception(0), Cancelled), "it was taken back before its lane was waited for"
