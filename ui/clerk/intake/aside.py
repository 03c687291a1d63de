"""What stands in the middle instead of the materials: entered by a key, filled in, given, or left by Esc."""

from collections.abc import Mapping
from itertools import pairwise
from types import MappingProxyType

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QRadioButton, QScrollArea, QVBoxLayout, QWidget

from client.text import tr
from ui.seat import Seat
from ui.widgets.fields import ENTER, LongField
from ui.widgets.folded import FoldedRadio
from ui.widgets.keys import KeyButton
from ui.widgets.panel import Panel, rule, words

LINE = 200  # characters of a line a person writes
LONGEST = 1_000  # of a text; the catalogue's own texts are as long
NAME_WIDTH = 108
_STEPS: Mapping[Qt.Key, int] = MappingProxyType(
    {Qt.Key.Key_Up: -1, Qt.Key.Key_Left: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Right: 1}
)


class Aside(Panel):
    """Its parts go into `rows`, which scroll; what gives it stands in `foot`, always in sight."""

    leave = Signal()
    given = Signal(object)  # the Deed

    def __init__(self, seat: Seat, title: str, back: str) -> None:
        super().__init__(title)
        self.seat = seat
        self._esc = QKeySequence(seat.keys["dismiss"])
        self.back = KeyButton(back, seat.keys["dismiss"], self.leave.emit, look="quiet", heard=False)
        self.header.addStretch(1)
        self.header.addWidget(self.back)
        inside = QWidget()
        self.rows = QVBoxLayout(inside)
        self.rows.setContentsMargins(0, 4, 6, 4)
        self.rows.setSpacing(8)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(inside)
        self.foot = QHBoxLayout()
        self.foot.setSpacing(10)
        self.body.addWidget(rule())
        self.body.addWidget(self._area, 1)
        self.body.addLayout(self.foot)

    def give(self) -> None:
        """Its act, by its key or by Enter at its end."""

    def begin(self) -> None:
        """Take the keyboard."""

    def typed(self) -> Mapping[str, object]:
        """What is half typed here, as JSON holds it; no PIN."""
        return {}

    def take(self, typed: Mapping[str, object]) -> None:
        """Have that typed again."""

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._leaves(event):
            event.accept()  # its own key in here, whoever else listens for it
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if self._leaves(event):
            self.leave.emit()
        elif event.key() in ENTER:
            if not event.isAutoRepeat():
                self._next_field()
        else:
            super().keyPressEvent(event)

    def _leaves(self, event: QKeyEvent) -> bool:
        return QKeySequence(event.keyCombination()) == self._esc

    def _next_field(self) -> None:
        """Enter: choose what is chosen by it, and go on."""
        field: QWidget | None = self.focusWidget()
        if isinstance(field, QRadioButton):
            field.setChecked(True)
        self.focusNextChild()
        where: QWidget | None = self.focusWidget()
        if where is not None and self._area.isAncestorOf(where):
            self._area.ensureWidgetVisible(where)


class Radio(FoldedRadio):
    """One of several, wherever they stand: Down and Right choose the next, Up and Left the one before."""

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        step, group = _STEPS.get(Qt.Key(event.key()), 0), self.group()
        if not step or group is None:
            super().keyPressEvent(event)
            return
        others = [button for button in group.buttons() if not button.isHidden()]
        place = others.index(self) + step
        if 0 <= place < len(others):
            others[place].setFocus(Qt.FocusReason.TabFocusReason)
            others[place].setChecked(True)


class Text(LongField):
    """A few lines a person writes. Shift+Enter is a new line; Enter is the panel's, which may lead to its key."""

    def __init__(self, name: str) -> None:
        super().__init__(name, most=LONGEST)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() in ENTER and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            event.ignore()
            return
        super().keyPressEvent(event)


def line(name: str, text: str = "", hint: str = "") -> QLineEdit:
    """A line a person writes."""
    field = QLineEdit(text)
    field.setAccessibleName(name)
    field.setMaxLength(LINE)
    field.setPlaceholderText(hint)
    field.setCursorPosition(0)
    return field


def named(name: str, field: QWidget) -> QWidget:
    """A field with its name before it."""
    row = QWidget()
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(8)
    label = words(name, "quiet")
    label.setFixedWidth(NAME_WIDTH)
    label.setBuddy(field)
    many = isinstance(field, QPlainTextEdit)
    layout.addWidget(label, alignment=Qt.AlignmentFlag.AlignTop if many else Qt.AlignmentFlag.AlignVCenter)
    layout.addWidget(field, 1)
    row.setFocusProxy(field)
    return row


def texts(typed: Mapping[str, object]) -> dict[str, str]:
    """The texts among what was kept; of anything else nothing is taken."""
    return {key: value for key, value in typed.items() if isinstance(value, str)}


def chain(*stops: QWidget) -> None:
    """Let Tab and Enter go from each to the next: what is made later would else come last on the page."""
    for one, other in pairwise(stops):
        QWidget.setTabOrder(one, other)


BACK_TO_MATERIALS = tr("返回材料")
