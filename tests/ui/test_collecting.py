"""Garbage is collected in the screen's thread, and nowhere else while a window is open."""

import gc
import threading
import weakref

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from tests.ui.waiting import wait_until
from ui.collecting import Collecting


class Knot:
    """Holds itself: nothing but the collector takes it apart."""

    def __init__(self) -> None:
        self.me = self


def tie(gone: list[str]) -> None:
    """Many of them: enough that an enabled collector would run by itself."""
    for _ in range(2 * gc.get_threshold()[0]):
        weakref.finalize(Knot(), lambda: gone.append(threading.current_thread().name))


def test_what_a_lane_leaves_is_taken_apart_in_the_screens_thread(qtbot: QtBot) -> None:
    parent, gone = QObject(), list[str]()
    collecting = Collecting(parent)
    try:
        collecting.begin()
        lane = threading.Thread(target=tie, args=(gone,), name="lane")
        lane.start()
        lane.join()
        assert gone == []
        wait_until(lambda: len(gone) == 2 * gc.get_threshold()[0])
        assert set(gone) == {threading.main_thread().name}
    finally:
        collecting.end()
    assert gc.isenabled()
