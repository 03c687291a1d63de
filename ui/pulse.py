"""The pulse of the GUI thread: how long it was not there for a key, at the longest. Taken where somebody listens."""

import time

from PySide6.QtCore import QObject, Qt, QTimer

from ui.narrator import Narrator

BEAT = 5  # milliseconds
TOLD_EVERY = 1.0  # seconds


class Pulse(QObject):
    """Tells the longest block of the last second, in milliseconds, beyond the beat itself."""

    def __init__(self, narrator: Narrator, parent: QObject) -> None:
        super().__init__(parent)
        self._narrator = narrator
        self._last = self._told = time.perf_counter()
        self._longest = 0.0
        self.longest = 0.0  # since the beginning
        timer = QTimer(self)
        timer.setTimerType(Qt.TimerType.PreciseTimer)
        timer.setInterval(BEAT)
        timer.timeout.connect(self._beat)
        timer.start()

    def _beat(self) -> None:
        now = time.perf_counter()
        self._longest = max(self._longest, (now - self._last) * 1000 - BEAT)
        self._last = now
        if now - self._told >= TOLD_EVERY:
            self.longest = max(self.longest, self._longest)
            self._narrator.tell("pulse", longest=round(self._longest, 1))
            self._told, self._longest = now, 0.0
