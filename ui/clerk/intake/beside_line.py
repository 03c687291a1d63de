"""The line beneath a field that says what the page says: quiet, and with the piece of the page where the caret is."""

from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from client.text import tr
from ui.theme.style import set_look
from ui.widgets.chips import Tone, shaped
from ui.widgets.keys import KeyButton
from ui.widgets.panel import words

_TALL = 28  # pixels of the cut-out: a line of small print, readable


@dataclass(frozen=True)
class Said:
    """What the page says of a field; `masked` is how it is told while nobody is in it."""

    text: str = field(repr=False)
    masked: str = field(repr=False)
    differs: bool
    cutting: QImage = field(repr=False, compare=False)


class CutOut(QWidget):
    """A picture as wide as there is room, from the left."""

    def __init__(self) -> None:
        super().__init__()
        self.image = QImage()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("扫描件上的这一处"))

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(1, _TALL)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        if self.image.isNull():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        size = self.image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        painter.drawImage(QRect(0, (self.height() - size.height()) // 2, size.width(), size.height()), self.image)
        painter.end()


class BesideLine(QWidget):
    """The words; and beneath them, where the caret is, the cut-out and the key that takes it.

    These two are made when somebody comes there for the first time: a page may have something to say of many fields.
    """

    def __init__(self, make_key: Callable[[], KeyButton]) -> None:
        super().__init__()
        self._make_key = make_key
        self._words = words("", "small", wrap=True)
        self._cutting: CutOut | None = None
        self._key: KeyButton | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 2)
        self._column.setSpacing(2)
        self._column.addWidget(self._words)

    def say(self, said: Said | None, *, inside: bool) -> str:
        """`inside`: the caret is in the field; what is private is clear there, as in the field itself.

        Returns what is told, for whoever cannot see it.
        """
        self.setVisible(said is not None)
        if said is None:
            return ""
        template = tr("与扫描件不同：{text}") if said.differs else tr("扫描件：{text}")
        told = template.format(text=said.text if inside else said.masked)
        self._words.setText(shaped(told, Tone.WARN) if said.differs else told)
        set_look(self._words, "wanting" if said.differs else "small")
        self._show_cutting(said.cutting, inside=inside)
        return told

    def _show_cutting(self, cutting: QImage, *, inside: bool) -> None:
        if self._cutting is None or self._key is None:
            if not inside:
                return
            self._cutting, self._key = CutOut(), self._make_key()
            self._column.addWidget(self._cutting)
            self._column.addWidget(self._key, alignment=Qt.AlignmentFlag.AlignLeft)
        self._cutting.image = cutting
        self._cutting.update()
        for part in (self._cutting, self._key):
            part.setVisible(inside)
