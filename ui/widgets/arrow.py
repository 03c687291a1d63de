"""The small arrow that tells a field to choose from: the style sheet draws none."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QComboBox

ARROW = "▾"
WIDTH = 22  # pixels, as the style sheet keeps them free


def paint_arrow(combo: QComboBox) -> None:
    """Draw it at the right end; called after the field itself is painted."""
    painter = QPainter(combo)
    painter.setPen(combo.palette().color(QPalette.ColorRole.Text))
    room = QRect(combo.width() - WIDTH, 0, WIDTH, combo.height())
    painter.drawText(room, Qt.AlignmentFlag.AlignCenter, ARROW)
    painter.end()
