"""The cases of this window: all of them, found by what people remember; beside the list the one that is chosen."""

from collections.abc import Callable, Generator, Mapping
from datetime import date
from typing import Self

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QStackedWidget

from client.desk.finding import CaseFound, find
from client.rules.case import STATE_WORDS, State
from client.text import spoken, tr
from ui.clerk.case_detail import CaseDetail
from ui.clerk.case_words import PRINT_TONES, STATE_TONES, UPLOAD_TONES
from ui.clerk.issuing.view import IssuingView
from ui.clerk.paper_view import PaperView
from ui.live import LivePage
from ui.seat import Seat
from ui.widgets.chips import Tone
from ui.widgets.paging import Ask, Found, Paging
from ui.widgets.panel import Panel, words
from ui.widgets.table import Column, Table
from ui.widgets.times import short_day, short_time

TYPED = 200  # milliseconds after the last key before it is looked for
CHOSEN = 120  # milliseconds a row is stayed on before its case is read: who scrolls by arrow waits for none
DETAIL = (0.24, 304, 420)  # share of the page, at least (two verbs beside each other), at most
LONGEST = 64  # characters that are looked for
GAP = 10
LONGER = 14  # pixels that an English word takes more than a Chinese one


def case_columns(today: date) -> tuple[Column[CaseFound], ...]:
    """What the list says of a case."""
    more = LONGER if spoken() else 0
    return (
        Column(tr("办件编号"), lambda case: case.number or tr("没有编号", "case"), 226, tail=True, narrow=104),
        Column(tr("申请人"), lambda case: case.applicant_name, 108, narrow=70),
        Column(tr("事项"), lambda case: case.item_name, 0),
        Column(
            tr("状态"),
            lambda case: case.state_words,
            92 + more,
            lambda case: STATE_TONES.get(case.state, Tone.BRAND),
            narrow=92 + more,
        ),
        Column(tr("收件/受理"), lambda case: short_time(case.received_at or case.opened_at, today), 98),
        Column(tr("承诺办结"), lambda case: short_day(case.promised_date, today), 66 + more, narrow=0),
        Column(
            tr("上传"),
            lambda case: _bare(case.upload_words),  # receipt and reason stand beside the list
            110,
            lambda case: UPLOAD_TONES.get(case.upload_state, Tone.PLAIN),
            narrow=108,
        ),
        Column(
            tr("文书"),
            lambda case: case.print_words,
            92 + more,
            lambda case: PRINT_TONES.get(case.print_state, Tone.BRAND),
            narrow=84 + more,
        ),
    )


def _bare(words: str) -> str:
    """Without what stands in brackets."""
    opening, _, _closing = tr("（{words}）").partition("{")
    return words.partition(opening)[0]


