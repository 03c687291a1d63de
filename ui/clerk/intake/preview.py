"""The chosen page, as wide as there is room, or larger; what does not fit is scrolled."""

from PySide6.QtCore import QPoint, QPointF, QRectF, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from client.desk.sheet import PageSheet
from client.errors import DeskError
from client.ports.pages import WHOLE
from client.text import tr
from ui.clerk.intake.pictures import Pictures, Wish
from ui.clerk.intake.zoom import FULL_WIDTH, Zoom, rect_of
from ui.seat import Seat
from ui.tasks import SLOW
from ui.widgets.chips import Chip

SETTLED = 120  # milliseconds after the last change of size or place before the page is drawn anew
TALLEST = 4  # times the width: as tall as a page is drawn
_AIR = 6  # pixels between the note and the edges of the view
_STEP = 40  # pixels that an arrow scrolls


class Preview(QAbstractScrollArea):
    """Keeps the page before in sight, paler, until the one asked for is drawn.

    A page that is larger than the view is drawn where it is in sight, never as a whole: until that part is there, the
    whole page of before stands for it, unsharp.
    """

    zoomed = Signal()  # the page stands larger or smaller than before, or another page stands there

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self.setViewport(QWidget())  # ours: of one that C++ made, PySide may know an older one at its address
        self._line, self._ground = QColor(seat.tokens.colour("line")), QColor(seat.tokens.colour("background"))
        self._ink = QColor(seat.tokens.colour("ink_2"))
        self._page: PageSheet | None = None
        self._sheet = 0
        self._scale = FULL_WIDTH
        self._fits = False  # all of the page is to be in sight, whatever size that is
        self._image, self._drawn_wide = QImage(), 0
        self._detail, self._detail_of = QImage(), WHOLE
        self._words = ""
        self._held: QPoint | None = None  # where the mouse took hold of the page
        self._pictures = Pictures(seat, 1, self)
        self._pictures.drawn.connect(self._show)
        self._pictures.failed.connect(self._tell)
        self._settle = _timer(self, SETTLED)
        self._settle.timeout.connect(self._ask)
        self._slow = _timer(self, SLOW)
        self._slow.timeout.connect(self._say_so)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(tr("页面预览"))
        self.setMinimumHeight(80)
        self.note = Chip()  # of the page: it lies on it, in a corner
        self.note.setParent(self)
        self.note.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setCornerWidget(QWidget())  # or the style draws lines between the bars

    def show_page(self, page: PageSheet | None, sheet: int = 0) -> bool:
        """Show that sheet of the page as wide as there is room, nothing when there is none; whether it is another."""
        if _same(page, self._page) and sheet == self._sheet:
            return False
        self._page, self._sheet = page, sheet
        self._pictures.forget()
        self._drawn_wide = 0
        self._stand(Zoom(self._view(), self._tall), fits=False)
        if page is None:
            self._put(QImage(), "")
            return True
        self._slow.start()
        self._ask()
        self.viewport().update()
        return True

    @property
    def image(self) -> QImage:
        """What is in sight; null while nothing is."""
        return self._image

    @property
    def detail(self) -> QImage:
        """What of a page larger than its view was drawn last; null where the whole page is as sharp."""
        return self._detail

    @property
    def zoom(self) -> Zoom:
        """How the page stands in its view now."""
        at = QPointF(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        return Zoom(self._view(), self._tall, self._scale, at)

    def zoom_in(self) -> None:
        """One step larger; the arrows move the page from there."""
        self._zoom_to(self.zoom.larger, self._middle())

    def zoom_out(self) -> None:
        """One step smaller, down to all of the page."""
        self._zoom_to(self.zoom.smaller, self._middle())

    def fit_width(self) -> None:
        """As wide as there is room."""
        self._zoom_to(FULL_WIDTH, self._middle())

    def fit_whole(self) -> None:
        """All of the page in sight."""
        self._zoom_to(self.zoom.whole, self._middle())

    def place_note(self) -> None:
        """Have the note in its corner, as wide as its words and no wider than the page."""
        high = self.note.sizeHint().height()
        wide = min(self.note.sizeHint().width(), self.viewport().width() - 2 * _AIR)
        self.note.setGeometry(_AIR, self.viewport().height() - high - _AIR, wide, high)
        self.note.raise_()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self.place_note()
        if self._fits:
            self._scale = self.zoom.whole
        self._measure()
        self._settle.start()

    def scrollContentsBy(self, dx: int, dy: int) -> None:  # noqa: ARG002, N802 - Qt's name and arguments
        self.viewport().update()
        self._settle.start()

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().wheelEvent(event)
            return
        turned = event.angleDelta().y()
        if turned:
            self._zoom_to(self.zoom.larger if turned > 0 else self.zoom.smaller, event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        if event.button() is Qt.MouseButton.LeftButton and not self._image.isNull():
            self._held = event.position().toPoint()
            self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        if self._held is None:
            return
        now = event.position().toPoint()
        moved, self._held = now - self._held, now
        for bar, by in ((self.horizontalScrollBar(), moved.x()), (self.verticalScrollBar(), moved.y())):
            bar.setValue(bar.value() - by)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: ARG002, N802 - Qt's name and arguments
        self._held = None
        self.viewport().unsetCursor()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 - Qt's name and arguments
        painter = QPainter(self.viewport())
        area = self.viewport().rect()
        painter.fillRect(area, self._ground)
        if not self._image.isNull():
            self._paint_page(painter)
        painter.setPen(self._ink)
        wrapped = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(area.adjusted(8, 8, -8, -8), wrapped, self._words)
        painter.setPen(self._line)
        painter.drawRect(area.adjusted(0, 0, -1, -1))
        painter.end()

    def _paint_page(self, painter: QPainter) -> None:
        zoom, image = self.zoom, self._image
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setOpacity(0.35 if self._words else 1.0)
        seen = zoom.in_sight
        painter.drawImage(rect_of(seen, zoom.where), image, rect_of(seen, QRectF(image.rect())))
        if not self._detail.isNull():
            painter.drawImage(rect_of(self._detail_of, zoom.where), self._detail)
        painter.setOpacity(1.0)

    def _ask(self) -> None:
        """The whole page first; then, where it stands larger than that, what of it is in sight."""
        if self._page is None:
            return
        ratio = self.devicePixelRatioF()
        width = round(self.viewport().width() * ratio)
        if width <= 0:
            return
        if width != self._drawn_wide:
            self._pictures.want(Wish(self._page, self._sheet, width, TALLEST * width))
            return
        zoom = self.zoom
        if zoom.scale <= FULL_WIDTH:
            return
        seen, page = zoom.in_sight, zoom.page * ratio
        room = round(seen.width * page.width()), round(seen.height * page.height())
        self._pictures.want(Wish(self._page, self._sheet, *room, seen))

    def _show(self, wish: Wish, image: QImage) -> None:
        if not self._is_awaited(wish):
            return
        if wish.part == WHOLE:
            self._drawn_wide = wish.width
            self._put(image, "")
            self._settle.start()
        elif self._scale > FULL_WIDTH:
            self._detail, self._detail_of = image, wish.part
            self.viewport().update()

    def _tell(self, wish: Wish, error: DeskError) -> None:
        if self._is_awaited(wish):
            self._put(QImage(), f"{error.title}\n{error.advice}")

    def _is_awaited(self, wish: Wish) -> bool:
        return _same(wish.page, self._page) and wish.sheet == self._sheet

    def _say_so(self) -> None:
        self._words = tr("正在显示")
        self.viewport().update()

    def _put(self, image: QImage, said: str) -> None:
        self._slow.stop()
        self._image, self._words = image, said
        if self._fits:
            self._scale = self.zoom.whole
        self._measure()
        self.viewport().update()

    def _zoom_to(self, scale: float, about: QPointF) -> None:
        if self._image.isNull():
            return
        zoom = self.zoom
        self._stand(zoom.scaled(scale, about), fits=scale == zoom.whole and scale < FULL_WIDTH)
        self._settle.start()

    def _stand(self, zoom: Zoom, *, fits: bool) -> None:
        self._scale, self._fits = zoom.scale, fits
        if zoom.scale <= FULL_WIDTH:
            self._detail = QImage()
        self._measure()
        self.horizontalScrollBar().setValue(round(zoom.at.x()))
        self.verticalScrollBar().setValue(round(zoom.at.y()))
        self.viewport().update()

    def _view(self) -> QSizeF:
        return QSizeF(self.viewport().size())

    def _middle(self) -> QPointF:
        return QPointF(self.viewport().rect().center())

    @property
    def _tall(self) -> float:
        """The page's height to its width."""
        image = self._image
        return 0.0 if image.isNull() else image.height() / image.width()

    def _measure(self) -> None:
        """A bar where the page is too large without one; asked of the view it would come and go for ever."""
        policy = Qt.ScrollBarPolicy
        too_tall = self.width() * self._scale * self._tall > self.height() and not self._fits
        self.setVerticalScrollBarPolicy(policy.ScrollBarAlwaysOn if too_tall else policy.ScrollBarAlwaysOff)
        too_wide = self._scale > FULL_WIDTH
        self.setHorizontalScrollBarPolicy(policy.ScrollBarAlwaysOn if too_wide else policy.ScrollBarAlwaysOff)
        page, view = self.zoom.page.toSize(), self.viewport().size()
        for bar, all_of_it, seen in (
            (self.horizontalScrollBar(), page.width(), view.width()),
            (self.verticalScrollBar(), page.height(), view.height()),
        ):
            bar.setRange(0, max(0, all_of_it - seen))
            bar.setPageStep(seen)
            bar.setSingleStep(_STEP)
        self.zoomed.emit()


def _timer(owner: Preview, milliseconds: int) -> QTimer:
    timer = QTimer(owner)
    timer.setSingleShot(True)
    timer.setInterval(milliseconds)
    return timer


def _same(one: PageSheet | None, other: PageSheet | None) -> bool:
    """Whether both are one page, wherever it stands among the others."""
    return (one and one.page_id) == (other and other.page_id)
