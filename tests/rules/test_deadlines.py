"""The promises of time: what counts, what does not, and when a date is only a forecast."""

import datetime as dt
from datetime import date, timedelta
from typing import Any

import chinese_calendar
import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from client.catalogue import load_calendar
from client.rules.deadlines import (
    CalendarYear,
    DueDate,
    Suspension,
    WorkCalendar,
    correction_due,
    days_left,
    due_date,
    extended_date,
    notice_due,
    promised_date,
    supply_due,
)
from client.rules.items import DeferralRule, Limit, LimitUnit
from tests.rules.itemdata import EVIDENCE, item

DAY = timedelta(days=1)
CALENDAR = load_calendar()
SETTLED = [date(2025, 1, 1) + n * DAY for n in range(730)]  # every day of 2025 and 2026
STARTS = st.dates(date(2025, 1, 1), date(2026, 6, 30))
LENGTHS = st.integers(1, 60)


def working(length: int) -> Limit:
    return Limit(length=length, unit=LimitUnit.WORKING_DAY)


def natural(length: int) -> Limit:
    return Limit(length=length, unit=LimitUnit.CALENDAR_DAY)


def months(length: int) -> Limit:
    return Limit(length=length, unit=LimitUnit.MONTH)


def test_every_day_of_2025_and_2026_agrees_with_the_calendar_of_chinesecalendar() -> None:
    theirs = {day for day in SETTLED if chinese_calendar.is_workday(day)}
    assert {day for day in SETTLED if CALENDAR.is_working_day(day)} == theirs


def test_every_day_of_2025_and_2026_agrees_with_the_calendar_of_holidays() -> None:
    theirs = holidays.country_holidays("CN", years=(2025, 2026))
    assert {day for day in SETTLED if CALENDAR.is_working_day(day)} == {
        day for day in SETTLED if theirs.is_working_day(day)
    }


def test_the_forecast_of_2027_has_the_days_off_of_the_law_with_those_in_lieu() -> None:
    theirs = holidays.country_holidays("CN", years=2027)
    days = [date(2027, 1, 1) + n * DAY for n in range(365)]
    assert [day for day in days if CALENDAR.is_working_day(day) != theirs.is_working_day(day)] == []


def test_five_working_days_over_the_spring_festival_with_a_worked_saturday() -> None:
    # 2026-02-13 Fri; 14 Sat worked; 15 to 23 off; 24, 25, 26, 27
    assert due_date(date(2026, 2, 13), working(5), CALENDAR) == DueDate(date(2026, 2, 27), forecast=False)


def test_the_day_of_the_event_does_not_count() -> None:
    assert due_date(date(2026, 11, 24), working(1), CALENDAR).date == date(2026, 11, 25)
    assert due_date(date(2026, 11, 24), natural(1), CALENDAR).date == date(2026, 11, 25)


def test_an_event_on_a_day_off_is_counted_from_the_next_working_day() -> None:
    assert due_date(date(2026, 10, 3), working(1), CALENDAR).date == date(2026, 10, 8)


def test_a_calendar_period_that_ends_on_a_day_off_ends_on_the_first_day_worked() -> None:
    # 民法典 203: 15 days from 2026-09-16 is 10-01; the holiday ends on 10-07
    assert due_date(date(2026, 9, 16), natural(15), CALENDAR).date == date(2026, 10, 8)
    assert due_date(date(2026, 9, 10), natural(10), CALENDAR).date == date(2026, 9, 20)  # a Sunday that is worked


@pytest.mark.parametrize(
    ("start", "length", "due"),
    [
        (date(2026, 1, 30), 1, date(2026, 2, 28)),  # no 30 February; the 28th is a worked Saturday
        (date(2025, 12, 31), 2, date(2026, 2, 28)),
        (date(2026, 3, 24), 1, date(2026, 4, 24)),
        (date(2026, 3, 4), 1, date(2026, 4, 7)),  # 4 to 6 April are off
        (date(2025, 11, 24), 12, date(2026, 11, 24)),
    ],
)
def test_months_end_on_the_same_day_or_the_last_and_move_past_days_off(start: date, length: int, due: date) -> None:
    assert due_date(start, months(length), CALENDAR).date == due


@given(STARTS, LENGTHS)
def test_a_period_of_n_working_days_holds_exactly_n_of_them_and_ends_on_one(start: date, length: int) -> None:
    due = due_date(start, working(length), CALENDAR).date
    between = [start + n * DAY for n in range(1, (due - start).days + 1)]
    assert sum(chinese_calendar.is_workday(day) for day in between if day.year < 2027) == length
    assert CALENDAR.is_working_day(due)


