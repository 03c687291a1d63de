"""A field for a PIN: dots, no input method, and empty as soon as it was asked."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit

from ui.widgets.fields import ENTER, TextField
from ui.widgets.typed import Typed, as_it_is, folded

LONGEST = 64  # characters of a number or a PIN
_AS_TYPED = Typed(as_it_is, as_it_is, latin=True)
STAFF_NO = Typed(folded, lambda text: folded(text).strip(), latin=True)
"""How a 工号 is typed."""


class SecretField(TextField):
    """`done` is what Enter does; without it the keyboard goes to the next field."""

    def __init__(self, name: str, done: Callable[[], object] | None = None) -> None:
        super().__init__(name, most=LONGEST, typed=_AS_TYPED)
        self._done = done
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setInputMethodHints(Qt.InputMethodHint.ImhLatinOnly | Qt.InputMethodHint.ImhSensitiveData)

    def taken(self) -> str:
        """What was typed; the field is empty afterwards."""
        typed = self.value()
        self.put("")
        return typed

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        super().focusInEvent(event)
        self.selectAll()  # nobody mends what they cannot see: typing begins anew

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() in ENTER and self._done is not None:
            self._done()
            return
        super().keyPressEvent(event)
