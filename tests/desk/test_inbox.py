"""The changes feed: states come up lawfully or not at all, a replay is harmless, nothing stops it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from client.desk.counter import PLATFORM
from client.desk.exceptions import Choice, Exceptions
from client.desk.inbox import StoredInbox
from client.ports.platform import Change, ChangeKind, ChangePage, EventAnswer, Verdict
from client.rules.agreement import NOTHING, Sum, total
from client.rules.case import State
from client.rules.items import AcceptanceMode
from tests.desk.counter import CLERK, FOOD, MORNING, Desk


def change(number: str, state: object, kind: str = "case.state", **data: object) -> Change:
    return Change(kind, number, {"state": state, **data}, MORNING)


def feed(desk: Desk, *changes: Change, cursor: str = "1") -> int:
    return StoredInbox(desk.counter).apply(ChangePage(changes, cursor))


def accepted(desk: Desk) -> tuple[int, str]:
    case_id = desk.draft(FOOD)
    return case_id, desk.intake.accept(case_id, CLERK).number


def agreed(desk: Desk) -> Sum:
    """The sum of all that the platform is believed to hold."""
    books = desk.counter.books
    return total(books.sums(books.whole()))


def noted(desk: Desk) -> list[str]:
    """What became of the changes of states, as audited."""
    return [outcome for staff, _, outcome in desk.audited("case.state") if staff == PLATFORM]


def test_a_case_is_followed_through_the_department(desk: Desk) -> None:
    case_id, number = accepted(desk)
    way = [
        State.REVIEW,
        State.SPECIAL_PROCEDURE,
        State.REVIEW,
        State.SUSPENDED,
        State.REVIEW,
        State.DECIDED,
        State.FINISHED,
        State.AWAITING_COLLECTION,
        State.DELIVERED,
        State.ARCHIVED,
    ]
    for step, state in enumerate(way):
        assert feed(desk, change(number, state), cursor=str(step)) == 1
        assert desk.state(case_id) is state
    assert noted(desk) == ["done"] * len(way)
    assert desk.event_types() == ["case.accepted"]  # what came down does not go up again


def test_a_whole_page_is_applied_in_its_order(desk: Desk) -> None:
    case_id, number = accepted(desk)
    assert feed(desk, *(change(number, state) for state in (State.REVIEW, State.DECIDED, State.FINISHED))) == 3
    assert desk.state(case_id) is State.FINISHED


def test_a_suspended_case_resumes_where_it_was(desk: Desk) -> None:
    case_id, number = accepted(desk)
    feed(desk, change(number, State.SUSPENDED))
    assert desk.record(case_id).held_from is State.ACCEPTED
    assert feed(desk, change(number, State.REVIEW)) == 0  # it was not in review when it was suspended
    assert feed(desk, change(number, State.ACCEPTED)) == 1
    assert desk.record(case_id).held_from is None


def test_the_department_accepts_what_the_window_took_in(desk: Desk) -> None:
    desk.vary(FOOD, acceptance_mode=AcceptanceMode.DEPARTMENT)
    case_id = desk.draft(FOOD)
    number = desk.intake.receive(case_id, CLERK).number
    feed(desk, change(number, State.ACCEPTED, accepted_on="2026-03-04", promised_date="2026-03-11"))
    record = desk.record(case_id)
    assert (record.state, record.clock_due) == (State.ACCEPTED, None)
    assert (record.accepted_on, record.promised_date) == (date(2026, 3, 4), date(2026, 3, 11))


def test_where_the_department_says_no_day_it_is_the_day_of_its_act(desk: Desk) -> None:
    case_id = desk.draft(FOOD)
    number = desk.intake.receive(case_id, CLERK).number
    late = datetime(2026, 3, 3, 17, 0, tzinfo=UTC)  # the 4th at the hall
    desk.clock.set(4, 1)
    feed(desk, Change("case.state", number, {"state": "accepted"}, late))
    record = desk.record(case_id)
    assert (record.accepted_on, record.promised_date) == (date(2026, 3, 4), date(2026, 3, 11))


def test_what_was_corrected_is_accepted_as_of_the_correction(desk: Desk) -> None:
    case_id = desk.draft(FOOD, without=["premises"])
    number = desk.intake.ask_correction(case_id, CLERK, {}, keep_materials=True).number
    desk.clock.set(3, 5)
    desk.attach(case_id, "premises")
    desk.intake.take_correction(case_id, CLERK)
    feed(desk, change(number, State.ACCEPTED))
    assert desk.record(case_id).accepted_on == date(2026, 3, 5)


def test_the_department_asks_for_a_correction_once(desk: Desk) -> None:
    case_id = desk.draft(FOOD)
    number = desk.intake.receive(case_id, CLERK).number
    assert feed(desk, change(number, State.AWAITING_CORRECTION)) == 1
    assert desk.record(case_id).corrections == 1
    desk.intake.take_correction(case_id, CLERK)
    assert feed(desk, change(number, State.AWAITING_CORRECTION)) == 0


@pytest.mark.parametrize(("ground", "state"), [("not_required", State.NOT_ACCEPTED), ("rain", State.RECEIVED)])
def test_a_refusal_has_a_lawful_ground(desk: Desk, ground: str, state: State) -> None:
    case_id = desk.draft(FOOD)
    number = desk.intake.receive(case_id, CLERK).number
    feed(desk, change(number, State.NOT_ACCEPTED, ground=ground))
    assert desk.state(case_id) is state
    assert desk.record(case_id).ground == (ground if state is State.NOT_ACCEPTED else None)


@pytest.mark.parametrize(
    "state", [State.FINISHED, State.DELIVERED, State.AWAITING_CORRECTION, State.DRAFT, State.VOIDED]
)
def test_what_is_not_lawful_is_audited_and_not_forced(desk: Desk, state: State) -> None:
    case_id, number = accepted(desk)
    before = desk.record(case_id)
    assert feed(desk, change(number, state)) == 0
    assert desk.record(case_id) == before
    assert noted(desk) == ["unlawful"]


def test_a_replay_is_harmless(desk: Desk) -> None:
    case_id, number = accepted(desk)
    page = (change(number, State.REVIEW), change(number, State.DECIDED))
    assert feed(desk, *page) == 2
    before = desk.record(case_id)
    assert feed(desk, *page) == 0
    assert desk.record(case_id) == before


def test_a_number_of_another_window_is_passed_over(desk: Desk) -> None:
    before = desk.everything()
    assert feed(desk, change("110101-01-08-20260302-0001-1", State.REVIEW), cursor="") == 0
    assert desk.everything() == before


NONSENSE: list[tuple[str, Mapping[str, Any]]] = [
    ("catalogue.revision", {"version": 2}),
    ("case.state", {}),
    ("case.state", {"state": "approved"}),
    ("case.state", {"state": None}),
    ("case.state", {"state": ["review"]}),
    ("case.state", {"state": {"name": "review"}}),
    ("case.state", {"state": "review", "promised_date": "soon"}),
    ("case.state", {"state": "not_accepted", "ground": 5}),
    ("event.refused", {"reason": "没有说是哪一条"}),
]


@pytest.mark.parametrize(("kind", "data"), NONSENSE)
def test_what_is_not_understood_is_audited_and_stops_nothing(desk: Desk, kind: str, data: Mapping[str, Any]) -> None:
    case_id, number = accepted(desk)
    odd = Change(kind, number, data, MORNING)
    assert feed(desk, odd, change(number, State.REVIEW), cursor="7") == 1
    assert desk.state(case_id) is State.REVIEW
    assert desk.audited(kind)[0] == (PLATFORM, number, "unknown")
    assert StoredInbox(desk.counter).cursor() == "7"


def test_an_event_that_came_no_further_than_the_hall_is_refused_after_all(desk: Desk) -> None:
    _, number = accepted(desk)
    outbox = desk.memory.outbox()
    (entry,) = outbox.entries()
    why = {"code": "item-revised", "reason": "该事项在平台已有新的版本"}
    differing = [{"field": "事项版本", "sent": "1", "held": "2"}]
    told = Change("event.refused", number, {"event_id": entry.event_id, **why, "differences": differing}, MORNING)
    others = replace(told, data={"event_id": "of another window", "reason": ""})
    assert feed(desk, told) == 0  # it is still on its way: the answer to it will say so itself
    outbox.answered([EventAnswer(entry.event_id, Verdict.ACCEPTED, ack="A1")], MORNING)
    assert agreed(desk).cases == 1
    assert feed(desk, told, others, told) == 1
    (entry,) = outbox.entries()
    assert (entry.state, entry.last_error, entry.ack) == ("refused", why["reason"], None)
    issue = Exceptions(desk.counter).one(entry.event_id)
    assert (issue.differences, issue.choices) == ((("事项版本", "1", "2"),), (Choice.KEEP_VERSION,))
    assert agreed(desk) == NOTHING


def test_a_refusal_further_up_settles_an_event_whose_answer_was_lost(desk: Desk) -> None:
    """The hall's node had taken it, and would say so when asked: nobody would hear of the refusal again."""
    _, number = accepted(desk)
    outbox = desk.memory.outbox()
    (entry,) = outbox.entries()
    outbox.sending([entry.event_id])
    outbox.unsettled([entry.event_id])
    assert feed(desk, Change("event.refused", number, {"event_id": entry.event_id, "reason": "重复"}, MORNING)) == 1
    assert (outbox.counts().refused, outbox.unknown()) == (1, [])


