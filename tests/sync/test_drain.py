"""One pass: nothing dropped, nothing twice, no case in another's way."""

from collections.abc import Iterator, Sequence

import pytest

from client.ports.link import Trouble
from client.ports.platform import ChangePage, DrainReport, Event, Verdict
from sync.drain import BATCH_BYTES
from sync.faults import FILE_REFUSED, NOT_A_PLATFORM, WRONG_DIGEST, Busy, FileFailed, Refused, Unsure, WrongDigest
from sync.materials import PORTION
from sync.pace import BATCH_EVENTS, FIRST
from sync.protocol import MAX_DIGESTS
from tests.sync.bench import Bench
from tests.sync.desk import DOWN, LOST, ScriptedPlatform, change
from tests.sync.sample import number, sha256


@pytest.fixture
def bench() -> Iterator[Bench]:
    made = Bench()
    yield made
    made.outbox.close()


def test_one_pass_empties_a_backlog(bench: Bench) -> None:
    backlog = bench.window.cases(BATCH_EVENTS * 3 + 7)
    bench.put(*backlog)
    assert bench.drain() == DrainReport(sent=len(backlog))
    assert sorted(bench.sent()) == sorted(event.event_id for event in backlog)
    assert len(bench.platform.requests[0]) == FIRST
    assert sorted(len(request) for request in bench.platform.requests) == [FIRST, 200, 307, 400, 500]


def test_nothing_to_do_is_a_quiet_pass(bench: Bench) -> None:
    assert bench.drain() == DrainReport()
    assert bench.platform.requests == []


def test_a_request_is_bounded_in_bytes_and_a_giant_goes_alone(bench: Bench) -> None:
    third = BATCH_BYTES // 3
    bench.put(*[bench.window.event(number(i), size=third) for i in range(3)])
    bench.put(bench.window.event(number(9), size=BATCH_BYTES))
    assert bench.drain().sent == 4
    assert [len(request) for request in bench.platform.requests] == [2, 1, 1]


def test_a_refused_event_is_set_aside_and_holds_up_its_own_case_alone(bench: Bench) -> None:
    first, second, other = [
        bench.window.event(number(i), s) for i, s in ((1, "received"), (1, "accepted"), (2, "accepted"))
    ]
    bench.put(first, second, other)
    bench.platform.on_send = lambda i: (
        Verdict.REFUSED if i == first.event_id else Verdict.RETRY if i == second.event_id else Verdict.ACCEPTED
    )
    report = bench.drain()
    assert (report.sent, report.refused, report.waiting) == (1, 1, 1)
    assert bench.sent() == [other.event_id]
    assert bench.outbox.row(first.event_id)["error"] == "示例原因"
    bench.later(3600)
    assert bench.drain().waiting == 1  # still held by the refused one, and never sent again
    assert len(bench.platform.requests) == 1


def test_an_event_told_to_wait_is_tried_again_after_its_pause(bench: Bench) -> None:
    event = bench.window.event(number(1))
    bench.put(event)
    bench.platform.on_send = lambda _: Verdict.RETRY
    assert bench.drain().waiting == 1
    bench.platform.on_send = lambda _: Verdict.ACCEPTED
    bench.later(0.9)
    assert bench.drain().sent == 0
    bench.later(0.2)
    assert bench.drain().sent == 1


def test_a_duplicate_is_as_good_as_taken(bench: Bench) -> None:
    event = bench.window.event(number(1))
    bench.put(event)
    bench.platform.on_send = lambda _: Verdict.DUPLICATE
    assert bench.drain() == DrainReport(sent=1)
    assert bench.state(event) == "stored"


def test_an_event_without_an_answer_is_unknown_and_settled_before_anything_is_sent(bench: Bench) -> None:
    silent, heard = bench.window.cases(2)
    bench.put(silent, heard)
    bench.platform.on_send = lambda i: None if i == silent.event_id else Verdict.ACCEPTED
    assert (bench.drain().unknown, bench.state(silent)) == (1, "unknown")
    bench.platform.on_settle = lambda _: Verdict.ACCEPTED
    assert bench.drain() == DrainReport(sent=1)
    assert bench.platform.settled == [silent.event_id]
    assert bench.sent() == [heard.event_id]  # the silent one was never sent a second time


@pytest.mark.parametrize("word", [None, Verdict.RETRY])
def test_an_event_the_platform_never_saw_is_sent_again_at_once(bench: Bench, word: Verdict | None) -> None:
    event = bench.window.event(number(1))
    bench.put(event)
    bench.outbox.sending([event.event_id])  # and then the window was killed
    bench.platform.on_settle = lambda _: word
    assert bench.drain() == DrainReport(sent=1)


