"""A platform restored from an old copy gets again what it lacks: each case and file once, whatever it had forgotten."""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from client.ports.platform import ChangePage, DrainReport, Event, Verdict
from sync.drain import drain, one_pass
from sync.faults import NOT_A_PLATFORM, Unsure
from sync.platform import HttpPlatform
from sync.recall import FORGOTTEN, PAGE
from sync.senders import SENDERS
from tests.hubs import HubProcess
from tests.sync.bench import Bench
from tests.sync.desk import DOWN, LOST
from tests.sync.memory import TestInbox, TestOutbox
from tests.sync.sample import NOW, Window, number, sha256


@pytest.fixture
def bench() -> Iterator[Bench]:
    made = Bench()
    yield made
    made.outbox.close()


def taken_then_forgotten(bench: Bench, cases: int, remembered: int) -> list[Event]:
    """So many cases were taken, and the platform is restored from a copy that knows the first of them."""
    events = bench.window.cases(cases)
    bench.put(*events)
    assert bench.drain().sent == cases
    bench.platform.taken = [event for event in bench.platform.taken if event.sequence <= remembered]
    bench.platform.settled.clear()
    return events


def knows(bench: Bench, event_id: str) -> Verdict | None:
    return Verdict.ACCEPTED if event_id in bench.sent() else None


def test_a_platform_that_knows_the_newest_is_asked_no_further(bench: Bench) -> None:
    events = taken_then_forgotten(bench, 3, remembered=3)
    assert bench.drain(doubt=True) == DrainReport()
    assert bench.platform.settled == [events[-1].event_id]


def test_what_was_forgotten_goes_up_again_and_the_rest_does_not(bench: Bench) -> None:
    known = 4 * PAGE
    events = taken_then_forgotten(bench, known + PAGE + 5, remembered=known)
    report = bench.drain(doubt=True)
    assert report == DrainReport(sent=PAGE + 5, forgotten=PAGE + 5)
    assert sorted(bench.sent()) == sorted(event.event_id for event in events)
    assert len(bench.platform.settled) <= PAGE + 5 + 2 * PAGE


def test_a_feed_that_began_anew_is_reason_enough_to_ask(bench: Bench) -> None:
    taken_then_forgotten(bench, 3, remembered=0)
    bench.platform.pages = [ChangePage([], "other-0", restarted=True)]
    assert bench.drain() == DrainReport(sent=3, forgotten=3)
    assert bench.inbox.cursor() == "other-0"


def test_what_was_overlooked_goes_up_too_where_the_feed_began_anew(bench: Bench) -> None:
    (late, *_) = taken_then_forgotten(bench, 3, remembered=3)
    bench.platform.pages = [ChangePage([], "other-0", restarted=True)]

    def ahead() -> int:
        bench.outbox.reopen([late.event_id], FORGOTTEN)
        return 1

    report = one_pass(
        bench.outbox, bench.inbox, bench.platform, bench.now, uniform=lambda low, _: low, ahead=ahead
    ).report
    assert (report.sent, report.forgotten, report.waiting) == (1, 1, 0)


def test_a_file_that_was_forgotten_with_its_event_goes_up_again(bench: Bench) -> None:
    page = b"page"
    bench.outbox.contents = {sha256(page): page}
    event = bench.window.event(number(1), files=[page])
    bench.put(event)
    bench.drain()
    bench.platform.taken.clear()
    bench.platform.files.clear()
    assert bench.drain(doubt=True) == DrainReport(sent=1, files=1, forgotten=1)


def test_an_outage_while_asking_keeps_what_was_found_and_the_next_pass_finds_the_rest(bench: Bench) -> None:
    taken_then_forgotten(bench, 20, remembered=5)
    answers = iter([None] * 8)
    bench.platform.on_settle = lambda _: next(answers, DOWN)
    report = bench.drain(doubt=True)
    assert (report.sent, report.outage) == (0, str(DOWN))
    assert 1 + SENDERS <= report.waiting == report.forgotten <= 8  # but for those that were heard too late
    first = bench.outbox.due(bench.now, 1)[0]
    assert bench.outbox.row(first.event_id)["error"] == FORGOTTEN
    known = {event.event_id for event in bench.platform.taken}
    bench.platform.on_settle = lambda i: Verdict.ACCEPTED if i in known else None
    assert bench.drain(doubt=True).sent == 15


def test_an_event_whose_question_had_no_answer_goes_again_and_does_no_harm(bench: Bench) -> None:
    events = taken_then_forgotten(bench, 3, remembered=3)
    newest = events[-1].event_id
    bench.platform.on_settle = lambda i: LOST if i == newest else Verdict.ACCEPTED
    bench.platform.on_send = lambda _: Verdict.DUPLICATE
    report = bench.drain(doubt=True)
    assert (report.sent, report.forgotten, report.error, report.outage) == (1, 0, str(LOST), None)
    assert bench.sent() == [event.event_id for event in events]


def test_what_a_login_page_says_in_the_platforms_place_casts_no_doubt_on_what_was_taken(bench: Bench) -> None:
    events = taken_then_forgotten(bench, 20, remembered=20)
    bench.platform.on_settle = lambda _: Unsure(NOT_A_PLATFORM, host="login", status=200)
    for _ in range(3):  # passes
        report = bench.drain(doubt=True)
        assert (report.waiting, report.forgotten, report.outage is None) == (0, 0, False)
    assert bench.sent() == [event.event_id for event in events]


