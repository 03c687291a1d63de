"""Days as they are typed in a list that is looked through."""

from datetime import date

import pytest

from client.errors import CaseError
from client.rules.periods import Period, day_of, period_of

TODAY = date(2026, 3, 2)


def days(first: tuple[int, int, int], last: tuple[int, int, int] | None = None) -> Period:
    return Period(date(*first), date(*(last or first)))


@pytest.mark.parametrize(
    ("told", "meant"),
    [
        *(
            (each, days((2026, 2, 28)))
            for each in (
                "2026-02-28",
                "20260228",
                "2026.2.28",
                "2026/02/28",
                "2026年2月28日",
                "２０２６－２－２８",
                "2-28",
            )
        ),
        ("2月28日", days((2026, 2, 28))),
        ("03-02", days((2026, 3, 2))),
        ("3-3", days((2025, 3, 3))),  # still to come this year
        ("2026-02", days((2026, 2, 1), (2026, 2, 28))),
        ("202602", days((2026, 2, 1), (2026, 2, 28))),
        ("2026年2月", days((2026, 2, 1), (2026, 2, 28))),
        ("2025", days((2025, 1, 1), (2025, 12, 31))),
        ("2025年", days((2025, 1, 1), (2025, 12, 31))),
        ("2-1 至 2-28", days((2026, 2, 1), (2026, 2, 28))),
        ("2026-01到2026-02", days((2026, 1, 1), (2026, 2, 28))),
        ("20260101..20260102", days((2026, 1, 1), (2026, 1, 2))),
        ("2026年1月1日——2026年1月2日", days((2026, 1, 1), (2026, 1, 2))),
    ],
)
def test_a_day_or_more_is_understood_however_it_is_typed(told: str, meant: Period) -> None:
    assert period_of(told, TODAY) == meant


def test_nothing_is_every_day() -> None:
    assert period_of("  ", TODAY) is None


def test_one_day_is_no_month() -> None:
    assert [day_of(told, TODAY) for told in ("2-28", "2026-02-28..2-28", "")] == [date(2026, 2, 28)] * 2 + [None]
    with pytest.raises(CaseError) as refused:
        day_of("2026-02", TODAY)
    assert (refused.value.code, "2026-02" in refused.value.title) == ("PAPER-351", True)


@pytest.mark.parametrize(
    "told", ["昨天", "2026-13", "2-30", "2026-02-30", "2-1至", "2-1至2-2至2-3", "2-28至2-1", "0000", "1"]
)
def test_what_is_no_date_is_refused_in_words(told: str) -> None:
    with pytest.raises(CaseError) as refused:
        period_of(told, TODAY)
    assert refused.value.code == "PAPER-330"
    assert told in refused.value.title
