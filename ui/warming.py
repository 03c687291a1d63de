"""Qt's own classes, made a few at a time while nobody has signed in yet.

PySide makes a class when it is first met, and every class of a family at once when it has to find out what a widget
is that Qt itself made: a tenth of a second, in the middle of somebody's first keys.
"""

import sys
import time
from collections.abc import Iterator

from PySide6.QtCore import QObject, QTimer

FAMILIES = ("PySide6.QtCore", "PySide6.QtGui", "PySide6.QtWidgets", "PySide6.QtNetwork")
MOST = 0.003  # seconds of one turn, but for a class that takes longer by itself
BETWEEN = 10  # milliseconds for keys and painting


class Warming(QObject):
    """Begins at `begin`, once; ends by itself."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._classes = _classes()
        self._turn = QTimer(self, interval=BETWEEN)
        self._turn.timeout.connect(self._go_on)

    def begin(self) -> None:
        self._turn.start()

    def _go_on(self) -> None:
        until = time.monotonic() + MOST
        while time.monotonic() < until:
            if next(self._classes, self) is self:
                self._turn.stop()
                return


def _classes() -> Iterator[object]:
    """Each is made by being asked for; of the families that are loaded by then."""
    for family in FAMILIES:
        if family in sys.modules:
            for name in dir(sys.modules[family]):
                yield getattr(sys.modules[family], name)
