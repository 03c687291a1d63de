"""The window as a test opens it: shell and sitting over a door of its own, worked by real key presses."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from client.demo import DEMO_SETTINGS
from tests.desk.counter import PIN, Blank
from tests.ui.doors import OwnDoor
from tests.ui.waiting import wait_until
from ui.keys import KEYS
from ui.narrator import Narrator
from ui.shell import Shell
from ui.sitting import Sitting
from ui.tasks import Tasks
from ui.theme.tokens import load_tokens

PATIENCE = 15_000  # milliseconds


class Frame:
    """One run of the window."""

    def __init__(self, door: OwnDoor, qtbot: QtBot, told: Path | None = None) -> None:
        self.qtbot = qtbot
        self.door = door
        self.tasks = Tasks()
        narrator = Narrator(told)
        self.shell = Shell(load_tokens(), KEYS, narrator, self.tasks, door.hint)
        self.sitting = Sitting(door, self.shell, self.tasks, narrator)
        self.shell.resize(1366, 768)
        self.shell.show()
        self.shell.activateWindow()
        self.sitting.begin()

    def settle(self) -> None:
        """Until nothing is under way."""
        wait_until(lambda: self.tasks.underway == 0, timeout=PATIENCE)

    def asked(self) -> "Frame":
        """The window is open and asks who sits here."""
        wait_until(lambda: bool(self.shell.sign_in.isVisible() and self.shell.sign_in._is_open), timeout=PATIENCE)
        return self

    def sign_in(self, number: str, pin: str = PIN) -> "Frame":
        """Two Enters."""
        self.asked()
        sign_in = self.shell.sign_in
        sign_in.number.put(number)
        sign_in.number.setFocus()
        self.press(Qt.Key.Key_Return)
        assert sign_in.pin.hasFocus()
        self.type(pin)
        self.press(Qt.Key.Key_Return)
        return self

    def seated(self, number: str, pin: str = PIN) -> "Frame":
        self.sign_in(number, pin)
        wait_until(lambda: self.shell.page is not None, timeout=PATIENCE)
        return self

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """To whatever has the keyboard, as a person does."""
        QTest.keyClick(QApplication.focusWidget() or self.shell, key, modifier)

    def ctrl(self, key: Qt.Key) -> None:
        self.press(key, Qt.KeyboardModifier.ControlModifier)

    def type(self, text: str) -> None:
        """Letters as they come from the keyboard; Chinese as an input method commits it."""
        target = QApplication.focusWidget() or self.shell
        if text.isascii():
            QTest.keyClicks(target, text)
            return
        for letter in text:
            event = QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, letter)
            QApplication.sendEvent(target, event)

    @property
    def notice(self) -> str:
        return self.shell.notices.text

    @property
    def said(self) -> str:
        return self.shell.sign_in.said.text

    @property
    def place(self) -> str:
        """The page in sight."""
        page = self.shell.page
        return page.place_name if page is not None else ""

    def close(self) -> None:
        self.settle()
        self.shell.close()
        self.sitting.close()
        self.shell.deleteLater()
        self.tasks.deleteLater()
        QApplication.processEvents()
        QApplication.sendPostedEvents(None, 52)  # QEvent.DeferredDelete: no loop runs here that would do it


@contextmanager
def opened(door: OwnDoor, qtbot: QtBot, told: Path | None = None) -> Iterator[Frame]:
    frame = Frame(door, qtbot, told)
    try:
        yield frame
    finally:
        frame.close()


def staffed(blank: Blank, folder: Path) -> OwnDoor:
    """The door of a window with its four people."""
    shutil.copytree(blank.folder, folder)
    door = OwnDoor(folder)
    door.write_settings(DEMO_SETTINGS)
    return door
