"""The runner: woken or by the clock, never in step, never dead."""

import threading
import time
from collections.abc import Callable, Iterator, Sequence

import pytest
from structlog.testing import capture_logs

from client.ports.link import Progress
from client.ports.platform import DrainReport, Event
from sync.faults import Busy
from sync.loop import Loop
from tests.sync.desk import DOWN, LOST, ScriptedPlatform
from tests.sync.memory import TestInbox, TestOutbox
from tests.sync.sample import NOW, Window, number


class Bench:
    def __init__(self) -> None:
        self.outbox = TestOutbox()
        self.platform = ScriptedPlatform()
        self.tries = threading.Semaphore(0)
        self.reports: list[DrainReport] = []
        self.progress: list[Progress] = []

    def loop(
        self, heard: Callable[[DrainReport], None] | None = None, idle: float = 10.0, longest_pause: float = 600.0
    ) -> Loop:
        return Loop(
            self.outbox,
            TestInbox(),
            self.platform,
            lambda: NOW,
            heard=heard or self.reports.append,
            told=self.progress.append,
            idle=idle,
            longest_pause=longest_pause,
            uniform=lambda low, _: low,
        )


def test_while_all_is_well_a_pass_is_made_every_idle_interval() -> None:
    bench = Bench()
    assert bench.loop().step() == 10.0
    assert bench.reports == [DrainReport()]


def test_a_dead_platform_is_asked_ever_more_rarely_and_at_once_again_when_it_is_back() -> None:
    bench = Bench()
    loop = bench.loop()
    bench.platform.down = DOWN
    with capture_logs() as logs:
        assert [loop.step() for _ in range(9)] == [1, 2, 4, 8, 16, 32, 60, 60, 60]
    assert {entry["log_level"] for entry in logs} == {"info"}
    bench.platform.down = None
    assert loop.step() == 10.0
    bench.platform.down = DOWN
    assert loop.step() == 1


def test_the_platform_is_asked_what_it_still_knows_at_the_start_and_after_each_outage() -> None:
    bench = Bench()
    first, second = Window().cases(2)
    bench.outbox.put([first])
    loop = bench.loop()
    loop.step()
    assert bench.platform.settled == []  # nothing was ever taken
    bench.outbox.put([second])
    loop.step()
    assert bench.platform.settled == []
    bench.platform.down = DOWN
    loop.step()
    bench.platform.down = None
    loop.pause()
    loop.step()
    assert bench.platform.settled == []  # it was to send nothing and to ask nothing
    loop.link_up()
    loop.step()
    loop.step()
    assert bench.platform.settled == [second.event_id]


@pytest.mark.parametrize("how", ["a lost answer", "nothing was lost"])
def test_a_platform_put_back_in_the_middle_of_a_pass_is_sent_again_what_it_forgot(how: str) -> None:
    """It takes the rest of the pass and knows the newest: asked for that alone, it lacks the beginning for good."""
    bench = Bench()
    events = Window().cases(1000)
    bench.outbox.put(events)
    loop = bench.loop()

    def put_back(_events: Sequence[Event]) -> BaseException | None:
        if len(bench.platform.requests) != 2:
            return None
        bench.platform.taken.clear()
        if how == "a lost answer":
            return LOST
        loop.lapse()  # whoever waited at the feed was sent away
        return None

    bench.platform.on_request = put_back
    for _ in range(4):
        loop.step()
    assert len(bench.platform.requests) > 3
    assert sorted(event.event_id for event in bench.platform.taken) == sorted(event.event_id for event in events)
    assert sum(report.forgotten for report in bench.reports) > 0
    settled = len(bench.platform.settled)
    loop.step()
    assert len(bench.platform.settled) <= settled + 1


def test_what_was_forgotten_is_noted_in_the_log() -> None:
    bench = Bench()
    events = Window().cases(2)
    bench.outbox.put(events)
    bench.loop().step()
    bench.platform.taken.clear()
    with capture_logs() as logs:
        bench.loop().step()
    assert [(entry["log_level"], entry["events"]) for entry in logs] == [("info", 2)]
    assert len(bench.platform.taken) == 2


def test_retry_after_outlasts_our_own_pause() -> None:
    bench = Bench()
    loop = bench.loop()
    bench.platform.down = Busy(status=503, retry_after=45.0)
    assert loop.step() == 45.0
    bench.platform.down = Busy(status=503, retry_after=None)
    assert loop.step() == 2.0


