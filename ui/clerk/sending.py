"""What is on its way to the platform: the truth of each entry in words, and what to do about it."""

from collections.abc import Generator, Mapping, Sequence
from datetime import date
from typing import Self

from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout

from client.desk.exceptions import CaseIssue, Choice, Exceptions
from client.desk.outbox_sheet import OutboxSheet
from client.desk.sending import EVENT_WORDS, SHOW_WORDS, Counts, Entry, OutboxState, Sending, Show
from client.text import tr
from ui.clerk.agreement_panel import AgreementPanel
from ui.clerk.entry_detail import EntryDetail
from ui.clerk.entry_words import entry_tone
from ui.clerk.exporting import ExportButton
from ui.clerk.issue_panel import IssuePanel
from ui.clerk.link_panel import LinkPanel
from ui.live import LivePage
from ui.seat import Seat
from ui.widgets.keys import KeyButton
from ui.widgets.paging import Ask, Found, Paging
from ui.widgets.panel import Panel, words
from ui.widgets.table import Column, Table
from ui.widgets.times import short_time

DETAIL = (0.26, 288, 400)  # share of the page, at least, at most
GAP = 10


def entry_columns(today: date) -> tuple[Column[Entry], ...]:
    """What the list says of an entry."""
    return (
        Column(tr("办件编号"), lambda entry: entry.case_number, 232, tail=True, narrow=130),
        Column(tr("内容"), lambda entry: entry.words, 0),
        Column(tr("发生时间"), lambda entry: short_time(entry.time, today), 106),
        Column(tr("状态"), lambda entry: entry.state_words, 300, entry_tone, narrow=236),
        Column(tr("已试"), lambda entry: f"{entry.attempts}" if entry.attempts else "", 52, narrow=0),
    )


def _entries(sending: Sending, show: Show, kind: str | None, after: object | None, count: int) -> Found[Entry]:
    """Unsettled ones first, then what arrived; the key says in which of the two the next page begins."""
    both = show is Show.ALL
    first = Show.UNSETTLED if both else show
    part, before = after if isinstance(after, tuple) else (first, None)
    rows: list[Entry] = []
    if part is first:
        rows += sending.entries(first, kind, before=before, limit=count)
        if len(rows) == count:
            return Found(rows, (first, rows[-1].sequence))
        if not both:
            return Found(rows, None)
        before = None
    wanted = count - len(rows)
    stored = sending.entries(Show.STORED, kind, before=before, limit=wanted)
    return Found([*rows, *stored], (Show.STORED, stored[-1].sequence) if len(stored) == wanted else None)


