"""Packs: each says a thing once, the newest decides, and a calendar is amended a year at a time."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from pydantic import ValidationError

from client.rules.deadlines import CalendarYear, WorkCalendar
from client.rules.items import Item
from client.rules.packs import Pack, PackKind, offered
from tests.rules.itemdata import item

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def pack(**contents: Any) -> Pack:
    return Pack.model_validate({"number": 1, "issued_at": NOW, **contents})


def of_code(code: str, version: int = 1) -> Item:
    return item(task_handle_item=code, version=version)


def year(number: int, *off: str, on: tuple[str, ...] = (), forecast: bool = False) -> CalendarYear:
    return CalendarYear.model_validate(
        {
            "year": number,
            "number": "" if forecast else "示例",
            "forecast": forecast,
            "source": "示例",
            "seen": date(2026, 1, 1),
            "confirmed": True,
            "holidays": [{"name": "示例", "first": day, "last": day} for day in off],
            "working_weekends": on,
        }
    )


def test_a_pack_names_what_it_speaks_of() -> None:
    assert pack().contents == ()
    assert pack(items=[of_code("A")]).contents == (PackKind.CATALOGUE,)
    assert pack(withdrawn=["A"], years=[year(2027, "2027-01-01")], policy={}).contents == tuple(PackKind)


@pytest.mark.parametrize(
    "contents",
    [
        {"items": [of_code("A"), of_code("A")]},
        {"items": [of_code("A")], "withdrawn": ["A"]},
        {"withdrawn": ["A", "A"]},
        {"years": [year(2027, "2027-01-01"), year(2027, "2027-05-01")]},
        {"hall": "somewhere"},
        {"number": 0},
    ],
)
def test_a_pack_that_contradicts_itself_is_none(contents: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        pack(**contents)


def test_an_item_is_offered_until_a_later_pack_withdraws_it() -> None:
    first, second, other = of_code("A"), of_code("A", 2), of_code("B")
    named = [("2026-01", first), ("2026-03", second), ("2026-01", other)]
    assert offered(named, {}) == (first, second, other)
    assert offered(named, {"A": "2026-02"}) == (first, second, other)  # sent again behind its withdrawal
    assert offered(named, {"A": "2026-04", "C": "2026-09"}) == (other,)


def test_a_notice_replaces_all_that_was_known_of_its_year_and_nothing_else() -> None:
    known = WorkCalendar.of(
        [year(2026, "2026-10-01", on=("2026-10-10",)), year(2027, "2027-01-01", "2027-05-03", forecast=True)]
    )
    amended = known.amended([year(2027, "2027-01-01", "2027-02-08", on=("2027-01-30", "2026-12-26"))])
    assert [amended.is_working_day(date(2027, 5, 3)), known.is_working_day(date(2027, 5, 3))] == [True, False]
    assert not amended.is_working_day(date(2027, 2, 8))
    assert amended.is_working_day(date(2027, 1, 30))
    assert amended.is_working_day(date(2026, 12, 26))  # a notice may rearrange the last days of the year before
    assert not amended.is_working_day(date(2026, 10, 1))
    assert amended.is_working_day(date(2026, 10, 10))
    assert known.is_forecast(date(2027, 3, 1))
    assert not amended.is_forecast(date(2027, 3, 1))
    assert amended.amended([year(2027, "2027-01-01", forecast=True)]).is_forecast(date(2027, 3, 1))
