"""What takes longer than a moment: its words and a moving bar, and after two seconds a way to take it back."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QPushButton

from client.text import tr
from ui.tasks import Task, Tasks
from ui.widgets.panel import words


class Busy(QFrame):
    """Listens to `tasks`; empty it takes no room."""

    def __init__(self, tasks: Tasks) -> None:
        super().__init__()
        self.setProperty("look", "box")
        self._shown: list[Task] = []
        self._words = words()
        self._bar = QProgressBar()
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._cancel = QPushButton(tr("取消"))
        self._cancel.clicked.connect(self._take_back)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 4, 8, 4)
        row.addWidget(self._words)
        row.addWidget(self._bar, 1)
        row.addWidget(self._cancel)
        tasks.slow.connect(self._begin)
        tasks.stubborn.connect(self._offer)
        tasks.ended.connect(self._end)
        self.hide()

    def _begin(self, task: Task) -> None:
        self._shown.append(task)
        self._paint()

    def _offer(self, task: Task) -> None:
        self._cancel.setVisible(task.cancel is not None)

    def _end(self, task: Task) -> None:
        if task in self._shown:
            self._shown.remove(task)
            self._paint()

    def _paint(self) -> None:
        self._cancel.hide()
        if self._shown:
            self._words.setText(self._shown[-1].words)
        self.setVisible(bool(self._shown))

    def _take_back(self) -> None:
        for task in self._shown:
            if task.cancel is not None:
                task.cancel()
        self._cancel.hide()