def test_a_lost_answer_leaves_its_events_unknown_and_later_events_of_their_cases_unsent(bench: Bench) -> None:
    bench.put(*[bench.window.event(number(1), "received"), bench.window.event(number(2), size=BATCH_BYTES)])
    bench.put(bench.window.event(number(1), "accepted"), bench.window.event(number(3)))
    first = iter([LOST])
    bench.platform.on_request = lambda _: next(first, None)
    report = bench.drain()
    assert (report.sent, report.unknown, report.waiting) == (2, 1, 1)
    assert report.error == str(LOST)
    assert bench.drain() == DrainReport(sent=2)
    assert [e.type for e in bench.platform.taken if e.subject == number(1)] == ["case.received", "case.accepted"]


def test_a_dead_platform_ends_the_pass_at_once_with_everything_waiting(bench: Bench) -> None:
    bench.put(*bench.window.cases(BATCH_EVENTS + 1))
    bench.platform.on_request = lambda _: DOWN
    report = bench.drain()
    assert (report.sent, report.waiting, report.error) == (0, BATCH_EVENTS + 1, str(DOWN))
    assert len(bench.platform.requests) == 1
    bench.platform.on_request = lambda _: None
    assert bench.drain().sent == BATCH_EVENTS + 1  # at once when it is back


@pytest.mark.parametrize("at", ["settling", "asking for files", "putting up files", "sending"])
def test_an_outage_is_noted_on_what_was_due_wherever_it_is_met(bench: Bench, at: str) -> None:
    page = b"page"
    bench.outbox.contents = {sha256(page): page}
    lost, due = bench.window.event(number(1)), bench.window.event(number(2), files=[page])
    bench.put(lost, due)
    if at == "settling":
        bench.outbox.sending([lost.event_id])
        bench.platform.on_settle = lambda _: DOWN
    elif at == "asking for files":
        bench.platform.down = DOWN
    elif at == "putting up files":
        bench.platform.on_upload = lambda _: DOWN
    else:
        bench.platform.on_request = lambda _: DOWN
    assert bench.drain().sent == 0
    assert bench.outbox.row(due.event_id)["error"] == str(DOWN)
    assert bench.attempts(due) == 1
    bench.platform = ScriptedPlatform()
    assert bench.drain().sent == 2  # at once when it is back


def test_a_backlog_that_outlived_a_long_outage_is_not_sent_one_by_one(bench: Bench) -> None:
    bench.put(*bench.window.cases(BATCH_EVENTS))
    bench.platform.down = DOWN
    for _ in range(20):
        bench.drain()
    bench.platform.down = None
    assert bench.drain().sent == BATCH_EVENTS
    assert len(bench.platform.requests) <= 10


def test_a_busy_platform_is_left_alone_for_as_long_as_it_asks(bench: Bench) -> None:
    event = bench.window.event(number(1))
    bench.put(event)
    bench.platform.on_request = lambda _: Busy(status=503, retry_after=30.0)
    assert bench.drain().waiting == 1
    bench.platform.on_request = lambda _: None
    bench.later(29)
    assert bench.drain().sent == 0
    bench.later(2)
    assert bench.drain().sent == 1


def test_a_busy_platform_that_names_no_time_is_asked_in_the_next_pass(bench: Bench) -> None:
    bench.put(bench.window.event(number(1)))
    bench.platform.on_request = lambda _: Busy(status=429, retry_after=None)
    assert bench.drain().waiting == 1
    bench.platform.on_request = lambda _: None
    assert bench.drain().sent == 1


def test_a_platform_that_is_down_while_settling_leaves_the_unknown_unknown(bench: Bench) -> None:
    first, second = bench.window.cases(2)
    bench.put(first, second)
    bench.outbox.sending([first.event_id, second.event_id])
    bench.platform.on_settle = lambda i: Verdict.ACCEPTED if i == first.event_id else DOWN
    report = bench.drain()
    assert (report.sent, report.unknown) == (1, 1)  # what was answered before is kept


def test_a_question_that_gets_no_answer_does_not_hold_up_the_others(bench: Bench) -> None:
    poisoned, *others = bench.window.cases(6)
    bench.put(poisoned, *others)
    bench.outbox.sending([poisoned.event_id, others[0].event_id])
    bench.platform.on_settle = lambda i: LOST if i == poisoned.event_id else Verdict.ACCEPTED
    report = bench.drain()
    assert (report.sent, report.unknown) == (5, 1)


def test_three_lost_answers_in_a_row_end_the_pass(bench: Bench) -> None:
    events = bench.window.cases(5)
    bench.put(*events)
    bench.outbox.sending([event.event_id for event in events])
    bench.platform.on_settle = lambda _: LOST
    assert bench.drain().unknown == 5
    assert len(bench.platform.settled) == 3


