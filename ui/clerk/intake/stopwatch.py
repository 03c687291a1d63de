"""How long the clerk has been at the case on the table, for the header."""

from PySide6.QtCore import QObject, QTimer

from client.desk.sheet import CaseSheet
from client.text import tr
from ui.seat import Seat

SECOND = 1_000


class Stopwatch(QTimer):
    """Counts while it runs; a case that nobody works at any more counts nothing."""

    def __init__(self, seat: Seat, parent: QObject) -> None:
        super().__init__(parent)
        self._bell = seat.bell
        self._at_work = False
        self._seconds = 0
        self.setInterval(SECOND)
        self.timeout.connect(self._tell)

    def begin(self, sheet: CaseSheet | None) -> None:
        """At another case, or at this one in another state: from zero."""
        self._at_work = sheet is not None and sheet.editable
        self._seconds = 0
        self._tell()

    def _tell(self) -> None:
        if not self._at_work:
            self._bell.working.emit("")
            return
        minutes, seconds = divmod(self._seconds, 60)
        self._seconds += 1
        self._bell.working.emit(tr("办理中 {time}").format(time=f"{minutes:02}:{seconds:02}"))
