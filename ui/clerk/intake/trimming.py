"""A page cut by hand: all of it in sight, a frame over it, and the keys of the frame in the place of the others."""

from PySide6.QtCore import QObject, Signal

from client.ports.pages import Part
from client.text import tr
from ui.clerk.intake.frame import TrimFrame
from ui.clerk.intake.preview import Preview
from ui.theme.tokens import Tokens
from ui.widgets.panel import words

HINT = tr("方向键把边往里移，Shift 往外，Ctrl 细移，也可拖动边框；Enter 裁切，Esc 退出")


class Trimming(QObject):
    """`chosen` tells the part to keep; `over` that the frame is gone, whatever became of it."""

    chosen = Signal(object)  # the Part
    over = Signal()

    def __init__(self, preview: Preview, tokens: Tokens) -> None:
        super().__init__(preview)
        self._preview = preview
        self.frame = TrimFrame(preview.viewport(), tokens, lambda: preview.zoom.where)
        self.hint = words(HINT, "quiet", wrap=True)
        self.hint.hide()
        self.frame.given.connect(self._give)
        self.frame.left.connect(self.end)

    @property
    def is_on(self) -> bool:
        return not self.hint.isHidden()

    def begin(self) -> None:
        """All of the page in sight, with a frame around it."""
        self.hint.show()
        self._preview.fit_whole()
        self._preview.zoomed.connect(self.frame.fit)
        self.frame.begin()

    def end(self) -> None:
        """Take the frame away, if it is there; nothing is cut."""
        if self.is_on:
            self.hint.hide()
            self.frame.hide()
            self._preview.zoomed.disconnect(self.frame.fit)
            self._preview.fit_width()
            self.over.emit()

    def _give(self, part: Part) -> None:
        self.end()
        self.chosen.emit(part)
