"""The left column of the intake page in a window of its own, and the keys that are pressed at it."""

import gc
import time
from dataclasses import dataclass, replace

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from client.desk.sheet import CaseSheet
from client.ports.id_card import IdCardReader
from tests.desk.counter import CLERK, FOOD, Desk
from tests.pace import slowness
from tests.ui.waiting import wait_until
from ui.clerk.intake.form import FormPanel
from ui.clerk.intake.item import ItemPanel
from ui.clerk.intake.people import PeoplePanel
from ui.clerk.intake.rows import Row
from ui.clerk.intake.work import CaseWork
from ui.seat import Seat
from ui.widgets.fields import TextField

_MODIFIERS = {"Ctrl": Qt.KeyboardModifier.ControlModifier, "Shift": Qt.KeyboardModifier.ShiftModifier}


@dataclass
class Left:
    qtbot: QtBot
    seat: Seat
    window: QWidget
    work: CaseWork
    people: PeoplePanel
    item: ItemPanel
    form: FormPanel

    @property
    def case(self) -> CaseSheet:
        assert self.work.sheet is not None
        return self.work.sheet

    @property
    def focus(self) -> QWidget:
        found: QWidget | None = self.window.focusWidget()
        return self.window if found is None else found

    def press(self, keys: str) -> None:
        """Press a key where the focus is: Return, Shift+Tab, Ctrl+F2."""
        *held, key = keys.split("+")
        modifiers = Qt.KeyboardModifier.NoModifier
        for name in held:
            modifiers |= _MODIFIERS[name]
        QTest.keyClick(self.focus, getattr(Qt.Key, f"Key_{key}"), modifiers)

    def type(self, text: str) -> None:
        """Press the keys of `text`; what no key of a Latin keyboard writes is pasted."""
        if text.isascii():
            QTest.keyClicks(self.focus, text)
            return
        QApplication.clipboard().setText(text)
        self.press("Ctrl+V")

    def load(self, case_id: int) -> None:
        with self.qtbot.waitSignal(self.form.built, timeout=30_000):
            self.work.load(case_id)
        self.quiet()

    def quiet(self) -> None:
        """Until nothing is on its way, nor about to be."""
        self.qtbot.wait(1)
        wait_until(lambda: self.seat.tasks.underway == 0, timeout=15_000)
        QApplication.processEvents()
        wait_until(lambda: self.seat.tasks.underway == 0, timeout=15_000)


def lay(qtbot: QtBot, seat: Seat, reader: IdCardReader | None = None) -> Left:
    """A clear table."""
    seat = replace(seat, hands=replace(seat.hands, reader=reader))
    window = QWidget()
    qtbot.addWidget(window)
    work = CaseWork(seat, window)
    left = Left(qtbot, seat, window, work, PeoplePanel(seat, work), ItemPanel(seat, work), FormPanel(seat, work))
    column = QVBoxLayout(window)
    for panel in (left.people, left.item):
        column.addWidget(panel)
    column.addWidget(left.form, 1)
    window.resize(336, 760)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    left.quiet()
    return left


def empty(desk: Desk, name: str = FOOD) -> int:
    return desk.drafting.open(CLERK, desk.item(name))


def row(left: Left, path: str) -> Row:
    return left.form._form.rows[path]


def text(left: Left, path: str) -> TextField:
    field = row(left, path).field
    assert isinstance(field, TextField)
    return field


def go(left: Left, path: str) -> None:
    left.form.focus_field(path)


class Pulse:
    """The most that one step took of the screen's thread, in seconds of its own: other programs do not count.

    What other tests left in memory does not count either: as in the window, it is out of the collector's way. Nor does
    how slow this machine is just now.
    """

    def __init__(self) -> None:
        gc.collect()
        gc.freeze()
        self.worst = 0.0
        self._last = time.thread_time()
        self._timer = QTimer()
        self._timer.timeout.connect(self._beat)
        self._timer.start(0)

    def _beat(self) -> None:
        now = time.thread_time()
        self.worst = max(self.worst, now - self._last)
        self._last = now

    def stop(self) -> float:
        self._beat()
        self._timer.stop()
        gc.unfreeze()
        return self.worst / slowness(time.thread_time, times=3)
