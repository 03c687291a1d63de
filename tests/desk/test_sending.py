"""The 同步 page: each event in words, what a person may do, and no green without the platform's word."""

from datetime import timedelta

import pytest

from client.desk.sending import EVENT_WORDS, NOT_REFUSED, SHOW_WORDS, Sending, Show, event_words
from client.errors import CaseError, RightsError
from client.ports.outbox import Try
from client.ports.platform import EventAnswer, Verdict
from client.rules.case import State
from client.store.outbox import OutboxState
from tests.desk.counter import CLERK, FOOD, MORNING, SUPERVISOR, Desk


@pytest.fixture
def events(desk: Desk) -> list[str]:
    """Three cases were taken in; their events, oldest first."""
    for _ in range(3):
        desk.intake.receive(desk.draft(FOOD), CLERK)
    return [event.event_id for event in desk.memory.outbox().due(MORNING, 9)]


def test_entries_come_newest_first_a_page_at_a_time(desk: Desk, events: list[str]) -> None:
    sending = Sending(desk.counter)
    first = sending.entries(limit=2)
    rest = sending.entries(limit=2, before=first[-1].sequence)
    assert [entry.event_id for entry in (*first, *rest)] == events[::-1]
    assert sending.entries(before=rest[-1].sequence) == ()


def test_each_state_has_its_words_and_its_reason(desk: Desk, events: list[str]) -> None:
    outbox, later = desk.memory.outbox(), MORNING + timedelta(minutes=5)
    outbox.delay([events[0]], later, "连不上平台")
    outbox.sending(events[1:])
    outbox.answered(
        [
            EventAnswer(event_id=events[1], verdict=Verdict.ACCEPTED, ack="A-7"),
            EventAnswer(event_id=events[2], verdict=Verdict.REFUSED, reason="事项版本过旧"),
        ],
        MORNING,
    )
    sending = Sending(desk.counter)
    refused, stored, waiting = sending.entries()
    assert (refused.words, refused.case_number) == ("收件", desk.record(refused.case_id).number)
    assert [entry.state_words for entry in (refused, stored, waiting)] == [
        "平台未接收（事项版本过旧）",
        "平台已接收（A-7）",
        "待上传",
    ]
    assert (waiting.attempts, waiting.next_try, waiting.last_error) == (1, later, "连不上平台")
    assert (stored.ack, stored.answered_at, stored.time) == ("A-7", MORNING, MORNING)
    assert stored.time.tzinfo == MORNING.tzinfo
    assert [entry.event_id for entry in sending.entries(Show.UNSETTLED)] == [events[2], events[0]]
    assert [entry.event_id for entry in sending.entries(Show.STORED)] == [events[1]]
    assert sending.last_trouble() == "连不上平台"
    counts = sending.counts()
    assert (counts.waiting, counts.unknown, counts.refused) == (1, 0, 1)
    sending.hurry()
    assert sending.entries()[-1].next_try is None


def test_what_was_refused_is_sent_again_by_whoever_may(desk: Desk, events: list[str]) -> None:
    desk.memory.outbox().answered([EventAnswer(event_id=events[0], verdict=Verdict.REFUSED, reason="错")], MORNING)
    sending = Sending(desk.counter)
    with pytest.raises(RightsError):
        sending.retry(events[0], CLERK)
    number = sending.retry(events[0], SUPERVISOR)
    assert number == sending.entries()[-1].case_number
    assert sending.entries()[-1].state is OutboxState.WAITING
    assert desk.audited("retry_refused") == [("1001", events[0], "denied"), ("2001", number, "done")]
    with pytest.raises(CaseError) as refused:
        sending.retry(events[0], SUPERVISOR)
    assert refused.value.fault is NOT_REFUSED


