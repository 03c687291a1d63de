"""Somebody at the intake page, whole: keys pressed, waited for as a clerk waits, and nothing but keys."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from client.desk.sheet import CaseSheet
from client.ports.id_card import IdCardReader
from client.ports.scanner import Scanner
from tests.desk.counter import Desk
from tests.ui.waiting import wait_until
from ui.clerk.intake.page import IntakePage
from ui.narrator import Narrator
from ui.page import at_once
from ui.seat import Seat
from ui.widgets.choices import Checks, Choice
from ui.widgets.fields import LongField, TextField

SIZE = (1278, 680)  # of the page in a window of 1366 × 768


@dataclass
class Seated:
    """One run of the page. `told` is what the narrator said."""

    qtbot: QtBot
    desk: Desk
    seat: Seat
    page: IntakePage
    window: QWidget
    ears: Path

    @property
    def case(self) -> CaseSheet:
        assert self.page.work.sheet is not None
        return self.page.work.sheet

    @property
    def view(self) -> str:
        return self.page.middle.view

    @property
    def notice(self) -> str:
        return self.seat.notices.text

    @property
    def focus(self) -> QWidget:
        found = QApplication.focusWidget()
        assert found is not None
        return found

    def told(self, event: str) -> list[dict[str, object]]:
        lines = map(json.loads, self.ears.read_text(encoding="utf-8").splitlines())
        return [line for line in lines if line["event"] == event]

    def press(self, *acts: str) -> None:
        """The keys of these acts, wherever the keyboard is, each waited for."""
        for act in acts:
            self.hit(self.seat.keys[act])

    def hit(self, *keys: str) -> None:
        for key in keys:
            self.strike(key)
            self.quiet()

    def strike(self, key: str) -> None:
        """One key, nothing waited for."""
        pressed = QKeySequence(key)[0]  # type: ignore[index] # the stub leaves it out
        QTest.keyClick(QApplication.focusWidget() or self.window, pressed.key(), pressed.keyboardModifiers())

    def write(self, text: str) -> None:
        """Type, as an input method hands it over too."""
        for character in text:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, character)
                QApplication.sendEvent(self.focus, event)

    def retype(self, text: str) -> None:
        """Something else instead of what stands in the field."""
        self.strike("Ctrl+A")
        self.write(text)

    def fill(self, wanted: Mapping[str, object]) -> None:
        """Field after field by Enter, as long as the keyboard is in one that is wanted; by its place or its name."""
        passed: set[str] = set()
        while (name := self._field()) in wanted and name not in passed:
            passed.add(name)
            self._answer(wanted[name])
            self.strike("Return")
            QApplication.processEvents()
        self.quiet()

    def _field(self) -> str:
        place: QWidget | None = self.focus
        while place is not None and not isinstance(place, (TextField, LongField, Choice, Checks)):
            place = place.parentWidget()
        return (place.objectName() or place.accessibleName()) if place is not None else ""

    def _answer(self, value: object) -> None:
        field = self.focus
        if isinstance(field, QCheckBox):
            assert isinstance(value, list)
            while isinstance(box := self.focus, QCheckBox):
                if box.isChecked() != (box.text() in value):
                    self.strike("Space")
                self.strike("Tab")
            self.strike("Shift+Tab")
        elif isinstance(field, Choice):
            self.strike("Home")
            while value not in {field.currentText(), field.currentData()}:
                before = field.currentIndex()
                self.strike("Down")
                assert field.currentIndex() != before, f"no {value}"
        elif value is not None:
            self.retype(str(value))

    def until(self, true: Callable[[], bool]) -> None:
        wait_until(true)

    def quiet(self) -> None:
        """Until nothing is on its way, and what came back was painted."""
        scanning = self.page.middle.materials.scanning
        for _ in range(3):
            self.until(lambda: self.seat.tasks.underway == 0 and scanning.scan is None)
            QApplication.processEvents()

    def load(self, case_id: int) -> None:
        self.page.go_to({"case_id": case_id})
        self.quiet()


@contextmanager
def seated(
    qtbot: QtBot,
    desk: Desk,
    seat: Seat,
    frame: QWidget,
    ears: Path,
    *,
    scanner: Scanner | None = None,
    reader: IdCardReader | None = None,
    place: Mapping[str, object] | None = None,
) -> Iterator[Seated]:
    """The page in a window with its notices, shown and with the keyboard; at `place`, where somebody left it."""
    seat = replace(seat, narrator=Narrator(ears), hands=replace(seat.hands, scanner=scanner, reader=reader))
    page = at_once(IntakePage.making(seat))
    layout = frame.layout() or QVBoxLayout(frame)
    layout.addWidget(seat.notices)
    layout.addWidget(page)
    frame.resize(*SIZE)
    frame.show()
    frame.activateWindow()
    wait_until(frame.isActiveWindow, timeout=10_000)
    found = Seated(qtbot, desk, seat, page, frame, ears)
    if place is not None:
        page.go_to(place)
    page.shown()
    found.quiet()
    try:
        yield found
        found.quiet()
    finally:
        seat.narrator.close()
        if isValid(page):
            page.setParent(None)
            page.deleteLater()
        QApplication.processEvents()
