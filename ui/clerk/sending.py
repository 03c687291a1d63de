"""What is on its way to the platform: the truth of each entry in words, and what to do about it."""

from collections.abc import Mapping
from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from client.desk.exceptions import CaseIssue, Choice, Exceptions
from client.desk.sending import Counts, Entry, OutboxState, Sending
from client.rules.rights import RIGHTS, Right
from client.text import tr
from ui.clerk.agreement_panel import AgreementPanel
from ui.clerk.case_words import UPLOAD_TONES
from ui.clerk.issue_panel import IssuePanel
from ui.clerk.link_panel import LinkPanel
from ui.live import LivePage
from ui.seat import Seat
from ui.widgets.chips import Tone
from ui.widgets.keys import KeyButton
from ui.widgets.paging import Ask, Found, Paging
from ui.widgets.panel import Panel, words
from ui.widgets.table import Column, Table
from ui.widgets.times import short_time

NO_HASTE = tr("无需操作，稍后自动上传")
BEHIND = tr("先处理同一办件平台未接收的一条；该条重新上传后，本条自动上传")
ADVICE: Mapping[OutboxState, str] = {
    OutboxState.WAITING: NO_HASTE,
    OutboxState.SENDING: tr("无需操作，正在等待平台答复"),
    OutboxState.UNKNOWN: tr("无需操作，先向平台核实，不会重复上传"),
    OutboxState.REFUSED: tr("按原因处理后由值班长重新上传"),
    OutboxState.STORED: "",
}


def advice_on(entry: Entry, today: date) -> str:
    """What to do about an entry; most want nothing."""
    if entry.behind:
        return BEHIND
    if entry.state is OutboxState.WAITING and entry.attempts and entry.next_try is not None:
        return tr("已试 {count} 次，{time} 后自动再试").format(
            count=entry.attempts, time=short_time(entry.next_try, today)
        )
    return ADVICE[entry.state]


def entry_columns(today: date) -> tuple[Column[Entry], ...]:
    """What the list says of an entry."""
    return (
        Column(tr("办件编号"), lambda entry: entry.case_number, 232, tail=True, narrow=130),
        Column(tr("内容"), lambda entry: entry.words, 92),
        Column(tr("发生时间"), lambda entry: short_time(entry.time, today), 106),
        Column(
            tr("状态"),
            lambda entry: entry.state_words,
            300,
            lambda entry: Tone.WARN if entry.behind else UPLOAD_TONES.get(entry.state, Tone.PLAIN),
            narrow=230,
        ),
        Column(tr("怎么办"), lambda entry: advice_on(entry, today), 0),
    )


def _entries(sending: Sending, after: object | None, count: int) -> Found[Entry]:
    """Unsettled ones first, then what arrived; the key says in which of the two the next page begins."""
    unsettled, before = after if isinstance(after, tuple) else (True, None)
    rows: list[Entry] = []
    if unsettled:
        rows += sending.entries(unsettled=True, before=before, limit=count)
        if len(rows) == count:
            return Found(rows, (True, rows[-1].sequence))
        before = None
    wanted = count - len(rows)
    stored = sending.entries(unsettled=False, before=before, limit=wanted)
    return Found([*rows, *stored], (False, stored[-1].sequence) if len(stored) == wanted else None)


