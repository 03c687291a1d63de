"""Lists of many rows: what is seen is reckoned once a row, away from the screen's thread, and painted by Qt itself.

A chip's ground is the only thing painted here. `data` compares the role as a number first: it is asked a thousand times
a frame (goals.md, P12).
"""

import time
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from ui.theme.tokens import Tokens
from ui.widgets.chips import SHAPES, Tone

Row = TypeVar("Row")
Index = QModelIndex | QPersistentModelIndex

_TEXT = int(Qt.ItemDataRole.DisplayRole)
_TIP = int(Qt.ItemDataRole.ToolTipRole)
_SPOKEN = int(Qt.ItemDataRole.AccessibleTextRole)
_ROW_OVER_BODY = 20  # pixels of air in a row's height
_LEAST_STRETCH = 90  # pixels that are left at least for each column that stretches; with less the list is narrow
_NO_SHAPE = "○"  # of what is neither good nor bad
_FOCUS_BAR = 3  # pixels
_BEFORE = 8  # pixels before a chip, as before the words of a header
_AROUND = 36  # pixels of air beside the words of a cell, and the dots
_DIGIT = 8  # pixels a character of a number takes at the usual type
_MOST_CHIPS = 500  # that are kept drawn
_PAD = 6  # pixels beside a chip's words
_USUAL_BODY = 14  # pixels of the type that widths are told for
_NEAR_THE_END = 12  # rows from the last one when more are asked for
_TO_SEE = 0.4  # seconds a person needs to see that another row is chosen


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """`say` gives the words of a row, `tone` makes a chip of them. `width` in pixels of usual type; 0: what is left.

    `narrow` is its width where the list is narrow, 0: left out there. `tail`: where there is no room the end stays in
    sight, as of a number. A chip without a `shape` says no state: it is a verb.
    """

    title: str
    say: Callable[[Row], str]
    width: int
    tone: Callable[[Row], Tone] | None = None
    tail: bool = False
    narrow: int | None = None
    shape: bool = True


@dataclass(frozen=True, slots=True)
class Line(Generic[Row]):
    """A row as it is shown; made where it was read."""

    key: Hashable
    row: Row
    texts: tuple[str, ...]
    tones: tuple[Tone | None, ...]
    plain: tuple[str, ...]  # without those that are chips: what Qt paints by itself


def line_of(row: Row, key: Hashable, columns: Sequence[Column[Row]]) -> Line[Row]:
    """What the columns say of `row`; harmless on any thread."""
    texts: list[str] = []
    tones: list[Tone | None] = []
    for column in columns:
        text, tone = column.say(row), column.tone(row) if column.tone else None
        marked = tone is not None and text and column.shape
        texts.append(f"{SHAPES[tone] or _NO_SHAPE} {text}" if tone is not None and marked else text)
        tones.append(tone if text else None)
    plain = ["" if column.tone else text for column, text in zip(columns, texts, strict=True)]
    return Line(key, row, tuple(texts), tuple(tones), tuple(plain))


class Lines(QAbstractTableModel, Generic[Row]):
    """The rows of a list, and nothing that is not in memory already."""

    def __init__(self, columns: Sequence[Column[Row]]) -> None:
        super().__init__()
        self.columns = columns
        self.lines: list[Line[Row]] = []
        self.ends: dict[int, int] = {}  # column → how many characters of its end are shown

    def rowCount(self, parent: Index | None = None) -> int:  # noqa: N802 - Qt's name
        return 0 if parent is not None and parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index | None = None) -> int:  # noqa: N802 - Qt's name
        return 0 if parent is not None and parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = _TEXT) -> object:
        if role == _TEXT:
            column = index.column()
            text = self.lines[index.row()].plain[column]
            end = self.ends.get(column)
            return text if end is None or len(text) <= end else f"…{text[-end:]}"
        if role in {_TIP, _SPOKEN}:
            return self.lines[index.row()].texts[index.column()]
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _TEXT) -> object:  # noqa: N802 - Qt's name
        if role == _TEXT and orientation is Qt.Orientation.Horizontal:
            return self.columns[section].title
        return None

    def place(self, key: Hashable) -> int | None:
        """Which row that is; None when it is not here."""
        return next((place for place, line in enumerate(self.lines) if line.key == key), None)

    def append(self, lines: Sequence[Line[Row]]) -> None:
        known = {line.key for line in self.lines}
        new = [line for line in lines if line.key not in known]
        if new:
            self.beginInsertRows(QModelIndex(), len(self.lines), len(self.lines) + len(new) - 1)
            self.lines += new
            self.endInsertRows()

    def replace(self, lines: Sequence[Line[Row]]) -> bool:
        """Show these instead; false when they are the same rows with other words, and nothing moved."""
        if [line.key for line in lines] == [line.key for line in self.lines]:
            for place, line in enumerate(lines):
                if line != self.lines[place]:
                    self.lines[place] = line
                    self.dataChanged.emit(self.index(place, 0), self.index(place, len(self.columns) - 1))
            return False
        self.beginResetModel()
        self.lines = list(lines)
        self.endResetModel()
        return True


