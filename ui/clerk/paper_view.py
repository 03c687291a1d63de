"""A paper as it was printed, large enough to read, in the place of the list."""

from collections.abc import Callable
from functools import partial
from typing import Protocol

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPixmap, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QScrollArea

from client.desk.paperwork import Paperwork
from client.errors import DeskError
from client.lanes import Lane
from client.ports.pages import Picture
from client.text import apart, tr
from ui.seat import Seat
from ui.widgets.elided import Elided
from ui.widgets.flow import Flow
from ui.widgets.image import image_of
from ui.widgets.keys import KeyButton
from ui.widgets.panel import Panel, words

PDF = "application/pdf"
TALLEST = 4  # times the width
SETTLED = 150  # milliseconds after the last change of size before it is drawn anew


class Leaf(Protocol):
    """What is shown of: a paper, and which of its prints."""

    @property
    def paper_id(self) -> int: ...
    @property
    def words(self) -> str: ...
    @property
    def number(self) -> str | None: ...
    @property
    def reprints(self) -> int: ...


class PaperView(Panel):
    """Its newest print, a sheet at a time, drawn off the screen's thread.

    `leaves`: it stands in for a list. `narrow`: its keys stand below the page, for there is no room beside the name.
    `lane`: where it is drawn, unless among the pictures.
    """

    leave = Signal()

    def __init__(self, seat: Seat, *, leaves: bool = True, narrow: bool = False, lane: Lane | None = None) -> None:
        super().__init__(tr("文书"))
        self._seat = seat
        self._lane = lane or seat.lanes.looks
        self.title.hide()
        self.name = Elided(tr("文书"), "title")
        self._content: Callable[[], bytes] | None = None
        self._sheet = 0
        self._told = words("", "quiet", wrap=True)
        self._picture = QLabel()
        self._picture.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)  # it is drawn as wide as this
        self._scroll.setWidget(self._picture)
        self._scroll.setAccessibleName(tr("文书页面"))
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLED)
        self._settle.timeout.connect(self._draw)
        self._before = KeyButton(tr("上一页"), seat.keys["sheet_before"], partial(self._turn, -1), look="quiet")
        self._after = KeyButton(tr("下一页"), seat.keys["sheet_after"], partial(self._turn, 1), look="quiet")
        back = KeyButton(tr("返回列表"), seat.keys["dismiss"], self.leave.emit, look="quiet", heard=False)
        self.header.addWidget(self.name, 1)
        keys = Flow()
        add = keys.add if narrow else self.header.addWidget
        for button in (self._before, self._after, back):
            add(button)
        back.setVisible(leaves)
        self.body.addWidget(self._told)
        self.body.addWidget(self._scroll, 1)
        if narrow:
            self.body.addLayout(keys)

    def show_paper(self, paper: Leaf) -> None:
        counter = self._seat.house.counter
        self.name.setText(f"{paper.words} {paper.number or ''}".strip())
        self.show_pages(lambda: Paperwork(counter).page(paper.paper_id, paper.reprints))

    def show_pages(self, content: Callable[[], bytes]) -> None:
        """The first sheet of a PDF; `content` is asked on its lane, at each drawing anew."""
        self._content, self._sheet = content, 0
        self._turns(there=True)
        self._put(None, tr("正在显示"))
        self._draw()

    def say(self, told: str) -> None:
        """This, and no page."""
        self._content = None
        self._turns(there=False)
        self._put(None, told)

    def say_error(self, error: DeskError) -> None:
        """Why there is no page, and what to do now."""
        self.say(_said(error))

    def _turns(self, *, there: bool) -> None:
        self._before.setVisible(there)
        self._after.setVisible(there)

    def begin(self) -> None:
        """Take the keyboard: the arrows scroll."""
        self._scroll.setFocus()

    @property
    def picture(self) -> QPixmap:
        """What is in sight; null while nothing is."""
        return self._picture.pixmap()

    @property
    def told(self) -> str:
        return self._told.text()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        super().showEvent(event)
        if self.picture.isNull():  # what is out of sight is not drawn
            self._draw()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._settle.start()

    def _turn(self, by: int) -> None:
        self._sheet = max(self._sheet + by, 0)
        self._draw()

    def _draw(self) -> None:
        content, sheet = self._content, self._sheet
        if content is None or not self.isVisible():
            return
        ratio = self.devicePixelRatioF()
        width = round((self._scroll.viewport().width() - 4) * ratio)
        paint = self._seat.hands.paint

        def work() -> Picture:
            return paint(content(), PDF, width, TALLEST * width, sheet)

        def drawn(picture: Picture) -> None:
            if (content, sheet) == (self._content, self._sheet):
                image = image_of(picture)
                image.setDevicePixelRatio(ratio)
                self._put(image, "")

        def failed(error: DeskError) -> None:
            if content is not self._content:
                return
            if sheet:  # there is no such sheet: the one before was the last
                self._sheet = sheet - 1
                self._told.setText(tr("已是最后一页"))
            else:
                self._put(None, _said(error))

        self._seat.tasks.run(self._lane, work, drawn, failed, owner=self)

    def _put(self, image: QImage | None, told: str) -> None:
        self._picture.setPixmap(QPixmap.fromImage(image) if image is not None else QPixmap(QSize()))
        self._told.setText(told)
        self._told.setVisible(bool(told))


def _said(error: DeskError) -> str:
    return "▲ " + apart((error.title, error.advice))
