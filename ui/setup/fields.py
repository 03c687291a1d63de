"""Fields of the set-up pages alone: an address that may be found or typed, and a span of numbers."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSizePolicy, QWidget

from client.text import bracketed, tr
from ui.widgets.arrow import paint_arrow
from ui.widgets.fields import ENTER, TextField, go_on
from ui.widgets.panel import words
from ui.widgets.typed import Typed, folded

SIMULATED = ("simulated", tr("模拟（演练用）"))
NONE = ("", tr("不接"))
LONGEST = 300  # characters of an address
LATIN = Typed(folded, lambda text: folded(text).strip(), latin=True)
_SERIAL = 9  # digits


class Address(QComboBox):
    """One of what was found, or an address as typed. A wheel over it changes nothing."""

    edited = Signal()

    def __init__(self, name: str, kept: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setCompleter(None)  # type: ignore[arg-type] # Qt takes none; its stubs forgot
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, on=False)
        line = self.lineEdit()
        if line is not None:
            line.setMaxLength(LONGEST)
            line.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, on=False)
        self.offer([], kept)
        self.editTextChanged.connect(lambda _text: self.edited.emit())

    def setPlaceholderText(self, text: str) -> None:  # noqa: N802 - Qt's name
        super().setPlaceholderText(text)
        line = self.lineEdit()
        if line is not None:
            line.setPlaceholderText(text)

    def value(self) -> str:
        place = self.findText(self.currentText())
        return str(self.itemData(place)) if place >= 0 else folded(self.currentText()).strip()

    def put(self, value: object) -> None:
        """Have that in it, found or not; nobody hears of an edit."""
        before = self.blockSignals(True)
        place = self.findData(value)
        if place >= 0:
            self.setCurrentIndex(place)
        else:
            self.setEditText(value if isinstance(value, str) else "")
        self.blockSignals(before)

    def offer(self, found: Sequence[tuple[str, str]], kept: str | None = None) -> None:
        """Put up what was found, ours around it; what stands in the field stays."""
        kept = self.value() if kept is None else kept
        before = self.blockSignals(True)
        self.clear()
        for address, label in (NONE, *found, SIMULATED):
            self.addItem(label if address in {"", SIMULATED[0], label} else label + bracketed(address), address)
        self.put(kept)
        self.blockSignals(before)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        super().paintEvent(event)
        paint_arrow(self)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() in ENTER:
            go_on(self)
            return
        super().keyPressEvent(event)


class Serials(QWidget):
    """From the first to the last number."""

    edited = Signal()

    def __init__(self, kept: tuple[int, int] | None) -> None:
        super().__init__()
        self.ends = [TextField(name, most=_SERIAL, typed=LATIN) for name in (tr("起始文书编号"), tr("截止文书编号"))]
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.ends[0], 1)
        row.addWidget(words(tr("至"), "quiet"))
        row.addWidget(self.ends[1], 1)
        for place, end in enumerate(self.ends):
            end.put(str(kept[place]) if kept else "")
            end.edited.connect(self.edited)
        self.setFocusProxy(self.ends[0])

    def value(self) -> str:
        return "-".join(end.value().strip() for end in self.ends)
