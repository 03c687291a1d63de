"""用印: the papers that wait for their seal, the 用印登记簿, and whether a sealed file is genuine."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from client.desk.sealing import Choice, Owed, Sealing
from client.errors import DeskError
from client.ports.keys import Pin
from client.text import listed, tr
from ui.clerk.paper_view import PaperView
from ui.clerk.seals.choice_card import ChoiceCard
from ui.clerk.seals.ledger import Ledger
from ui.clerk.seals.sealer import Report, Sealer
from ui.clerk.seals.verifying import Verifying
from ui.live import LivePage
from ui.seat import Seat
from ui.theme.style import set_look
from ui.widgets.keys import KeyButton
from ui.widgets.panel import Panel, words
from ui.widgets.table import Column, Table, line_of
from ui.widgets.times import short_time

CHOSEN = 150  # milliseconds a row is stayed on before the keys are asked about it
_REASONS = 3  # that are named of a row


@dataclass(frozen=True, slots=True)
class _Leaf:
    """A paper of the queue as its page is shown: the first print."""

    paper_id: int
    words: str
    number: str | None
    reprints: int = 0


def owed_columns(today: date) -> tuple[Column[Owed], ...]:
    return (
        Column(tr("文书"), lambda owed: owed.words, 152, narrow=0),
        Column(tr("文书编号"), lambda owed: owed.paper_number or "—", 204),
        Column(tr("机关"), lambda owed: owed.organ_name, 0),
        Column(tr("出具"), lambda owed: short_time(owed.issued_at, today), 98, narrow=0),
    )


class SealsPage(LivePage):
    name = tr("用印")
    icon = "seals"
    place_name = "seals"

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat)
        self._sealing = Sealing(seat.house.counter, seat.house.seals)
        today = seat.house.counter.today()
        self.queue = Table(tr("待用印的文书"), owed_columns(today), seat.tokens, tr("没有待用印的文书"))
        self.ledger = Ledger(seat, self._sealing)
        self.verifying = Verifying(seat)
        self.paper = PaperView(seat, leaves=False)
        self.card = ChoiceCard("Enter", seat.keys["seal_all"])
        self.sealer = Sealer(seat, self)
        self._seen: int | None = None  # the paper that is shown beside
        self._wanted: object = None  # a paper to choose as soon as it is in the queue
        self._pin_next = False  # as soon as a key may seal, its PIN is what comes next: somebody asked, or it was wrong
        self._parts = QStackedWidget()
        self._settled = QTimer(self, interval=CHOSEN, singleShot=True)
        self._lay_out()
        self._listen()

    def shown(self) -> None:
        super().shown()
        if self._parts.currentWidget() is self.ledger:
            self.ledger.read()
        self._begin()

    def left(self) -> None:
        super().left()
        self.card.forget()
        self.verifying.view.stop()

    def refresh(self) -> None:
        """The queue anew."""
        columns, sealing = self.queue.lines.columns, self._sealing

        def read() -> list[object]:
            return [line_of(owed, owed.paper_id, columns) for owed in sealing.owed()]

        self.seat.tasks.run(self.seat.lanes.looks, read, self._show_queue, owner=self)

    def place(self) -> Mapping[str, object]:
        row = self.queue.row
        return {"part": self._parts.currentIndex(), "paper": row.paper_id if row else None}

    def go_to(self, place: Mapping[str, object]) -> None:
        part = place.get("part")
        self._turn_to(part if isinstance(part, int) and 0 <= part < self._parts.count() else 0)
        self._wanted = place.get("paper")
        self._pin_next = bool(place.get("pin"))
        self.refresh()

    def _turn_to(self, part: int) -> None:
        self._parts.setCurrentIndex(part)
        for number, button in enumerate(self._tabs):
            set_look(button, "main" if number == part else "quiet")
        self._beside.setVisible(self._parts.currentWidget() is self.queue)
        self.verifying.view.setVisible(self._parts.currentWidget() is self.verifying)
        if self._parts.currentWidget() is self.ledger:
            self.ledger.read()
        self._begin()

    def _begin(self) -> None:
        part = self._parts.currentWidget()
        if part is self.verifying:
            self.verifying.begin()
        else:
            (self.ledger if part is self.ledger else self.queue).setFocus()

    def _show_queue(self, lines: Sequence[object]) -> None:
        self.queue.show_lines(lines)  # type: ignore[arg-type]  # lines of its own columns
        if self._wanted is not None and self.queue.choose(self._wanted):
            self._wanted = None
        count = len(self.queue.lines.lines)
        self._count.setText(tr("{count} 份待用印").format(count=count) if count else "")
        if not count and not self.sealer.is_at_work:
            self.card.tell(tr("没有待用印的文书"))

    def _look(self) -> None:
        """The paper that is chosen, and what may seal it."""
        owed = self.queue.row
        if owed is None or self.sealer.is_at_work:
            return
        if self._seen != owed.paper_id:  # keys that come and go take no PIN away that is being typed
            self._seen = owed.paper_id
            self.paper.show_paper(_Leaf(owed.paper_id, owed.words, owed.paper_number))
            self.card.tell(tr("正在查看密码钥匙"))
        self.sealer.look(owed, partial(self._offer, owed), partial(self._refuse, owed))

    def _offer(self, owed: Owed, choices: Sequence[Choice]) -> None:
        if self._is_meant(owed):
            self.card.show_choices(choices, self.seat.house.counter.clock())
            if self._pin_next and self._wanted is None:
                self._pin_next = False
                if self.queue.hasFocus():  # whoever went on by himself is left there
                    self._to_pin()

    def _refuse(self, owed: Owed, error: DeskError) -> None:
        if self._is_meant(owed):
            self.card.refuse(error)

    def _is_meant(self, owed: Owed) -> bool:
        row = self.queue.row
        return row is not None and row.paper_id == owed.paper_id and not self.sealer.is_at_work

    def _seal(self, pin: Pin, choice: Choice) -> None:
        owed = self.queue.row
        self._begin_row([owed] if owed is not None else [], pin, choice)

    def _seal_all(self, pin: Pin, choice: Choice) -> None:
        self._begin_row([line.row for line in self.queue.lines.lines], pin, choice)

    def _begin_row(self, papers: Sequence[Owed], pin: Pin, choice: Choice) -> None:
        by = self.seat.acting()
        if by is None or not papers or self.sealer.is_at_work:
            pin.forget()
            return
        self._seen = None
        self.card.tell(tr("正在用印，请不要拔出密码钥匙"))
        self.sealer.seal(papers, by, pin, choice)

    def _ended(self, report: Report) -> None:
        notices = self.seat.notices
        if report.sealed + len(report.wrong) + report.left == 1:
            if report.wrong:
                notices.error(report.wrong[0][1])
            else:
                notices.good(tr("已用印，正在打印"))
        elif report.wrong:
            told = tr("已用印 {sealed} 份，未用印 {left} 份")
            left = len(report.wrong) + report.left
            titles = {error.code: error.title for _, error in reversed(report.wrong)}  # the first of each kind
            reasons = listed([*titles.values()][:_REASONS])
            advice = report.wrong[-1][1].advice
            notices.warn(told.format(sealed=report.sealed, left=left), f"{reasons}　{advice}")
        else:
            notices.good(tr("已用印 {sealed} 份，正在打印").format(sealed=report.sealed))
        self._pin_next = bool(report.wrong)
        self.refresh()
        self._settled.start()
        self.queue.setFocus()

    def _to_pin(self) -> None:
        self.card.pin.setFocus()

    def _listen(self) -> None:
        self._settled.timeout.connect(self._look)
        self.queue.chosen.connect(self._settled.start)
        self.queue.opened.connect(self._to_pin)
        self.card.let_go.connect(self.queue.setFocus)
        self.card.given.connect(self._seal)
        self.card.given_for_all.connect(self._seal_all)
        self.sealer.ended.connect(self._ended)
        self.seat.bell.keys_changed.connect(self._settled.start)

    def _lay_out(self) -> None:
        titles = (tr("待用印"), tr("用印登记簿"), tr("验章"))
        acts = ("part_1", "part_2", "part_3")
        self._tabs = [
            KeyButton(title, self.seat.keys[act], partial(self._turn_to, number), look="quiet")
            for number, (title, act) in enumerate(zip(titles, acts, strict=True))
        ]
        panel = Panel(self.name)
        self._count = words("", "small")
        panel.header.addWidget(self._count)
        panel.header.addStretch(1)
        for button in self._tabs:
            panel.header.addWidget(button)
        set_look(self._tabs[0], "main")
        for part in (self.queue, self.ledger, self.verifying):
            self._parts.addWidget(part)
        panel.body.addWidget(self._parts, 1)
        self._beside = QWidget()
        beside = QVBoxLayout(self._beside)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(10)
        card = Panel(tr("印章和密码钥匙"))
        card.body.addWidget(self.card)
        beside.addWidget(self.paper, 1)
        beside.addWidget(card)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(panel, 3)
        row.addWidget(self._beside, 2)
        row.addWidget(self.verifying.view, 2)
        self.verifying.view.hide()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
