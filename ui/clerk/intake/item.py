"""What is applied for: the item found by name, pinyin or code, its situations and the way of collection."""

from client.text import tr
from ui.clerk.intake.work import CaseWork
from ui.seat import Seat
from ui.widgets.panel import Panel


class ItemPanel(Panel):
    """The item of the case on the table."""

    def __init__(self, seat: Seat, work: CaseWork) -> None:
        super().__init__(tr("事项"))
        self._seat = seat
        self._work = work