class SendingPage(LivePage):
    name = tr("同步")
    icon = "sending"
    place_name = "sending"

    @classmethod
    def making(cls, seat: Seat) -> Generator[None, None, Self]:
        columns = entry_columns(seat.house.counter.today())
        table = Table(tr("上传记录"), columns, seat.tokens, tr("没有符合条件的上传记录"))
        yield
        detail = EntryDetail(seat)
        yield
        agreement = AgreementPanel(seat)
        yield
        link = LinkPanel(seat)
        yield
        issue = IssuePanel(seat)
        yield
        return cls(seat, table, detail, (link, agreement, issue))

    def __init__(
        self,
        seat: Seat,
        table: Table[Entry],
        detail: EntryDetail,
        panels: tuple[LinkPanel, AgreementPanel, IssuePanel],
    ) -> None:
        super().__init__(seat)
        self.table, self.detail = table, detail
        self.link, self.agreement, self.issue = panels
        self.states = _choice(tr("按状态筛选"), [(show.value, word) for show, word in SHOW_WORDS.items()])
        self.kinds = _choice(tr("按内容筛选"), [("", tr("全部内容")), *EVENT_WORDS.items()])
        self.filter = KeyButton(tr("筛选"), seat.keys["search"], self.states.setFocus, look="quiet")
        self.export = ExportButton(seat, lambda: OutboxSheet(seat.house.counter, self._show, self._kind))
        self._count = words("", "small")
        self.paging = Paging(seat, table, lambda entry: entry.event_id, self._question, self._say_count)
        self._lay_out()
        self._listen()
        self._say_chosen()

    def shown(self) -> None:
        super().shown()
        self.table.setFocus()

    def refresh(self) -> None:
        sending = Sending(self.seat.house.counter)
        self.seat.tasks.run(
            self.seat.lanes.looks,
            lambda: (sending.counts(), sending.last_trouble()),
            lambda found: self._tell(*found),
            owner=self,
        )
        self.agreement.refresh()
        self.paging.again()

    def place(self) -> Mapping[str, object]:
        row = self.table.row
        return {
            "event": row.event_id if row else None,
            "state": self.states.currentData(),
            "kind": self.kinds.currentData(),
        }

    def go_to(self, place: Mapping[str, object]) -> None:
        for box, key in ((self.states, "state"), (self.kinds, "kind")):
            number = box.findData(place.get(key))
            box.setCurrentIndex(max(number, 0))
        event = place.get("event")
        if isinstance(event, str):
            self.table.choose(event)
        self.paging.begin()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        is_esc = QKeySequence(event.keyCombination()) == QKeySequence(self.seat.keys["dismiss"])
        if is_esc and self.detail.close_forms():
            self.table.setFocus()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        share, least, most = DETAIL
        self.detail.setFixedWidth(round(min(max(share * self.width(), least), most)))
        super().resizeEvent(event)

    @property
    def _show(self) -> Show:
        return Show(self.states.currentData())

    @property
    def _kind(self) -> str | None:
        return self.kinds.currentData() or None

    def _lay_out(self) -> None:
        panel = Panel(tr("上传记录"))
        panel.header.addWidget(self._count)
        panel.header.addStretch(1)
        for widget in (self.filter, self.states, self.kinds, self.export):
            panel.header.addWidget(widget)
        panel.header.addSpacing(GAP)
        panel.body.addWidget(self.table, 1)
        self.detail.ask.setContentsMargins(0, 0, GAP, 0)
        panel.body.addWidget(self.detail.ask)
        foot = QHBoxLayout()
        for button in self.detail.verbs:
            foot.addWidget(button)
        foot.addStretch(1)
        panel.body.addLayout(foot)
        panel.layout().setContentsMargins(14, 10, 2, 8)  # type: ignore[union-attr] # a panel has its layout
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(panel, 1)
        row.addWidget(self.detail)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(self.link)
        column.addWidget(self.agreement)
        column.addLayout(row, 1)
        column.addWidget(self.issue)

    def _listen(self) -> None:
        for box in (self.states, self.kinds):
            box.activated.connect(lambda _place: self.paging.begin())
        self.link.sync_now.connect(self._sync_now)
        self.link.pause.connect(self._pause)
        self.issue.decided.connect(self._sent_again)
        self.detail.act_on(lambda: self.table.meant)
        self.detail.open_case.connect(self._open_case)
        self.detail.changed.connect(self._sent_again)
        self.detail.ended.connect(self.table.setFocus)
        self.table.chosen.connect(self._say_chosen)
        self.table.opened.connect(self._open_case)

    def _question(self) -> Ask[Entry]:
        sending, show, kind = Sending(self.seat.house.counter), self._show, self._kind
        return lambda after, count: _entries(sending, show, kind, after, count)

    def _tell(self, counts: Counts, trouble: str) -> None:
        sender = self.seat.hands.sender
        self.link.tell(sender.state() if sender else None, counts, self.seat.house.counter.clock(), trouble)

    def _say_count(self) -> None:
        shown = len(self.table.lines.lines)
        self._count.setText(tr("{count} 条").format(count=f"{shown}" if self.paging.all_here else f"{shown}+"))
        self._say_chosen()

    def _say_chosen(self) -> None:
        entry = self.table.row
        self.detail.show_entry(entry)
        if entry is None or entry.state is not OutboxState.REFUSED or entry.held:
            self.issue.show_issue(None)
        else:
            self._ask_why(entry)

    def _ask_why(self, entry: Entry) -> None:
        exceptions = Exceptions(self.seat.house.counter)

        def told(issue: CaseIssue | None) -> None:
            if self.table.row is None or self.table.row.event_id != entry.event_id:
                return  # another one is chosen meanwhile
            self.issue.show_issue(issue)
            self.detail.offer_retry(offered=issue is None or Choice.SEND_AGAIN in issue.choices)

        self.seat.tasks.run(
            self.seat.lanes.looks,
            lambda: exceptions.one(entry.event_id),
            told,
            lambda _error: told(None),  # it was settled meanwhile: the next look at the list says so
            owner=self,
        )

    def _open_case(self) -> None:
        entry = self.table.row
        if entry is not None:
            self.seat.bell.go.emit("intake", {"case_id": entry.case_id})

    def _sync_now(self) -> None:
        sender = self.seat.hands.sender
        if sender is not None:
            self.seat.tasks.run(
                self.seat.lanes.store, Sending(self.seat.house.counter).hurry, lambda _none: self._hurried(), owner=self
            )

    def _hurried(self) -> None:
        sender = self.seat.hands.sender
        if sender is not None:
            sender.link_up()
        self.seat.narrator.tell("sync-now")
        self.refresh()

    def _pause(self) -> None:
        sender = self.seat.hands.sender
        if sender is not None:
            sender.pause()
            self.refresh()

    def _sent_again(self, case_id: int) -> None:
        """Tell the others, and wake the loop."""
        self.seat.bell.case_changed.emit(case_id)
        if self.seat.hands.sender is not None:
            self.seat.hands.sender.wake()


def _choice(name: str, choices: Sequence[tuple[str, str]]) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    for value, word in choices:
        box.addItem(word, str(value))  # for a member of an enum all of Qt's own are made first
    return box
