"""Who applies and who stands at the window: read from the card or typed, shown as the clerk has to see it."""

from client.text import tr
from ui.clerk.intake.work import CaseWork
from ui.seat import Seat
from ui.widgets.panel import Panel


class PeoplePanel(Panel):
    """The people of the case on the table, or of the one to come."""

    def __init__(self, seat: Seat, work: CaseWork) -> None:
        super().__init__(tr("申请人"))
        self._seat = seat
        self._work = work
