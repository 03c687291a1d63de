"""Tells a program outside what the window shows, one JSON line each; ids and places alone, nobody's data.

Whoever presses keys from outside (the demo's clerk, a test) must wait for the window as a person does.
"""

import json
import time
from pathlib import Path
from typing import TextIO

from PySide6.QtWidgets import QApplication, QWidget


class Narrator:
    """Writes to `path`; tells nobody when there is none."""

    def __init__(self, path: Path | None = None) -> None:
        self._file: TextIO | None = path.open("a", encoding="utf-8") if path else None

    @property
    def is_heard(self) -> bool:
        return self._file is not None

    def tell(self, event: str, **facts: object) -> None:
        """One line; `at` is the system's monotonic time, the same for every process of this machine."""
        if self._file is not None:
            told = {"event": event, "at": round(time.monotonic(), 4), **facts}
            self._file.write(json.dumps(told, ensure_ascii=False, default=str) + "\n")
            self._file.flush()

    def follow_focus(self, app: QApplication) -> None:
        """Tell where the keyboard is, by the name of the widget: a field's place in its form, never what is in it."""
        if self._file is not None:
            app.focusChanged.connect(self._focus)

    def _focus(self, _before: QWidget | None, after: QWidget | None) -> None:
        if after is not None:
            self.tell("focus", name=after.objectName(), kind=type(after).__name__)

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None
