"""A pass tells how far it is, and ends where it is told to, with nothing lost and nobody delayed."""

from collections.abc import Iterator

import pytest

from client.ports.link import Progress
from sync.drain import one_pass, untold
from sync.faults import Unsure
from sync.pace import FIRST
from sync.senders import SENDERS
from sync.tally import LOST_IN_A_ROW, Tally
from tests.sync.bench import Bench
from tests.sync.desk import LOST
from tests.sync.sample import NOW, number, sha256


@pytest.fixture
def bench() -> Iterator[Bench]:
    made = Bench()
    yield made
    made.outbox.close()


def test_a_pass_that_is_told_to_stop_ends_after_the_batch_it_is_in(bench: Bench) -> None:
    bench.put(*bench.window.cases(FIRST + 1))

    def stopping() -> bool:
        return bool(bench.platform.requests)

    outcome = one_pass(bench.outbox, bench.inbox, bench.platform, NOW, uniform=lambda low, _: low, stopping=stopping)
    assert (outcome.report.sent, outcome.report.waiting, outcome.outage) == (FIRST, 1, None)


def test_a_pass_that_is_told_to_stop_uploads_no_further_file_and_delays_nobody(bench: Bench) -> None:
    pages = [f"page {i}".encode() for i in range(12)]
    bench.outbox.contents = {sha256(page): page for page in pages}
    events = [bench.window.event(number(i), files=[page]) for i, page in enumerate(pages)]
    bench.put(*events, bench.window.event(number(1)))
    heard: list[Progress] = []

    def stopping() -> bool:
        return bool(bench.platform.uploads)

    report = one_pass(
        bench.outbox,
        bench.inbox,
        bench.platform,
        NOW,
        uniform=lambda low, _: low,
        stopping=stopping,
        told=heard.append,
    ).report
    assert (report.sent, report.waiting) == (0, 13)
    assert 1 <= report.files <= SENDERS
    assert {bench.attempts(event) for event in events} == {0}
    assert heard[-1] == Progress(0, 13, report.files, 12)
    assert bench.drain().sent == 13


def test_a_pass_that_is_told_to_stop_asks_after_no_further_event(bench: Bench) -> None:
    bench.put(*bench.window.cases(2))
    bench.platform.on_send = lambda _: None
    bench.drain()
    one_pass(bench.outbox, bench.inbox, bench.platform, NOW, uniform=lambda low, _: low, stopping=lambda: True)
    assert bench.platform.settled == []
    assert bench.drain().sent == 0
    assert len(bench.platform.settled) == 2


def test_a_pass_tells_how_far_it_is(bench: Bench) -> None:
    page = b"page"
    bench.outbox.contents = {sha256(page): page}
    bench.put(bench.window.event(number(1), files=[page]), *bench.window.cases(FIRST, first=2))
    heard: list[Progress] = []
    one_pass(bench.outbox, bench.inbox, bench.platform, NOW, uniform=lambda low, _: low, told=heard.append)
    total = FIRST + 1
    assert heard[0] == Progress(0, total)
    assert Progress(0, total, 1, 1) in heard
    assert heard[-1] == Progress(total, total, 1, 1)
    assert [each.sent for each in heard] == sorted(each.sent for each in heard)


def test_lost_answers_are_an_outage_only_where_none_came_between(bench: Bench) -> None:
    tally = Tally(bench.outbox.counts(), untold)
    for _ in range(LOST_IN_A_ROW):
        tally.lost(LOST)
        tally.heard()
    for _ in range(LOST_IN_A_ROW - 1):
        tally.lost(LOST)
    tally.uploaded()
    for _ in range(LOST_IN_A_ROW - 1):
        tally.lost(LOST)
    with pytest.raises(Unsure):
        tally.lost(LOST)
