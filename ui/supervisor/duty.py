"""Today, for the supervisor: the worst first with the verb that mends it, the figures, and everything that is owed."""

from collections.abc import Callable, Hashable, Sequence

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from client.desk.today import KIND_WORDS, Today, ToDo, ToDoKind, figures, queue
from client.rules.rights import RIGHTS, Right
from client.text import tr
from ui.clerk.intake.ask import Ask
from ui.live import LivePage
from ui.seat import Seat
from ui.supervisor.backing_up import BackupPanel
from ui.supervisor.cards import Cards, figures_of
from ui.supervisor.mending import TONES, Mending
from ui.supervisor.own_sheets import OwnSheets
from ui.theme.style import set_look
from ui.widgets.chips import SHAPES, Chip, Tone
from ui.widgets.elided import Elided
from ui.widgets.keys import KeyButton
from ui.widgets.panel import Panel, words
from ui.widgets.table import Column, Line, Table, line_of

GAP = 10
SIDE = 268  # pixels of the panel at the right
_LOOKS = {Tone.BAD: "notice-bad", Tone.WARN: "notice-warn"}

COLUMNS: tuple[Column[ToDo], ...] = (
    Column(tr("待处置"), lambda todo: KIND_WORDS[todo.kind], 132, lambda todo: TONES[todo.kind]),
    Column(tr("办件编号"), lambda todo: todo.case_number, 232, tail=True, narrow=130),
    Column(tr("情况"), lambda todo: todo.words, 0),
    Column(tr("处置"), lambda todo: todo.verb, 120, lambda _todo: Tone.BRAND, shape=False),
)


def key_of(todo: ToDo) -> Hashable:
    """What makes a row the same one when it is read again."""
    return todo.kind, todo.case_id, todo.event_id, todo.paper_id, todo.reprint_no, todo.due


class Banner(QFrame):
    """The worst, in one line with its verb; nothing while nothing is bad."""

    def __init__(self, seat: Seat, mend: Callable[[], object]) -> None:
        super().__init__()
        self._said = Elided("", "strong")
        self.button = KeyButton("", seat.keys["mend_worst"], mend)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 6, 8, 6)
        row.setSpacing(12)
        row.addWidget(self._said, 1)
        row.addWidget(self.button)
        self.hide()

    def tell(self, todos: Sequence[ToDo]) -> None:
        worst = next((todo for todo in todos if TONES[todo.kind] in _LOOKS), None)
        self.setVisible(worst is not None)
        if worst is None:
            return
        tone, count = TONES[worst.kind], sum(todo.kind is worst.kind for todo in todos)
        set_look(self, _LOOKS[tone])
        set_look(self._said, tone.value)
        template = tr("{kind} {count} 件：{number} {words}") if worst.case_number else tr("{kind}：{words}")
        said = template.format(kind=KIND_WORDS[worst.kind], count=count, number=worst.case_number, words=worst.words)
        self._said.setText(f"{SHAPES[tone]} {said}")
        self._said.setToolTip(said)
        self.setAccessibleName(said)
        self.button.say(worst.verb)

    @property
    def text(self) -> str:
        return "" if self.isHidden() else self._said.text()


