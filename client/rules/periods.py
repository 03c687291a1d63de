"""A day, a month, a year, or from one to another, as people type it in a list that is looked through."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from client.errors import CaseError, Fault
from client.rules.characters import half_width
from client.text import tr

NOT_A_PERIOD = Fault(
    "PAPER-330",
    tr("“{text}”不是日期"),
    tr("请写成11-28、2026-11-28、2026-11或2026；一段时间写成11-01至11-15"),
)
NOT_A_DAY = Fault("PAPER-351", tr("“{text}”不是某一天的日期"), tr("请写成11-28或2026-11-28"))

_TO = re.compile(r"\.{2,}")
_FROM_TO = str.maketrans(dict.fromkeys("至到~—", ".."))
_HYPHENS = str.maketrans({**dict.fromkeys("年月/.", "-"), **dict.fromkeys("日号")})
_PARTS = re.compile(r"([0-9]{4})(?:-?([0-9]{2})(?:-?([0-9]{2}))?)?|([0-9]{4})-([0-9]{1,2})(?:-([0-9]{1,2}))?")
_THIS_YEAR = re.compile(r"([0-9]{1,2})-([0-9]{1,2})")


@dataclass(frozen=True, slots=True)
class Period:
    """From the first to the last day, both in it."""

    first: date
    last: date


def period_of(text: str, today: date) -> Period | None:
    """The days that are meant; None for nothing. A day without its year is the last one of that name.

    Raises CaseError for what is no date, and for one that ends before it begins.
    """
    told = "".join(half_width(text).split())
    if not told:
        return None
    ends = [end.translate(_HYPHENS).removesuffix("-") for end in _TO.split(told.translate(_FROM_TO))]
    try:
        if len(ends) == 1:
            return _one(ends[0], today)
        first, last = (_one(end, today) for end in ends)
    except ValueError as error:
        raise CaseError(NOT_A_PERIOD, text=text) from error
    if last.last < first.first:
        raise CaseError(NOT_A_PERIOD, text=text)
    return Period(first.first, last.last)


def day_of(text: str, today: date) -> date | None:
    """The one day that is meant, None for nothing; else as `period_of`. Raises CaseError."""
    period = period_of(text, today)
    if period is None:
        return None
    if period.first != period.last:
        raise CaseError(NOT_A_DAY, text=text)
    return period.first


def _one(text: str, today: date) -> Period:
    """Raises ValueError."""
    if short := _THIS_YEAR.fullmatch(text):
        return _last_of_name(int(short[1]), int(short[2]), today)
    parts = _PARTS.fullmatch(text)
    if parts is None:
        raise ValueError(text)
    year, month, day = (
        int(part) if part else None for part in (parts.groups()[:3] if parts[1] else parts.groups()[3:])
    )
    if year is None or month is None:
        return Period(date(year or 0, 1, 1), date(year or 0, 12, 31))
    if day is None:
        return Period(date(year, month, 1), date(year, month, monthrange(year, month)[1]))
    return Period(date(year, month, day), date(year, month, day))


def _last_of_name(month: int, day: int, today: date) -> Period:
    """That day of this year, or of the year before where it is still to come."""
    found = date(today.year, month, day)
    if found > today:
        found = date(today.year - 1, month, day)
    return Period(found, found)
