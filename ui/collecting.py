"""Python's garbage collector, at work in the screen's thread alone.

It runs in whatever thread happens to allocate. What it finds there may be Qt's, or be connected to something of Qt's,
and that is taken apart in the screen's thread or not at all: a lane that did it once brought the window down.
"""

import gc

from PySide6.QtCore import QObject, QTimer

LOOK = 1_000  # milliseconds


class Collecting(QObject):
    """Nobody collects from here on; from `begin` until `end` the screen's thread does."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self, interval=LOOK)
        self._timer.timeout.connect(self.collect)

    def begin(self) -> None:
        """What is loaded by now stays: to walk all of it once takes as long as a key may wait for."""
        gc.freeze()
        self._timer.start()

    def collect(self) -> None:
        """The oldest generation whose turn it is, by the interpreter's own thresholds."""
        due = [counted > most for counted, most in zip(gc.get_count(), gc.get_threshold(), strict=True)]
        if any(due):
            gc.collect(max(generation for generation, is_due in enumerate(due) if is_due))

    def end(self) -> None:
        self._timer.stop()
        gc.enable()
