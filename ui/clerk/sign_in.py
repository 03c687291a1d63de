"""Signing in: a number and a PIN, two Enters. Behind it the house is opened; what stops that is said here."""

from collections.abc import Mapping
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from client.errors import DeskError
from client.text import tr
from ui.theme.style import set_look
from ui.widgets.fields import TextField
from ui.widgets.keys import KeyButton
from ui.widgets.panel import Panel, in_the_middle, rule, words
from ui.widgets.secrets import LONGEST, STAFF_NO, SecretField

if TYPE_CHECKING:
    from client.house import House

WIDTH = 420
WEEKDAYS = (tr("星期一"), tr("星期二"), tr("星期三"), tr("星期四"), tr("星期五"), tr("星期六"), tr("星期日"))
OPENING = tr("正在打开本窗口的数据…")


class Said(QFrame):
    """Why not, and what to do: a box that is not there while nothing is wrong."""

    def __init__(self) -> None:
        super().__init__()
        self._title = words("", "strong", wrap=True, selectable=True)
        self._advice = words("", wrap=True, selectable=True)
        self._code = words("", "small")
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(2)
        for label in (self._title, self._advice, self._code):
            column.addWidget(label)
        set_look(self, "notice-bad")
        self.hide()

    def tell(self, error: DeskError) -> None:
        self._title.setText(f"▲ {error.title}")
        self._advice.setText(error.advice)
        self._code.setText(error.code)
        self.setAccessibleName(f"{error.title} {error.advice}")
        self.show()

    @property
    def text(self) -> str:
        """What stands there; "" when nothing does."""
        return "" if self.isHidden() else f"{self._title.text()} {self._advice.text()}"


class SignIn(QWidget):
    """Asks who sits here. `given` carries number and PIN; the PIN leaves the field as it is asked."""

    given = Signal(str, str)
    again = Signal()  # try once more to open the house
    forgotten = Signal(str)  # the PIN of that number

    def __init__(self, hint: str, keys: Mapping[str, str]) -> None:
        super().__init__()
        self._is_open = False
        self._is_early = False  # both were given before the house was open
        self._title = words(tr("登录"), "large")
        self._today = words("", "quiet", wrap=True)
        self.number = TextField(tr("工号"), most=LONGEST, typed=STAFF_NO)
        self.pin = SecretField(tr("口令"), self._give)
        self.said = Said()
        self._enter = KeyButton(tr("登录"), "Enter", self._give, look="main", heard=False)
        self._again = KeyButton(tr("再试一次"), keys["open_again"], self.again.emit, look="main", scope=self)
        self._forgot = KeyButton(tr("忘记口令"), keys["forgotten"], self._forget, look="quiet", scope=self)
        self._form = self._fields()
        self._lay_out(hint)
        for before, after in pairwise((self.number, self.pin, self._enter, self._forgot)):
            self.setTabOrder(before, after)
        self.opening()

    def _fields(self) -> QWidget:
        form = QWidget()
        grid = QGridLayout(form)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(10)
        for row, (name, field) in enumerate(((tr("工号"), self.number), (tr("口令"), self.pin))):
            label = words(name, "quiet")
            label.setBuddy(field)
            grid.addWidget(label, row, 0)
            grid.addWidget(field, row, 1)
        return form

    def _lay_out(self, hint: str) -> None:
        panel = Panel()
        panel.setFixedWidth(WIDTH)
        panel.setAccessibleName(tr("登录"))
        buttons = QHBoxLayout()
        buttons.addWidget(self._forgot)
        buttons.addStretch(1)
        buttons.addWidget(self._again)
        buttons.addWidget(self._enter)
        body = panel.body
        body.setContentsMargins(14, 12, 14, 10)
        body.setSpacing(12)
        for widget in (self._title, self._today, self._form, self.said):
            body.addWidget(widget)
        body.addLayout(buttons)
        if hint:
            body.addWidget(rule())
            body.addWidget(words(hint, "small", wrap=True))
        in_the_middle(self, panel)

    def opening(self) -> None:
        """The house is being opened; whoever is quick may type meanwhile."""
        self._state(is_open=False, failed=False)
        self._today.setText(OPENING)
        self.number.setFocus()

    def ready(self, number: str = "", *, locked: bool = False) -> None:
        """It is open: who sits here? `number` is who most likely does; `locked` when they sat here before."""
        self._state(is_open=True, failed=False)
        self._title.setText(tr("窗口已锁定") if locked else tr("登录"))
        self.tell_today("")
        if number:
            self.number.put(number)
            self.pin.setFocus()
        elif not self.number.value():
            self.number.setFocus()
        if self._is_early:
            self._give()

    def tell_today(self, text: str) -> None:
        """The line of the day: its date, and how much waits to be sent."""
        self._today.setText(text)

    def failed(self, error: DeskError) -> None:
        """It could not be opened."""
        self._state(is_open=False, failed=True)
        self._title.setText(tr("本窗口没有打开"))
        self.said.tell(error)
        self._again.setFocus()

    def refused(self, error: DeskError) -> None:
        """Not this number and PIN."""
        self.said.tell(error)
        self.may_try_again()

    def may_try_again(self) -> None:
        """There was an answer, or there will be none."""
        if not self._enter.isEnabled():
            self._enter.setEnabled(True)
            self.pin.setFocus()

    def _give(self) -> None:
        number, pin = self.number.value().strip(), self.pin.value()
        if not number or not pin:
            (self.pin if number else self.number).setFocus()
            return
        self._is_early = not self._is_open
        if self._is_early or not self._enter.isEnabled():
            return
        self.said.hide()
        self._enter.setEnabled(False)
        self.given.emit(number, self.pin.taken())

    def _forget(self) -> None:
        self.forgotten.emit(self.number.value().strip())

    def _state(self, *, is_open: bool, failed: bool) -> None:
        self._is_open = is_open
        self.said.hide()
        self._today.setVisible(not failed)
        self._form.setVisible(not failed)
        self._enter.setVisible(not failed)
        self._enter.setEnabled(True)
        self._again.setVisible(failed)
        self._forgot.setVisible(is_open)


def todays_words(house: "House") -> str:
    """The day, and what waits at this window. It reads the store: on a lane."""
    from client.desk.sending import Sending  # noqa: PLC0415 - the desk loads behind the first paint

    counts, day = Sending(house.counter).counts(), house.counter.today()
    said = tr("{day} {weekday} · 待上传 {waiting} 件，平台未接收 {refused} 件").format(
        day=day,
        weekday=WEEKDAYS[day.weekday()],
        waiting=counts.waiting + counts.unknown,
        refused=counts.refused,
    )
    return said + (tr("，暂不上传 {held} 件").format(held=counts.held) if counts.held else "")
