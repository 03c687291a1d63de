"""What a full disk would not take is held for whoever typed it, and keeps no window from locking."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from client.desk.drafting import Drafting
from client.desk.sheet import sheet
from client.desk.staff import Staff
from client.errors import Fault, StoreError
from client.house import House
from tests.desk.counter import CLERK, COLLEAGUE, FOOD, SUPERVISOR, Blank, MovableClock
from tests.ui.frame import PATIENCE, Frame, opened, staffed
from ui import sitting
from ui.clerk.intake import form as form_module
from ui.clerk.intake.page import IntakePage
from ui.widgets.fields import TextField

FULL = Fault("STORE-999", "磁盘已满", "请清理磁盘")
FIELD = "contact"


class Disk:
    """Full as long as it is said to be: nothing of a form is written then. `tried` counts."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.full = False
        self.tried = 0
        for name in ("fill", "amend"):
            patch.setattr(Drafting, name, self._guarding(getattr(Drafting, name)))

    def _guarding(self, write: object) -> object:
        def guarded(*given: object) -> object:
            self.tried += 1
            if self.full:
                raise StoreError(FULL)
            return write(*given)  # type: ignore[operator] # one of the desk's own

        return guarded


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Disk:
    monkeypatch.setattr(sitting, "TICK", 50)
    monkeypatch.setattr(form_module, "AGAIN", 50)
    return Disk(monkeypatch)


@pytest.fixture
def frame(qtbot: QtBot, blank: Blank, tmp_path: Path) -> Iterator[Frame]:
    with opened(staffed(blank, tmp_path / "own"), qtbot) as frame:
        yield frame


def house(frame: Frame) -> House:
    return frame.sitting._opened_house()


def draft(frame: Frame) -> int:
    counter = house(frame.asked()).counter
    return Drafting(counter).open(CLERK, next(each for each in counter.catalogue.items if FOOD in each.name))


def stored(frame: Frame, case_id: int) -> object:
    return sheet(house(frame).counter, case_id).answers.get(FIELD)


def at(frame: Frame, staff: Staff, case_id: int) -> TextField:
    """That person at the case; the field to type in."""
    frame.seated(staff.staff_no)
    frame.qtbot.waitUntil(lambda: frame.place != "", timeout=PATIENCE)
    frame.shell.go("intake", {"case_id": case_id})
    page = frame.shell.page
    assert isinstance(page, IntakePage)
    form = page.form
    frame.qtbot.waitUntil(lambda: FIELD in form._form.rows and not form.is_coming, timeout=PATIENCE)
    form.focus_field(FIELD)
    field = form._form.rows[FIELD].field
    assert isinstance(field, TextField)
    return field


def lock(frame: Frame, minutes: int) -> None:
    clock = frame.door.clock
    assert isinstance(clock, MovableClock)
    clock.move(minutes=minutes)
    frame.qtbot.waitUntil(lambda: not frame.shell.pages, timeout=PATIENCE)
    frame.settle()


def typed_on_a_full_disk(frame: Frame, disk: Disk) -> int:
    case_id = draft(frame)
    at(frame, CLERK, case_id)
    disk.full = True
    frame.type("abc")
    frame.qtbot.waitUntil(lambda: "磁盘已满" in frame.notice, timeout=PATIENCE)
    return case_id


def test_a_store_that_fails_does_not_keep_the_window_from_locking(frame: Frame, disk: Disk) -> None:
    typed_on_a_full_disk(frame, disk)
    clock = frame.door.clock
    assert isinstance(clock, MovableClock)
    clock.move(minutes=9)
    tried = disk.tried
    frame.qtbot.waitUntil(lambda: disk.tried > tried + 2, timeout=PATIENCE)
    lock(frame, minutes=2)
    assert f"工号 {CLERK.staff_no} 输入的内容还没有存到磁盘" in frame.notice


def test_it_is_kept_when_whoever_typed_it_is_back_and_nobody_else_sees_it(frame: Frame, disk: Disk) -> None:
    case_id = typed_on_a_full_disk(frame, disk)
    lock(frame, minutes=11)
    disk.full = False
    assert at(frame, COLLEAGUE, case_id).text() == ""
    frame.type("x")
    frame.qtbot.waitUntil(lambda: stored(frame, case_id) == "x", timeout=PATIENCE)
    lock(frame, minutes=11)
    assert CLERK.staff_no in frame.notice
    assert at(frame, CLERK, case_id).text() == "abc"
    assert stored(frame, case_id) == "abc"
    frame.ctrl(Qt.Key.Key_L)
    frame.settle()
    assert CLERK.staff_no not in frame.notice


def test_where_the_disk_is_still_full_it_stands_in_its_field_until_there_is_room(frame: Frame, disk: Disk) -> None:
    case_id = typed_on_a_full_disk(frame, disk)
    lock(frame, minutes=11)
    assert at(frame, CLERK, case_id).text() == "abc"
    disk.full = False
    frame.qtbot.waitUntil(lambda: stored(frame, case_id) == "abc", timeout=PATIENCE)


def test_what_is_put_away_in_spite_of_it_is_let_go(frame: Frame, disk: Disk) -> None:
    case_id = typed_on_a_full_disk(frame, disk)
    for _ in range(2):
        frame.press(Qt.Key.Key_F8)
        frame.settle()
    disk.full = False
    lock(frame, minutes=11)
    assert "还没有存到磁盘" not in frame.notice
    assert at(frame, CLERK, case_id).text() == ""


def test_a_case_that_was_closed_meanwhile_says_so_once(frame: Frame, disk: Disk) -> None:
    case_id = typed_on_a_full_disk(frame, disk)
    lock(frame, minutes=11)
    disk.full = False
    Drafting(house(frame).counter).void(case_id, CLERK, SUPERVISOR, "误开")
    for notice in ("内容不能再改", ""):
        frame.seated(CLERK.staff_no)
        frame.settle()
        assert notice in frame.notice
        frame.ctrl(Qt.Key.Key_L)
        frame.settle()
    assert frame.notice == ""