def test_a_bug_in_a_pass_is_logged_and_the_loop_goes_on() -> None:
    bench = Bench()
    loop = bench.loop()
    bench.platform.down = ZeroDivisionError()
    with capture_logs() as logs:
        assert loop.step() == 1.0
    assert [entry["log_level"] for entry in logs] == ["error"]
    assert bench.progress[-1] == Progress()  # or the window would show a pass for ever
    bench.platform.down = None
    assert loop.step() == 10.0


def test_a_loop_nobody_listens_to_works_too() -> None:
    bench = Bench()
    bench.outbox.put([Window().event(number(1))])
    assert Loop(bench.outbox, TestInbox(), bench.platform, lambda: NOW).step() == 10.0
    assert len(bench.platform.taken) == 1


@pytest.mark.timeout(20)
def test_a_woken_loop_sends_at_once_and_ends_when_it_is_told_to() -> None:
    bench = Bench()
    made = threading.Semaphore(0)
    loop = bench.loop(heard=lambda _: made.release(), idle=3600)
    loop.start()
    assert made.acquire(timeout=10)
    bench.outbox.put([Window().event(number(1))])
    loop.wake()
    assert made.acquire(timeout=10)
    assert len(bench.platform.taken) == 1
    assert loop.stop()


def knocks(bench: Bench) -> int:
    """How often the platform has been tried since this was asked last."""
    count = 0
    while bench.tries.acquire(blocking=False):
        count += 1
    return count


@pytest.fixture
def down() -> Iterator[tuple[Bench, Loop]]:
    """A loop at work whose platform is down, and that has just been told so."""
    bench = Bench()
    bench.platform.down = DOWN
    loop = bench.loop(heard=lambda _: bench.tries.release())
    loop.start()
    assert bench.tries.acquire(timeout=10)
    yield bench, loop
    assert loop.stop()


@pytest.mark.timeout(20)
def test_new_work_does_not_knock_at_a_dead_platform(down: tuple[Bench, Loop]) -> None:
    bench, loop = down
    for _ in range(20):
        loop.wake()
        time.sleep(0.1)
    assert 1 <= knocks(bench) <= 2  # a pause of 1 s, then one of 2 s


@pytest.mark.timeout(20)
def test_work_that_came_in_an_outage_goes_when_the_pause_is_over(down: tuple[Bench, Loop]) -> None:
    bench, loop = down
    bench.outbox.put([Window().event(number(1))])
    bench.platform.down = None
    begun = time.monotonic()
    loop.wake()
    assert bench.tries.acquire(timeout=10)
    assert 0.5 < time.monotonic() - begun < 5
    assert len(bench.platform.taken) == 1


@pytest.mark.timeout(20)
def test_a_link_that_came_up_is_tried_at_once(down: tuple[Bench, Loop]) -> None:
    bench, loop = down
    assert bench.tries.acquire(timeout=10)  # the next pause is 2 s
    bench.outbox.put([Window().event(number(1))])
    bench.platform.down = None
    begun = time.monotonic()
    loop.link_up()
    assert bench.tries.acquire(timeout=10)
    assert time.monotonic() - begun < 1
    assert len(bench.platform.taken) == 1


@pytest.mark.timeout(20)
def test_a_paused_loop_sends_nothing_new_until_a_person_wants_it() -> None:
    bench = Bench()
    made = threading.Semaphore(0)
    loop = bench.loop(heard=lambda _: made.release(), idle=3600)
    loop.start()
    assert made.acquire(timeout=10)
    loop.pause()
    assert loop.paused
    bench.outbox.put([Window().event(number(1))])
    loop.wake()
    assert not made.acquire(timeout=0.2)
    assert bench.platform.taken == []
    loop.link_up()
    assert made.acquire(timeout=10)
    assert not loop.paused
    assert len(bench.platform.taken) == 1
    assert loop.stop()


@pytest.mark.timeout(20)
def test_a_pause_that_was_forgotten_ends_by_itself() -> None:
    bench = Bench()
    made = threading.Semaphore(0)
    loop = bench.loop(heard=lambda _: made.release(), idle=0.01, longest_pause=0.05)
    bench.outbox.put([Window().event(number(1))])
    loop.pause()
    loop.start()
    while not bench.platform.taken:
        assert made.acquire(timeout=10)
    assert not loop.paused
    assert loop.stop()


def test_a_loop_that_never_started_is_stopped_at_once() -> None:
    assert Bench().loop().stop()