class DutyPage(LivePage):
    name = tr("值班")
    icon = "duty"
    place_name = "duty"

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat)
        self._mending = Mending(seat)
        self._todos: Sequence[ToDo] = ()
        self._looking = False
        self.banner = Banner(seat, self._mend_worst)
        self.cards = Cards()
        self.table: Table[ToDo] = Table(tr("待处置的办件"), COLUMNS, seat.tokens, tr("没有待处置的办件"))
        self._count = Chip()
        self._more = words("", wrap=True, selectable=True)
        keys = seat.keys
        self.verb = KeyButton("", "Enter", self._mend, look="main", heard=False)
        self.by_key = KeyButton(tr("用印"), keys["seal_by_key"], self._to_seals, look="verb")
        self.came_out = KeyButton(tr("打出来了"), keys["came_out"], self._came_out, look="verb")
        self.not_out = KeyButton(tr("没有打出，补打"), keys["not_out"], self._not_out, look="verb")
        self._open = KeyButton(tr("打开办件"), keys["open_case"], self._open_case, look="quiet")
        self.ask = Ask()
        self.sheets = OwnSheets(seat, self.ask)
        self.backup: BackupPanel | None = None
        if Right.BACK_UP in RIGHTS[seat.session.role]:
            self.backup = BackupPanel(seat)
        self._lay_out()
        self.table.chosen.connect(self._say_chosen)
        self.table.opened.connect(self._mend)
        self._say_chosen()

    def shown(self) -> None:
        super().shown()
        self.table.setFocus()

    def left(self) -> None:
        super().left()
        self.ask.hide()

    def refresh(self) -> None:
        if self._looking:
            return
        self._looking = True
        counter = self.seat.house.counter

        def work() -> tuple[Today, Sequence[ToDo], Sequence[Line[ToDo]]]:
            try:
                todos = queue(counter)
                return figures(counter), todos, [line_of(todo, key_of(todo), COLUMNS) for todo in todos]
            finally:
                self._looking = False

        self.seat.tasks.run(self.seat.lanes.looks, work, lambda found: self._tell(*found), owner=self)

    def _lay_out(self) -> None:
        panel = Panel(tr("待处置"))
        panel.header.addWidget(self._count)
        panel.header.addStretch(1)
        panel.body.addWidget(self.table, 1)
        panel.body.addWidget(self.ask)
        foot = QHBoxLayout()
        foot.setSpacing(GAP)
        foot.addWidget(self._more, 1)
        for button in (self._open, self.not_out, self.came_out, self.by_key, self.verb):
            foot.addWidget(button)
        panel.body.addLayout(foot)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(panel, 1)
        side = QVBoxLayout()
        side.setSpacing(GAP)
        for each in filter(None, (self.sheets, self.backup)):
            each.setFixedWidth(SIDE)
            side.addWidget(each)
        if self.backup is None:
            side.addStretch(1)
        row.addLayout(side)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(self.banner)
        column.addWidget(self.cards)
        column.addLayout(row, 1)

    def _tell(self, today: Today, todos: Sequence[ToDo], lines: Sequence[Line[ToDo]]) -> None:
        self._todos = todos
        self.banner.tell(todos)
        self.cards.show_figures(figures_of(today, self.seat.house.counter.clock()))
        self.table.show_lines(lines)
        bad = any(TONES[todo.kind] is Tone.BAD for todo in todos)
        self._count.say(str(len(todos)) if todos else "", Tone.BAD if bad else Tone.WARN)
        self._say_chosen()

    def _say_chosen(self) -> None:
        todo = self.table.row
        in_doubt = todo is not None and todo.kind is ToDoKind.PRINT_UNKNOWN
        wants_seal = todo is not None and todo.kind is ToDoKind.AWAITING_SEAL
        for button, on in (
            (self._open, todo is not None and todo.case_id != 0),
            (self.verb, todo is not None and not in_doubt),
            (self.came_out, in_doubt),
            (self.not_out, in_doubt),
            (self.by_key, wants_seal and self.seat.hands.keys is not None),
        ):
            button.setVisible(on)
        self._more.setText(" · ".join(filter(None, (todo.case_number, todo.words))) if todo else "")
        if todo is not None:
            self.verb.say(todo.verb)

    def _mend(self) -> None:
        todo = self.table.meant
        if todo is not None:
            self._mending.mend(todo, self._ask_seal, self._look)

    def _mend_worst(self) -> None:
        worst = next((todo for todo in self._todos if TONES[todo.kind] in _LOOKS), None)
        if worst is not None and self.table.choose(key_of(worst)):
            self._mend()

    def _to_seals(self) -> None:
        todo = self.table.meant
        if todo is not None and todo.kind is ToDoKind.AWAITING_SEAL:
            self.seat.bell.go.emit("seals", {"part": 0, "paper": todo.paper_id, "pin": True})

    def _ask_seal(self, todo: ToDo, usual: str) -> None:
        name = tr("已加盖的印章（{number}）").format(number=todo.case_number)
        self.ask.ask(name, tr("登记"), [usual], lambda seal: self._sealed(todo, seal))

    def _sealed(self, todo: ToDo, seal: str) -> None:
        self.table.setFocus()
        if seal:
            self._mending.sealed(todo, seal)

    def _look(self, _todo: ToDo) -> None:
        """Only who stands at the printer knows; the two answers have the keyboard."""
        self.came_out.setFocus()
        self.seat.notices.warn(
            tr("请看打印机上有没有这一份"), tr("有，选“打出来了”；没有，选“没有打出，补打”，补打的一份注明次数")
        )

    def _came_out(self) -> None:
        self._settle(there=True)

    def _not_out(self) -> None:
        self._settle(there=False)

    def _settle(self, *, there: bool) -> None:
        todo = self.table.meant
        if todo is not None and todo.kind is ToDoKind.PRINT_UNKNOWN:
            self.table.setFocus()
            self._mending.came_out(todo, there=there)

    def _open_case(self) -> None:
        todo = self.table.row
        if todo is not None and todo.case_id:
            self.seat.bell.go.emit("intake", {"case_id": todo.case_id})