class Table(QTableView, Generic[Row]):
    """One row is chosen; Enter opens it. `near_end` asks for more rows while there may be some."""

    chosen = Signal()
    opened = Signal()
    typed = Signal(str)  # what somebody, or a scanner, began to type here
    near_end = Signal()

    def __init__(self, name: str, columns: Sequence[Column[Row]], tokens: Tokens, nothing: str) -> None:
        super().__init__()
        self.lines = Lines(columns)
        self._nothing = nothing
        self._is_read = False  # before that nobody knows whether there is nothing
        self._ink = QColor(tokens.colour("ink_2"))
        self._brand = QColor(tokens.colour("brand"))
        self._told: Hashable = None
        self._took_over = 0.0  # when a row was chosen because the one before it went
        self._scale = tokens.sizes["body"] / _USUAL_BODY
        self.setAccessibleName(name)
        self.setModel(self.lines)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(tokens.sizes["body"] + _ROW_OVER_BODY)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for place, column in enumerate(columns):
            if column.tone is not None:
                self.setItemDelegateForColumn(place, ChipDelegate(tokens, self))
            stretch = QHeaderView.ResizeMode.Stretch if not column.width else QHeaderView.ResizeMode.Fixed
            header.setSectionResizeMode(place, stretch)
        self.activated.connect(lambda _index: self.opened.emit())
        self.selectionModel().currentRowChanged.connect(lambda _now, _before: self._tell())
        self.verticalScrollBar().valueChanged.connect(lambda _value: self._look_ahead())

    @property
    def row(self) -> Row | None:
        """The chosen row."""
        line = self._line()
        return line.row if line else None

    @property
    def meant(self) -> Row | None:
        """The chosen row, for an act upon it; None while a person may still mean one that went a moment ago."""
        return None if time.monotonic() - self._took_over < _TO_SEE else self.row

    def show_lines(self, lines: Sequence[Line[Row]]) -> None:
        """Show these: what was chosen stays chosen and in its place, else the first is."""
        self._is_read = True
        line, scrolled = self._line(), self.verticalScrollBar().value()
        if self.lines.replace(lines):
            kept = self.lines.place(line.key) if line else None
            self.verticalScrollBar().setValue(scrolled if kept is not None else 0)
            if line and kept is None:
                self._took_over = time.monotonic()
            if lines:
                self.setCurrentIndex(self.lines.index(kept or 0, 0))
            self._tell()
        self.viewport().update()
        self._look_ahead()

    def add_lines(self, lines: Sequence[Line[Row]]) -> None:
        """Show these after the others."""
        self.lines.append(lines)
        self._look_ahead()

    def choose(self, key: Hashable) -> bool:
        """Choose that row, if it is here."""
        place = self.lines.place(key)
        if place is not None:
            self._took_over = 0.0
            self.setCurrentIndex(self.lines.index(place, 0))
        return place is not None

    def keyboardSearch(self, search: str) -> None:  # noqa: N802 - Qt's name
        """Looking through a hundred thousand rows is the store's: a page may take it as the beginning of its search."""
        self.typed.emit(search)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        columns = self.lines.columns
        wide = sum(column.width or _LEAST_STRETCH for column in columns) * self._scale <= self.viewport().width()
        for place, column in enumerate(columns):
            width = column.width if wide or column.narrow is None else column.narrow
            if column.tail and width != column.width:
                self.lines.ends[place] = (width - _AROUND) // _DIGIT
            else:
                self.lines.ends.pop(place, None)
            self.setColumnHidden(place, column.width > 0 and not width)
            if width:
                self.setColumnWidth(place, round(width * self._scale))
        super().resizeEvent(event)
        self.scrollTo(self.currentIndex())  # it must not slip out of sight as the rest of the page grows

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        if not self.lines.lines and self._is_read:
            painter.setPen(self._ink)
            flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
            painter.drawText(self.viewport().rect().adjusted(16, 28, -16, -16), int(flags), self._nothing)
        elif self.hasFocus():  # where the keyboard is
            row = self.visualRect(self.currentIndex())
            painter.fillRect(0, row.y(), _FOCUS_BAR, row.height(), self._brand)
        painter.end()

    def _line(self) -> Line[Row] | None:
        place = self.currentIndex().row()
        return self.lines.lines[place] if 0 <= place < len(self.lines.lines) else None

    def _tell(self) -> None:
        line = self._line()
        key = line.key if line else None
        if key != self._told:
            self._told = key
            self.chosen.emit()

    def _look_ahead(self) -> None:
        last = self.rowAt(self.viewport().height() - 1)
        if last < 0 or last >= len(self.lines.lines) - _NEAR_THE_END:
            self.near_end.emit()


