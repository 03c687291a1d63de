"""Signing in: a number and a PIN, two Enters. Behind it the house is opened; what stops that is said here."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFormLayout, QLineEdit, QVBoxLayout, QWidget

from client.errors import DeskError
from client.text import tr
from ui.widgets.keys import KeyButton
from ui.widgets.panel import Panel, words

WIDTH = 380


class SignIn(QWidget):
    """Asks who sits here. `given` carries number and PIN; the PIN leaves the field as it is asked."""

    given = Signal(str, str)
    again = Signal()  # try once more to open the house
    forgotten = Signal(str)  # the PIN of that number

    def __init__(self, hint: str) -> None:
        super().__init__()
        self._panel = Panel()
        self._panel.setMinimumWidth(WIDTH)
        self._title = words(tr("登录"), "large")
        self.number = _field(tr("工号"))
        self.pin = _field(tr("口令"))
        self.pin.setEchoMode(QLineEdit.EchoMode.Password)
        self._said = words("", "", wrap=True)
        self._today = words("", "small", wrap=True)
        self._enter = KeyButton(tr("登录"), "Enter", self._give, look="main", scope=self)
        self._again = KeyButton(tr("再试一次"), "F5", self.again.emit, scope=self)
        self._forgot = KeyButton(tr("忘记口令"), "F1", lambda: self.forgotten.emit(self.number.text()), scope=self)
        form = QFormLayout()
        form.setSpacing(10)
        form.addRow(tr("工号"), self.number)
        form.addRow(tr("口令"), self.pin)
        body = self._panel.body
        body.setSpacing(12)
        body.addWidget(self._title)
        body.addWidget(self._today)
        body.addLayout(form)
        body.addWidget(self._said)
        for button in (self._enter, self._again, self._forgot):
            body.addWidget(button)
        if hint:
            body.addWidget(words(hint, "small", wrap=True))
        outer = QVBoxLayout(self)
        outer.addStretch(2)
        outer.addWidget(self._panel, alignment=Qt.AlignmentFlag.AlignHCenter)
        outer.addStretch(3)
        self.number.returnPressed.connect(self.pin.setFocus)
        self.pin.returnPressed.connect(self._give)
        self.opening()

    def opening(self) -> None:
        """The house is being opened."""
        self._state(tr("正在打开本窗口的数据…"), ready=False, failed=False)

    def ready(self, today: str, number: str = "") -> None:
        """It is open: who sits here? `number` when the same person unlocks."""
        self._state("", ready=True, failed=False)
        self._today.setText(today)
        self._title.setText(tr("窗口已锁定") if number else tr("登录"))
        if number:
            self.number.setText(number)
        (self.pin if number else self.number).setFocus()

    def failed(self, error: DeskError) -> None:
        """It could not be opened."""
        self._state(f"▲ {error.title}\n{error.advice}", ready=False, failed=True)
        self._again.setFocus()

    def refused(self, error: DeskError) -> None:
        """Not this number and PIN."""
        self._said.setText(f"▲ {error.title}\n{error.advice}")
        self._said.show()
        self._enter.setEnabled(True)
        self.pin.setFocus()

    def _give(self) -> None:
        number, pin = self.number.text().strip(), self.pin.text()
        if not self._enter.isEnabled() or not number or not pin:
            return
        self.pin.clear()
        self._enter.setEnabled(False)
        self.given.emit(number, pin)

    def _state(self, said: str, *, ready: bool, failed: bool) -> None:
        self._said.setText(said)
        self._said.setVisible(bool(said))
        self._enter.setEnabled(ready)
        self._again.setVisible(failed)
        self._forgot.setVisible(ready)


def _field(name: str) -> QLineEdit:
    field = QLineEdit()
    field.setAccessibleName(name)
    field.setMaxLength(64)
    field.setInputMethodHints(Qt.InputMethodHint.ImhLatinOnly | Qt.InputMethodHint.ImhSensitiveData)
    field.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, on=False)
    return field