@given(STARTS, LENGTHS, st.sampled_from(LimitUnit))
def test_a_longer_period_never_ends_earlier(start: date, length: int, unit: LimitUnit) -> None:
    if unit is LimitUnit.MONTH:
        length = length % 6 + 1
    first = due_date(start, Limit(length=length, unit=unit), CALENDAR).date
    assert start < first <= due_date(start, Limit(length=length + 1, unit=unit), CALENDAR).date


@given(STARTS, LENGTHS, st.integers(1, 40), st.integers(0, 30))
def test_suspended_days_are_given_back_one_for_one(start: date, length: int, after: int, span: int) -> None:
    suspended: list[Suspension] = [(start + after * DAY, start + (after + span) * DAY)]
    plain = due_date(start, working(length), CALENDAR).date
    due = due_date(start, working(length), CALENDAR, suspended).date
    if start + after * DAY > plain:
        assert due == plain
    days = [start + n * DAY for n in range(1, (due - start).days + 1)]
    lost = {day for first, last in suspended for day in days if first <= day <= last}
    assert sum(CALENDAR.is_working_day(day) for day in days if day not in lost) == length


def test_overlapping_suspensions_are_not_counted_twice() -> None:
    one = [(date(2026, 11, 25), date(2026, 11, 27))]
    two = [*one, (date(2026, 11, 26), date(2026, 11, 27))]
    assert due_date(date(2026, 11, 24), working(2), CALENDAR, one).date == date(2026, 12, 1)
    assert due_date(date(2026, 11, 24), working(2), CALENDAR, two).date == date(2026, 12, 1)


def test_suspended_days_are_not_counted_in_calendar_days_and_months_either() -> None:
    suspended = [(date(2026, 3, 10), date(2026, 3, 14))]
    assert due_date(date(2026, 3, 9), natural(3), CALENDAR, suspended).date == date(2026, 3, 17)
    assert due_date(date(2026, 3, 9), months(1), CALENDAR, suspended).date == date(2026, 4, 14)


def test_a_suspension_that_ends_before_it_begins_is_a_bug_and_said_so() -> None:
    with pytest.raises(ValueError, match="ends before"):
        due_date(date(2026, 3, 9), working(1), CALENDAR, [(date(2026, 3, 12), date(2026, 3, 11))])


def test_a_date_that_needs_a_year_without_notice_is_a_forecast() -> None:
    assert not due_date(date(2026, 12, 1), working(19), CALENDAR).forecast  # 28 December
    assert due_date(date(2026, 12, 1), working(20), CALENDAR).forecast  # the notice of 2027 may move it
    assert due_date(date(2026, 12, 1), working(30), CALENDAR).forecast
    assert due_date(date(2026, 12, 1), natural(40), CALENDAR).forecast
    assert not due_date(date(2026, 11, 1), months(1), CALENDAR).forecast
    assert due_date(date(2026, 11, 1), months(2), CALENDAR).forecast


def test_a_year_that_is_not_covered_is_monday_to_friday_and_a_forecast() -> None:
    bare = WorkCalendar.of(())
    assert due_date(date(2030, 9, 27), working(5), bare) == DueDate(date(2030, 10, 4), forecast=True)


def test_a_day_off_reached_over_new_year_makes_a_calendar_date_a_forecast() -> None:
    settled = year(year=2026, holidays=[{"name": "国庆节", "first": "2026-12-25", "last": "2026-12-31"}])
    calendar = WorkCalendar.of([CalendarYear.model_validate(settled)])
    assert due_date(date(2026, 12, 15), natural(10), calendar) == DueDate(date(2027, 1, 1), forecast=True)


