"""What takes longer than a moment: its words and a moving bar, and after two seconds a way to take it back."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QWidget

from client.text import tr
from ui.tasks import Task, Tasks
from ui.widgets.keys import KeyButton
from ui.widgets.panel import words


class Busy(QFrame):
    """Listens to `tasks`; empty it takes no room."""

    def __init__(self, tasks: Tasks, cancel_key: str, scope: QWidget) -> None:
        super().__init__()
        self.setProperty("look", "box")
        self._shown: list[Task] = []
        self._stubborn: list[Task] = []
        self._words = words()
        self._bar = QProgressBar()
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._cancel = KeyButton(tr("取消"), cancel_key, self._take_back, look="quiet", scope=scope)
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
        if task.cancel is not None:
            self._stubborn.append(task)
            self._paint()

    def _end(self, task: Task) -> None:
        for tasks in (self._shown, self._stubborn):
            if task in tasks:
                tasks.remove(task)
        self._paint()

    def _paint(self) -> None:
        self._cancel.setVisible(bool(self._stubborn))
        if self._shown:
            told = self._shown[-1].words
            self._words.setText(told)
            self._bar.setAccessibleName(told)
        self.setVisible(bool(self._shown))

    def _take_back(self) -> None:
        asked, self._stubborn = self._stubborn, []
        for task in asked:
            if task.cancel is not None:
                task.cancel()
        self._paint()
