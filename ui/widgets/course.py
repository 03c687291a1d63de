"""Work that takes its time, as a bar with counts and the time that is left, and a way to stop it."""

import time
from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QVBoxLayout

from client.text import tr
from ui.widgets.keys import KeyButton
from ui.widgets.panel import words
from ui.widgets.times import time_left


class Course(QFrame):
    """Hidden while nothing is under way. `stacked`: in a narrow panel the bar stands below its words."""

    def __init__(self, name: str, verb: str, key: str, stop: Callable[[], object], *, stacked: bool = False) -> None:
        super().__init__()
        self.setProperty("look", "box")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(name)
        self._told = words()
        self.stop = KeyButton(verb, key, stop, look="quiet")
        self._begun = 0.0
        self._first = 0
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 6, 8, 6)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._told)
        if stacked:
            row.addStretch(1)
            column.addWidget(self._bar)
        else:
            row.addWidget(self._bar, 1)
        row.addWidget(self.stop)
        column.addLayout(row)
        self.hide()

    def tell(self, done: int, total: int, words: str, aside: str = "", pace: str = "") -> None:
        """`done` of `total` (0: it is not known yet); `words` with {done} and {total}, `pace` with {count} a minute."""
        now = time.monotonic()
        if self.isHidden() or done < self._first:
            self._begun, self._first = now, done
            self.show()
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        since, seconds = done - self._first, now - self._begun
        left = time_left(since, total - self._first, seconds)
        rate = pace.format(count=round(since * 60 / seconds)) if left else ""  # told when it means something
        parts = [words.format(done=done, total=total) if total else tr("正在准备"), aside, rate, left]
        self._told.setText(" · ".join(part for part in parts if part))

    @property
    def told(self) -> str:
        return "" if self.isHidden() else self._told.text()
