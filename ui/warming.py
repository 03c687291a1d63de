"""Qt's own classes and the modules of the pages, made and loaded a few at a time while nobody has signed in yet.

PySide makes a class when it is first met, and every class of a family at once when it has to find out what a widget
is that Qt itself made: a tenth of a second, in the middle of somebody's first keys. And it keeps no two threads apart
while it makes one: a lane that loaded a page while the screen's thread met a class brought the window down. So all is
made in the screen's thread, and nobody is seated before.
"""

import pkgutil
import sys
import time
from collections.abc import Callable, Iterator
from importlib import import_module

from PySide6.QtCore import QObject, QTimer

from ui.tasks import Tasks

FAMILIES = ("PySide6.QtCore", "PySide6.QtGui", "PySide6.QtWidgets", "PySide6.QtNetwork")
ROOMS = (
    "ui.widgets",
    "ui.clerk.intake",
    "ui.clerk.seals",
    "ui.clerk.papers",
    "ui.clerk",
    "ui.supervisor",
    "ui.setup",
)  # those others are made of first
MOST = 0.003  # seconds of one turn, but for what takes longer by itself
BETWEEN = 10  # milliseconds for keys and painting


class Warming(QObject):
    """Begins at `begin`, once; ends by itself."""

    def __init__(self, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._left = _all()
        self._is_over = False
        self._turn = QTimer(self, interval=BETWEEN)
        self._turn.timeout.connect(self._go_on)

    def begin(self) -> None:
        if not self._is_over:
            self._turn.start()

    def then(self, act: Callable[[], object]) -> None:
        """Do `act` when all is there; who waits for it has the rest done in one turn after another."""
        if self._is_over:
            act()
            return
        self._go_on()
        self._tasks.in_turn(lambda: self.then(act), owner=self)

    def _go_on(self) -> None:
        until = time.monotonic() + MOST
        while time.monotonic() < until:
            if next(self._left, self) is self:
                self._is_over = True
                self._turn.stop()
                return


def _all() -> Iterator[object]:
    """Each is made by being asked for; classes of the families that are loaded by then."""
    for room in ROOMS:
        for module in pkgutil.iter_modules(import_module(room).__path__):
            if not module.ispkg:
                yield import_module(f"{room}.{module.name}")
    for family in FAMILIES:
        if family in sys.modules:
            for name in dir(sys.modules[family]):
                yield getattr(sys.modules[family], name)
