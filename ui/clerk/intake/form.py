"""The form of the case on the table, as its item's schema asks for it."""

from client.text import tr
from ui.clerk.intake.work import CaseWork
from ui.seat import Seat
from ui.widgets.panel import Panel


class FormPanel(Panel):
    """The fields of the case on the table."""

    def __init__(self, seat: Seat, work: CaseWork) -> None:
        super().__init__(tr("表单"))
        self._seat = seat
        self._work = work