def test_one_event_that_cannot_be_asked_about_holds_up_nothing(bench: Bench) -> None:
    (first,) = taken_then_forgotten(bench, 1, remembered=1)
    bench.platform.on_settle = lambda _: LOST
    bench.platform.on_send = lambda i: Verdict.DUPLICATE if i == first.event_id else Verdict.ACCEPTED
    bench.put(bench.window.event(number(7)))
    assert bench.drain(doubt=True).sent == 2


def test_a_lost_answer_among_the_questions_leaves_nothing_behind_at_the_window(bench: Bench) -> None:
    """What is sent again behind it would be the newest, and known, when the platform is asked the next time."""
    events = taken_then_forgotten(bench, 5, remembered=1)
    bench.platform.on_settle = lambda i: LOST if i == events[2].event_id else knows(bench, i)
    bench.drain(doubt=True)
    assert bench.sent()[1:] == [event.event_id for event in events[1:]]


@pytest.mark.parametrize("broken", ["outage", "stop"])
def test_a_feed_that_began_anew_is_heard_of_again_when_the_asking_broke_off(bench: Bench, broken: str) -> None:
    taken_then_forgotten(bench, 5, remembered=1)
    bench.put(bench.window.event(number(5)))  # sent before the feed is read: the newest, and known
    anew = ChangePage([], "other-0", restarted=True)
    bench.platform.pages = [anew, anew]
    stopped: list[str] = []

    def breaking(event_id: str) -> object:
        stopped.append(event_id)
        return DOWN if broken == "outage" else knows(bench, event_id)

    bench.platform.on_settle = breaking
    stopping = bool if broken == "outage" else lambda: len(bench.platform.pages) < 2
    one_pass(bench.outbox, bench.inbox, bench.platform, bench.now, uniform=lambda low, _: low, stopping=stopping)
    assert bench.inbox.cursor() == ""
    bench.platform.on_settle = lambda i: knows(bench, i)
    assert bench.drain(doubt=True).forgotten == 4
    assert (len(set(bench.sent())), bench.inbox.cursor()) == (6, "other-0")


def test_nothing_is_sent_when_a_pause_broke_the_asking_off_and_is_over_already(bench: Bench) -> None:
    taken_then_forgotten(bench, 3, remembered=0)
    bench.put(bench.window.event(number(3)))
    paused = iter([True])
    outcome = one_pass(
        bench.outbox,
        bench.inbox,
        bench.platform,
        bench.now,
        uniform=lambda low, _: low,
        doubt=True,
        stopping=lambda: next(paused, False),
    )
    assert (outcome.doubt, outcome.report.sent, bench.sent()) == (True, 0, [])
    assert bench.drain(doubt=True) == DrainReport(sent=4, forgotten=3)


def test_what_a_pass_sent_itself_does_not_end_the_walk(bench: Bench) -> None:
    taken_then_forgotten(bench, 5, remembered=0)
    bench.put(*bench.window.cases(PAGE + 1, first=5))
    bench.platform.pages = [ChangePage([], "other-0", restarted=True)]
    assert bench.drain() == DrainReport(sent=PAGE + 6, forgotten=5)


@pytest.mark.parametrize("copied", [True, False], ids=["an old copy", "nothing"])
def test_a_hub_brought_back_from_an_old_copy_has_each_case_and_file_once(*, copied: bool, tmp_path: Path) -> None:
    window, folder, copy = Window(), tmp_path / "hub", tmp_path / "copy"
    pages = [f"page {i}".encode() for i in range(60)]
    outbox, inbox = TestOutbox(contents={sha256(page): page for page in pages}), TestInbox()
    folder.mkdir()
    passes = 0

    def one_pass(*, doubt: bool) -> DrainReport:
        nonlocal passes
        passes += 1
        platform = HttpPlatform(hub.url)
        report = drain(outbox, inbox, platform, lambda: NOW + timedelta(seconds=130 * passes), doubt=doubt)
        platform.close()
        return report

    with HubProcess(folder) as hub:
        outbox.put([window.event(number(i), files=[pages[i]]) for i in range(20)])
        assert one_pass(doubt=True).sent == 20
        if copied:
            hub.stop()
            shutil.copytree(folder, copy)
            hub.start()
        outbox.put([window.event(number(i), files=[pages[i]]) for i in range(20, 50)])
        outbox.put([window.event(number(i), "review", kind="case.review") for i in range(10)])
        assert one_pass(doubt=False).sent == 40
        hub.stop()
        shutil.rmtree(folder)
        if copied:
            shutil.copytree(copy, folder)
        else:
            folder.mkdir()
        hub.start()
        outbox.put([window.event(number(i), files=[pages[i]]) for i in range(50, 60)])
        report = one_pass(doubt=copied)  # the cursor alone tells of a hub that is quite new
        lost = 40 if copied else 60
        assert (report.forgotten, report.sent, report.refused) == (lost, lost + 10, 0)
        found = hub.cases()
    outbox.close()
    assert [case["number"] for case in found] == [number(i) for i in range(60)]
    assert [case["events"] for case in found] == [2] * 10 + [1] * 50
    assert all(case["files"] for case in found)
