"""双人复核: a second person gives a PIN here, beside the first one, for what nobody may do alone."""

from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QFormLayout, QFrame, QHBoxLayout, QVBoxLayout

from client.text import tr
from ui.seat import Seat
from ui.widgets.fields import TextField
from ui.widgets.keys import KeyButton
from ui.widgets.panel import words
from ui.widgets.secrets import LONGEST, STAFF_NO, SecretField

REASON = 200  # characters


@dataclass(frozen=True, slots=True)
class Seconded:
    """What was given: why, and who stands beside."""

    reason: str
    staff_no: str
    pin: str = field(repr=False)


def second_fields(done: Callable[[], object]) -> tuple[TextField, SecretField]:
    """Number and PIN of whoever stands beside; `done` is what Enter does behind the PIN."""
    number = TextField(tr("复核人工号"), most=LONGEST, typed=STAFF_NO)
    return number, SecretField(tr("复核人口令"), done)


class SecondPerson(QFrame):
    """Fields in the panel, there while they ask: nothing modal. `then` hears what was given, all of it."""

    ended = Signal()  # it asks no longer

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self.setProperty("look", "notice-warn")
        self._then: Callable[[Seconded], object] = repr
        self._title = words("", "strong", wrap=True)
        self.reason = TextField(tr("原因"), most=REASON)
        self.number, self.pin = second_fields(self._give)
        self._answer = KeyButton("", "Enter", self._give, look="main", heard=False)
        self._back = KeyButton(tr("不作废"), seat.keys["dismiss"], self.hide, look="quiet", heard=False)
        form = QFormLayout()
        form.setSpacing(6)
        for name, entry in ((tr("原因"), self.reason), (tr("复核人工号"), self.number), (tr("口令"), self.pin)):
            form.addRow(words(name, "small"), entry)
        buttons = QHBoxLayout()
        buttons.addWidget(self._back)
        buttons.addStretch(1)
        buttons.addWidget(self._answer)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(6)
        column.addWidget(self._title)
        column.addLayout(form)
        column.addLayout(buttons)
        self.hide()

    def ask(self, title: str, verb: str, then: Callable[[Seconded], object]) -> None:
        self._then = then
        self._title.setText(title)
        self._answer.say(verb)
        self.setAccessibleName(title)
        for entry in (self.reason, self.number, self.pin):
            entry.put("")
        self.show()
        self.reason.setFocus()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        self.pin.put("")  # whoever typed it walks away
        self.ended.emit()
        super().hideEvent(event)

    def refused(self) -> None:
        """Not this number and PIN, or not this act: it may be tried again."""
        self.pin.setFocus()

    def _give(self) -> None:
        missing = next((entry for entry in (self.reason, self.number, self.pin) if not entry.value().strip()), None)
        if missing is not None:
            missing.setFocus()
            return
        self._then(Seconded(self.reason.value().strip(), self.number.value().strip(), self.pin.taken()))
