"""The clocks that run by themselves: silence becomes 视为受理, a correction that never came lapses."""

from datetime import date

import pytest

from client.desk.clocks import CALENDAR, run_clocks
from client.desk.drafting import MaterialMark
from client.errors import CaseError
from client.rules.case import State
from client.store import outbox
from tests.desk.counter import CARD, CLERK, COMPANY, FOOD, HOUSE, Desk


def received(desk: Desk, name: str, month: int, day: int) -> int:
    desk.clock.set(month, day)
    case_id = desk.draft(name)
    desk.intake.receive(case_id, CLERK)
    return case_id


def test_five_working_days_of_silence_are_acceptance_dated_to_the_receipt(desk: Desk) -> None:
    """Received on the last day before the National Day holiday: 10 October, a Saturday, is a working day."""
    case_id = received(desk, FOOD, 9, 30)
    assert desk.record(case_id).clock_due == date(2026, 10, 13)
    desk.clock.set(10, 13, 23, 59)
    assert run_clocks(desk.counter) == 0
    desk.clock.set(10, 14, 0, 0)
    assert run_clocks(desk.counter) == 1
    record = desk.record(case_id)
    assert (record.state, record.clock_due) == (State.DEEMED_ACCEPTED, None)
    assert record.accepted_on == date(2026, 9, 30)
    assert record.promised_date == date(2026, 10, 13)
    (event,) = desk.events("case.deemed_accepted")
    assert (event["accepted_on"], event["clerk"]) == ("2026-09-30", CALENDAR.staff_no)
    assert desk.audited("deem_accepted") == [(CALENDAR.staff_no, record.number, "done")]


def test_a_clock_that_ran_out_long_ago_tells_the_same_dates(desk: Desk) -> None:
    case_id = received(desk, FOOD, 9, 30)
    desk.clock.set(12, 31)
    desk.reopen()
    run_clocks(desk.counter)
    assert desk.record(case_id).accepted_on == date(2026, 9, 30)


def test_the_day_of_a_receipt_is_the_halls(desk: Desk) -> None:
    desk.clock.set(9, 30, 0, 30)  # the day before, in UTC
    case_id = desk.draft(FOOD)
    desk.intake.receive(case_id, CLERK)
    desk.reopen()
    desk.clock.set(10, 14)
    run_clocks(desk.counter)
    assert desk.record(case_id).accepted_on == date(2026, 9, 30)


def test_real_estate_is_accepted_the_next_day_unless_refused_on_the_spot(desk: Desk) -> None:
    case_id = received(desk, HOUSE, 3, 2)
    assert run_clocks(desk.counter) == 0
    desk.clock.set(3, 3, 0, 1)
    assert run_clocks(desk.counter) == 1
    assert desk.state(case_id) is State.DEEMED_ACCEPTED
    assert desk.record(case_id).accepted_on == date(2026, 3, 2)


def test_what_was_let_follow_has_its_day_after_silence_too(desk: Desk) -> None:
    case_id = desk.draft(FOOD, without=["rules_list"])
    desk.drafting.mark(case_id, CLERK, "rules_list", MaterialMark(deferred=True))
    desk.intake.receive(case_id, CLERK)
    desk.clock.set(4, 1)
    run_clocks(desk.counter)
    assert desk.record(case_id).slots["rules_list"].supply_due == date(2026, 3, 5)


@pytest.mark.parametrize("name", [CARD, COMPANY])
def test_where_no_law_says_so_silence_says_nothing(desk: Desk, name: str) -> None:
    case_id = received(desk, name, 3, 2)
    desk.clock.set(12, 31)
    assert run_clocks(desk.counter) == 0
    assert desk.state(case_id) is State.RECEIVED


def test_a_correction_that_never_came_lapses(desk: Desk) -> None:
    case_id = desk.draft(FOOD, without=["premises"])
    desk.intake.ask_correction(case_id, CLERK, {}, keep_materials=True)
    desk.clock.set(3, 16, 23, 59)
    assert run_clocks(desk.counter) == 0
    desk.clock.set(3, 17)
    assert run_clocks(desk.counter) == 1
    record = desk.record(case_id)
    assert (record.state, record.accepted_on) == (State.CORRECTION_LAPSED, None)
    assert desk.event_types()[-1] == "case.correction_lapsed"
    with pytest.raises(CaseError):
        desk.intake.take_correction(case_id, CLERK)


def test_run_twice_they_change_nothing_more(desk: Desk) -> None:
    received(desk, FOOD, 3, 2)
    desk.clock.set(6, 1)
    run_clocks(desk.counter)
    before = desk.everything()
    assert run_clocks(desk.counter) == 0
    assert desk.everything() == before


def test_what_was_settled_in_time_has_no_clock(desk: Desk) -> None:
    accepted, told, withdrawn = (received(desk, FOOD, 3, 2) for _ in range(3))
    desk.intake.accept(accepted, CLERK)
    desk.intake.not_accept(told, CLERK, "not_required")
    desk.intake.withdraw(withdrawn, CLERK, "申请人不再经营")
    desk.clock.set(12, 31)
    assert run_clocks(desk.counter) == 0


def test_each_case_is_a_transaction_of_its_own(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = received(desk, FOOD, 3, 2), received(desk, FOOD, 3, 2)
    desk.clock.set(6, 1)
    put, calls = outbox.put, iter(range(1))

    def dying(*given: object, **facts: object) -> str:
        if next(calls, None) is None:
            raise KeyboardInterrupt
        return put(*given, **facts)  # type: ignore[arg-type]  # handed through

    with monkeypatch.context() as broken:
        broken.setattr("client.store.outbox.put", dying)
        with pytest.raises(KeyboardInterrupt):
            run_clocks(desk.counter)
    assert (desk.state(first), desk.state(second)) == (State.DEEMED_ACCEPTED, State.RECEIVED)
    assert run_clocks(desk.counter) == 1
    assert desk.state(second) is State.DEEMED_ACCEPTED
