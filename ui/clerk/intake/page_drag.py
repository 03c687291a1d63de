"""A page taken by the mouse: put between others of its material, or carried out of them to another."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPalette
from PySide6.QtWidgets import QApplication, QFrame, QListView

_BAR = 3  # pixels of the bar that stands where the page would come
_EDGE, _SCROLL, _STEP = 18, 40, 12  # pixels from the edge of the view; milliseconds; pixels of each of these


class PageDrag(QObject):
    """Over a grid of pages of `cell` size, while `may()`. The keyboard has keys for the same; Esc lets go.

    `put` tells the place (from 0) of the page in its new order; `over` and `carried` a place of the screen outside the
    grid, on the way and at the end; `ended` that nothing is on the way any more.
    """

    put = Signal(int)
    over = Signal(QPoint)
    carried = Signal(QPoint)
    ended = Signal()

    def __init__(self, view: QListView, cell: QSize, colour: str, may: Callable[[], bool]) -> None:
        super().__init__(view)
        self._view, self._cell, self._may = view, cell, may
        self._from: QPoint | None = None  # where the button went down on a page
        self._row = -1
        self._at = QPoint()
        self.is_on = False
        self._bar = QFrame(view.viewport())
        palette = self._bar.palette()
        palette.setColor(QPalette.ColorRole.Window, QColor(colour))
        self._bar.setPalette(palette)
        self._bar.setAutoFillBackground(True)
        self._bar.hide()
        self._scroll = QTimer(self)
        self._scroll.setInterval(_SCROLL)
        self._scroll.timeout.connect(self._go_on_scrolling)
        view.viewport().installEventFilter(self)
        view.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002, N802 - Qt's name and arguments
        """What moves with the button down is ours: the view would choose every page on the way."""
        if isinstance(event, QMouseEvent):
            return self._heed_mouse(event)
        if self.is_on and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()
            self._let_go()
            return True
        return False

    def _heed_mouse(self, event: QMouseEvent) -> bool:
        at = event.position().toPoint()
        match event.type():
            case QEvent.Type.MouseButtonPress if event.button() is Qt.MouseButton.LeftButton and self._may():
                index = self._view.indexAt(at)
                self._from, self._row = (at, index.row()) if index.isValid() else (None, -1)
            case QEvent.Type.MouseMove if self._from is not None:
                if self.is_on or (at - self._from).manhattanLength() >= QApplication.startDragDistance():
                    self._move(at)
                return True
            case QEvent.Type.MouseButtonRelease if self._from is not None:
                self._drop(at)
        return False

    def _move(self, at: QPoint) -> None:
        self.is_on, self._at = True, at
        self._view.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
        inside = self._view.viewport().rect().contains(at)
        self._bar.setVisible(inside)
        if inside:
            self._bar.setGeometry(*self._bar_at(at))
            self._scroll.start()
        else:
            self._scroll.stop()
        self.over.emit(self._view.viewport().mapToGlobal(at))

    def _drop(self, at: QPoint) -> None:
        was_on, row = self.is_on, self._row
        self._let_go()
        if not was_on:
            return
        if not self._view.viewport().rect().contains(at):
            self.carried.emit(self._view.viewport().mapToGlobal(at))
            return
        gap, _, _ = self._gap_at(at)
        place = gap if gap <= row else gap - 1  # without the page itself, those behind it stand one further up
        if place != row:
            self.put.emit(place)

    def _let_go(self) -> None:
        self._from, self.is_on = None, False
        self._bar.hide()
        self._scroll.stop()
        self._view.viewport().unsetCursor()
        self.ended.emit()

    def _go_on_scrolling(self) -> None:
        """Near an edge, the pages beyond it come in sight."""
        high, bar = self._view.viewport().height(), self._view.verticalScrollBar()
        if self._at.y() < _EDGE:
            bar.setValue(bar.value() - _STEP)
        elif self._at.y() > high - _EDGE:
            bar.setValue(bar.value() + _STEP)
        self._bar.setGeometry(*self._bar_at(self._at))

    def _gap_at(self, at: QPoint) -> tuple[int, int, int]:
        """Of the gap nearest to a place: how many pages stand before it, in which line, and how many of them there."""
        first, count = self._first(), self._view.model().rowCount()
        across = max(1, self._view.viewport().width() // self._cell.width())
        line = max(0, (at.y() - first.y()) // self._cell.height())
        before = min(across, max(0, round((at.x() - first.x()) / self._cell.width())))
        gap = line * across + before
        return (gap, line, before) if gap <= count else (count, *divmod(count, across))

    def _bar_at(self, at: QPoint) -> tuple[int, int, int, int]:
        _, line, before = self._gap_at(at)
        left, top = before * self._cell.width() - _BAR // 2, line * self._cell.height()
        return max(0, self._first().x() + left), self._first().y() + top, _BAR, self._cell.height()

    def _first(self) -> QPoint:
        """Where the first page stands, in sight or not."""
        return self._view.visualRect(self._view.model().index(0, 0)).topLeft()
