"""The middle of the page: the materials, or what stands in their place for a while."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from client.desk.sheet import CaseSheet
from client.rules.case import Act
from ui.clerk.intake.aside import Aside
from ui.clerk.intake.correction import CorrectionPanel
from ui.clerk.intake.done import DonePanel
from ui.clerk.intake.drafts import DraftsPanel
from ui.clerk.intake.materials import MaterialsPanel
from ui.clerk.intake.outcomes import OutcomesPanel
from ui.clerk.intake.work import CaseWork
from ui.seat import Seat

CLEAR, TABLE, CORRECTION, OUTCOMES, DONE = "clear", "table", "correction", "outcomes", "done"


class Middle(QStackedWidget):
    """One of five at a time. `moved` tells that another came."""

    moved = Signal()

    def __init__(self, seat: Seat, work: CaseWork) -> None:
        super().__init__()
        self.drafts = DraftsPanel(seat)
        self.materials = MaterialsPanel(seat, work)
        self.correction = CorrectionPanel(seat)
        self.outcomes = OutcomesPanel(seat)
        self.done = DonePanel(seat, work)
        self.done.supply.order = lambda: self.materials.scanning.order
        self._asides: Mapping[str, Aside] = {
            CORRECTION: self.correction,
            OUTCOMES: self.outcomes,
            DONE: self.done,
        }
        self._views: Mapping[str, QWidget] = {CLEAR: self.drafts, TABLE: self.materials, **self._asides}
        self.view = CLEAR
        for widget in self._views.values():
            self.addWidget(widget)

    @property
    def aside(self) -> Aside | None:
        """What stands in place of the materials; None when they are there, or the table is clear."""
        return self._asides.get(self.view)

    def open(self, view: str, sheet: CaseSheet) -> None:
        """Bring a view of that case in sight, filled anew, and give it the keyboard."""
        if view == CORRECTION:
            self.correction.show_case(sheet)
        elif view == OUTCOMES:
            self.outcomes.show_case(sheet)
        elif view == DONE:
            self.done.show_case(sheet)
        self.bring(view)
        aside = self.aside
        if aside is not None:
            aside.begin()

    def bring(self, view: str) -> None:
        """Bring it in sight as it is; the keyboard stays in the middle, if it was there."""
        focused: QWidget | None = self.focusWidget()
        had_keyboard = focused is not None and focused.hasFocus()
        if had_keyboard:
            self.setFocus()  # what is hidden with the focus in it hands it to whatever comes next on the page
        self.view = view
        self.setCurrentWidget(self._views[view])
        self.moved.emit()
        if had_keyboard:
            self.begin()

    def begin(self) -> None:
        """Give the keyboard to what is in sight."""
        aside = self.aside
        if aside is not None:
            aside.begin()
        elif self.view == CLEAR:
            self.drafts.list.setFocus()
        else:
            self.materials.list.setFocus()


def may_open(view: str, sheet: CaseSheet) -> bool:
    """Whether that view still has a meaning for the case."""
    if view == CORRECTION:
        return Act.ASK_CORRECTION in sheet.acts
    return view == OUTCOMES or (view == DONE and bool(sheet.papers))
