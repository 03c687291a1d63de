"""A line of words that gives way: where there is no room it ends in an ellipsis, and its tip has the whole."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel

from ui.theme.style import set_look

LEAST = 48  # pixels that are always there: a few characters and the ellipsis


class Elided(QLabel):
    """Plain text on one line; it never makes its window wider."""

    def __init__(self, text: str = "", look: str = "") -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        if look:
            set_look(self, look)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        whole = super().minimumSizeHint()
        return QSize(min(LEAST, whole.width()), whole.height())

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        room = self.contentsRect()
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        painter = QPainter(self)
        alignment, palette = int(self.alignment()), self.palette()
        self.style().drawItemText(painter, room, alignment, palette, self.isEnabled(), shown, self.foregroundRole())
        painter.end()
