"""Several requests under way at once: bounded, in their cases' order, and nothing sent that was not marked before."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from threading import Condition
from threading import Event as Flag

import pytest

from client.ports.platform import ChangePage, Event, EventAnswer
from sync.faults import Busy, Refused
from sync.pace import FIRST
from sync.senders import SENDERS
from tests.sync.bench import Bench
from tests.sync.desk import DOWN, LOST, ScriptedPlatform
from tests.sync.sample import number, sha256


class Crowded(ScriptedPlatform):
    """Keeps each request after the first answer until others are there too, and knows what was under way at once."""

    def __init__(self) -> None:
        super().__init__()
        self._came = Condition()
        self._under_way: list[Sequence[Event]] = []
        self.patience = 5.0  # seconds to wait for the others
        self.most = 0
        self.met: set[str] = set()  # cases of which two requests were under way at once
        self.crowd: list[BaseException] = []  # what becomes of the requests after the first

    def send(self, events: Sequence[Event]) -> Sequence[EventAnswer]:
        with self._beside(events, alone=not self.requests):
            if self.requests and self.crowd:
                raise self.crowd.pop(0)
            return super().send(events)

    def upload(self, digest: str, content: bytes) -> None:
        with self._beside((), alone=False):
            super().upload(digest, content)

    @contextmanager
    def _beside(self, events: Sequence[Event], *, alone: bool) -> Iterator[None]:
        with self._came:
            for other in self._under_way:
                self.met |= {event.subject for event in events} & {event.subject for event in other}
            self._under_way.append(events)
            self.most = max(self.most, len(self._under_way))
            self._came.notify_all()
            if not alone:
                self._came.wait_for(lambda: self.most >= SENDERS, self.patience)
        try:
            yield
        finally:
            with self._came:
                self._under_way.remove(events)


@pytest.fixture
def bench() -> Iterator[Bench]:
    made = Bench()
    made.platform = Crowded()
    yield made
    made.outbox.close()


def crowded(bench: Bench) -> Crowded:
    assert isinstance(bench.platform, Crowded)
    return bench.platform


def test_four_requests_are_under_way_at_once_and_never_two_about_one_case(bench: Bench) -> None:
    cases, acts = 2_000, ("received", "accepted")
    bench.put(*[bench.window.event(number(i), act) for act in acts for i in range(cases)])
    assert bench.drain().sent == cases * len(acts)
    assert (crowded(bench).most, crowded(bench).met) == (SENDERS, set())
    for i in range(0, cases, 100):
        acted = [event.type for event in bench.platform.taken if event.subject == number(i)]
        assert acted == [f"case.{act}" for act in acts]


def test_files_go_up_several_at_a_time(bench: Bench) -> None:
    pages = [f"page {i}".encode() for i in range(2 * SENDERS)]
    bench.outbox.contents = {sha256(page): page for page in pages}
    bench.put(bench.window.event(number(1), files=pages))
    assert bench.drain().files == len(pages)
    assert crowded(bench).most == SENDERS


def test_what_came_down_is_asked_for_beside_the_last_answers(bench: Bench) -> None:
    bench.put(*bench.window.cases(2 * FIRST))
    crowded(bench).patience = 0.0
    asked = Flag()
    beside: list[bool] = []

    def last(events: Sequence[Event]) -> None:
        if len(bench.platform.requests) > 1:
            beside.append(asked.wait(5))

    def changes(cursor: str, wait: float = 0.0) -> ChangePage:
        asked.set()
        return ChangePage((), cursor)

    bench.platform.on_request = last
    bench.platform.changes = changes  # type: ignore[method-assign] # it tells when it is asked
    assert bench.drain().sent == 2 * FIRST
    assert beside == [True]


def test_a_feed_that_fails_beside_them_stops_nothing_that_can_go(bench: Bench) -> None:
    cases = 5 * FIRST
    bench.put(*[bench.window.event(number(i), act) for act in ("received", "accepted") for i in range(cases)])
    crowded(bench).patience = 0.0

    def changes(cursor: str, wait: float = 0.0) -> ChangePage:
        raise DOWN

    bench.platform.changes = changes  # type: ignore[method-assign] # the one method this platform fails in
    report = bench.drain()
    assert (report.sent, report.outage) == (2 * cases, str(DOWN))


def test_nothing_is_sent_that_was_not_marked_before(bench: Bench) -> None:
    bench.put(*bench.window.cases(5 * FIRST))
    crowded(bench).patience = 0.0
    marked: list[bool] = []

    def look(events: Sequence[Event]) -> None:
        states = {bench.state(event) for event in events}
        marked.append(states == {"sending"})

    bench.platform.on_request = look
    assert bench.drain().sent == 5 * FIRST
    assert set(marked) == {True}


@pytest.mark.parametrize("pause", [None, 30.0])
def test_an_outage_met_by_all_that_is_under_way_leaves_every_event_waiting(bench: Bench, pause: float | None) -> None:
    total = FIRST + 200 + 400 + 500 + 500 + 7
    bench.put(*bench.window.cases(total))
    crowded(bench).crowd = [DOWN if pause is None else Busy(status=503, retry_after=pause)] * SENDERS
    report = bench.drain()
    assert (report.sent, report.waiting, report.unknown) == (FIRST, total - FIRST, 0)
    assert crowded(bench).crowd == []
    bench.later(pause or 0)
    assert bench.drain().sent == total - FIRST


def test_what_was_taken_while_another_request_met_the_outage_is_kept(bench: Bench) -> None:
    bench.put(*bench.window.cases(1_700))
    crowded(bench).crowd = [DOWN, LOST]
    report = bench.drain()
    assert (report.sent + report.waiting + report.unknown, report.outage) == (1_700, str(DOWN))
    assert report.sent >= FIRST + 200 + 400  # two of the four that were under way
    assert report.unknown in {200, 400, 500}
    assert bench.drain().sent + report.sent == 1_700  # the lost ones were asked after, and then sent


def test_a_refusal_of_the_whole_is_narrowed_case_by_case_beside_the_others(bench: Bench) -> None:
    acts = ("received", "accepted")
    bench.put(*[bench.window.event(number(i), act) for i in range(40) for act in acts])
    bad = bench.outbox.due(bench.now, 80)[21]
    no = Refused(problem="invalid-batch", reason="格式不对")
    bench.platform.on_request = lambda events: no if bad in events else None
    crowded(bench).patience = 0.0
    report = bench.drain()
    assert (report.sent, report.refused, report.waiting) == (79, 1, 0)
    assert crowded(bench).met == set()


def test_halves_that_were_not_sent_any_more_wait_as_before(bench: Bench) -> None:
    bench.put(*bench.window.cases(4))
    no = Refused(problem="too-large", reason="过大")
    answers = iter([no, DOWN])
    crowded(bench).patience = 0.0
    bench.platform.on_request = lambda _: next(answers, None)
    assert bench.drain().waiting == 4
    assert bench.outbox.states() == {"waiting": 4}
    assert bench.drain().sent == 4
