"""The field in which an item is sought, and what was found beneath it: no window opens, the input method goes on."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from client.rules.items import Item
from client.text import tr
from ui.widgets.fields import ENTER, TextField

MOST = 50  # found items in the list; whoever sees so many types on
IN_SIGHT = 5

_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: IN_SIGHT, Qt.Key.Key_PageUp: -IN_SIGHT}


class _SoughtField(TextField):
    """Arrows walk through the list below while the caret stays."""

    walked = Signal(int)
    taken = Signal()
    given_up = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        step = _STEPS.get(Qt.Key(event.key()))
        if step is not None:
            self.walked.emit(step)
        elif event.key() in ENTER:
            self.taken.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        else:
            super().keyPressEvent(event)


class Search(QWidget):
    """`sought` asks for items by words, `show_found` answers, `chosen` tells which one was taken."""

    sought = Signal(str)
    chosen = Signal(object)
    passed = Signal()  # Enter with nothing to take

    def __init__(self) -> None:
        super().__init__()
        self.field = _SoughtField(tr("查找事项"))
        self.field.setPlaceholderText(tr("名称、拼音首字母或编码"))
        self.list = QListWidget()
        self.list.setAccessibleName(tr("找到的事项"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.field)
        column.addWidget(self.list)
        self._items: Sequence[Item] = ()
        self._answer_owed = False  # what is listed answers older words
        self._take_then = False  # Enter came before the answer did
        self.field.edited.connect(self.seek)
        self.field.left.connect(self._left)
        self.field.walked.connect(self._walk)
        self.field.taken.connect(self._take)
        self.field.given_up.connect(self.list.hide)
        self.list.itemClicked.connect(lambda _item: self._take())

    def begin(self) -> None:
        """Give the field the keyboard; what was typed before is typed over."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def go_on(self, sought: str) -> None:
        """Have that typed again, the caret behind it."""
        self.field.put(sought)
        self.field.set_caret(len(sought))
        if sought:
            self.seek()

    def seek(self) -> None:
        """Ask what fits the words that stand here."""
        self._answer_owed = True
        self.sought.emit(self.field.value())

    def show_found(self, sought: str, items: Sequence[Item]) -> None:
        """What fits `sought`; shown while the caret is here. An answer to older words is dropped."""
        if sought != self.field.value():
            return
        self._answer_owed = False
        self._items = items[:MOST]
        self.list.clear()
        for item in self._items:
            row = QListWidgetItem(f"{item.name}  {item.organ.name}")
            row.setToolTip(f"{item.name}\n{item.organ.name} {item.task_handle_item}")
            self.list.addItem(row)
        if not self._items:
            nothing = QListWidgetItem(tr("没有找到这样的事项"))
            nothing.setFlags(Qt.ItemFlag.NoItemFlags)
            self.list.addItem(nothing)
        self.list.setCurrentRow(0)
        rows = min(self.list.count(), IN_SIGHT)
        self.list.setFixedHeight(rows * max(self.list.sizeHintForRow(0), self.field.sizeHint().height()) + 4)
        self.list.setVisible(self.field.hasFocus())
        if self._take_then:
            self._take()

    def _left(self) -> None:
        self._take_then = False
        self.list.hide()

    def _walk(self, step: int) -> None:
        if self.list.isHidden():
            self.seek()
            return
        self.list.setCurrentRow(max(0, min(self.list.count() - 1, self.list.currentRow() + step)))

    def _take(self) -> None:
        self._take_then = self._answer_owed
        if self._take_then:
            return
        place = self.list.currentRow()
        if self.list.isHidden() or not 0 <= place < len(self._items):
            self.passed.emit()
            return
        self.list.hide()
        self.field.put("")
        self.chosen.emit(self._items[place])