def test_the_cursor_is_kept_with_the_page(desk: Desk) -> None:
    assert StoredInbox(desk.counter).cursor() == ""
    feed(desk, cursor="abc")
    desk.reopen()
    assert StoredInbox(desk.counter).cursor() == "abc"


def test_a_crash_between_change_and_cursor_leaves_neither(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    case_id, number = accepted(desk)
    audited = iter(range(1))

    def dying(*_: object) -> None:
        if next(audited, None) is None:
            raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(StoredInbox, "_note", dying)
        with pytest.raises(KeyboardInterrupt):
            feed(desk, change(number, State.REVIEW), change(number, State.DECIDED), cursor="9")
    assert desk.state(case_id) is State.ACCEPTED
    assert StoredInbox(desk.counter).cursor() == ""
    desk.reopen()
    assert feed(desk, change(number, State.REVIEW), change(number, State.DECIDED), cursor="9") == 2
    assert desk.state(case_id) is State.DECIDED


def test_the_hall_s_node_says_when_its_line_is_cut_and_when_it_is_back(desk: Desk) -> None:
    inbox = StoredInbox(desk.counter)

    def line(cursor: str, *, reached: bool, restarted: bool = False) -> datetime | None:
        told = Change(ChangeKind.HALL_UPSTREAM, "", {"reached": reached}, MORNING)
        inbox.apply(ChangePage([] if restarted else [told], cursor, restarted=restarted))
        return inbox.cut_above()

    assert inbox.cut_above() is None
    assert line("1", reached=False) == MORNING
    assert line("2", reached=True) is None
    assert line("3", reached=False) == MORNING
    assert line("4", reached=False, restarted=True) is None  # another platform: it says so anew, or has no line above