def year(**changes: Any) -> dict[str, Any]:
    return {
        "year": 2026,
        "number": "测试〔2026〕1号",
        "forecast": False,
        "holidays": [{"name": "元旦", "first": "2026-01-01", "last": "2026-01-03"}],
        **EVIDENCE,
        **changes,
    }


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"holidays": [{"name": "元旦", "first": "2026-01-03", "last": "2026-01-01"}]}, "ends before"),
        ({"working_weekends": ["2026-01-05"]}, "no weekend"),
        ({"working_weekends": ["2026-01-03"]}, "is a holiday"),
        ({"forecast": True}, "number"),
        ({"number": ""}, "number"),
    ],
)
def test_a_calendar_year_that_contradicts_itself_is_refused(changes: dict[str, Any], place: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        CalendarYear.model_validate(year(**changes))
    assert place in str(refusal.value)


def test_the_notice_of_a_year_decides_about_the_last_days_of_the_year_before() -> None:
    before = CalendarYear.model_validate(year(year=2025, working_weekends=["2025-12-28"]))
    after = CalendarYear.model_validate(
        year(
            holidays=[{"name": "元旦", "first": "2025-12-28", "last": "2026-01-01"}],
            working_weekends=["2025-12-27"],
        )
    )
    calendar = WorkCalendar.of([after, before])
    assert calendar.is_working_day(date(2025, 12, 27))
    assert not calendar.is_working_day(date(2025, 12, 28))
    assert not calendar.is_working_day(date(2025, 12, 30))


def test_the_applicant_is_told_within_five_working_days_or_on_the_spot() -> None:
    received = date(2026, 11, 24)
    assert notice_due(received, working(5), CALENDAR) == DueDate(date(2026, 12, 1), forecast=False)
    assert notice_due(received, "on_the_spot", CALENDAR) == DueDate(received, forecast=False)
    assert notice_due(received, None, CALENDAR) is None


def test_the_applicant_has_the_items_days_to_correct() -> None:
    assert correction_due(date(2026, 11, 24), 10, CALENDAR).date == date(2026, 12, 8)


@pytest.mark.parametrize(
    ("changes", "due"),
    [
        (
            {
                "statutory_limit": {"length": 10, "unit": "working_day"},
                "promised_limit": {"length": 5, "unit": "working_day"},
            },
            date(2026, 12, 1),
        ),
        ({"statutory_limit": {"length": 10, "unit": "working_day"}}, date(2026, 12, 8)),
        ({"case_class": "immediate"}, date(2026, 11, 24)),
        ({}, None),
    ],
)
def test_the_promised_date_is_the_promise_else_the_law_else_the_same_day(
    changes: dict[str, Any], due: date | None
) -> None:
    promised = promised_date(item(**changes), date(2026, 11, 24), CALENDAR)
    assert (promised and promised.date) == due


def test_an_extension_runs_on_from_the_statutory_limit() -> None:
    law, more = {"length": 10, "unit": "working_day"}, {"length": 5, "unit": "working_day"}
    accepted = date(2026, 11, 2)
    same = extended_date(item(statutory_limit=law, statutory_extension=more), accepted, CALENDAR)
    assert same == DueDate(date(2026, 11, 23), forecast=False)
    mixed = extended_date(
        item(statutory_limit=law, statutory_extension={"length": 1, "unit": "month"}), accepted, CALENDAR
    )
    assert mixed == DueDate(date(2026, 12, 16), forecast=False)
    assert extended_date(item(statutory_limit=law), accepted, CALENDAR) is None
    assert extended_date(item(statutory_extension=more), accepted, CALENDAR) is None


@given(STARTS, st.integers(1, 20), LENGTHS)
def test_a_deferred_material_is_never_due_after_the_promised_date(start: date, promise: int, supply: int) -> None:
    rule = DeferralRule.model_validate({"text": "《示例容缺办法》", "supply_limit": working(supply), **EVIDENCE})
    promised = due_date(start, working(promise), CALENDAR)
    due = supply_due(start, rule, promised, CALENDAR)
    assert due == due_date(start, working(min(supply, promise)), CALENDAR)


@given(STARTS, LENGTHS)
def test_as_many_days_are_left_as_the_period_has(start: date, length: int) -> None:
    due = due_date(start, working(length), CALENDAR).date
    assert days_left(start, due, CALENDAR) == length
    assert days_left(due, start, CALENDAR) == -length
    assert days_left(due, due, CALENDAR) == 0


def test_days_left_of_a_calendar_period_are_calendar_days() -> None:
    assert days_left(date(2026, 10, 1), date(2026, 10, 8), CALENDAR, LimitUnit.CALENDAR_DAY) == 7
    assert days_left(date(2026, 10, 1), date(2026, 10, 8), CALENDAR) == 1
    assert days_left(date(2026, 10, 10), date(2026, 10, 8), CALENDAR, LimitUnit.MONTH) == -2


def test_a_deadline_costs_its_own_length_and_not_the_calendars() -> None:
    looked_at: list[date] = []

    class Watched(WorkCalendar):
        __slots__ = ()

        def is_working_day(self, day: dt.date) -> bool:
            looked_at.append(day)
            return super().is_working_day(day)

    watched = Watched(
        days_off=CALENDAR.days_off,
        working_weekends=CALENDAR.working_weekends,
        years=CALENDAR.years,
        forecast_years=CALENDAR.forecast_years,
    )
    due_date(date(2026, 11, 24), working(20), watched)
    assert len(looked_at) == 28  # four weeks
