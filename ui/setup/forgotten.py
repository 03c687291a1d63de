"""A PIN was forgotten: an administrator gives a new one, here and now."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from client.desk.staff import Roster
from client.errors import DeskError
from client.lanes import Lane
from client.text import tr
from ui.clerk.sign_in import Said
from ui.setup.people import PinRows
from ui.setup.rows import FieldRow
from ui.tasks import Tasks
from ui.widgets.chips import Tone
from ui.widgets.fields import TextField
from ui.widgets.keys import KeyButton
from ui.widgets.panel import Panel, in_the_middle, rule, words
from ui.widgets.secrets import LONGEST, STAFF_NO, SecretField

WIDTH = 520
TOLD = tr("请大厅管理员在这里输入自己的工号和口令，为忘记口令或已锁定的人员换一个新口令")
ALONE = tr("没有别的管理员、管理员自己也忘了口令时，请系统管理员在本机运行 yichuang staff recover 重设")


class Forgotten(QWidget):
    """`number` is whoever forgot, as typed at the sign-in; may be empty."""

    ended = Signal(str)  # 工号 to sign in with; nothing was changed
    reset = Signal(str)  # 工号 that has a new PIN

    def __init__(self, roster: Roster, number: str, lane: Lane, tasks: Tasks, keys: Mapping[str, str]) -> None:
        super().__init__()
        self._roster, self._lane, self._tasks = roster, lane, tasks
        self._asked = number
        self._by = TextField(tr("管理员工号"), most=LONGEST, typed=STAFF_NO)
        self._by_pin = SecretField(tr("管理员口令"))
        self._number = TextField(tr("本人工号"), most=LONGEST, typed=STAFF_NO)
        self._number.put(number)
        self._pin = PinRows(self._give)
        self._needed = (
            FieldRow(tr("管理员工号"), self._by),
            FieldRow(tr("管理员口令"), self._by_pin),
            FieldRow(tr("本人工号"), self._number),
        )
        self.said = Said()
        self._reset = KeyButton(tr("重设口令"), keys["finish"], self._give, look="main", scope=self)
        self._back = KeyButton(tr("返回"), keys["dismiss"], self._leave, look="quiet", scope=self)
        self._lay_out()

    def take_keyboard(self) -> None:
        """The administrator begins."""
        self._by.setFocus()

    def _lay_out(self) -> None:
        panel = Panel()
        panel.setFixedWidth(WIDTH)
        panel.setAccessibleName(tr("忘记口令"))
        body = panel.body
        body.setContentsMargins(14, 12, 14, 10)
        body.setSpacing(10)
        body.addWidget(words(tr("忘记口令"), "large"))
        body.addWidget(words(TOLD, "quiet", wrap=True))
        for row in (*self._needed[:2], rule(), self._needed[2], *self._pin.rows):
            body.addWidget(row)
        body.addWidget(self.said)
        buttons = QHBoxLayout()
        buttons.addWidget(self._back)
        buttons.addStretch(1)
        buttons.addWidget(self._reset)
        body.addLayout(buttons)
        body.addWidget(rule())
        body.addWidget(words(ALONE, "small", wrap=True))
        inside = QWidget()
        in_the_middle(inside, panel)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inside)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)

    def _leave(self) -> None:
        self.ended.emit(self._asked)

    def _give(self) -> None:
        empty = [row for row in self._needed if not row.value()]
        for row in empty:
            row.say(tr("请填写{what}").format(what=row.name), Tone.BAD)
        wrong = [*empty, *self._pin.wrong()]
        if wrong:
            wrong[0].field.setFocus()
            return
        roster, by, number = self._roster, self._needed[0].value(), self._needed[2].value()
        by_pin, pin = self._by_pin.taken(), self._pin.taken()
        self.said.hide()
        self._reset.setEnabled(False)

        def reset() -> None:
            roster.reset_pin(roster.sign_in(by, by_pin), number, pin)

        self._tasks.run(self._lane, reset, lambda _done: self.reset.emit(number), self._refused, owner=self)

    def _refused(self, error: DeskError) -> None:
        self._reset.setEnabled(True)
        self.said.tell(error)
        self._by_pin.setFocus()
