"""The first run of a new window: whose hall and window it is, tried on the spot, and its first administrator."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from client.config import Settings
from client.lanes import Lane
from ui.door import WindowDoor
from ui.tasks import Tasks


@dataclass(frozen=True)
class Founded:
    """What the first run settled."""

    settings: Settings
    staff_no: str
    name: str
    pin: str = field(repr=False)


class FirstRun(QWidget):
    founded = Signal(Founded)

    def __init__(self, door: WindowDoor, lane: Lane, tasks: Tasks, keys: Mapping[str, str]) -> None:
        super().__init__()
        self._door, self._lane, self._tasks, self._keys = door, lane, tasks, keys
