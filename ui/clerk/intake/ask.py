"""One word that a verb needs, asked in place: the name of the seal, why a paper is printed again."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.clerk.intake.aside import line
from ui.widgets.fields import ENTER
from ui.widgets.keys import KeyButton
from ui.widgets.panel import words


class Ask(QWidget):
    """A line under the panel; it is there while it asks. Enter answers; `ended` when the keyboard may go on."""

    ended = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._then: Callable[[str], object] = str
        self.field = line("")
        self._name = words("", "quiet")
        self._answer = KeyButton("", "Enter", self._given, heard=False)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._name)
        row.addWidget(self.field, 1)
        row.addWidget(self._answer)
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter is heard here and no further: beyond it is the next citizen."""
        if event.key() in ENTER:
            self._given()
        else:
            super().keyPressEvent(event)

    def ask(self, name: str, verb: str, usual: str, then: Callable[[str], object]) -> None:
        """`then` hears the answer, which is `usual` unless somebody writes another."""
        self._then = then
        self._name.setText(name)
        self._answer.say(verb)
        self.field.setAccessibleName(name)
        self.field.setText(usual)
        self.show()
        self.field.setFocus()
        self.field.selectAll()

    def end(self) -> None:
        """Ask no longer."""
        self.hide()
        self.ended.emit()

    def _given(self) -> None:
        self.end()
        self._then(self.field.text().strip())
