"""One thread for one resource: in order, one at a time, and an error ends nothing."""

import os
import threading
import time

import pytest

from client.lanes import BEHIND, Lane
from client.ports.platform import DrainReport
from sync.loop import Loop
from tests.sync.desk import ScriptedPlatform
from tests.sync.memory import TestInbox, TestOutbox
from tests.sync.sample import NOW


def niceness() -> int:
    """Of this thread alone, as Linux keeps it: what the screen's thread has stays as it is."""
    return os.getpriority(os.PRIO_PROCESS, threading.get_native_id())


def test_work_is_done_in_its_order_on_one_thread() -> None:
    lane, done = Lane("test"), list[tuple[int, bool]]()
    for number in range(20):
        lane.do(lambda number=number: done.append((number, lane.is_here())))  # type: ignore[misc] # a default is no argument
    assert lane.close()
    assert done == [(number, True) for number in range(20)]
    assert not lane.is_here()


def test_what_breaks_is_told_to_whoever_asked_and_the_next_is_done() -> None:
    lane = Lane("test")
    broken, after = lane.do(lambda: 1 // 0), lane.do(lambda: "done")
    assert after.result(5) == "done"
    assert isinstance(broken.exception(5), ZeroDivisionError)
    assert lane.close()


def test_work_that_was_taken_back_is_not_done() -> None:
    lane, gate, done = Lane("test"), threading.Event(), list[str]()
    lane.do(lambda: gate.wait(5))
    waiting = lane.do(lambda: done.append("done"))
    assert waiting.cancel()
    gate.set()
    assert lane.close()
    assert done == []


def test_a_lane_that_does_not_end_is_told() -> None:
    lane, gate = Lane("test"), threading.Event()
    lane.do(lambda: gate.wait(5))
    assert lane.close(timeout=0.05) is False
    gate.set()
    assert lane.close()


@pytest.mark.parametrize("lanes", [1, 3])
def test_lanes_do_not_wait_for_each_other(lanes: int) -> None:
    began = time.monotonic()
    each = [Lane(str(number)) for number in range(lanes)]
    for lane in each:
        lane.do(lambda: time.sleep(0.2))
    assert all(lane.close() for lane in each)
    assert time.monotonic() - began < 0.2 * lanes + 0.15


def test_a_lane_steps_back_behind_the_screen() -> None:
    before, lane = niceness(), Lane("nice")
    assert lane.do(niceness).result(5) == max(BEHIND, before)
    assert niceness() == before
    assert lane.close()


def test_the_thread_of_sync_steps_back_too() -> None:
    seen, told = list[int](), threading.Event()

    def heard(_report: DrainReport) -> None:
        seen.append(niceness())
        told.set()

    before = niceness()
    loop = Loop(TestOutbox(), TestInbox(), ScriptedPlatform(), lambda: NOW, heard=heard)
    loop.start()
    assert told.wait(5)
    assert loop.stop()
    assert (seen[0], niceness()) == (max(BEHIND, before), before)