def test_an_event_that_breaks_the_platform_is_soon_alone_and_blocks_nobody(bench: Bench) -> None:
    poisoned, *others = bench.window.cases(40)
    bench.put(*others[:20], poisoned, *others[20:])
    bench.platform.on_request = lambda events: LOST if poisoned in events else None
    passes = 0
    while len(bench.platform.taken) < len(others):
        bench.drain()
        bench.later(130)
        passes += 1
        assert passes < 20
    assert bench.state(poisoned) in {"unknown", "waiting"}  # kept, and tried again for ever
    assert sorted(bench.sent()) == sorted(event.event_id for event in others)


def test_a_request_refused_whole_is_halved_until_the_one_that_is_meant_stands_alone(bench: Bench) -> None:
    bad, *good = bench.window.cases(9)
    later = bench.window.event(bad.subject, "review")
    bench.put(*good[:4], bad, *good[4:], later)
    no = Refused(problem="invalid-batch", reason="格式不对")
    bench.platform.on_request = lambda events: no if bad in events else None
    report = bench.drain()
    assert (report.sent, report.refused, report.waiting) == (8, 1, 1)
    assert (bench.state(bad), bench.outbox.row(bad.event_id)["error"]) == ("refused", "格式不对")
    assert bench.state(later) == "waiting"


def test_a_request_of_nothing_but_held_cases_is_not_made(bench: Bench) -> None:
    first, second = bench.window.event(number(1), "received"), bench.window.event(number(1), size=BATCH_BYTES)
    bench.put(first, second)
    bench.platform.on_send = lambda _: Verdict.RETRY
    assert bench.drain().waiting == 2
    assert bench.platform.requests == [[first]]


def test_a_batch_whose_files_all_fail_makes_no_request(bench: Bench) -> None:
    bench.put(bench.window.event(number(1), files=[b"damaged"]))
    assert bench.drain().refused == 1
    assert bench.platform.requests == []


def test_a_dead_platform_in_the_middle_of_the_halving_leaves_all_waiting(bench: Bench) -> None:
    bench.put(*bench.window.cases(4))
    script: Iterator[BaseException] = iter([Refused(problem="too-large", reason="过大"), DOWN])
    bench.platform.on_request = lambda _: next(script)
    report = bench.drain()
    assert (report.waiting, report.unknown, report.refused) == (4, 0, 0)


def test_files_go_up_before_the_event_that_names_them_and_once_only(bench: Bench) -> None:
    page, other = b"page", b"other"
    bench.outbox.contents = {sha256(page): page, sha256(other): other}
    bench.put(bench.window.event(number(1), files=[page, other]), bench.window.event(number(2), files=[page]))
    bench.platform.files = {sha256(other)}
    assert bench.drain() == DrainReport(sent=2, files=1)
    assert bench.platform.uploads == [sha256(page)]


