"""The pages of a material, small: only those in sight are decoded, and only some are remembered."""

from collections import OrderedDict
from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QMargins, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from client.desk.sheet import PageSheet
from client.text import bracketed, tr
from ui.clerk.intake.page_drag import PageDrag
from ui.clerk.intake.page_looks import looks_words, wants_a_look
from ui.clerk.intake.pictures import Pictures, Wish
from ui.seat import Seat
from ui.widgets.chips import Tone, shaped

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()

CELL = QSize(83, 88)  # three beside each other at 1366×768, a scroll bar included
REMEMBERED = 120  # thumbnails; some 3 MB
WISHES = 24  # as many as the grid can show at once
_AIR = 4


class PageModel(QAbstractListModel):
    """The pages in their order."""

    def __init__(self, parent: QListView) -> None:
        super().__init__(parent)
        self.pages: Sequence[PageSheet] = ()

    def show(self, pages: Sequence[PageSheet]) -> None:
        """Pages that only come behind are added; any other change is a new list."""
        before = len(self.pages)
        if tuple(pages[:before]) == tuple(self.pages):
            if len(pages) > before:
                self.beginInsertRows(QModelIndex(), before, len(pages) - 1)
                self.pages = tuple(pages)
                self.endInsertRows()
            return
        self.beginResetModel()
        self.pages = tuple(pages)
        self.endResetModel()

    def rowCount(self, parent: _Index = _NOWHERE) -> int:  # noqa: N802 - Qt's name
        return 0 if parent.isValid() else len(self.pages)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return page_words(index.row(), self.pages[index.row()])
        return None


class Thumbnails(QListView):
    """The arrows choose a page."""

    chosen = Signal(int)  # its place; -1 when there is none

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self.setViewport(QWidget())  # ours: of one that C++ made, PySide may know an older one at its address
        self.pages = PageModel(self)
        self._pictures = Pictures(seat, WISHES, self)
        self._pictures.drawn.connect(self._remember)
        self._known: OrderedDict[int, QPixmap] = OrderedDict()
        self.setModel(self.pages)
        self.setItemDelegate(_ThumbnailPainter(seat, self))
        self.setAccessibleName(tr("各页缩略图"))
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMinimumHeight(CELL.height() + 2)
        self.movable = False  # whether pages may be put elsewhere
        self.drag = PageDrag(self, CELL, seat.tokens.colour("brand"), lambda: self.movable)
        self.selectionModel().currentChanged.connect(lambda now, _before: self.chosen.emit(now.row()))

    @property
    def remembered(self) -> int:
        """How many thumbnails are in memory."""
        return len(self._known)

    def show_pages(self, pages: Sequence[PageSheet], chosen: int) -> None:
        """Show these, with the one at `chosen` chosen (-1: none)."""
        self.pages.show(pages)
        if chosen != self.currentIndex().row():
            self.setCurrentIndex(self.pages.index(chosen) if chosen >= 0 else QModelIndex())
        if not pages:
            self._pictures.forget()

    def picture(self, page: PageSheet) -> QPixmap | None:
        """The thumbnail of a page; asked for in vain it comes later."""
        found = self._known.get(page.page_id)
        if found is not None:
            self._known.move_to_end(page.page_id)
            return found
        scale = self.devicePixelRatioF()
        size = CELL.shrunkBy(_margins())
        self._pictures.want(Wish(page, 0, round(size.width() * scale), round(size.height() * scale)))
        return None

    def _remember(self, wish: Wish, image: QImage) -> None:
        picture = QPixmap.fromImage(image)
        picture.setDevicePixelRatio(self.devicePixelRatioF())
        self._known[wish.page.page_id] = picture
        while len(self._known) > REMEMBERED:
            self._known.popitem(last=False)
        self.viewport().update()


class _ThumbnailPainter(QStyledItemDelegate):
    """A sheet of paper with its number; the chosen one in a frame."""

    def __init__(self, seat: Seat, view: Thumbnails) -> None:
        super().__init__(view)
        self._view = view
        self._tokens = seat.tokens

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: ARG002, N802 - Qt's name and arguments
        return CELL

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        cell: QRect = option.rect  # type: ignore[attr-defined] # PySide's stub leaves the option's fields out
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined] # same
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        sheet = cell.marginsRemoved(_margins())
        painter.save()
        painter.fillRect(sheet, self._colour("background"))
        picture = self._view.picture(self._view.pages.pages[index.row()])
        if picture is not None:
            painter.drawPixmap(_centred(picture, sheet), picture)
        page = self._view.pages.pages[index.row()]
        self._number(painter, sheet, f"{index.row() + 1}", warns=wants_a_look(page.looks))
        painter.setPen(QPen(self._colour("brand" if chosen else "line"), 2 if chosen else 1))
        painter.drawRect(sheet.adjusted(0, 0, -1, -1))
        painter.restore()

    def _number(self, painter: QPainter, sheet: QRect, number: str, *, warns: bool) -> None:
        """The number of the page; with a triangle and on the colour of a warning where somebody should look at it."""
        number = shaped(number, Tone.WARN) if warns else number
        font = self._view.font()
        font.setPixelSize(self._tokens.sizes["small"])
        painter.setFont(font)
        width = painter.fontMetrics().horizontalAdvance(number) + 2 * _AIR
        where = QRect(sheet.right() - width, sheet.bottom() - 16, width, 16)
        painter.fillRect(where, self._colour("warn_ground" if warns else "panel"))
        painter.setPen(self._colour("warn" if warns else "ink_2"))
        painter.drawText(where, Qt.AlignmentFlag.AlignCenter, number)

    def _colour(self, name: str) -> QColor:
        return QColor(self._tokens.colour(name))


def page_words(place: int, page: PageSheet) -> str:
    """How a page is called: 第 3 页, and of how many sheets it is when it is a file of several."""
    said = tr("第 {number} 页").format(number=place + 1) + bracketed(looks_words(page.looks)[0])
    return said if page.sheets == 1 else tr("{said}（{sheets} 张）").format(said=said, sheets=page.sheets)


def _margins() -> QMargins:
    return QMargins(_AIR, _AIR, _AIR, _AIR)


def _centred(picture: QPixmap, within: QRect) -> QRect:
    size = picture.deviceIndependentSize().toSize()
    where = QRect(within.topLeft(), size)
    where.moveCenter(within.center())
    return where
