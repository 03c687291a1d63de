"""The list of materials: rows painted, not built, so that a case with many is as quick as one with few."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from client.text import tr
from ui.clerk.intake.slot_words import SlotWords
from ui.theme.tokens import Tokens
from ui.widgets.chips import Tone

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()

_EDGE = 6  # pixels at both ends of a row
_SHAPE = 26  # pixels of the column of shapes
_AIR = 6  # above and below the words
_GAP = 12  # between words and chip
_PAD = 6  # within a chip
_NAME_LINES = 2
_SHOWN_AT_LEAST = 1  # rows; the rest is scrolled to


class SlotModel(QAbstractListModel):
    """The rows, in the catalogue's order."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: Sequence[SlotWords] = ()

    def show(self, rows: Sequence[SlotWords]) -> None:
        """Other rows when the materials differ, else the same ones with other words."""
        if [row.key for row in rows] != [row.key for row in self.rows]:
            self.beginResetModel()
            self.rows = tuple(rows)
            self.endResetModel()
            return
        changed = [place for place, row in enumerate(rows) if row != self.rows[place]]
        self.rows = tuple(rows)
        for place in changed:
            self.dataChanged.emit(self.index(place), self.index(place))

    def place_of(self, key: str) -> int:
        """Row of a material; -1 where there is none."""
        return next((place for place, row in enumerate(self.rows) if row.key == key), -1)

    def rowCount(self, parent: _Index = _NOWHERE) -> int:  # noqa: N802 - Qt's name
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return row.spoken
        return row.name if role == Qt.ItemDataRole.ToolTipRole else None