def test_what_the_platform_lacks_of_a_backlogs_files_is_asked_in_bulk(bench: Bench) -> None:
    pages = [f"page {i}".encode() for i in range(MAX_DIGESTS + 200 + 2 * FIRST)]
    bench.outbox.contents = {sha256(page): page for page in pages}
    bench.put(*[bench.window.event(number(i), files=pages[i * 2 : i * 2 + 2]) for i in range(len(pages) // 2)])
    assert bench.drain() == DrainReport(sent=len(pages) // 2, files=len(pages))
    first, *rest = [len(asked) for asked in bench.platform.asked]
    assert (first, sorted(rest)) == (2 * FIRST, [200, MAX_DIGESTS])


def test_a_dead_platform_costs_no_look_at_all_the_files_that_wait(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[object] = []
    monkeypatch.setattr(bench.outbox, "files", looks.append)
    bench.outbox.contents = {sha256(b"page"): b"page"}
    bench.put(bench.window.event(number(1), files=[b"page"]))
    bench.platform.down = DOWN
    assert bench.drain().waiting == 1
    assert looks == []


def test_events_without_files_cost_no_look_at_files(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    looks: list[object] = []
    monkeypatch.setattr(bench.outbox, "files", looks.append)
    bench.put(*bench.window.cases(3))
    assert (bench.drain().sent, looks) == (3, [])


def test_events_follow_their_files_soon_and_do_not_wait_for_those_of_all_the_others(bench: Bench) -> None:
    pages = [f"page {i}".encode() for i in range(3 * PORTION)]
    bench.outbox.contents = {sha256(page): page for page in pages}
    bench.put(bench.window.event(number(0), files=pages[: PORTION + 1]))  # more than a portion alone
    rest = pages[PORTION + 1 :]
    bench.put(*[bench.window.event(number(1 + i), files=[page]) for i, page in enumerate(rest)])
    up_before: list[int] = []
    bench.platform.on_request = lambda _: up_before.append(len(bench.platform.uploads))
    assert bench.drain().files == len(pages)
    assert PORTION < up_before[0] <= 2 * PORTION + 1 < len(pages)  # the next portion may be up already
    assert len(up_before) >= 3


@pytest.mark.parametrize("error", [FileFailed(FILE_REFUSED, status=460), LOST])
def test_a_file_that_does_not_go_delays_its_own_cases_alone(bench: Bench, error: Exception) -> None:
    bad, good = b"bad", b"good"
    bench.outbox.contents = {sha256(bad): bad, sha256(good): good}
    poisoned = bench.window.event(number(1), "received", files=[bad])
    bench.put(poisoned, bench.window.event(number(1)), bench.window.event(number(2), files=[good]))
    bench.platform.on_upload = lambda digest: error if digest == sha256(bad) else None
    report = bench.drain()
    assert (report.sent, report.waiting, report.files, report.error) == (1, 2, 1, str(error))
    assert [event.subject for event in bench.platform.taken] == [number(2)]
    bench.platform.on_upload = lambda _: None
    bench.later(60)
    assert bench.drain().sent == 2


def test_a_file_that_is_another_one_than_its_event_names_is_for_people_to_decide(bench: Bench) -> None:
    wrong = bench.window.event(number(1), files=[b"wrong"])
    bench.outbox.contents = {sha256(b"wrong"): b"wrong"}
    bench.put(wrong, bench.window.event(number(1), "review"), bench.window.event(number(2)))
    bench.platform.on_upload = lambda _: WrongDigest(WRONG_DIGEST)
    report = bench.drain()
    assert (report.sent, report.refused, report.waiting) == (1, 1, 1)
    assert bench.outbox.row(wrong.event_id)["state"] == "refused"


def test_an_earlier_event_of_the_case_goes_even_when_a_later_ones_file_does_not(bench: Bench) -> None:
    first = bench.window.event(number(1), "received")
    bench.put(first, bench.window.event(number(1), files=[b"bad"]), bench.window.event(number(1), "review"))
    report = bench.drain()
    assert (bench.sent(), report.refused, report.waiting) == ([first.event_id], 1, 1)


def test_a_platform_gone_while_files_go_up_ends_the_pass(bench: Bench) -> None:
    pages = [f"page {i}".encode() for i in range(5)]
    bench.outbox.contents = {sha256(page): page for page in pages}
    bench.put(*[bench.window.event(number(i), files=[page]) for i, page in enumerate(pages)])
    bench.platform.on_upload = lambda _: LOST
    assert bench.drain().waiting == 5
    bench.platform.on_upload = lambda _: DOWN
    assert bench.drain().error == str(DOWN)
    assert bench.platform.requests == []


def test_changes_are_applied_page_by_page_until_there_are_no_more(bench: Bench) -> None:
    one, two = change(number(1)), change(number(2))
    bench.platform.pages = [ChangePage([one], "c1", more=True), ChangePage([two], "c2")]
    bench.drain()
    assert bench.inbox.applied == [one, two]
    assert bench.inbox.cursor() == "c2"


def test_a_feed_that_does_not_move_on_is_not_followed_for_ever(bench: Bench) -> None:
    bench.platform.pages = [ChangePage([], "", more=True)] * 2
    bench.drain()
    assert len(bench.platform.pages) == 1


def test_a_feed_that_fails_does_not_undo_what_was_sent(bench: Bench) -> None:
    bench.put(bench.window.event(number(1)))
    no = Unsure(NOT_A_PLATFORM, host="platform.example", status=200)

    def fail(cursor: str, wait: float = 0.0) -> ChangePage:
        raise no

    bench.platform.changes = fail  # type: ignore[method-assign] # the one method this platform fails in
    assert bench.drain() == DrainReport(sent=1, error=str(no), outage=str(no), trouble=Trouble.PLATFORM)


def test_an_event_lost_again_and_again_waits_longer_each_time(bench: Bench) -> None:
    event = bench.window.event(number(1))
    bench.put(event)

    def lose(events: Sequence[Event]) -> BaseException | None:
        return LOST

    bench.platform.on_request = lose
    for _ in range(3):
        bench.drain()
    requests = len(bench.platform.requests)
    bench.drain()  # no time has passed: nothing is sent
    assert len(bench.platform.requests) == requests
    bench.later(130)
    bench.drain()
    assert len(bench.platform.requests) == requests + 1
    assert bench.attempts(event) >= 2
