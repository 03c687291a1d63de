"""Fields for text: they tell when they are entered, edited and left, mask what is private, and Enter goes on.

`put` shows a value without calling it an edit; `value` is the answer as the form keeps it.
"""

from PySide6.QtCore import QMimeData, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QValidator
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QWidget,
)

from client.text import tr
from ui.theme.style import set_look
from ui.widgets.typed import WORDS, Typed

TO_FILL = tr("待填写")
ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
MOST = 500  # characters of a field whose schema sets no limit
_LINES = 3  # of a long text in sight


def go_on(widget: QWidget) -> None:
    """The keyboard goes to the next field; never to a key, which the next Enter would press."""
    following = widget.nextInFocusChain()
    while following is not None and following is not widget:
        tabbed = following.focusPolicy() & Qt.FocusPolicy.TabFocus and not isinstance(following, QPushButton)
        if tabbed and following.isVisible() and following.isEnabled() and following.focusProxy() is None:
            following.setFocus(Qt.FocusReason.TabFocusReason)
            return
        following = following.nextInFocusChain()


def bring_in_sight(widget: QWidget) -> None:
    """Scroll whatever it stands in, and what that stands in, until it can be seen."""
    around: QWidget | None = widget.parentWidget()
    while around is not None:
        if isinstance(around, QScrollArea):
            around.ensureWidgetVisible(widget, 0, 8)
        around = around.parentWidget()


def clipped(text: str, most: int) -> str:
    """At most that many characters: code points, as JSON Schema counts them."""
    return text if len(text) <= most else text[:most]


class _Tidy(QValidator):
    """Folds while typing, one character for one, and keeps to the length; the caret stays."""

    def __init__(self, typed: Typed, most: int, parent: QObject) -> None:
        super().__init__(parent)
        self._typed = typed
        self._most = most

    def validate(self, text: str, caret: int) -> object:
        tidy = clipped(self._typed.fold(text), self._most)
        return QValidator.State.Acceptable, tidy, min(caret, _units(tidy))


class TextField(QLineEdit):
    """A line of text. What is private is clear while the caret is in it, and masked when it is left."""

    entered = Signal()
    edited = Signal()
    left = Signal()

    def __init__(self, name: str, *, most: int = MOST, typed: Typed = WORDS) -> None:
        super().__init__()
        self._typed = typed
        self._value = ""
        self._inside = False
        self._aside: QLabel | None = None
        self.setAccessibleName(name)
        self.setMaxLength(2 * most)  # Qt counts UTF-16, where 𠮷 is two; the rest is cut by code points
        self._most = most
        self.take_as(typed)
        self.textEdited.connect(self._take)

    def take_as(self, typed: Typed) -> None:
        """Another kind of thing is typed from now on."""
        self._typed = typed
        self.setValidator(_Tidy(typed, self._most, self))
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, on=not typed.latin)
        hint = Qt.InputMethodHint.ImhLatinOnly if typed.latin else Qt.InputMethodHint.ImhNone
        self.setInputMethodHints(hint)
        self._show()

    def value(self) -> str:
        return self._value

    def put(self, value: object) -> None:
        self._value = value if isinstance(value, str) else ""
        self._show()

    def write(self, text: str) -> None:
        """Type `text` over all of it, for whoever is in it; its own Ctrl+Z takes it back."""
        self.selectAll()
        self.insert(text)

    def caret(self) -> int:
        return self.cursorPosition()

    def set_caret(self, place: int) -> None:
        self.setCursorPosition(place)

    def masked(self, text: str) -> str:
        """How `text` stands in it while nobody is there."""
        return text if self._typed.masked is None else self._typed.masked(text)

    def say_aside(self, text: str, look: str = "small") -> None:
        """A word at the field's right end: a unit, or where its value comes from."""
        if text == (self._aside.text() if self._aside is not None else ""):
            return
        if self._aside is None:
            self._aside = QLabel()
            self._aside.setTextFormat(Qt.TextFormat.PlainText)
            self._aside.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            row = QHBoxLayout(self)
            row.setContentsMargins(0, 0, 6, 0)
            row.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)  # the field is as wide as it would be
            row.addWidget(self._aside, alignment=Qt.AlignmentFlag.AlignRight)
        set_look(self._aside, look)
        self._aside.setText(text)
        self._make_room()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        if not self._inside:
            self._inside = True
            self._show()
            self.entered.emit()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        super().focusOutEvent(event)
        if event.reason() == Qt.FocusReason.PopupFocusReason:  # its own menu
            return
        self._inside = False
        meant = self._typed.meant(self._value)
        if meant != self._value:
            self._value = meant
            self.edited.emit()
        self._show()
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() in ENTER:
            go_on(self)
            return
        super().keyPressEvent(event)

    def _take(self, text: str) -> None:
        self._value = text
        self.edited.emit()

    def _make_room(self) -> None:
        """The word aside gives way to the caret: whoever writes wants the whole line."""
        if self._aside is not None:
            seen = bool(self._aside.text()) and not self._inside
            self._aside.setVisible(seen)
            self.setTextMargins(0, 0, self._aside.sizeHint().width() if seen else 0, 0)

    def _show(self) -> None:
        self._make_room()
        shown = self._value if self._inside else self.masked(self._value)
        if shown != self.text():
            place = self.cursorPosition()
            self.setText(shown)
            self.setCursorPosition(place if self._inside else 0)


class LongField(QPlainTextEdit):
    """A text of several lines; Shift+Enter begins a new one."""

    entered = Signal()
    edited = Signal()
    left = Signal()

    def __init__(self, name: str, *, most: int = MOST) -> None:
        super().__init__()
        self._most = most
        self._putting = False
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.setFixedHeight(self.fontMetrics().lineSpacing() * _LINES + 12)
        self.textChanged.connect(self._take)

    def value(self) -> str:
        return self.toPlainText()

    def put(self, value: object) -> None:
        text = value if isinstance(value, str) else ""
        if text != self.toPlainText():
            self._putting = True
            self.setPlainText(text)
            self._putting = False

    def caret(self) -> int:
        return self.textCursor().position()

    def set_caret(self, place: int) -> None:
        cursor = self.textCursor()
        cursor.setPosition(min(place, _units(self.toPlainText())))
        self.setTextCursor(cursor)

    def insertFromMimeData(self, source: QMimeData) -> None:  # noqa: N802 - Qt's name
        """Of a paste only what there is room for: laying out 100,000 characters would stop the window."""
        room = self._most - len(self.toPlainText()) + len(self.textCursor().selectedText())
        self.insertPlainText(clipped(source.text(), max(room, 0)))

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        super().focusInEvent(event)
        self.entered.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() in ENTER and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            go_on(self)
            return
        super().keyPressEvent(event)

    def _take(self) -> None:
        if self._putting:
            return
        text = self.toPlainText()
        if len(text) > self._most:
            place = self.caret()
            self.put(clipped(text, self._most))
            self.set_caret(place)
        self.edited.emit()


def _units(text: str) -> int:
    """How many UTF-16 units Qt counts in it."""
    return len(text) + sum(character > "\uffff" for character in text)
