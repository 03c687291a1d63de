"""A page whose facts change while one looks at it: read when it is shown, at each change, and every two seconds."""

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence

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

    @property
    def is_open(self) -> bool:
        """Whether something stands open in this page that Esc puts away, before whatever else it would."""
        return False

    def put_away(self) -> None:
        """Put away what is open, the innermost first."""

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._puts_away(event):
            event.accept()  # what is open here goes first, whoever else listens for the key
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if self._puts_away(event):
            self.put_away()
        else:
            super().keyPressEvent(event)

    def _puts_away(self, event: QKeyEvent) -> bool:
        return self.is_open and QKeySequence(event.keyCombination()) == QKeySequence(self.seat.keys["dismiss"])

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
