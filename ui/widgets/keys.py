"""A button that shows its key: the clerk works by keyboard alone, and learns the keys by looking."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QKeySequence, QPaintEvent, QPalette, QPixmap, QShortcut
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStyle, QStyleOptionButton, QStylePainter, QWidget

from ui.theme.style import BADGE_INK, BADGE_LINE, set_look, small_font

PICTURE = 16  # pixels of the picture before the words
_ROUND = 4  # pixels of a badge's corners
_PAD = 7  # between the badge's line and the key's name
_TIGHT = "tight"


class KeyButton(QPushButton):
    """`look`: main, quiet, tight, verb or "" for an ordinary one; of a tight one the key stands without a frame.

    Pressing `key` anywhere in `scope` presses it. Without a scope the key is heard in the whole window, while the
    button is in sight and can be pressed; not `heard`, it is only shown, and somebody else listens for it. A button
    that cannot be pressed stays in sight and says why in its own words; it is never a dead one: a key heard in a scope
    tells `refused`. Enter presses it while it has the focus.
    """

    refused = Signal()

    def __init__(
        self,
        text: str,
        key: str,
        act: Callable[[], object],
        *,
        look: str = "",
        scope: QWidget | None = None,
        heard: bool = True,
    ) -> None:
        super().__init__()
        self._words = text
        self._key = key.replace("Left", "←").replace("Right", "→").replace("+Down", "+↓").replace("Return", "Enter")
        self._framed = look != _TIGHT
        dense = look in {"quiet", _TIGHT}  # many of them stand in one column
        self._sides, self._gap = (8, 6) if dense else (10, 8), 6 if dense else 8
        self._air = 3 if dense else 4
        self._size: QSize | None = None
        self._picture: QPixmap | None = None
        set_look(self, look)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)
        self.setAccessibleDescription(self._key)
        self.setAutoDefault(True)
        self.clicked.connect(lambda _checked: act())
        anywhere, within = Qt.ShortcutContext.WindowShortcut, Qt.ShortcutContext.WidgetWithChildrenShortcut
        if key and heard:
            pressed = QShortcut(QKeySequence(key), scope or self, context=within if scope else anywhere)
            pressed.activated.connect(self.press)
            pressed.activatedAmbiguously.connect(self.press)  # Esc of a page while a notice stands: each in its turn

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Reckoned once: rows that wrap ask every button again and again."""
        if self._size is None:
            self.ensurePolished()  # or its font is not yet the style sheet's
            badge = self._badge()
            wide = sum(self._sides) + self._wide(badge)
            self._size = super().sizeHint().expandedTo(QSize(wide, badge.height() + 2 * self._air))
        return self._size

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return self.sizeHint()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._size = None
        super().changeEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Words and key are painted, not labels of their own: a page has fifty of these, and opens with them."""
        option = QStyleOptionButton()
        self.initStyleOption(option)
        painter = QStylePainter(self)
        painter.drawControl(QStyle.ControlElement.CE_PushButtonBevel, option)
        badge = self._badge()
        left = self._sides[0] + max(0, self.width() - sum(self._sides) - self._wide(badge)) // 2
        if self._picture is not None:
            painter.drawPixmap(left, (self.height() - PICTURE) // 2, PICTURE, PICTURE, self._picture)
            left += PICTURE + self._gap
        option.text = self._words.replace("&", "&&")  # type: ignore[attr-defined] # PySide's stub leaves its fields out
        option.rect = QRect(left, 0, self._words_width(), self.height())  # type: ignore[attr-defined] # same
        painter.drawControl(QStyle.ControlElement.CE_PushButtonLabel, option)
        if self._key:
            badge.moveTo(left + self._words_width() + self._gap, (self.height() - badge.height()) // 2)
            self._paint_key(painter, badge)
        painter.end()

    def _paint_key(self, painter: QStylePainter, badge: QRect) -> None:
        main = self.property("look") == "main"
        colours = self.palette()
        ink = colours.color(QPalette.ColorRole.HighlightedText if main else BADGE_INK)
        painter.setRenderHint(QStylePainter.RenderHint.Antialiasing)
        if self._framed:
            painter.setPen(ink if main else colours.color(BADGE_LINE))
            painter.setBrush(Qt.BrushStyle.NoBrush if main else colours.base())
            painter.drawRoundedRect(badge.toRectF().adjusted(0.5, 0.5, -0.5, -0.5), _ROUND, _ROUND)
        painter.setPen(ink)
        painter.setFont(small_font())
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, self._key)

    def _badge(self) -> QRect:
        metrics = QFontMetrics(small_font())
        around = 2 * _PAD if self._framed else 0
        return QRect(0, 0, metrics.horizontalAdvance(self._key) + around, metrics.height() + 2)

    def _wide(self, badge: QRect) -> int:
        """Picture, words and key beside each other."""
        picture = PICTURE + self._gap if self._picture is not None else 0
        return picture + self._words_width() + (self._gap + badge.width() if self._key else 0)

    def _words_width(self) -> int:
        return self.fontMetrics().horizontalAdvance(self._words)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """A key that is held presses nothing: an Enter that ran through the fields must not give what ends them."""
        if not event.isAutoRepeat():
            super().keyPressEvent(event)

    def press(self) -> None:
        """What its key does: the act, or the word that it cannot be done; nothing where the button is put away."""
        if self.isHidden():
            return
        if self.isEnabled():
            self.click()
        else:
            self.refused.emit()

    def wear(self, picture: QPixmap | None) -> None:
        """Put a picture before the words, or take it away."""
        self._picture, self._size = picture, None
        self.updateGeometry()
        self.update()

    def say(self, text: str) -> None:
        """Change the words; the key stays."""
        if text != self._words:
            self._words, self._size = text, None
            self.setAccessibleName(text)
            self.updateGeometry()
            self.update()
