"""Looks whether paper was laid into the feeder, for a way to scan that begins by itself."""

from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from client.ports.scanner import SeesPaper
from ui.seat import Seat

EVERY = 1000  # milliseconds


class PaperWatch(QObject):
    """`came` when paper lies there and did not before: what was left there by a jam begins nothing."""

    came = Signal()

    def __init__(self, seat: Seat, parent: QObject) -> None:
        super().__init__(parent)
        self._seat = seat
        self._was = True  # nobody has seen the feeder empty yet
        self._is_asking = False
        self._round = 0  # an answer to what was asked before the way was chosen says nothing
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY)
        self._timer.timeout.connect(self._ask)

    def watch(self, *, wanted: bool) -> None:
        """From now on, or no more."""
        self._was, self._round = True, self._round + 1
        if wanted and isinstance(self._seat.hands.scanner, SeesPaper):
            self._timer.start()
        else:
            self._timer.stop()

    def _ask(self) -> None:
        scanner = self._seat.hands.scanner
        if not self._is_asking and isinstance(scanner, SeesPaper):
            self._is_asking = True
            self._seat.tasks.run(
                self._seat.lanes.looks, scanner.has_paper, partial(self._heard, self._round), owner=self
            )

    def _heard(self, of_round: int, is_there: bool) -> None:  # noqa: FBT001 - the answer of a task
        self._is_asking = False
        if of_round != self._round:
            return
        was, self._was = self._was, is_there
        if is_there and not was and self._timer.isActive():
            self.came.emit()
