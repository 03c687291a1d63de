"""A PIN was forgotten: an administrator gives a new one, here and now."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from client.desk.staff import Roster
from client.lanes import Lane
from ui.tasks import Tasks


class Forgotten(QWidget):
    ended = Signal(str)  # 工号 to sign in with

    def __init__(self, roster: Roster, number: str, lane: Lane, tasks: Tasks, keys: Mapping[str, str]) -> None:
        super().__init__()
        self._roster, self._number, self._lane, self._tasks, self._keys = roster, number, lane, tasks, keys
