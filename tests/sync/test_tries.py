"""What a pass tells of each try, and what it leaves alone because a person holds it back."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests.sync.bench import Bench
from tests.sync.desk import DOWN
from tests.sync.sample import NOW, number


@pytest.fixture
def bench() -> Iterator[Bench]:
    made = Bench()
    yield made
    made.outbox.close()


def test_what_a_person_holds_back_while_its_files_go_up_is_not_sent(bench: Bench) -> None:
    held, free = bench.window.event(number(1)), bench.window.event(number(2))
    bench.put(held, free)
    bench.outbox.hold_late = {held.event_id}
    assert bench.drain().sent == 1
    assert bench.sent() == [free.event_id]
    assert bench.state(held) == "waiting"


def test_a_batch_that_is_held_back_whole_makes_no_request(bench: Bench) -> None:
    held = bench.window.event(number(1))
    bench.put(held)
    bench.outbox.hold_late = {held.event_id}
    bench.drain()
    assert bench.platform.requests == []


def test_each_try_is_told_with_its_time_and_how_it_ended(bench: Bench) -> None:
    event = bench.window.event(number(1))
    bench.put(event)
    bench.platform.down = DOWN
    bench.drain()
    bench.platform.down = None
    bench.later(60)
    bench.drain()
    (_, failed, why, first), (_, arrived, _, second) = bench.outbox.tries
    assert (failed, arrived) == ("waiting", "stored")
    assert "PLAT-unreachable" in why
    for tried, at in ((first, NOW), (second, NOW + timedelta(seconds=60))):
        assert timedelta() <= tried.at - at < timedelta(seconds=5)
        assert tried.seconds is not None
        assert 0 <= tried.seconds < 5


def test_of_an_answer_that_was_asked_for_later_no_duration_is_told(bench: Bench) -> None:
    event = bench.window.event(number(1))
    bench.put(event)
    bench.outbox.sending([event.event_id])  # and then the window was killed
    bench.drain()
    assert [(became, tried.seconds is None) for _, became, _, tried in bench.outbox.tries] == [
        ("waiting", True),  # the platform never saw it
        ("stored", False),
    ]
