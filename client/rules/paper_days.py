"""The days a paper states, held against those of its case: none before what it follows, none told as past to come."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pydantic import AfterValidator, ValidationInfo
from pydantic_core import PydanticCustomError

from client.text import tr

OUT_OF_ORDER = "out_of_order"  # type of the error; its message says why, in the window's language
FIRST, LAST = date(1949, 10, 1), date(2148, 12, 31)  # the code of a paper has no room for a day after 2149


@dataclass(frozen=True, slots=True)
class CaseDays:
    """The days of a case; None for those it has not come to, and then nothing is held against them."""

    today: date
    received: date | None = None
    accepted: date | None = None
    promised: date | None = None


class Day(StrEnum):
    """A day of a case; the value is its field of `CaseDays`."""

    TODAY = "today"
    RECEIVED = "received"
    ACCEPTED = "accepted"
    PROMISED = "promised"

    @property
    def words(self) -> str:
        return {
            Day.TODAY: tr("今天"),
            Day.RECEIVED: tr("收件日期"),
            Day.ACCEPTED: tr("受理日期"),
            Day.PROMISED: tr("原办结期限"),
        }[self]


class Order(StrEnum):
    """How one day has to stand to another."""

    NOT_BEFORE = "not_before"
    AFTER = "after"
    NOT_AFTER = "not_after"

    def holds(self, stated: date, limit: date) -> bool:
        return {
            Order.NOT_BEFORE: stated >= limit,
            Order.AFTER: stated > limit,
            Order.NOT_AFTER: stated <= limit,
        }[self]

    @property
    def words(self) -> str:
        return {
            Order.NOT_BEFORE: tr("不能早于{what}（{day}）"),
            Order.AFTER: tr("应当晚于{what}（{day}）"),
            Order.NOT_AFTER: tr("不能晚于{what}（{day}）"),
        }[self]


def held(*orders: tuple[Order, Day]) -> AfterValidator:
    """The check of one day. Its context is the `CaseDays`; without them, as when a paper is read back, all is well."""

    def check(stated: date, info: ValidationInfo) -> date:
        if isinstance(info.context, CaseDays):
            if not FIRST <= stated <= LAST:
                why = tr("应在{first}至{last}之间").format(first=FIRST, last=LAST)
                raise PydanticCustomError(OUT_OF_ORDER, "{why}", {"why": why})
            for order, day in orders:
                require_order(stated, order, getattr(info.context, day), day.words)
        return stated

    return AfterValidator(check)


def require_order(stated: date, order: Order, limit: date | None, what: str) -> None:
    """Raise pydantic's error unless `stated` stands so to `limit`, which is called `what`; None sets no limit."""
    if limit is not None and not order.holds(stated, limit):
        why = order.words.format(what=what, day=limit)
        raise PydanticCustomError(OUT_OF_ORDER, "{why}", {"why": why})