class CasesPage(LivePage):
    name = tr("办件")
    icon = "cases"
    place_name = "cases"

    @classmethod
    def making(cls, seat: Seat) -> Generator[None, None, Self]:
        detail = CaseDetail(seat)
        yield
        paper, issuing = PaperView(seat), IssuingView(seat, detail.work)
        yield
        columns = case_columns(seat.house.counter.today())
        table = Table(tr("办件列表"), columns, seat.tokens, tr("没有符合条件的办件"))
        yield
        finding = _search_field(), _state_filter()
        yield
        return cls(seat, detail, (paper, issuing), table, finding)

    def __init__(
        self,
        seat: Seat,
        detail: CaseDetail,
        shown: tuple[PaperView, IssuingView],
        table: Table[CaseFound],
        finding: tuple[QLineEdit, QComboBox],
    ) -> None:
        super().__init__(seat)
        self.search, self.states = finding
        self.table = table
        self._count = words("", "small")
        self.paging = Paging(seat, self.table, lambda case: case.case_id, self._question, self._say_count)
        self.detail = detail
        self.paper, self.issuing = shown
        self._wanted: object = None  # id of a case to choose as soon as it is in the list
        self._typed = self._once(TYPED, self.paging.begin)
        self._settled = self._once(CHOSEN, self._read_chosen)
        self._lay_out()
        self._listen()

    def shown(self) -> None:
        super().shown()
        self.table.setFocus()

    def left(self) -> None:
        super().left()
        self.detail.cover()
        self.detail.close_forms()
        self._show_list()

    def refresh(self) -> None:
        self.paging.again()
        if self.detail.case_id is not None:
            self.detail.work.read_again()

    def place(self) -> Mapping[str, object]:
        row = self.table.row
        state = self.states.currentData()
        return {
            "words": self.search.text(),
            "state": state,
            "case_id": row.case_id if row else None,
        }

    def go_to(self, place: Mapping[str, object]) -> None:
        searched, state = place.get("words"), place.get("state")
        self.search.setText(searched if isinstance(searched, str) else "")
        known = [self.states.itemData(number) for number in range(self.states.count())]
        self.states.setCurrentIndex(known.index(state) if state in known else 0)
        self._wanted = place.get("case_id")
        self.paging.begin()

    @property
    def is_open(self) -> bool:
        return self._stack.currentWidget() is self.paper or self.detail.asks

    def put_away(self) -> None:
        if not self.detail.close_forms():
            self._show_list()
        self._go_on()

    def resizeEvent(self, event: object) -> None:  # noqa: N802 - Qt's name
        share, least, most = DETAIL
        self.detail.setFixedWidth(round(min(max(share * self.width(), least), most)))
        super().resizeEvent(event)  # type: ignore[arg-type] # Qt's event, passed on

    def _lay_out(self) -> None:
        panel = Panel(tr("办件"))
        panel.header.addSpacing(4)
        panel.header.addWidget(self.search, 1)
        panel.header.addWidget(self.states)
        panel.header.addWidget(self._count)
        panel.header.addSpacing(GAP)
        panel.body.addWidget(self.table, 1)
        panel.layout().setContentsMargins(14, 10, 2, 4)  # type: ignore[union-attr] # a panel has its layout
        self._panel = panel
        self._stack = QStackedWidget()
        self._stack.addWidget(panel)
        self._stack.addWidget(self.paper)
        self._stack.addWidget(self.issuing)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        row.addWidget(self._stack, 1)
        row.addWidget(self.detail)

    def _listen(self) -> None:
        self.search.textEdited.connect(lambda _text: self._typed.start())
        self.search.textChanged.connect(lambda text: None if text else self._typed.start())
        self.search.returnPressed.connect(self.table.setFocus)
        self.states.activated.connect(lambda _place: self.paging.begin())
        self.table.chosen.connect(self._settled.start)
        self.table.opened.connect(self._open)
        self.detail.open_case.connect(self._open)
        self.detail.view.connect(self._show_paper)
        self.paper.leave.connect(self._show_list)
        self.detail.issue.connect(self._issue)
        self.detail.ask.ended.connect(self._go_on)
        self.issuing.leave.connect(self._leave_issuing)
        find_key = QShortcut(QKeySequence(self.seat.keys["search"]), self)
        find_key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        find_key.activated.connect(self._search)

    def _question(self) -> Ask[CaseFound]:
        counter, sought = self.seat.house.counter, self.search.text()
        chosen = self.states.currentData()
        state = State(chosen) if chosen else None

        def ask(after: object | None, count: int) -> Found[CaseFound]:
            before = after if isinstance(after, int) else None
            found = find(counter, sought, state, before, count)
            return Found(found.cases, found.more)

        return ask

    def _say_count(self) -> None:
        if self._wanted is not None and self.table.choose(self._wanted):
            self._wanted = None
        shown = len(self.table.lines.lines)
        self._count.setText(tr("{count} 件").format(count=f"{shown}" if self.paging.all_here else f"{shown}+"))

    def _read_chosen(self) -> None:
        self.detail.show_case(self.table.row)

    def _search(self) -> None:
        self._show_list()
        self.search.setFocus()
        self.search.selectAll()

    def _open(self) -> None:
        row = self.table.row
        if row is not None:
            self.seat.bell.go.emit("intake", {"case_id": row.case_id})

    def _show_paper(self, paper: object) -> None:
        self._stack.setCurrentWidget(self.paper)
        self.paper.show_paper(paper)  # type: ignore[arg-type] # a signal carries a PaperLine as an object
        self.paper.begin()

    def _issue(self, sheet: object) -> None:
        """Its key opens it, and once open gives it."""
        if self._stack.currentWidget() is self.issuing:
            self.issuing.panel.give()
        else:
            self._stack.setCurrentWidget(self.issuing)
            self.detail.fill_in(on=True)
            self.issuing.show_case(sheet)  # type: ignore[arg-type] # a signal carries a CaseSheet as an object

    def _go_on(self) -> None:
        """Something beside was answered or put away: the keyboard goes back to what is filled in, or to the list."""
        if self._stack.currentWidget() is self.issuing:
            self.issuing.panel.begin()
        else:
            self.table.setFocus()

    def _leave_issuing(self) -> None:
        self._show_list()
        self.table.setFocus()

    def _show_list(self) -> None:
        self.detail.fill_in(on=False)
        self._stack.setCurrentWidget(self._panel)

    def _once(self, after: int, act: Callable[[], object]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(after)
        timer.timeout.connect(act)
        return timer


def _search_field() -> QLineEdit:
    field = QLineEdit()
    field.setAccessibleName(tr("查找办件"))
    field.setPlaceholderText(tr("办件编号或末几位、文书编号、姓名或名称、证件号末几位"))
    field.setMaxLength(LONGEST)
    field.setClearButtonEnabled(True)
    return field


def _state_filter() -> QComboBox:
    states = QComboBox()
    states.setAccessibleName(tr("按状态筛选"))
    states.addItem(tr("全部状态"), None)
    for state, word in STATE_WORDS.items():
        states.addItem(word, str(state))  # for a member of an enum all of Qt's own are made first
    return states