def test_what_stands_behind_a_refused_one_of_its_case_says_so(desk: Desk, events: list[str]) -> None:
    box, sending = desk.memory.outbox(), Sending(desk.counter)
    case_id = sending.entries()[1].case_id
    box.answered([EventAnswer(event_id=events[1], verdict=Verdict.REFUSED, reason="错")], MORNING)
    desk.intake.accept(case_id, CLERK)
    newest, other, refused, oldest = sending.entries()
    assert (newest.case_id, newest.state) == (refused.case_id, OutboxState.WAITING)
    assert [each.behind for each in (newest, other, refused, oldest)] == [OutboxState.REFUSED, None, None, None]
    assert newest.state_words == "待上传（排在平台未接收的之后）"
    assert newest.event_id not in {event.event_id for event in box.due(MORNING, 9)}
    assert [each.behind for each in sending.entries(limit=1)] == [
        OutboxState.REFUSED
    ]  # the refused one is on another page
    sending.retry(events[1], SUPERVISOR)
    assert not any(each.behind for each in sending.entries())
    box.answered([EventAnswer(event_id=newest.event_id, verdict=Verdict.REFUSED, reason="错")], MORNING)
    assert not any(each.behind for each in sending.entries())  # what is before it goes


def test_each_state_and_kind_is_found_by_itself(desk: Desk, events: list[str]) -> None:
    box, sending = desk.memory.outbox(), Sending(desk.counter)
    for _ in range(3):
        desk.intake.receive(desk.draft(FOOD), CLERK)
    desk.intake.accept(6, CLERK)
    arrived, refused, aside, lost, going, *_waiting = [event.event_id for event in box.due(MORNING, 9)]
    box.sending([arrived, refused, aside, lost, going])
    box.answered(
        [EventAnswer(arrived, Verdict.ACCEPTED)]
        + [EventAnswer(each, Verdict.REFUSED, reason="错") for each in (refused, aside)],
        MORNING,
    )
    box.unsettled([lost])
    sending.hold(aside, SUPERVISOR, "等答复")
    found = {show: [entry.event_id for entry in sending.entries(show)] for show in Show}
    every = [entry.event_id for entry in sending.entries()]
    assert {show: len(events) for show, events in found.items()} == {
        Show.ALL: 7,
        Show.UNSETTLED: 6,
        Show.WAITING: 2,
        Show.SENDING: 1,
        Show.UNKNOWN: 1,
        Show.REFUSED: 1,
        Show.HELD: 1,
        Show.STORED: 1,
    }
    parts = (Show.WAITING, Show.SENDING, Show.UNKNOWN, Show.REFUSED, Show.HELD, Show.STORED)
    assert sorted(event for show in parts for event in found[show]) == sorted(every)  # each in one of them
    assert set(SHOW_WORDS) == set(Show)
    for show in Show:
        by_kind = [entry.event_id for kind in EVENT_WORDS for entry in sending.entries(show, kind)]
        assert sorted(by_kind) == sorted(found[show])
    assert len(sending.entries(Show.WAITING, "case.accepted")) == 1


def test_the_tries_of_an_entry_are_told_in_words(desk: Desk, events: list[str]) -> None:
    box, sending = desk.memory.outbox(), Sending(desk.counter)
    assert sending.history(events[0]) == ()
    assert sending.last_trouble() == ""
    box.delay([events[0]], MORNING, "连不上平台", Try(MORNING, 3.0))
    box.unsettled([events[0]], "回答断了", Try(MORNING + timedelta(minutes=1), 10.0))
    box.answered([EventAnswer(events[0], Verdict.ACCEPTED, ack="A-7")], MORNING, Try(MORNING, None))
    assert [(each.number, each.words, each.said, each.took) for each in sending.history(events[0])] == [
        (3, "平台已接收", "A-7", None),
        (2, "没有收到答复", "回答断了", 10.0),
        (1, "没有传成", "连不上平台", 3.0),
    ]
    assert all(each.at.tzinfo == MORNING.tzinfo for each in sending.history(events[0]))


def test_every_event_of_this_window_has_its_words() -> None:
    # A case's event is named by the state its act leads to; these are the states a window or the calendar leads to.
    led_to = {
        State.RECEIVED,
        State.ACCEPTED,
        State.DEEMED_ACCEPTED,
        State.AWAITING_CORRECTION,
        State.CORRECTION_MADE,
        State.CORRECTION_LAPSED,
        State.NOT_ACCEPTED,
        State.WITHDRAWN,
    }
    assert set(EVENT_WORDS) == {f"case.{state}" for state in led_to} | {
        *("case.supplied", "paper.issued", "paper.numbered", "paper.voided")
    }
    assert event_words("case.later") == "case.later"
