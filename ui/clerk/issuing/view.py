"""出具文书 in the place of the list of cases: what is asked, and beside it how the paper will look."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from client.desk.sheet import CaseSheet
from client.errors import DeskError
from client.text import tr
from ui.clerk.intake.deeds import Deed, Done, conclude
from ui.clerk.intake.work import CaseWork
from ui.clerk.issuing.panel import IssuingPanel
from ui.seat import Seat

GAP = 10


class IssuingView(QWidget):
    """`work` holds the case. `leave` when the list may come back: it is made, or given up."""

    leave = Signal()

    def __init__(self, seat: Seat, work: CaseWork) -> None:
        super().__init__()
        self._seat = seat
        self._work = work
        self._underway = False  # no key issues twice
        self.panel = IssuingPanel(seat, work, tr("返回列表"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        row.addWidget(self.panel, 1)
        row.addWidget(self.panel.paper, 1)
        self.panel.leave.connect(self._leave)
        self.panel.given.connect(self._do)
        seat.tasks.broke.connect(self._free)

    def show_case(self, sheet: CaseSheet) -> None:
        self.panel.show_case(sheet)
        self.panel.begin()

    def _leave(self) -> None:
        self._seat.notices.clear()
        self.leave.emit()

    def _do(self, deed: Deed) -> None:
        if self._underway:
            return
        self._seat.notices.clear()
        act = conclude(self._seat.house.counter, deed, sealed_first=self._seat.hands.keys is not None)
        self._underway = self._work.write(act, self._done, self._refused, words=deed.words)

    def _done(self, done: Done) -> None:
        self._free()
        offer = self.panel.chosen
        self.panel.issued()
        self._seat.narrator.tell(done.deed.event, case=done.outcome.number, papers=list(done.outcome.paper_ids))
        self._seat.bell.papers_asked.emit()
        if done.unasked is not None:
            self._seat.notices.error(done.unasked)
        elif offer is not None:
            self._seat.notices.good(tr("已出具《{paper}》").format(paper=offer.title))
        self.leave.emit()

    def _refused(self, error: DeskError) -> None:
        self._free()
        self._seat.notices.error(error)

    def _free(self) -> None:
        self._underway = False
