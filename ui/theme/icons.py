"""Our own icons (resources/icons), drawn in whatever ink is asked for."""

from importlib import resources

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from ui.theme.tokens import Tokens

_INK = "currentColor"
_SCALE = 3  # drawn this much larger, for screens of 300 %


def icon(name: str, tokens: Tokens, *, ink: str = "ink_2", chosen_ink: str = "brand", size: int = 20) -> QIcon:
    """The icon of that name; `chosen_ink` while its button is checked."""
    found = QIcon()
    found.addPixmap(_drawn(name, tokens.colour(ink), size), QIcon.Mode.Normal, QIcon.State.Off)
    found.addPixmap(_drawn(name, tokens.colour(chosen_ink), size), QIcon.Mode.Normal, QIcon.State.On)
    return found


def _drawn(name: str, colour: str, size: int) -> QPixmap:
    source = (resources.files("resources") / "icons" / f"{name}.svg").read_text(encoding="utf-8").replace(_INK, colour)
    pixmap = QPixmap(QSize(size, size) * _SCALE)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(source.encode())).render(painter)
    painter.end()
    pixmap.setDevicePixelRatio(_SCALE)
    return pixmap
