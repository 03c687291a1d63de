"""Qt's classes are there before they are met."""

import subprocess
import sys

from pytestqt.qtbot import QtBot

from tests.ui.waiting import wait_until
from ui.seat import Seat
from ui.warming import Warming

MET = """
import sys, time
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget
from ui.warming import _all
app = QApplication([])
if "warm" in sys.argv:
    list(_all())
area, inside = QScrollArea(), QWidget()
area.setWidget(inside)
began = time.thread_time()
inside.parentWidget()  # Qt's own: which of all its kinds is it?
print(time.thread_time() - began)
"""

LOADED = """
import sys
from PySide6.QtWidgets import QApplication
from ui.warming import _all
app = QApplication([])
list(_all())
before = set(sys.modules)
import ui.pages, ui.setup.first_run, ui.setup.forgotten
print(*(name for name in sys.modules if name not in before and name.startswith("ui.") and name != "ui.pages"))
"""


def met(*words: str) -> float:
    """Seconds of the processor until a widget of Qt's own is known for what it is."""
    done = subprocess.run([sys.executable, "-c", MET, *words], capture_output=True, text=True, check=True)
    return float(done.stdout)


def test_what_is_warm_is_met_at_once() -> None:
    assert met("warm") < met() / 5


def test_it_ends_by_itself_and_leaves_room_for_keys(qtbot: QtBot, seat: Seat) -> None:
    warming = Warming(seat.tasks)
    warming.begin()
    wait_until(lambda: not warming._turn.isActive())
    told: list[str] = []
    warming.then(lambda: told.append("at once"))
    assert told == ["at once"]


def test_whoever_waits_for_it_comes_when_all_is_there(qtbot: QtBot, seat: Seat) -> None:
    warming, told = Warming(seat.tasks), list[bool]()
    warming.then(lambda: told.append(warming._is_over))
    wait_until(lambda: bool(told))
    assert told == [True]


def test_every_page_is_loaded_by_then(qtbot: QtBot) -> None:
    """PySide keeps no two threads apart while it makes a class: all are made before somebody is seated."""
    done = subprocess.run([sys.executable, "-c", LOADED], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
