"""The frame that a page is cut to by hand: four edges over the page, moved by arrows or the mouse."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from client.ports.pages import WHOLE, Part
from client.text import tr
from ui.clerk.intake.zoom import rect_of
from ui.theme.tokens import Tokens
from ui.widgets.fields import ENTER

STEP, FINE = 0.01, 0.002  # shares of the page that an arrow moves an edge; with Ctrl the fine one
LEAST = 0.05  # of the page that stays between two edges
NEAR = 10  # pixels from an edge at which the mouse takes hold of it
_HANDLE = 18  # pixels along an edge that show it can be moved
_SHADE = 110  # of 255, over what is cut off

# An arrow moves an edge its way: inwards the one behind it, with Shift outwards the one before it.
_INWARDS: Mapping[Qt.Key, tuple[str, int]] = MappingProxyType(
    {
        Qt.Key.Key_Right: ("left", 1),
        Qt.Key.Key_Left: ("right", -1),
        Qt.Key.Key_Down: ("top", 1),
        Qt.Key.Key_Up: ("bottom", -1),
    }
)
_OUTWARDS: Mapping[Qt.Key, tuple[str, int]] = MappingProxyType(
    {
        Qt.Key.Key_Right: ("right", 1),
        Qt.Key.Key_Left: ("left", -1),
        Qt.Key.Key_Down: ("bottom", 1),
        Qt.Key.Key_Up: ("top", -1),
    }
)
_FOCUS_COMES_BACK = {Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason}


def moved(part: Part, edge: str, to: float) -> Part:
    """With an edge somewhere else: on the page, and not over the opposite one."""
    low, high = {
        "left": (0.0, part.right - LEAST),
        "right": (part.left + LEAST, 1.0),
        "top": (0.0, part.bottom - LEAST),
        "bottom": (part.top + LEAST, 1.0),
    }[edge]
    return replace(part, **{edge: min(max(to, low), high)})


class TrimFrame(QWidget):
    """Over the view in which a page lies at `where()`. Enter gives the part within, Esc or another place leaves."""

    given = Signal(object)  # the Part
    left = Signal()

    def __init__(self, view: QWidget, tokens: Tokens, where: Callable[[], QRectF]) -> None:
        super().__init__(view)
        self._where = where
        self._colour = QColor(tokens.colour("brand"))
        self._held: tuple[str, ...] = ()
        self.part = WHOLE
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleName(tr("裁切框"))
        self.hide()

    def begin(self) -> None:
        """Around all of the page, with the keyboard."""
        self.part, self._held = WHOLE, ()
        self.fit()
        self.show()
        self.raise_()
        self.setFocus()

    def fit(self) -> None:
        """As large as the view is now; asked for anew, for one that was kept may be gone before this is."""
        view = self.parentWidget()
        if view is not None:
            self.setGeometry(view.rect())
            self.update()

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._is_ours(event):
            event.accept()  # the arrows, Enter and Esc are the frame's, whatever else they do in the column
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        key = Qt.Key(event.key())
        if key in _INWARDS:
            outwards = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            edge, way = (_OUTWARDS if outwards else _INWARDS)[key]
            step = FINE if event.modifiers() & Qt.KeyboardModifier.ControlModifier else STEP
            self._put(edge, getattr(self.part, edge) + way * step)
        elif key in ENTER and not event.isAutoRepeat():
            self.given.emit(self.part)
        elif key is Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        super().focusOutEvent(event)
        if event.reason() not in _FOCUS_COMES_BACK and self.isVisible():
            self.left.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        self._held = self._edges_at(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        if not self._held:
            self.setCursor(_CURSORS.get(self._edges_at(event.position()), Qt.CursorShape.ArrowCursor))
            return
        page = self._where()
        for edge in self._held:
            across = edge in {"left", "right"}
            share = (event.position().x() - page.left()) / page.width() if across else 0.0
            self._put(edge, share if across else (event.position().y() - page.top()) / page.height())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: ARG002, N802 - Qt's name and arguments
        self._held = ()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 - Qt's name and arguments
        page = self._where()
        kept = rect_of(self.part, page)
        painter = QPainter(self)
        shade = QColor(0, 0, 0, _SHADE)
        painter.fillRect(QRectF(page.left(), page.top(), page.width(), kept.top() - page.top()), shade)
        painter.fillRect(QRectF(page.left(), kept.bottom(), page.width(), page.bottom() - kept.bottom()), shade)
        painter.fillRect(QRectF(page.left(), kept.top(), kept.left() - page.left(), kept.height()), shade)
        painter.fillRect(QRectF(kept.right(), kept.top(), page.right() - kept.right(), kept.height()), shade)
        painter.setPen(QPen(self._colour, 2))
        painter.drawRect(kept.adjusted(1, 1, -1, -1))
        painter.setPen(QPen(self._colour, 6))
        x, y, half = kept.center().x(), kept.center().y(), _HANDLE / 2
        for across in (kept.top() + 2, kept.bottom() - 2):
            painter.drawLine(QPointF(x - half, across), QPointF(x + half, across))
        for down in (kept.left() + 2, kept.right() - 2):
            painter.drawLine(QPointF(down, y - half), QPointF(down, y + half))
        painter.end()

    def _put(self, edge: str, to: float) -> None:
        self.part = moved(self.part, edge, to)
        self.update()

    def _edges_at(self, at: QPointF) -> tuple[str, ...]:
        """The edges near a place: none, one, or the two of a corner."""
        kept = rect_of(self.part, self._where())
        away = {
            "left": abs(at.x() - kept.left()),
            "right": abs(at.x() - kept.right()),
            "top": abs(at.y() - kept.top()),
            "bottom": abs(at.y() - kept.bottom()),
        }
        return tuple(edge for edge, pixels in away.items() if pixels <= NEAR)

    def _is_ours(self, event: QKeyEvent) -> bool:
        return Qt.Key(event.key()) in {*_INWARDS, *ENTER, Qt.Key.Key_Escape}


_CURSORS: Mapping[tuple[str, ...], Qt.CursorShape] = MappingProxyType(
    {
        ("left",): Qt.CursorShape.SizeHorCursor,
        ("right",): Qt.CursorShape.SizeHorCursor,
        ("top",): Qt.CursorShape.SizeVerCursor,
        ("bottom",): Qt.CursorShape.SizeVerCursor,
        ("left", "top"): Qt.CursorShape.SizeFDiagCursor,
        ("right", "bottom"): Qt.CursorShape.SizeFDiagCursor,
        ("right", "top"): Qt.CursorShape.SizeBDiagCursor,
        ("left", "bottom"): Qt.CursorShape.SizeBDiagCursor,
    }
)
