"""The chosen entry beside the list: how it stands, what to do, every try that is kept, and the verbs for it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from client.desk.sending import Attempt, Entry, OutboxState, Sending
from client.desk.staff import Staff
from client.rules.rights import RIGHTS, Right
from client.text import tr
from ui.clerk.entry_words import attempt_facts, entry_facts, history_title
from ui.clerk.intake.ask import Ask
from ui.seat import Seat
from ui.widgets.facts import Facts
from ui.widgets.keys import KeyButton
from ui.widgets.panel import Panel, arranged_once, rule, words

CHOSEN = 120  # milliseconds a row is stayed on before its tries are read: who scrolls by arrow waits for none
HOLD_WORDS = {OutboxState.WAITING: tr("暂不上传", "act"), OutboxState.REFUSED: tr("搁置")}


class EntryDetail(Panel):
    """`show_entry` says what the list knows at once; the tries come when they are read.

    Its `verbs`, and `ask` that asks for a reason, stand where the page has room for them.
    """

    open_case = Signal()
    changed = Signal(int)  # case_id: something was decided about its sending
    ended = Signal()  # what was asked here is answered or put away

    def __init__(self, seat: Seat) -> None:
        super().__init__(tr("所选一条"))
        self._seat = seat
        self._entry: Entry | None = None
        self._meant: Callable[[], Entry | None] = lambda: None
        role = RIGHTS[seat.session.role]
        self._may_retry, self._may_hold = Right.RETRY_REFUSED in role, Right.HOLD_SENDING in role
        self.number = words("", "strong", selectable=True)
        self.facts = Facts()
        self.title_of_history = words("", "quiet", wrap=True)
        self.history = Facts()
        self.ask = Ask()
        keys = seat.keys
        self._open = KeyButton(tr("打开办件"), "Enter", self.open_case.emit, look="verb", heard=False)
        self.retry = KeyButton(tr("重新上传"), keys["retry_refused"], self._retry, look="verb")
        self.hold = KeyButton(HOLD_WORDS[OutboxState.WAITING], keys["hold_sending"], self._ask_hold, look="verb")
        self.verbs = (self._open, self.retry, self.hold)
        self.ask.ended.connect(self.ended)
        self._settled = QTimer(self, singleShot=True, interval=CHOSEN)
        self._settled.timeout.connect(self._read)
        self._lay_out()
        self.show_entry(None)

    def act_on(self, meant: Callable[[], Entry | None]) -> None:
        """`meant` tells which entry a person means at the moment of an act."""
        self._meant = meant

    def show_entry(self, entry: Entry | None) -> None:
        """Another entry is chosen, or the same one as it stands now."""
        same = entry is not None and self._entry is not None and entry.event_id == self._entry.event_id
        changed, self._entry = entry != self._entry, entry
        if not same:
            self.ask.hide()
            self._say_history("", ())  # until its own is read
        if changed:
            with arranged_once(self._inside):
                self._say(entry)
            self._settled.start()

    def offer_retry(self, *, offered: bool) -> None:
        """Whether sending it again is among the lawful choices."""
        refused = self._entry is not None and self._entry.state is OutboxState.REFUSED and not self._entry.held
        self.retry.setVisible(self._may_retry and refused and offered)

    def close_forms(self) -> bool:
        """Put away what is asked; whether there was anything."""
        asked = not self.ask.isHidden()
        self.ask.hide()
        return asked

    @property
    def text(self) -> str:
        """All that is said of the entry."""
        return f"{self.number.text()}\n{self.facts.text}\n{self.title_of_history.text()}\n{self.history.text}"

    def _lay_out(self) -> None:
        self._inside = QWidget()
        column = QVBoxLayout(self._inside)
        column.setContentsMargins(0, 2, 12, 2)
        column.setSpacing(6)
        for widget in (self.number, self.facts, rule(), self.title_of_history, self.history):
            column.addWidget(widget)
        column.addStretch(1)
        self.roll = QScrollArea()
        self.roll.setWidgetResizable(True)
        self.roll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.roll.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # the arrows scroll it: a long history is read by keys
        self.roll.setAccessibleName(tr("上传经过"))
        self.roll.setWidget(self._inside)
        self.body.addWidget(self.roll, 1)

    def _say(self, entry: Entry | None) -> None:
        self._inside.setVisible(entry is not None)
        self._open.setVisible(entry is not None)
        self.offer_retry(offered=True)
        held = entry is not None and bool(entry.held)
        self.hold.setVisible(self._may_hold and entry is not None and (held or entry.state in HOLD_WORDS))
        if entry is None:
            return
        self.hold.say(tr("恢复上传") if held else HOLD_WORDS.get(entry.state, ""))
        self.number.setText(entry.case_number)
        self.facts.say(entry_facts(entry, self._seat.house.counter.today()))

    def _read(self) -> None:
        if self._entry is None:
            return
        sending, event_id = Sending(self._seat.house.counter), self._entry.event_id

        def read(history: Sequence[Attempt]) -> None:
            if self._entry is not None and self._entry.event_id == event_id:
                self._say_history(history_title(history, self._entry.attempts), history)

        self._seat.tasks.run(self._seat.lanes.looks, lambda: sending.history(event_id), read, owner=self)

    def _say_history(self, title: str, history: Sequence[Attempt]) -> None:
        with arranged_once(self._inside):
            self.title_of_history.setText(title)
            self.history.say(attempt_facts(history))

    def _retry(self) -> None:
        sending = Sending(self._seat.house.counter)
        self._act(self._meant(), lambda entry, by: sending.retry(entry.event_id, by), tr("已重新排队上传"))

    def _ask_hold(self) -> None:
        entry, sending = self._meant(), Sending(self._seat.house.counter)
        if entry is None:
            return
        if entry.held:
            self._act(entry, lambda entry, by: sending.release(entry.event_id, by), tr("已恢复上传"))
            return
        verb = HOLD_WORDS[entry.state]
        name = tr("{verb}的原因").format(verb=verb)
        self.ask.ask(name, verb, [""], lambda reason: self._hold(entry, reason))

    def _hold(self, entry: Entry, reason: str) -> None:
        sending = Sending(self._seat.house.counter)
        self._act(entry, lambda entry, by: sending.hold(entry.event_id, by, reason), tr("已留下，由值班长恢复"))

    def _act(self, entry: Entry | None, act: Callable[[Entry, Staff], str], told: str) -> None:
        seat = self._seat
        if entry is None:
            return
        by = seat.acting()
        if by is None:
            return

        def done(case: str) -> None:
            seat.notices.good(told, case)
            self.changed.emit(entry.case_id)

        seat.tasks.run(seat.lanes.store, lambda: act(entry, by), done, owner=self)
