"""暂不上传 and 搁置: who may, with a reason, on record; the case's order is kept and the counts tell it."""

import pytest

from client.desk.sending import NOT_HELD, NOT_HOLDABLE, Sending, Show
from client.desk.today import ToDoKind, figures, queue
from client.errors import CaseError, RightsError
from client.ports.platform import EventAnswer, Verdict
from client.store.outbox import OutboxState
from tests.desk.counter import ADMINISTRATOR, CLERK, FOOD, MORNING, SUPERVISOR, Desk

REASON = "等承办部门核对编号"


@pytest.fixture
def events(desk: Desk) -> list[str]:
    """Two cases were taken in, and the second one accepted: three events."""
    for _ in range(2):
        desk.intake.receive(desk.draft(FOOD), CLERK)
    desk.intake.accept(2, CLERK)
    return [event.event_id for event in desk.memory.outbox().due(MORNING, 9)]


def due(desk: Desk) -> list[str]:
    return [event.event_id for event in desk.memory.outbox().due(MORNING, 9)]


def refuse(desk: Desk, event_id: str) -> None:
    desk.memory.outbox().answered([EventAnswer(event_id, Verdict.REFUSED, code="item-revised", reason="错")], MORNING)


def test_a_held_event_stays_and_so_does_what_follows_it_in_its_case(desk: Desk, events: list[str]) -> None:
    sending = Sending(desk.counter)
    number = sending.hold(events[1], SUPERVISOR, f"  {REASON} ")
    assert due(desk) == [events[0]]
    behind, held, free = sending.entries()
    assert (held.event_id, held.state, held.state_words, held.held) == (
        events[1],
        OutboxState.WAITING,
        f"暂不上传（{REASON}）",
        REASON,
    )
    assert (behind.behind, behind.state_words) == (OutboxState.WAITING, "待上传（排在暂不上传的之后）")
    assert (free.behind, free.held) == (None, "")
    assert sending.release(events[1], ADMINISTRATOR) == number
    assert due(desk) == events
    assert [entry.behind for entry in sending.entries()] == [None, None, None]
    assert desk.audited("hold_sending") == [(SUPERVISOR.staff_no, number, "done")]
    assert desk.audited("release_sending") == [(ADMINISTRATOR.staff_no, number, "done")]


def test_what_was_refused_is_set_aside_and_taken_up_again(desk: Desk, events: list[str]) -> None:
    sending = Sending(desk.counter)
    refuse(desk, events[1])
    assert sending.entries()[0].behind is OutboxState.REFUSED
    sending.hold(events[1], SUPERVISOR, REASON)
    aside = sending.entries(Show.HELD)[0]
    assert (aside.state, aside.state_words, aside.code) == (
        OutboxState.REFUSED,
        f"已搁置（{REASON}）",
        "item-revised",
    )
    assert sending.entries(Show.REFUSED) == ()
    assert due(desk) == [events[0]]
    sending.release(events[1], SUPERVISOR)
    assert [entry.event_id for entry in sending.entries(Show.REFUSED)] == [events[1]]


def test_only_who_may_and_only_with_a_reason(desk: Desk, events: list[str]) -> None:
    sending = Sending(desk.counter)
    with pytest.raises(RightsError):
        sending.hold(events[0], CLERK, REASON)
    with pytest.raises(CaseError, match="CASE-214"):
        sending.hold(events[0], SUPERVISOR, "  ")
    assert due(desk) == events
    assert desk.audited("hold_sending") == [(CLERK.staff_no, events[0], "denied")]


def test_what_is_under_way_or_answered_is_not_held(desk: Desk, events: list[str]) -> None:
    sending, box = Sending(desk.counter), desk.memory.outbox()
    box.sending([events[0]])
    for _ in range(2):
        with pytest.raises(CaseError) as cannot:
            sending.hold(events[0], SUPERVISOR, REASON)
        assert cannot.value.fault is NOT_HOLDABLE
        box.answered([EventAnswer(events[0], Verdict.ACCEPTED, ack="A-7")], MORNING)
    with pytest.raises(CaseError) as was_not:
        sending.release(events[0], SUPERVISOR)
    assert was_not.value.fault is NOT_HELD
    assert desk.audited("hold_sending") == []


def test_the_counts_of_the_day_show_what_is_held(desk: Desk, events: list[str]) -> None:
    sending = Sending(desk.counter)
    refuse(desk, events[0])
    sending.hold(events[0], SUPERVISOR, REASON)
    sending.hold(events[1], SUPERVISOR, REASON)
    today = figures(desk.counter)
    assert (today.held, today.refused, today.waiting) == (2, 0, 1)
    held = [todo for todo in queue(desk.counter) if todo.kind is ToDoKind.HELD]
    assert [(todo.event_id, todo.verb) for todo in held] == [(events[0], "恢复上传"), (events[1], "恢复上传")]
    assert REASON in held[0].words


def test_a_restart_keeps_what_is_held(desk: Desk, events: list[str]) -> None:
    Sending(desk.counter).hold(events[0], SUPERVISOR, REASON)
    desk.reopen()
    assert due(desk) == events[1:]
