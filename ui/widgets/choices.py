"""Fields for choosing, one of several and several of several: by the keyboard, and nothing opens before them."""

import time
from collections.abc import Sequence
from typing import cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QStyle, QStyleOptionButton, QWidget

from client.text import tr
from ui.theme.style import set_mark
from ui.widgets.arrow import paint_arrow
from ui.widgets.fields import ENTER, LongField, TextField, go_on
from ui.widgets.flow import Flow
from ui.widgets.initials import initials

TO_CHOOSE = tr("请选择")
LEAST = 60  # pixels of a check box that are always there
_PAUSE = 1.0  # seconds after which a letter begins a new search


class Choice(QComboBox):
    """One of several: by arrows, by its number, or by the initials of its pinyin. A wheel over it changes nothing."""

    entered = Signal()
    edited = Signal()
    left = Signal()

    def __init__(self, name: str, options: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._sought, self._sought_at = "", 0.0
        self._initials: list[str] = []
        self.setAccessibleName(name)
        self.setPlaceholderText(TO_CHOOSE)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(2)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, on=False)
        self.activated.connect(lambda _index: self.edited.emit())
        self.currentIndexChanged.connect(self._tell_index)
        self.offer(options)

    def offer(self, options: Sequence[tuple[str, str]]) -> None:
        """Choose among these: values and their words."""
        self._initials = [initials(label) for _, label in options]
        self.clear()
        for value, label in options:
            self.addItem(label, str(value))  # no member of an enum: for one of those Qt's own are all made first
        self.setCurrentIndex(-1)
        self._tell_index(-1)

    def value(self) -> str:
        return str(self.currentData() or "")

    def put(self, value: object) -> None:
        self.setCurrentIndex(self.findData(str(value)) if value else -1)

    def caret(self) -> int:
        return 0

    def set_caret(self, place: int) -> None:
        """There is none."""

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        super().paintEvent(event)
        paint_arrow(self)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        event.ignore()  # the form scrolls; an answer must not change unseen

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.entered.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        letter = event.text()
        if event.key() in ENTER:
            go_on(self)
        elif letter.isascii() and letter.isalnum() and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._choose(self._sought_place(letter.casefold()))
        else:
            super().keyPressEvent(event)

    def _tell_index(self, index: int) -> None:
        set_mark(self, "empty", on=index < 0)
        self.setToolTip(self.currentText())

    def _choose(self, place: int | None) -> None:
        if place is not None and place != self.currentIndex():
            self.setCurrentIndex(place)
            self.edited.emit()

    def _sought_place(self, letter: str) -> int | None:
        if letter.isdigit():
            return int(letter) - 1 if 0 < int(letter) <= self.count() else None
        now = time.monotonic()
        self._sought = letter if now - self._sought_at > _PAUSE else self._sought + letter
        self._sought_at = now
        found = self._after(self._sought, self.currentIndex())
        if found is None:  # the same letter again: the next that begins with it
            self._sought = letter
            found = self._after(letter, self.currentIndex() + 1)
        return found

    def _after(self, sought: str, start: int) -> int | None:
        count = self.count()
        places = ((max(start, 0) + step) % count for step in range(count))
        return next((place for place in places if self._initials[place].startswith(sought)), None)


class _Box(QCheckBox):
    """One of the checks; it tells its group when the keyboard comes and goes. A tick says that it is set."""

    came = Signal()
    went = Signal()
    passed = Signal()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        super().focusInEvent(event)
        self.came.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        super().focusOutEvent(event)
        self.went.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() in ENTER:
            self.passed.emit()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        super().paintEvent(event)
        if self.isChecked():
            option = QStyleOptionButton()
            self.initStyleOption(option)
            place = self.style().subElementRect(QStyle.SubElement.SE_CheckBoxIndicator, option, self)
            painter = QPainter(self)
            painter.setPen(self.palette().highlightedText().color())
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, "✓")
            painter.end()


class Checks(QWidget):
    """Several of several: blank sets and clears, Enter leaves them all behind."""

    entered = Signal()
    edited = Signal()
    left = Signal()

    def __init__(self, name: str, options: Sequence[str]) -> None:
        super().__init__()
        self.setAccessibleName(name)
        row = Flow()
        row.setContentsMargins(0, 5, 0, 5)
        self.setLayout(row)
        self.boxes = [_Box(option) for option in options]
        for box in self.boxes:
            row.add(box)
            box.setObjectName(box.text())
            box.setMinimumWidth(LEAST)  # the form is as narrow as its column
            box.setToolTip(box.text())
            box.setAccessibleDescription(name)
            box.came.connect(self.entered)
            box.went.connect(self.left)
            box.clicked.connect(lambda _checked: self.edited.emit())
            box.passed.connect(lambda: go_on(self.boxes[-1]))

    def value(self) -> list[str]:
        return [box.text() for box in self.boxes if box.isChecked()]

    def put(self, value: object) -> None:
        chosen = cast("list[object]", value) if isinstance(value, list) else []
        for box in self.boxes:
            box.setChecked(box.text() in chosen)

    def caret(self) -> int:
        return next((place for place, box in enumerate(self.boxes) if box.hasFocus()), 0)

    def set_caret(self, place: int) -> None:
        if 0 <= place < len(self.boxes):
            self.boxes[place].setFocus(Qt.FocusReason.OtherFocusReason)


Field = TextField | LongField | Choice | Checks


def stops(field: Field) -> Sequence[QWidget]:
    """The widgets of a field at which Tab stops."""
    return field.boxes if isinstance(field, Checks) else [field]


def focus_on(field: Field) -> None:
    """Give a field the keyboard as Tab would: what stands in it is chosen, to be typed over."""
    stops(field)[0].setFocus(Qt.FocusReason.TabFocusReason)
