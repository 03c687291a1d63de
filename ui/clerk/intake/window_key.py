"""Keys that are heard wherever the clerk types, while the button that shows them is in sight."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut

from ui.seat import Seat
from ui.widgets.keys import KeyButton


def window_key(seat: Seat, act: str, button: KeyButton) -> KeyButton:
    """Let the key of `act` press `button` from anywhere in the window."""
    pressed = QShortcut(QKeySequence(seat.keys[act]), button, context=Qt.ShortcutContext.WindowShortcut)
    pressed.activated.connect(button.press)
    return button
