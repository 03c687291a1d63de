"""The middle of the page: the materials, or what stands in their place for a while."""

from functools import cached_property, partial
from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from client.desk.sheet import CaseSheet
from client.rules.case import Act
from client.rules.papers import issuable
from client.text import tr
from ui.clerk.intake.aside import Aside
from ui.clerk.intake.correction import CorrectionPanel
from ui.clerk.intake.done import DonePanel
from ui.clerk.intake.drafts import DraftsPanel
from ui.clerk.intake.materials import MaterialsPanel
from ui.clerk.intake.outcomes import OutcomesPanel
from ui.clerk.intake.work import CaseWork
from ui.clerk.issuing.panel import IssuingPanel
from ui.seat import Seat

AsideKind = TypeVar("AsideKind", bound=Aside)

CLEAR, TABLE, CORRECTION, OUTCOMES, ISSUING, DONE = "clear", "table", "correction", "outcomes", "issuing", "done"


class Middle(QStackedWidget):
    """One of six at a time. `moved` tells that another came, `made` that an aside is there for the first time."""

    moved = Signal()
    made = Signal(Aside)

    def __init__(self, seat: Seat, work: CaseWork, drafts: DraftsPanel, materials: MaterialsPanel) -> None:
        super().__init__()
        self._seat = seat
        self._work = work
        self.drafts, self.materials = drafts, materials
        self.view = CLEAR
        for widget in (self.drafts, self.materials):
            self.addWidget(widget)
        work.asked.connect(partial(self.expect, TABLE))
        work.refused.connect(self._refused)
        drafts.chosen.connect(lambda _case_id: self.expect(TABLE))

    @cached_property
    def correction(self) -> CorrectionPanel:
        return self._added(CorrectionPanel(self._seat))

    @cached_property
    def outcomes(self) -> OutcomesPanel:
        return self._added(OutcomesPanel(self._seat))

    @cached_property
    def issuing(self) -> IssuingPanel:
        return self._added(IssuingPanel(self._seat, self._work, tr("返回")))

    @cached_property
    def done(self) -> DonePanel:
        done = DonePanel(self._seat, self._work)
        done.supply.order = lambda: self.materials.scanning.order
        return self._added(done)

    @property
    def aside(self) -> Aside | None:
        """What stands in place of the materials; None when they are there, or the table is clear."""
        shown = self._widget(self.view)
        return shown if isinstance(shown, Aside) else None

    def expect(self, view: object) -> None:
        """Have ready what a case will be opened with, in a turn of its own before the case is there."""
        if view == DONE:
            self._seat.tasks.go_on(lambda: self.done, owner=self)
        elif view == TABLE:
            self._seat.tasks.go_on(partial(self.bring, TABLE), owner=self)

    def _refused(self) -> None:
        if self._work.case_id is None:
            self.bring(CLEAR)

    def open(self, view: str, sheet: CaseSheet) -> None:
        """Bring a view of that case in sight, filled anew, and give it the keyboard."""
        if view == CORRECTION:
            self.correction.show_case(sheet)
        elif view == OUTCOMES:
            self.outcomes.show_case(sheet)
        elif view == ISSUING:
            self.issuing.show_case(sheet)
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
        self.setCurrentWidget(self._widget(view))
        self.moved.emit()
        if had_keyboard:
            self.begin()

    def clear(self) -> None:
        """Nothing is on the table: the drafts, read anew. The keyboard is theirs: what held it went with the case."""
        self.bring(CLEAR)
        if self.isVisible():
            self.begin()
        self.drafts.read()

    def _widget(self, view: str) -> QWidget:
        """What a view shows; an aside is made when it is wanted for the first time: the page opens sooner."""
        if view == CORRECTION:
            return self.correction
        if view == OUTCOMES:
            return self.outcomes
        if view == ISSUING:
            return self.issuing
        if view == DONE:
            return self.done
        return self.drafts if view == CLEAR else self.materials

    def _added(self, aside: AsideKind) -> AsideKind:
        self.addWidget(aside)
        self.made.emit(aside)
        return aside

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
    if view == ISSUING:
        return bool(issuable(sheet.state))
    return view == OUTCOMES or (view == DONE and bool(sheet.papers))
