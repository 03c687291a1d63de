"""The chosen case beside the list: who, where it stands, its papers, what can be done; masked until somebody asks."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from client.desk.drafting import Drafting
from client.desk.finding import CaseFound
from client.desk.reveal import Revealed, reveal
from client.desk.sheet import CaseSheet
from client.desk.staff import Staff
from client.rules.case import Act
from client.rules.papers import issuable
from client.text import chinese, tr
from ui.clerk.case_words import STATE_TONES, UPLOAD_TONES, people_words
from ui.clerk.intake.ask import Ask
from ui.clerk.intake.paper_rows import PaperRows
from ui.clerk.intake.paper_verbs import PaperVerbs
from ui.clerk.intake.work import CaseWork
from ui.clerk.second import Seconded, SecondPerson
from ui.clerk.voiding import Voiding, may_void
from ui.seat import Seat
from ui.widgets.chips import Chip, Tone
from ui.widgets.facts import Facts
from ui.widgets.flow import Flow
from ui.widgets.keys import KeyButton
from ui.widgets.panel import Panel, rule, words

CLEAR_FOR = 60_000  # milliseconds what was revealed stays clear
USUAL_REASON = chinese("核对申请人信息")


class CaseDetail(Panel):
    view = Signal(object)  # the PaperLine to look at
    open_case = Signal()
    issue = Signal(object)  # a paper for the case of this CaseSheet

    def __init__(self, seat: Seat) -> None:
        super().__init__(tr("所选办件"))
        self._seat = seat
        self.work = CaseWork(seat, self)
        self._sheet: CaseSheet | None = None
        self._found: CaseFound | None = None
        self._revealed: Revealed | None = None
        self._state = Chip()
        self.number = words("", "strong", selectable=True)
        self.item = words("", "quiet", wrap=True)
        self.facts = Facts()
        self._upload = Chip()
        self.papers = PaperRows()
        self.ask = Ask()
        self.second = SecondPerson(seat)
        self._voiding = Voiding(seat, self.work, self.second, self._voided)
        self.verbs = PaperVerbs(seat, self.work, self.papers, self.ask)
        self._lasting = QWidget()  # verbs that stay beside a paper that is being filled in
        self._is_filling_in = False
        keys = seat.keys
        self._open = KeyButton(tr("打开"), "Enter", self.open_case.emit, look="verb", heard=False)
        self._view = KeyButton(tr("查看文书"), keys["view_paper"], self._show_paper, look="verb")
        self._reveal = KeyButton(tr("查看完整信息"), keys["reveal"], self._ask_reveal, look="verb")
        self._issue = KeyButton(tr("出具文书"), keys["issue_paper"], self._ask_issue, look="verb")
        self._void = KeyButton("", keys["void"], self._ask_void, look="verb")
        self._hide_again = QTimer(self)
        self._hide_again.setSingleShot(True)
        self._hide_again.setInterval(CLEAR_FOR)
        self._hide_again.timeout.connect(self.cover)
        self.work.changed.connect(self._see)
        self._lay_out()
        self.show_case(None)

    def show_case(self, found: CaseFound | None) -> None:
        """Another case is chosen: its list row at once, the rest when it is read."""
        if found is not None and self._found is not None and found.case_id == self._found.case_id:
            self._found = found
            return
        self._found, self._sheet = found, None
        self.cover()
        self.close_forms()
        self._inside.setVisible(found is not None)
        self._show_verbs(on=False)
        self._open.setVisible(found is not None)
        if found is None:
            self._state.say("")
            self.work.put_away()
            return
        self._state.say(found.state_words, STATE_TONES.get(found.state, Tone.BRAND), shape=True)
        self.number.setText(found.number or tr("草稿，没有办件编号"))
        self.item.setText(found.item_name)
        self._upload.say(found.upload_words, UPLOAD_TONES.get(found.upload_state, Tone.PLAIN), shape=True)
        self.work.load(found.case_id)

    def cover(self) -> None:
        """What was revealed is hidden again."""
        self._hide_again.stop()
        self._revealed = None
        self._say_facts()

    def fill_in(self, *, on: bool) -> None:
        """A paper is filled in beside: the facts have the column, and what is done about other papers waits."""
        self._is_filling_in = on
        self._show_verbs(on=self._sheet is not None)

    def close_forms(self) -> bool:
        """Put away what asks for something; whether there was anything."""
        asked = self.asks
        self.ask.hide()
        self.second.hide()
        return asked

    @property
    def asks(self) -> bool:
        """Whether something is asked for here."""
        return not (self.ask.isHidden() and self.second.isHidden())

    @property
    def case_id(self) -> int | None:
        return self._found.case_id if self._found else None

    def _lay_out(self) -> None:
        self.header.addWidget(self._state)
        self.header.addStretch(1)
        self.header.addWidget(self._open)
        self._inside = QWidget()
        column = QVBoxLayout(self._inside)
        column.setContentsMargins(0, 2, 12, 2)
        column.setSpacing(6)
        for widget in (self.number, self.item, self._upload, rule(), self.facts, rule(), self.papers):
            column.addWidget(widget)
        column.setAlignment(self._upload, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(self._inside)
        for button in (self._view, self._void):
            self.verbs.add(button)
        lasting = Flow()
        for button in (self._issue, self._reveal):
            lasting.add(button)
        self._lasting.setLayout(lasting)
        self.body.addWidget(scroll, 1)
        self.body.addWidget(self.ask)
        self.body.addWidget(self.second)
        self.body.addWidget(self.verbs)
        self.body.addWidget(self._lasting)

    def _show_verbs(self, *, on: bool) -> None:
        self.verbs.setVisible(on and not self._is_filling_in)
        self._lasting.setVisible(on)

    def _see(self, sheet: CaseSheet | None) -> None:
        if sheet is None or sheet.case_id != self.case_id:
            return
        self._sheet = sheet
        self._state.say(sheet.state_words, STATE_TONES.get(sheet.state, Tone.BRAND), shape=True)
        self.papers.show_papers(sheet.papers)
        self._say_facts()
        self.verbs.offer(sheet)
        self._show_verbs(on=True)
        self._view.setVisible(bool(sheet.papers))
        self._issue.setVisible(bool(issuable(sheet.state)))
        draft, paper = Act.VOID in sheet.acts, self.papers.meant(may_void)
        self._void.setVisible(draft or paper is not None)
        self._void.say(tr("作废草稿") if draft else tr("作废并重出"))

    def _say_facts(self) -> None:
        sheet, clear = self._sheet, self._revealed
        self._reveal.say(tr("隐藏") if clear else tr("查看完整信息"))
        if sheet is None:
            self.facts.say([])
            return
        people = (clear.applicant, clear.attendee) if clear else (sheet.applicant, sheet.attendee)
        lines = people_words(*people, clear=clear is not None)
        for name, value in (
            (tr("开始"), f"{sheet.opened_at:%Y-%m-%d %H:%M}"),
            (tr("收件"), f"{sheet.received_at:%Y-%m-%d %H:%M}" if sheet.received_at else ""),
            (tr("受理"), f"{sheet.accepted_on}" if sheet.accepted_on else ""),
            (tr("承诺办结日期"), f"{sheet.promised_date}" if sheet.promised_date else ""),
            (tr("另编编号"), sheet.second_number or ""),
            (tr("补录"), (sheet.pad_number or tr("是")) if sheet.late_entry else ""),
        ):
            if value:
                lines.append((name, value))
        self.facts.say(lines)

    def _show_paper(self) -> None:
        paper = self.papers.meant(lambda _any: True)
        if paper is not None:
            self.view.emit(paper)

    def _ask_issue(self) -> None:
        if self._sheet is not None:
            self.close_forms()
            self.issue.emit(self._sheet)

    def _ask_reveal(self) -> None:
        if self._revealed is not None:
            self.cover()
            return
        self.second.hide()
        self.ask.ask(tr("查看原因"), tr("查看"), [USUAL_REASON], self._show_clear)

    def _show_clear(self, reason: str) -> None:
        counter, case_id = self._seat.house.counter, self.case_id

        def back(found: Revealed) -> None:
            if case_id == self.case_id:
                self._revealed = found
                self._hide_again.start()
                self._say_facts()
                self._seat.narrator.tell("revealed", case=case_id)

        self.work.write(lambda case, by: reveal(counter, case, by, reason), back)

    def _ask_void(self) -> None:
        sheet = self._sheet
        if sheet is None:
            return
        self.ask.hide()
        if Act.VOID in sheet.acts:
            self.second.ask(tr("作废这份草稿须双人复核"), tr("作废", "key"), self._void_draft)
            return
        paper = self.papers.meant(may_void)
        if paper is not None:
            self._voiding.ask(paper)

    def _void_draft(self, given: Seconded) -> None:
        counter, roster = self._seat.house.counter, self._seat.house.roster

        def act(case_id: int, by: Staff) -> None:
            Drafting(counter).void(case_id, by, roster.sign_in(given.staff_no, given.pin), given.reason)

        self.work.write(act, lambda _none: self._voided(tr("草稿已作废")), self._voiding.refused)

    def _voided(self, told: str) -> None:
        self.second.hide()
        self._seat.notices.good(told)
        self._seat.bell.papers_asked.emit()
        self._seat.narrator.tell("voided", case=self.case_id)
