"""The chosen page, as wide as there is room; what is taller is scrolled."""

from PySide6.QtCore import QRect, Qt, QTimer
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame

from client.desk.sheet import PageSheet
from client.errors import DeskError
from client.text import tr
from ui.clerk.intake.pictures import Pictures, Wish
from ui.seat import Seat
from ui.tasks import SLOW

SETTLED = 120  # milliseconds after the last change of size before the page is drawn anew
TALLEST = 4  # times the width: as tall as a page is drawn


class Preview(QAbstractScrollArea):
    """Keeps the page before in sight, paler, until the one asked for is drawn."""

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self._line, self._ground = QColor(seat.tokens.colour("line")), QColor(seat.tokens.colour("background"))
        self._ink = QColor(seat.tokens.colour("ink_2"))
        self._page: PageSheet | None = None
        self._sheet = 0
        self._image = QImage()
        self._words = ""
        self._pictures = Pictures(seat, 1, self)
        self._pictures.drawn.connect(self._show)
        self._pictures.failed.connect(self._tell)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLED)
        self._settle.timeout.connect(self._ask)
        self._slow = QTimer(self)
        self._slow.setSingleShot(True)
        self._slow.setInterval(SLOW)
        self._slow.timeout.connect(self._say_so)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(tr("页面预览"))
        self.setMinimumHeight(80)

    def show_page(self, page: PageSheet | None, sheet: int = 0) -> None:
        """Show that sheet of the page; nothing when there is none."""
        if _same(page, self._page) and sheet == self._sheet:
            return
        self._page, self._sheet = page, sheet
        self._pictures.forget()
        self.verticalScrollBar().setValue(0)
        if page is None:
            self._put(QImage(), "")
            return
        self._slow.start()
        self._ask()
        self.viewport().update()

    @property
    def image(self) -> QImage:
        """What is in sight; null while nothing is."""
        return self._image

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._measure()
        self._settle.start()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 - Qt's name and arguments
        painter = QPainter(self.viewport())
        area = self.viewport().rect()
        painter.fillRect(area, self._ground)
        if not self._image.isNull():
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            where = QRect(0, -self.verticalScrollBar().value(), area.width(), self._tall(area.width()))
            painter.setOpacity(0.35 if self._words else 1.0)
            painter.drawImage(where, self._image)
            painter.setOpacity(1.0)
        painter.setPen(self._ink)
        wrapped = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(area.adjusted(8, 8, -8, -8), wrapped, self._words)
        painter.setPen(self._line)
        painter.drawRect(area.adjusted(0, 0, -1, -1))
        painter.end()

    def _ask(self) -> None:
        if self._page is None:
            return
        width = round(self.viewport().width() * self.devicePixelRatioF())
        if width > 0:
            self._pictures.want(Wish(self._page, self._sheet, width, TALLEST * width))

    def _show(self, wish: Wish, image: QImage) -> None:
        if _same(wish.page, self._page) and wish.sheet == self._sheet:
            self._put(image, "")

    def _tell(self, wish: Wish, error: DeskError) -> None:
        if _same(wish.page, self._page) and wish.sheet == self._sheet:
            self._put(QImage(), f"{error.title}\n{error.advice}")

    def _say_so(self) -> None:
        self._words = tr("正在显示")
        self.viewport().update()

    def _put(self, image: QImage, said: str) -> None:
        self._slow.stop()
        self._image, self._words = image, said
        self._measure()
        self.viewport().update()

    def _tall(self, width: int) -> int:
        """Height of the page at that width."""
        image = self._image
        return 0 if image.isNull() else round(width * image.height() / image.width())

    def _measure(self) -> None:
        """A bar where the page is too tall without one; asked of the view it would come and go for ever."""
        policy, high = Qt.ScrollBarPolicy, self.viewport().height()
        too_tall = self._tall(self.width()) > high
        self.setVerticalScrollBarPolicy(policy.ScrollBarAlwaysOn if too_tall else policy.ScrollBarAlwaysOff)
        self.verticalScrollBar().setRange(0, max(0, self._tall(self.viewport().width()) - high))
        self.verticalScrollBar().setPageStep(high)
        self.verticalScrollBar().setSingleStep(40)


def _same(one: PageSheet | None, other: PageSheet | None) -> bool:
    """Whether both are one page, wherever it stands among the others."""
    return (one and one.page_id) == (other and other.page_id)
