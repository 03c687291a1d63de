"""Waiting at a window, as finely as a person never does: most of what is waited for is there in a moment."""

import time
from collections.abc import Callable

from PySide6.QtCore import QEventLoop, QTimer

LOOK = 1  # milliseconds


def wait_until(true: Callable[[], object], timeout: float = 10_000) -> None:
    """Let the window go on until `true` holds, at most `timeout` milliseconds.

    In a loop of its own, for what is to be deleted later goes when a loop runs; and the lanes work meanwhile.
    """
    until = time.monotonic() + timeout / 1000
    while not true():
        assert time.monotonic() < until, f"not within {timeout} ms"
        loop = QEventLoop()
        QTimer.singleShot(LOOK, loop.quit)
        loop.exec()
