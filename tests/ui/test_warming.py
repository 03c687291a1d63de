"""Qt's classes are there before they are met."""

import subprocess
import sys

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from tests.ui.waiting import wait_until
from ui.warming import Warming

MET = """
import sys, time
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget
from ui.warming import _classes
app = QApplication([])
if "warm" in sys.argv:
    list(_classes())
area, inside = QScrollArea(), QWidget()
area.setWidget(inside)
began = time.thread_time()
inside.parentWidget()  # Qt's own: which of all its kinds is it?
print(time.thread_time() - began)
"""


def met(*words: str) -> float:
    """Seconds of the processor until a widget of Qt's own is known for what it is."""
    done = subprocess.run([sys.executable, "-c", MET, *words], capture_output=True, text=True, check=True)
    return float(done.stdout)


def test_what_is_warm_is_met_at_once() -> None:
    assert met("warm") < met() / 5


def test_it_ends_by_itself_and_leaves_room_for_keys(qtbot: QtBot) -> None:
    parent = QObject()
    warming = Warming(parent)
    warming.begin()
    wait_until(lambda: not warming._turn.isActive())
