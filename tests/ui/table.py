"""The middle and the right of the intake page on a table of their own, and a scanner to put papers into."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from client.desk.sheet import CaseSheet, SlotSheet
from client.ports.pages import PagePainter
from client.ports.scanner import Scanner
from devices.pages.painter import Painter
from devices.scanner.simulated import Failure, SimulatedScanner
from tests.ui.waiting import wait_until
from ui.clerk.intake.materials import MaterialsPanel
from ui.clerk.intake.pages import PagesPanel
from ui.clerk.intake.work import CaseWork
from ui.narrator import Narrator
from ui.seat import Seat

SMALL = {"source": "feeder", "mode": "grey", "dpi": 200}
"""The least a scan can be: what is tested is the way of the pages, not their size."""


@cache
def samples() -> Sequence[Traversable]:
    folder = resources.files("resources") / "samples" / "pages"
    return [folder / name for name in ("typewriter.png", "img_exif_orientation.jpg", "ch_en_num.jpg")]


def scanner(sheets: int = 3, *, pace: float = 0.02, failure: Failure | None = None) -> SimulatedScanner:
    return SimulatedScanner(samples(), pace=pace, in_feeder=sheets, failure=failure)


def click(widget: QWidget, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(widget, key, held)


@dataclass
class Table:
    """What lies on it, and the keys pressed at it."""

    qtbot: QtBot
    seat: Seat
    window: QWidget
    work: CaseWork
    materials: MaterialsPanel
    pages: PagesPanel
    form: QLineEdit  # somebody types here

    @property
    def case(self) -> CaseSheet:
        assert self.work.sheet is not None
        return self.work.sheet

    def slot(self, key: str) -> SlotSheet:
        return next(slot for slot in self.case.slots if slot.material.key == key)

    def names(self, key: str) -> list[str]:
        return [page.name for page in self.slot(key).pages]

    def load(self, case_id: int) -> None:
        self.work.load(case_id)
        self.quiet()

    def press(self, act: str, widget: QWidget | None = None) -> None:
        """The key of that act, wherever the focus is."""
        pressed = QKeySequence(self.seat.keys[act])[0]  # type: ignore[index] # the stub leaves it out
        click(widget or QApplication.focusWidget() or self.window, pressed.key(), pressed.keyboardModifiers())

    def type(self, text: str) -> None:
        """Type it in the form."""
        QTest.keyClicks(self.form, text)

    def quiet(self, timeout: int = 15_000) -> None:
        """Until nothing is on its way any more."""
        wait_until(lambda: self.seat.tasks.underway == 0 and self.materials.scanning.scan is None, timeout=timeout)
        QApplication.processEvents()
        wait_until(lambda: self.seat.tasks.underway == 0, timeout=timeout)


@contextmanager
def laid(
    qtbot: QtBot, seat: Seat, device: Scanner | None, told: Path, paint: PagePainter | None = None
) -> Iterator[Table]:
    """A table until the test is over; what is scanned by then ends."""
    seat = replace(seat, hands=replace(seat.hands, scanner=device, paint=paint or Painter()), narrator=Narrator(told))
    table = _lay(qtbot, seat)
    try:
        yield table
    finally:
        scan = table.materials.scanning.scan
        if scan is not None:  # the window is closed by now
            scan.stop()
        table.seat.narrator.close()


def _lay(qtbot: QtBot, seat: Seat) -> Table:
    window = QWidget()
    qtbot.addWidget(window)
    work = CaseWork(seat, window)
    materials = MaterialsPanel(seat, work)
    table = Table(qtbot, seat, window, work, materials, PagesPanel(seat, work, materials.list), QLineEdit())
    table.materials.slot_chosen.connect(table.pages.show_slot)
    table.pages.replace_asked.connect(table.materials.replace_page)
    column, row = QVBoxLayout(window), QHBoxLayout()
    column.addWidget(seat.notices)
    column.addLayout(row, 1)
    for widget, share in ((table.form, 1), (table.materials, 2), (table.pages, 1)):
        row.addWidget(widget, share)
    window.resize(1290, 620)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    table.materials.scanning.go_to(SMALL)
    table.form.setFocus()
    return table


class Heartbeat:
    """How busy the screen's thread was between two beats, at most: seconds of its own work.

    Not what a watch tells: the machine of the tests is shared, and who waits for a processor is not blocked by us.
    """

    def __init__(self) -> None:
        self.busiest = 0.0
        self.beats = 0
        self._last = time.thread_time()
        self._timer = QTimer()
        self._timer.setInterval(5)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def _beat(self) -> None:
        now = time.thread_time()
        self.busiest = max(self.busiest, now - self._last)
        self.beats += 1
        self._last = now
