"""When something falls due: working days with 调休, calendar days, months, and time that does not count.

Sources: 民法典 第二百零一条 to 第二百零三条; 行政许可法 第三十二条, 第四十二条, 第四十五条, 第八十二条.
The calendar is data; where a year has no notice of the State Council yet, a date is a forecast (预计).
"""

import calendar as months
import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Self

from pydantic import Field, model_validator

from client.rules.items import CaseClass, DeferralRule, Evidence, Item, Limit, LimitUnit, Rule, Words
from client.rules.regimes import NoticeClock

SATURDAY = 5
DAY = dt.timedelta(days=1)
MONTHS_A_YEAR = 12
NEW_YEAR_REACH = dt.timedelta(days=3)
"""The notice of a year may rearrange the last three days of the year before, as that of 2019 did (2018-12-29)."""

Suspension = tuple[dt.date, dt.date]
"""First and last day, both not counted: 特别程序 (行政许可法 第四十五条) or 中止."""


class Holiday(Rule):
    """One paragraph of a notice: the days off, both ends included."""

    name: Words
    first: dt.date
    last: dt.date

    def days(self) -> Iterator[dt.date]:
        day = self.first
        while day <= self.last:
            yield day
            day += DAY


class CalendarYear(Evidence):
    """What is known of one year. `forecast`: only 全国年节及纪念日放假办法, the notice is not out yet."""

    year: int = Field(ge=2000, le=2100)
    number: str = ""  # of the notice
    forecast: bool
    holidays: tuple[Holiday, ...] = Field(min_length=1)
    working_weekends: frozenset[dt.date] = frozenset()  # 调休上班

    @model_validator(mode="after")
    def _days_agree(self) -> Self:
        for holiday in self.holidays:
            if holiday.last < holiday.first:
                raise ValueError(f"holidays: {holiday.name} ends before it begins")
        off = {day for holiday in self.holidays for day in holiday.days()}
        for day in sorted(self.working_weekends):
            if day.weekday() < SATURDAY or day in off:
                raise ValueError(f"working_weekends: {day} is no weekend, or is a holiday")
        if self.forecast == bool(self.number):
            raise ValueError("number: a year with a notice names it, a forecast has none")
        return self


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Which days are worked. A year that is not covered is Monday to Friday, and a forecast."""

    days_off: frozenset[dt.date] = field(repr=False)
    working_weekends: frozenset[dt.date] = field(repr=False)
    years: frozenset[int]
    forecast_years: frozenset[int]

    @classmethod
    def of(cls, years: Iterable[CalendarYear]) -> Self:
        """The calendar of these years; where two speak of a weekend, the later notice decides."""
        off: set[dt.date] = set()
        on: set[dt.date] = set()
        known = sorted(years, key=lambda year: year.year)
        for year in known:
            holidays = {day for holiday in year.holidays for day in holiday.days()}
            off, on = off | holidays, (on - holidays) | year.working_weekends
        return cls(
            days_off=frozenset(off),
            working_weekends=frozenset(on),
            years=frozenset(year.year for year in known),
            forecast_years=frozenset(year.year for year in known if year.forecast),
        )

    def amended(self, years: Iterable[CalendarYear]) -> Self:
        """This calendar with other notices for these years."""
        new = {year.year: year for year in years}
        over = type(self).of(new.values())
        return replace(
            self,
            days_off=frozenset(day for day in self.days_off if day.year not in new) - over.working_weekends
            | over.days_off,
            working_weekends=frozenset(day for day in self.working_weekends if day.year not in new) - over.days_off
            | over.working_weekends,
            years=self.years | over.years,
            forecast_years=(self.forecast_years - over.years) | over.forecast_years,
        )

    def is_working_day(self, day: dt.date) -> bool:
        if day.weekday() >= SATURDAY:
            return day in self.working_weekends
        return day not in self.days_off

    def is_forecast(self, day: dt.date) -> bool:
        """Whether a notice still to come may change `day`."""
        year = (day + NEW_YEAR_REACH).year
        return year not in self.years or year in self.forecast_years


@dataclass(frozen=True, slots=True)
class DueDate:
    """A last day, until the close of business. `forecast`: a notice still to come may move it (prints 预计)."""

    date: dt.date
    forecast: bool


def due_date(start: dt.date, limit: Limit, calendar: WorkCalendar, suspended: Sequence[Suspension] = ()) -> DueDate:
    """Last day of a period that runs from an event on `start`.

    The day of the event does not count (民法典 第二百零一条). Working days leave out weekends and statutory
    holidays and count 调休 weekends (行政许可法 第八十二条). A period in months ends on the same day of its
    month, or on the month's last (民法典 第二百零二条); one in calendar days or months that would end on a day
    off ends on the first working day after it (民法典 第二百零三条; the days off as rearranged). Days inside
    `suspended` are not counted in any unit. Costs as many steps as the period has days.
    """
    if any(last < first for first, last in suspended):
        raise ValueError("a suspension ends before it begins")
    if limit.unit is LimitUnit.WORKING_DAY:
        return _working_days_on(start, limit.length, calendar, suspended)
    if limit.unit is LimitUnit.CALENDAR_DAY:
        end = _days_on(start, limit.length, suspended)
    else:
        end = _months_on(start, limit.length, suspended)
    return _moved_to_working_day(end, calendar)


def notice_due(received_on: dt.date, clock: NoticeClock, calendar: WorkCalendar) -> DueDate | None:
    """Last day to tell the applicant what is missing; None where the regime sets no clock.

    Five working days from the receipt for a licence (行政许可法 第三十二条第一款第四项), the same day where the
    law says on the spot (不动产登记暂行条例 第十七条). On the next day silence is 视为受理 if the regime says so.
    """
    if clock is None:
        return None
    if not isinstance(clock, Limit):  # on the spot
        return DueDate(received_on, forecast=False)
    return due_date(received_on, clock, calendar)


def correction_due(told_on: dt.date, days: int, calendar: WorkCalendar) -> DueDate:
    """Last day for the applicant to correct: the item's `correction_days`, working days from the day of the notice."""
    return due_date(told_on, Limit(length=days, unit=LimitUnit.WORKING_DAY), calendar)