class SlotPainter(QStyledItemDelegate):
    """Shape, name, what is asked, and the state in a chip."""

    def __init__(self, tokens: Tokens, view: QListView, model: SlotModel) -> None:
        super().__init__(view)
        self._tokens = tokens
        self._view = view
        self._model = model
        self._fonts: dict[tuple[str, bool], QFont] = {}
        self._metrics: dict[tuple[str, bool], QFontMetrics] = {}

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: ARG002, N802 - Qt's names
        row = self._model.rows[index.row()]
        width = self._view.viewport().width()
        name = self._name_metrics().boundingRect(
            QRect(0, 0, self._words_width(row, width), 10_000), Qt.TextFlag.TextWordWrap, row.name
        )
        lines = self._name_metrics().lineSpacing()
        high = min(name.height(), _NAME_LINES * lines) + self._small_metrics().lineSpacing() + 2 * _AIR
        return QSize(width, high + 1)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        row = self._model.rows[index.row()]
        area: QRect = option.rect  # type: ignore[attr-defined] # PySide's stub leaves the option's fields out
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined] # same
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        self._ground(painter, area, state, chosen=chosen, last=index.row() == len(self._model.rows) - 1)
        self._shape(painter, area, row)
        self._words(painter, area, row, chosen=chosen)
        self._chip(painter, area, row)
        painter.restore()

    def _ground(self, painter: QPainter, area: QRect, state: QStyle.StateFlag, *, chosen: bool, last: bool) -> None:
        if chosen:
            painter.fillRect(area, self._colour("brand_ground"))
        if not last:
            painter.fillRect(QRect(area.left(), area.bottom(), area.width(), 1), self._colour("line"))
        if chosen and self._view.hasFocus() and state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(self._colour("brand"))
            painter.drawRect(area.adjusted(0, 0, -1, -1))

    def _shape(self, painter: QPainter, area: QRect, row: SlotWords) -> None:
        painter.setPen(self._colour(_ink(row.tone, "good" if row.shape == "✓" else "ink_3")))
        painter.setFont(self._font("mark", bold=True))
        where = QRect(area.left() + _EDGE, area.top(), _SHAPE, area.height())
        painter.drawText(where, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, row.shape)

    def _words(self, painter: QPainter, area: QRect, row: SlotWords, *, chosen: bool) -> None:
        left, width = area.left() + _EDGE + _SHAPE, self._words_width(row, area.width())
        small = self._small_metrics().lineSpacing()
        name = QRect(left, area.top() + _AIR, width, area.height() - 2 * _AIR - small)
        painter.setFont(self._name_font(bold=chosen))
        painter.setPen(self._colour("ink"))
        painter.drawText(name, Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignVCenter, self._shortened(row, width))
        painter.setFont(self._small_font())
        painter.setPen(self._colour("ink_2"))
        asked = self._small_metrics().elidedText(row.asked, Qt.TextElideMode.ElideRight, width)
        painter.drawText(QRect(left, name.bottom() + 1, width, small), Qt.AlignmentFlag.AlignVCenter, asked)

    def _chip(self, painter: QPainter, area: QRect, row: SlotWords) -> None:
        width, high = self._chip_width(row), self._small_metrics().height() + 4
        where = QRect(area.right() - _EDGE - width, area.center().y() - high // 2, width, high)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(self._colour(f"{row.tone}_ground" if row.tone else "background"))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawRoundedRect(where, 4, 4)
        painter.setFont(self._small_font())
        painter.setPen(self._colour(_ink(row.tone, "ink_2")))
        painter.drawText(where, Qt.AlignmentFlag.AlignCenter, row.state)

    def _shortened(self, row: SlotWords, width: int) -> str:
        """A name too long for its lines ends in dots; the details tell it whole."""
        metrics = self._name_metrics()
        return metrics.elidedText(row.name, Qt.TextElideMode.ElideRight, width * _NAME_LINES - 2 * metrics.height())

    def _words_width(self, row: SlotWords, width: int) -> int:
        return max(40, width - 2 * _EDGE - _SHAPE - _GAP - self._chip_width(row))

    def _chip_width(self, row: SlotWords) -> int:
        return self._small_metrics().horizontalAdvance(row.state) + 2 * _PAD

    def _colour(self, name: str) -> QColor:
        return QColor(self._tokens.colour(name))

    def _name_font(self, *, bold: bool) -> QFont:
        return self._font("body", bold=bold)

    def _small_font(self) -> QFont:
        return self._font("small", bold=False)

    def _font(self, size: str, *, bold: bool) -> QFont:
        """Made once: a row asks for its fonts a dozen times."""
        if (size, bold) not in self._fonts:
            font = self._fonts[size, bold] = QFont(self._view.font())
            font.setPixelSize(self._tokens.sizes[size])
            font.setBold(bold)
            self._metrics[size, bold] = QFontMetrics(font)
        return self._fonts[size, bold]

    def _name_metrics(self) -> QFontMetrics:
        self._name_font(bold=True)
        return self._metrics["body", True]

    def _small_metrics(self) -> QFontMetrics:
        self._small_font()
        return self._metrics["small", False]


class SlotList(QListView):
    """As high as its rows where there is room; Up and Down choose."""

    chosen = Signal(str)

    def __init__(self, tokens: Tokens) -> None:
        super().__init__()
        self.rows = SlotModel(self)
        self._offered, self._brand = "", QColor(tokens.colour("brand"))
        self.setModel(self.rows)
        self.setItemDelegate(SlotPainter(tokens, self, self.rows))
        self.setAccessibleName(tr("材料清单"))
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.selectionModel().currentChanged.connect(lambda now, _before: self.chosen.emit(self._key(now)))
        self.rows.modelReset.connect(self.updateGeometry)

    @property
    def key(self) -> str:
        """The chosen material; "" while there is none."""
        return self._key(self.currentIndex())

    def choose(self, key: str) -> None:
        place = self.rows.place_of(key)
        if place >= 0:
            self.setCurrentIndex(self.rows.index(place))

    def under(self, at: QPoint) -> str:
        """The material at a place of the screen; "" where there is none."""
        there = self.viewport().mapFromGlobal(at)
        return self._key(self.indexAt(there)) if self.viewport().rect().contains(there) else ""

    def offer(self, key: str) -> None:
        """Frame a material that what is carried over it may be given to; "" for none."""
        if key != self._offered:
            self._offered = key
            self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        super().paintEvent(event)
        place = self.rows.place_of(self._offered)
        if place >= 0:
            painter = QPainter(self.viewport())
            painter.setPen(QPen(self._brand, 2))
            painter.drawRect(self.visualRect(self.rows.index(place)).adjusted(1, 1, -2, -2))
            painter.end()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(super().sizeHint().width(), self._height(len(self.rows.rows)))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(super().minimumSizeHint().width(), self._height(min(_SHOWN_AT_LEAST, len(self.rows.rows))))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()
            self.updateGeometry()
        self.scrollTo(self.currentIndex())

    def _height(self, rows: int) -> int:
        return sum(self.sizeHintForIndex(self.rows.index(place)).height() for place in range(rows))

    def _key(self, index: QModelIndex) -> str:
        return self.rows.rows[index.row()].key if index.isValid() else ""


def _ink(tone: Tone, plain: str) -> str:
    return tone.value or plain
