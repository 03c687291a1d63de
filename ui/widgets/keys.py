"""A button that shows its key: the clerk works by keyboard alone, and learns the keys by looking."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from ui.theme.style import set_look


class KeyButton(QPushButton):
    """`look`: main, quiet, verb or "" for an ordinary one. Pressing `key` anywhere in `scope` presses it.

    Without a scope the key is heard in the whole window, while the button is in sight and can be pressed; not
    `heard`, it is only shown, and somebody else listens for it. A button that cannot be pressed stays in sight and
    says why in its own words; it is never a dead one: a key heard in a scope tells `refused`. Enter presses it while
    it has the focus.
    """

    refused = Signal()

    def __init__(
        self,
        text: str,
        key: str,
        act: Callable[[], object],
        *,
        look: str = "",
        scope: QWidget | None = None,
        heard: bool = True,
    ) -> None:
        super().__init__()
        self._words = QLabel(text)
        self._key = QLabel(key.replace("Left", "←").replace("Right", "→").replace("Return", "Enter"))
        self._look = look
        row = self._row = QHBoxLayout(self)
        dense = look == "quiet"  # many of them stand in one column
        row.setContentsMargins(*((8, 3, 6, 3) if dense else (10, 4, 8, 4)))
        row.setSpacing(6 if dense else 8)
        for label in (self._words, self._key):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            row.addWidget(label, alignment=Qt.AlignmentFlag.AlignVCenter)
        set_look(self, look)
        set_look(self._key, "key-main" if look == "main" else "key")
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.say(text)
        self.setAutoDefault(True)
        self.clicked.connect(lambda _checked: act())
        self._key.setVisible(bool(key))
        anywhere, within = Qt.ShortcutContext.WindowShortcut, Qt.ShortcutContext.WidgetWithChildrenShortcut
        if key and heard:
            pressed = QShortcut(QKeySequence(key), scope or self, context=within if scope else anywhere)
            pressed.activated.connect(self.press)
            pressed.activatedAmbiguously.connect(self.press)  # Esc of a page while a notice stands: each in its turn

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """A key that is held presses nothing: an Enter that ran through the fields must not give what ends them."""
        if not event.isAutoRepeat():
            super().keyPressEvent(event)

    def press(self) -> None:
        """What its key does: the act, or the word that it cannot be done; nothing where the button is put away."""
        if self.isHidden():
            return
        if self.isEnabled():
            self.click()
        else:
            self.refused.emit()

    def say(self, text: str) -> None:
        """Change the words; the key stays."""
        self._words.setText(text)
        self.setAccessibleName(text)
        self.setAccessibleDescription(self._key.text())
        self.setMinimumSize(self._row.sizeHint())