def promised_date(
    item: Item, accepted_on: dt.date, calendar: WorkCalendar, suspended: Sequence[Suspension] = ()
) -> DueDate | None:
    """承诺办结日期: by the promised limit, else the statutory one; an immediate item without either ends the same day.

    None for a promised item that has no limit at all.
    """
    limit = item.promised_limit or item.statutory_limit
    if limit:
        return due_date(accepted_on, limit, calendar, suspended)
    return DueDate(accepted_on, forecast=False) if item.case_class is CaseClass.IMMEDIATE else None


def extended_date(
    item: Item, accepted_on: dt.date, calendar: WorkCalendar, suspended: Sequence[Suspension] = ()
) -> DueDate | None:
    """Last day after an extension (行政许可法 第四十二条): the statutory limit and then the extension of the item.

    None where the item knows no extension. The two run as one period when they have the same unit.
    """
    law, more = item.statutory_limit, item.statutory_extension
    if law is None or more is None:
        return None
    if law.unit is more.unit:
        return due_date(accepted_on, Limit(length=law.length + more.length, unit=law.unit), calendar, suspended)
    return due_date(due_date(accepted_on, law, calendar, suspended).date, more, calendar, suspended)


def supply_due(accepted_on: dt.date, rule: DeferralRule, promised: DueDate, calendar: WorkCalendar) -> DueDate:
    """Last day to hand in a deferred material (容缺): as the local rule says, never after the promised date."""
    due = due_date(accepted_on, rule.supply_limit, calendar)
    return due if due.date <= promised.date else promised


def days_left(today: dt.date, due: dt.date, calendar: WorkCalendar, unit: LimitUnit = LimitUnit.WORKING_DAY) -> int:
    """Days from `today` to `due`, today not counted: 0 on the last day, negative when overdue.

    Working days for a limit in working days, else calendar days.
    """
    if unit is not LimitUnit.WORKING_DAY:
        return (due - today).days
    first, last = sorted((today, due))
    span = (last - first).days
    count = sum(calendar.is_working_day(first + n * DAY) for n in range(1, span + 1))
    return count if today <= due else -count


def _is_suspended(day: dt.date, suspended: Sequence[Suspension]) -> bool:
    return any(first <= day <= last for first, last in suspended)


def _working_days_on(start: dt.date, length: int, calendar: WorkCalendar, suspended: Sequence[Suspension]) -> DueDate:
    day, forecast = start, False
    while length:
        day += DAY
        forecast = forecast or calendar.is_forecast(day)
        if calendar.is_working_day(day) and not _is_suspended(day, suspended):
            length -= 1
    return DueDate(day, forecast)


def _days_on(start: dt.date, length: int, suspended: Sequence[Suspension]) -> dt.date:
    day = start
    while length:
        day += DAY
        if not _is_suspended(day, suspended):
            length -= 1
    return day


def _months_on(start: dt.date, length: int, suspended: Sequence[Suspension]) -> dt.date:
    years, month = divmod(start.month - 1 + length, MONTHS_A_YEAR)
    year, month = start.year + years, month + 1
    end = dt.date(year, month, min(start.day, months.monthrange(year, month)[1]))
    days = (start + n * DAY for n in range(1, (end - start).days + 1))
    return _days_on(end, sum(_is_suspended(day, suspended) for day in days), suspended)


def _moved_to_working_day(end: dt.date, calendar: WorkCalendar) -> DueDate:
    day, forecast = end, calendar.is_forecast(end)
    while not calendar.is_working_day(day):
        day += DAY
        forecast = forecast or calendar.is_forecast(day)
    return DueDate(day, forecast)
