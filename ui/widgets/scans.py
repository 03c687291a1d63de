"""Hears a reader that types before any field does: a scan is told whole, and no letter of it lands where the caret is.

Words that an input method composes never come this way: they are no keys.
"""

import time

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from ui.widgets.burst import ENTER, Burst, Verdict

_LINE_ENDS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_OF_KEYS = frozenset({QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.ShortcutOverride})
_HELD_BACK = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


class Scans(QObject):
    """Listens while `page` is in sight. `scanned` carries the zone, `broken` tells that one came that is not whole."""

    scanned = Signal(str)
    broken = Signal()

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self._page = page
        self._burst = Burst()
        self._held: list[tuple[QWidget, QKeyEvent]] = []
        self._giving_back = False
        self._end = QTimer(self)
        self._end.setSingleShot(True)
        self._end.setTimerType(Qt.TimerType.PreciseTimer)
        self._end.timeout.connect(self._over)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._listen_at)
            self._listen_at(None, QApplication.focusWidget())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        kind = event.type()
        if self._giving_back or kind not in _OF_KEYS or not self._page.isVisible():
            return False
        if not isinstance(event, QKeyEvent) or not isinstance(watched, QWidget):
            return False
        if watched is not (QApplication.focusWidget() or watched):
            return False  # what had the keyboard has heard it before, and left it to what it lies in
        if kind == QEvent.Type.ShortcutOverride:
            return self._burst.is_sure  # an Enter of the reader presses nothing
        if kind == QEvent.Type.KeyRelease:
            return bool(self._held) and self._hold(watched, event)
        return self._pressed(watched, event)

    def _listen_at(self, before: QWidget | None, now: QWidget | None) -> None:
        """Keys go to what has the keyboard, without such a thing to the window; all else would be told in vain."""
        if before is not None and isValid(before):
            before.removeEventFilter(self)
        (now if now is not None else self._page.window()).installEventFilter(self)

    def _pressed(self, watched: QWidget, event: QKeyEvent) -> bool:
        key = self._key(event)
        if not key and event.key() == Qt.Key.Key_Shift:
            return bool(self._held) and self._hold(watched, event)
        is_own = len(key) != 1 or event.isAutoRepeat() or event.modifiers() & _HELD_BACK
        if is_own or (key == ENTER and not self._held):
            return self._type()
        at = event.timestamp() / 1000 or time.monotonic()
        if self._burst.press(key, at) is Verdict.TYPED:
            self._type()
            if key == ENTER or self._burst.press(key, at) is Verdict.TYPED:
                return False
        self._end.start(round(1000 * self._burst.wait))
        return self._hold(watched, event)

    def _key(self, event: QKeyEvent) -> str:
        """Its character; Tab ends a line as Enter does where a reader sends it."""
        is_end = event.key() in _LINE_ENDS or (event.key() == Qt.Key.Key_Tab and self._burst.is_sure)
        return ENTER if is_end else event.text()

    def _hold(self, watched: QWidget, event: QKeyEvent) -> bool:
        again = QKeyEvent(event.type(), event.key(), event.modifiers(), event.text())
        self._held.append((watched, again))
        return True

    def _type(self) -> bool:
        """What was held is a person's: it goes where it was meant for, before whatever comes now."""
        self._end.stop()
        self._burst.over()
        held, self._held = self._held, []
        self._giving_back = True
        try:
            for watched, event in held:
                if isValid(watched):
                    QCoreApplication.sendEvent(watched, event)
        finally:
            self._giving_back = False
        return False

    def _over(self) -> None:
        if not self._burst.is_sure:
            self._type()
            return
        scan = self._burst.over()
        self._held = []
        if scan is not None and scan.is_whole:
            self.scanned.emit(scan.text)
        else:
            self.broken.emit()
