"""After an act: what was decided, in words to say to the citizen, and the papers until each is in hand."""

from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout

from client.desk.sheet import CaseSheet, sheet
from client.rules.case import State
from client.rules.papers import issuable
from client.text import listed, tr
from ui.clerk.intake.acts import tabular
from ui.clerk.intake.aside import Aside, chain
from ui.clerk.intake.ask import Ask
from ui.clerk.intake.paper_rows import PaperRows, is_moving
from ui.clerk.intake.paper_verbs import PaperVerbs
from ui.clerk.intake.supply import SupplyBox
from ui.clerk.intake.work import CaseWork
from ui.seat import Seat
from ui.widgets.chips import Chip, Tone
from ui.widgets.keys import KeyButton
from ui.widgets.panel import words

LOOK = 1_000  # milliseconds between two looks at papers that are on their way
_TONES = {
    State.ACCEPTED: Tone.GOOD,
    State.RECEIVED: Tone.BRAND,
    State.CORRECTION_MADE: Tone.BRAND,
    State.AWAITING_CORRECTION: Tone.WARN,
    State.NOT_ACCEPTED: Tone.BAD,
}


class DonePanel(Aside):
    """`show_case` tells how it stands; while something is on its way it is looked at every second."""

    next_case = Signal()
    issue = Signal()  # another paper of this case
    looked_at = Signal(object)  # the paper that is shown beside, None where there is none

    def __init__(self, seat: Seat, work: CaseWork) -> None:
        super().__init__(seat, tr("办理结果"), tr("看材料"))
        self._work = work
        self._sheet: CaseSheet | None = None
        self._asked = 0  # looks so far
        self._painted = 0  # the newest of them that is in sight, or older than what is
        self._state = Chip(kind="pill")
        self._item = words("", "quiet", wrap=True)
        self.number = words("", "figure", selectable=True)
        self.number.setFont(tabular(self.number.font()))
        self._facts = QGridLayout()
        self._originals = Chip(kind="pill")
        self.papers = PaperRows()
        self.supply = SupplyBox(seat, work)
        self.ask = Ask()
        self.verbs = PaperVerbs(seat, work, self.papers, self.ask)
        self._issue = KeyButton(
            tr("出具文书"), seat.keys["issue_paper"], self.issue.emit, look="verb", heard=False
        )  # the bar hears its key
        self.verbs.add(self._issue)
        self._next = KeyButton(tr("下一位"), seat.keys["new_case"], self.next_case.emit, look="main", heard=False)
        self._next.setObjectName("next")
        self.ask.field.setObjectName("ask")
        self.ask.ended.connect(self.begin)
        self.papers.chosen.connect(self._look_at_paper)
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK)
        self._timer.timeout.connect(self._look)
        self._lay_out()

    def show_case(self, found: CaseSheet) -> None:
        self._painted = self._asked  # what was asked before may have been read before
        self._show(found)

    def begin(self) -> None:
        if self.ask.isHidden():
            self._next.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if self._leaves(event) and not self.ask.isHidden():
            self.ask.end()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        super().showEvent(event)
        if self._sheet is not None:
            self._look()  # on another page a paper may have been sealed, or printed
        self._watch()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        self._timer.stop()
        super().hideEvent(event)

    def _show(self, found: CaseSheet) -> None:
        self._tell_prints(found)
        if self._sheet is None or self._sheet.case_id != found.case_id:
            self.ask.hide()  # it asked about a paper of another case
        self._sheet = found
        self._state.say(found.state_words, _TONES.get(found.state, Tone.PLAIN), shape=True)
        self._item.setText(found.item.name)
        self.number.setText(found.number or tr("草稿，没有办件编号"))
        self._say_facts(found)
        self._originals.say(to_give_back(found), Tone.WARN, shape=True)
        self.papers.show_papers(found.papers)
        self.supply.show_case(found)
        chain(
            *self.papers.rows, *self.supply.stops, self.ask.field, *self.verbs.buttons.values(), self._issue, self._next
        )
        self.verbs.offer(found)
        self._issue.setVisible(found.number is not None and bool(issuable(found.state)))
        self._look_at_paper()
        self._watch()

    def _look_at_paper(self) -> None:
        self.looked_at.emit(self.papers.looked_at)

    def _next_field(self) -> None:
        """Enter here is the next citizen."""
        self.next_case.emit()

    def _watch(self) -> None:
        if self._sheet is not None and any(map(is_moving, self._sheet.papers)) and self.isVisible():
            self._timer.start()
        else:
            self._timer.stop()

    def _look(self) -> None:
        """A read of its own: nobody else's fields are painted anew because a printer is slow."""
        case_id, counter = self._work.case_id, self.seat.house.counter
        if case_id is not None:
            self._asked += 1
            seen = partial(self._seen, self._asked)
            self.seat.tasks.run(self.seat.lanes.looks, lambda: sheet(counter, case_id), seen, owner=self)

    def _seen(self, number: int, found: CaseSheet) -> None:
        if number > self._painted and found.case_id == self._work.case_id and self.isVisible():
            self._painted = number
            self._show(found)

    def _tell_prints(self, found: CaseSheet) -> None:
        """A program outside may wait for the paper as the clerk does."""
        before = {paper.paper_id: paper.print_state for paper in (self._sheet.papers if self._sheet else ())}
        for paper in found.papers:
            if paper.print_state is not before.get(paper.paper_id):
                self.seat.narrator.tell("print", paper=paper.paper_id, state=paper.print_state)

    def _say_facts(self, found: CaseSheet) -> None:
        while (item := self._facts.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        for place, (name, value) in enumerate(facts(found)):
            self._facts.addWidget(words(name, "quiet"), place, 0)
            said = words(value, "strong", wrap=True, selectable=True)
            said.setAccessibleName(f"{name} {value}")
            self._facts.addWidget(said, place, 1)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self._state, alignment=Qt.AlignmentFlag.AlignTop)
        head.addWidget(self._item, 1)
        self._facts.setHorizontalSpacing(14)
        self._facts.setVerticalSpacing(6)
        self._facts.setColumnStretch(1, 1)
        self.rows.addLayout(head)
        self.rows.addWidget(self.number)
        self.rows.addLayout(self._facts)
        self.rows.addWidget(self._originals)
        self.rows.addWidget(self.papers)
        self.rows.addWidget(self.supply)
        self.rows.addStretch(1)
        self.body.insertWidget(self.body.count() - 1, self.ask)
        self.foot.addWidget(self.verbs, 1)
        self.foot.addWidget(self._next)


def facts(found: CaseSheet) -> Iterator[tuple[str, str]]:
    """What the citizen is told besides the number."""
    if found.query_code:
        yield tr("查询码"), found.query_code
    if found.state is State.RECEIVED and found.notice_due:
        yield tr("告知截止"), tr("{day}，收件不等于受理").format(day=found.notice_due)
    if found.state is State.AWAITING_CORRECTION and found.notice_due:
        yield tr("补正截止"), str(found.notice_due)
    if found.accepted_on:
        yield tr("受理日期"), str(found.accepted_on)
    if found.promised_date:
        forecast = tr("（预计）") if found.promised and found.promised.forecast else ""
        yield tr("承诺办结日期"), f"{found.promised_date}{forecast}"


def to_give_back(found: CaseSheet) -> str:
    """The originals that go back over the counter."""
    back = [slot for slot in found.slots if slot.original_returned and slot.copies_original]
    if not back:
        return ""
    count = sum(slot.copies_original for slot in back)
    names = listed(slot.material.name for slot in back)
    return tr("请退还原件 {count} 份：{names}").format(count=count, names=names)