class SendingPage(LivePage):
    name = tr("同步")
    icon = "sending"
    place_name = "sending"

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat)
        today = seat.house.counter.today()
        self.link = LinkPanel(seat, self._sync_now, self._pause)
        self.agreement = AgreementPanel(seat)
        self.issue = IssuePanel(seat, lambda issue: self._sent_again(issue.case_id))
        self.table: Table[Entry] = Table(tr("上传记录"), entry_columns(today), seat.tokens, tr("还没有要上传的内容"))
        self._more = words("", wrap=True, selectable=True)
        self._count = words("", "small")
        self.paging = Paging(seat, self.table, lambda entry: entry.event_id, self._question, self._say_count)
        self._open = KeyButton(tr("打开办件"), "Enter", self._open_case, look="verb", heard=False)
        self.retry = KeyButton(tr("重新上传"), seat.keys["retry_refused"], self._retry, look="verb")
        self._may_retry = Right.RETRY_REFUSED in RIGHTS[seat.session.role]
        self._lay_out()
        self.table.chosen.connect(self._say_chosen)
        self.table.opened.connect(self._open_case)
        self._say_chosen()

    def shown(self) -> None:
        super().shown()
        self.table.setFocus()

    def refresh(self) -> None:
        counter = self.seat.house.counter
        self.seat.tasks.run(self.seat.lanes.looks, Sending(counter).counts, self._tell, owner=self)
        self.agreement.refresh()
        self.paging.again()

    def place(self) -> Mapping[str, object]:
        row = self.table.row
        return {"event": row.event_id if row else None}

    def go_to(self, place: Mapping[str, object]) -> None:
        event = place.get("event")
        if isinstance(event, str):
            self.table.choose(event)

    def _lay_out(self) -> None:
        panel = Panel(tr("上传记录"))
        panel.header.addWidget(self._count)
        panel.header.addStretch(1)
        panel.body.addWidget(self.table, 1)
        foot = QHBoxLayout()
        foot.addWidget(self._more, 1)
        foot.addWidget(self.retry)
        foot.addWidget(self._open)
        panel.body.addLayout(foot)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.link)
        column.addWidget(self.agreement)
        column.addWidget(panel, 1)
        column.addWidget(self.issue)

    def _question(self) -> Ask[Entry]:
        sending = Sending(self.seat.house.counter)
        return lambda after, count: _entries(sending, after, count)

    def _tell(self, counts: Counts) -> None:
        sender = self.seat.hands.sender
        self.link.tell(sender.state() if sender else None, counts, self.seat.house.counter.clock())

    def _say_count(self) -> None:
        shown = len(self.table.lines.lines)
        self._count.setText(tr("{count} 条").format(count=f"{shown}" if self.paging.all_here else f"{shown}+"))
        self._say_chosen()

    def _say_chosen(self) -> None:
        entry = self.table.row
        refused = entry is not None and entry.state is OutboxState.REFUSED
        self._open.setVisible(entry is not None)
        self.retry.setVisible(refused and self._may_retry)
        if entry is None or not refused:
            self.issue.show_issue(None)
        else:
            self._ask_why(entry)
        if entry is None:
            self._more.setText("")
            return
        reason = entry.last_error if entry.state is not OutboxState.STORED else ""
        answered = tr("答复于 {time}").format(time=f"{entry.answered_at:%m-%d %H:%M}") if entry.answered_at else ""
        parts = [entry.case_number, entry.words, entry.state_words, answered, reason if not refused else ""]
        self._more.setText(" · ".join(part for part in parts if part))

    def _ask_why(self, entry: Entry) -> None:
        exceptions = Exceptions(self.seat.house.counter)

        def told(issue: CaseIssue | None) -> None:
            if self.table.row is None or self.table.row.event_id != entry.event_id:
                return  # another one is chosen meanwhile
            self.issue.show_issue(issue)
            self.retry.setVisible(self._may_retry and (issue is None or Choice.SEND_AGAIN in issue.choices))

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

    def _retry(self) -> None:
        entry, seat = self.table.meant, self.seat
        if entry is None:
            return
        by, sending = seat.acting(), Sending(seat.house.counter)
        if by is None:
            return

        def done(case: str) -> None:
            seat.notices.good(tr("已重新排队上传"), case)
            self._sent_again(entry.case_id)

        seat.tasks.run(seat.lanes.store, lambda: sending.retry(entry.event_id, by), done, owner=self)

    def _sent_again(self, case_id: int) -> None:
        """Tell the others, and wake the loop."""
        self.seat.bell.case_changed.emit(case_id)
        if self.seat.hands.sender is not None:
            self.seat.hands.sender.wake()
