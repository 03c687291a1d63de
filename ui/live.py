"""A page whose facts change while one looks at it: read when it is shown, at each change, and every two seconds."""

from PySide6.QtCore import QTimer

from ui.page import Page
from ui.seat import Seat

BEAT = 2_000  # milliseconds


class LivePage(Page):
    """`refresh` asks for its facts anew, off this thread; harmless at any time."""

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat)
        self._beat = QTimer(self)
        self._beat.setInterval(BEAT)
        self._beat.timeout.connect(self.refresh)
        seat.bell.case_changed.connect(self._case_changed)

    def refresh(self) -> None:
        """Ask for the facts of this page; each page has its own."""

    def shown(self) -> None:
        self._beat.start()
        self.refresh()

    def left(self) -> None:
        self._beat.stop()

    def _case_changed(self, _case_id: int) -> None:
        if self._beat.isActive():
            self.refresh()
