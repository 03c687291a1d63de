"""Ctrl+C in the terminal and the end of the session close the window as its user would; a second ends it at once."""

import signal
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

LISTEN = 500  # milliseconds: the interpreter hears a signal when it runs, and Qt may leave it asleep
ASKING = (signal.SIGINT, signal.SIGTERM)


class Ending(QObject):
    """Calls `close` in the screen's thread when the system asks this process to end; until `stop`."""

    def __init__(self, close: Callable[[], object], parent: QObject) -> None:
        super().__init__(parent)
        self._close = close
        self._before = {number: signal.signal(number, self._asked) for number in ASKING}
        self._timer = QTimer(self, interval=LISTEN)
        self._timer.timeout.connect(self._awake)
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()
        for number, before in self._before.items():
            signal.signal(number, before)

    def _awake(self) -> None:
        """Nothing to do: the interpreter ran."""

    def _asked(self, _number: int, _frame: object) -> None:
        for number in ASKING:
            signal.signal(number, signal.SIG_DFL)
        QTimer.singleShot(0, self._close)  # not in the middle of whatever was interrupted
