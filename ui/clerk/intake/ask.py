"""One word that a verb needs, asked in place: the name of the seal, why a paper is printed again."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from client.text import tr
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
        self._usual: Sequence[str] = ("",)
        self._at = 0
        self.field = line("")
        self._name = words("", "quiet")
        self._answer = KeyButton("", "Enter", self._given, heard=False)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self._more = words(tr("↑↓ 常用"), "small")
        row.addWidget(self._name)
        row.addWidget(self.field, 1)
        row.addWidget(self._more)
        row.addWidget(self._answer)
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter is heard here and no further: beyond it is the next citizen. Up and Down bring another usual answer."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        if event.key() in ENTER:
            self._given()
        elif step and self.field.text() in self._usual:  # what somebody wrote stays
            self._put((self._at + step) % len(self._usual))
        else:
            super().keyPressEvent(event)

    def ask(self, name: str, verb: str, usual: Sequence[str], then: Callable[[str], object]) -> None:
        """`then` hears the answer, which is the first of the usual ones unless somebody takes or writes another."""
        self._then, self._usual = then, usual
        self._name.setText(name)
        self._answer.say(verb)
        self._more.setVisible(len(usual) > 1)
        self.field.setAccessibleName(name)
        self.show()
        self._put(0)
        self.field.setFocus()

    def end(self) -> None:
        """Ask no longer."""
        self.hide()
        self.ended.emit()

    def _put(self, place: int) -> None:
        self._at = place
        self.field.setText(self._usual[place])
        self.field.selectAll()

    def _given(self) -> None:
        self.end()
        self._then(self.field.text().strip())
