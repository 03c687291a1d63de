"""The only way off the GUI thread and back."""

import gc
import threading
import time
from functools import partial
from itertools import pairwise

import pytest
import shiboken6
from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

from client.errors import Cancelled, CaseError, DeskError, DeviceError, DeviceState, Fault, StoreError
from client.lanes import Lane
from ui.seat import Seat
from ui.tasks import Tasks

LOST = Fault("CASE-999", "没有找到", "请再找找")
FULL = Fault("STORE-999", "磁盘已满", "请清理")


def test_work_is_done_elsewhere_and_its_answer_comes_here(qtbot: QtBot, seat: Seat) -> None:
    told: list[tuple[str, threading.Thread]] = []
    here = threading.current_thread()
    seat.tasks.run(seat.lanes.store, threading.current_thread, lambda there: told.append(("done", there)))
    assert told == []
    qtbot.waitUntil(lambda: bool(told))
    assert told[0][1] is not here
    assert seat.tasks.underway == 0


def test_an_error_of_the_world_goes_to_whoever_asked_or_is_painted(qtbot: QtBot, seat: Seat) -> None:
    heard: list[DeskError] = []

    def fail() -> None:
        raise CaseError(LOST)

    seat.tasks.run(seat.lanes.store, fail, failed=heard.append)
    seat.tasks.run(seat.lanes.store, fail)
    qtbot.waitUntil(lambda: seat.tasks.underway == 0)
    assert [error.code for error in heard] == ["CASE-999"]
    assert seat.notices.text == "▲ 没有找到 请再找找"


def test_what_a_person_took_back_is_not_told(qtbot: QtBot, seat: Seat) -> None:
    def stop() -> None:
        raise Cancelled

    seat.tasks.run(seat.lanes.store, stop)
    qtbot.waitUntil(lambda: seat.tasks.underway == 0)
    assert seat.notices.text == ""


@pytest.mark.expected_warnings("work broke off")
def test_a_bug_is_logged_and_said_and_ends_nothing(qtbot: QtBot, seat: Seat) -> None:
    done, failed = list[int](), list[str]()
    seat.tasks.run(seat.lanes.store, lambda: 1 // 0, failed=lambda error: failed.append(error.code))
    seat.tasks.run(seat.lanes.store, lambda: 1, done.append)
    qtbot.waitUntil(lambda: done == [1])
    assert failed == ["BUG-002"]
    assert "程序出错" in seat.notices.text


def test_an_answer_for_whoever_is_gone_is_dropped(qtbot: QtBot, seat: Seat) -> None:
    owner, told = QObject(), list[int]()
    gate = threading.Event()
    seat.tasks.run(seat.lanes.store, lambda: gate.wait(5), lambda _open: told.append(1), owner=owner)
    owner.deleteLater()
    qtbot.wait(10)
    gate.set()
    qtbot.waitUntil(lambda: seat.tasks.underway == 0)
    assert told == []


def test_slow_work_is_told_and_can_be_taken_back(qtbot: QtBot, seat: Seat) -> None:
    gate, told = threading.Event(), list[str]()
    seat.tasks.slow.connect(lambda task: told.append(task.words))
    seat.tasks.stubborn.connect(lambda task: task.cancel())
    seat.tasks.run(seat.lanes.store, lambda: gate.wait(10), words="正在算", cancel=gate.set)
    qtbot.waitUntil(lambda: seat.tasks.underway == 0)
    assert told == ["正在算"]


@pytest.mark.expected_warnings("work broke off")
def test_a_write_that_failed_is_told_even_when_nobody_waits_for_it(qtbot: QtBot, seat: Seat) -> None:
    """A window locked with something unsaved: whoever comes back must hear of it. A device's trouble is over."""
    gate = threading.Event()

    def fail(error: Exception) -> None:
        gate.wait(5)
        raise error

    errors = [DeviceError(DeviceState.ABSENT, LOST, device="scanner"), StoreError(FULL), ValueError("ours")]
    told: list[str] = []
    seat.tasks.failed.connect(lambda error: told.append(error.code))
    seat.tasks.broke.connect(lambda: told.append("bug"))
    owner = QObject()
    for error in errors:
        seat.tasks.run(seat.lanes.store, partial(fail, error), failed=lambda _error: told.append("asked"), owner=owner)
    owner.deleteLater()
    qtbot.wait(10)
    gate.set()
    qtbot.waitUntil(lambda: seat.tasks.underway == 0)
    assert told == ["STORE-999", "bug"]


def test_each_answer_has_a_turn_of_its_own_and_its_rest_comes_first(qtbot: QtBot, seat: Seat) -> None:
    told, here = list[str](), QObject()
    beat = QTimer(here, interval=0)
    beat.timeout.connect(lambda: told.append("-"))  # whatever else wants the thread: a key, a painting

    def first(_found: None) -> None:
        told.append("first")
        seat.tasks.in_turn(lambda: told.append("what can wait"), owner=here)
        seat.tasks.go_on(lambda: told.append("its rest"), owner=here)

    answers = threading.Event()
    seat.tasks.run(seat.lanes.store, lambda: None, first)
    seat.tasks.run(seat.lanes.store, answers.set, lambda _found: told.append("second"))
    assert answers.wait(5)
    time.sleep(0.05)  # both answers are here before the first of them is heard
    beat.start()
    qtbot.waitUntil(lambda: seat.tasks.underway == 0)
    beat.stop()
    words = [word for word in told if word != "-"]
    assert words == ["first", "its rest", "second", "what can wait"]
    assert all("-" in told[told.index(one) : told.index(other)] for one, other in pairwise(words))


def test_the_rest_of_whoever_is_gone_is_dropped(qtbot: QtBot, seat: Seat) -> None:
    owner, told = QObject(), list[str]()
    seat.tasks.in_turn(lambda: told.append("rest"), owner=owner)
    shiboken6.delete(owner)
    qtbot.waitUntil(lambda: seat.tasks.underway == 0)
    assert told == []


class Fragile:
    """Something of Qt's, which must be taken apart where it was made."""

    def __init__(self, ends: list[threading.Thread]) -> None:
        self._ends = ends

    def work(self) -> None:
        pass

    def fail(self) -> None:
        raise CaseError(LOST)

    def __del__(self) -> None:
        self._ends.append(threading.current_thread())


@pytest.mark.parametrize("what", ["work", "fail"])
def test_a_lane_is_never_the_last_to_let_go_of_what_it_was_given(qtbot: QtBot, seat: Seat, what: str) -> None:
    ends: list[threading.Thread] = []
    for _ in range(100):
        seat.tasks.run(seat.lanes.store, getattr(Fragile(ends), what), failed=lambda _error: None)
    qtbot.waitUntil(lambda: len(ends) == 100)
    assert set(ends) == {threading.main_thread()}


def test_answers_that_come_when_nobody_is_there_any_more_break_nothing(qtbot: QtBot) -> None:
    tasks, lane, go_on, seen = Tasks(), Lane("store"), threading.Event(), list[int]()
    tasks.run(lane, go_on.wait)
    shiboken6.delete(tasks)
    del tasks
    gc.collect()
    go_on.set()
    lane.do(lambda: seen.append(1)).result(10)
    assert lane.close()
    assert seen == [1]