class ChipDelegate(QStyledItemDelegate):
    """A word with its shape on the ground of its tone, as `Chip` is."""

    def __init__(self, tokens: Tokens, table: "Table[Row]") -> None:
        super().__init__(table)
        self._table = table
        self._model: Lines[Any] = table.lines
        self._small = tokens.sizes["small"]
        self._high = self._small + 10
        self._drawn: dict[tuple[str, Tone, int, float], QPixmap] = {}
        pairs = {tone: (tone.value, f"{tone.value}_ground") for tone in Tone if tone.value}
        colours = {Tone.PLAIN: ("ink_2", "background"), **pairs}
        self._inks = {tone: QColor(tokens.colour(ink)) for tone, (ink, _) in colours.items()}
        self._grounds = {tone: QColor(tokens.colour(ground)) for tone, (_, ground) in colours.items()}

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)  # the ground of the row; the words are ours
        line, column = self._model.lines[index.row()], index.column()
        tone = line.tones[column]
        if tone is None:
            return
        room: QRect = option.rect  # type: ignore[attr-defined] # Qt's, not in its stubs
        key = line.texts[column], tone, room.width(), self._table.devicePixelRatioF()
        chip = self._drawn.get(key)
        if chip is None:
            chip = self._drawn[key] = self._chip(*key)
        painter.drawPixmap(room.x() + _BEFORE, room.y() + (room.height() - self._high) // 2, chip)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002, N802 - Qt's name
        return QSize(80, self._high)

    def _chip(self, text: str, tone: Tone, width: int, ratio: float) -> QPixmap:
        """Words on their ground; the same few are shown again and again."""
        if len(self._drawn) > _MOST_CHIPS:
            self._drawn.clear()
        font = self._table.font()
        font.setPixelSize(self._small)
        metrics = QFontMetrics(font)
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, width - _BEFORE - 4 - 2 * _PAD)
        size = QSize(metrics.horizontalAdvance(shown) + 2 * _PAD, self._high)
        chip = QPixmap(size * ratio)
        chip.setDevicePixelRatio(ratio)
        chip.fill(Qt.GlobalColor.transparent)
        painter = QPainter(chip)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._grounds[tone])
        painter.drawRoundedRect(QRect(0, 0, size.width(), size.height()), 4, 4)
        painter.setFont(font)
        painter.setPen(self._inks[tone])
        painter.drawText(QRect(0, 0, size.width(), size.height()), int(Qt.AlignmentFlag.AlignCenter), shown)
        painter.end()
        return chip
