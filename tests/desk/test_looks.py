"""Whoever is old gets large type where the hall wants it, from the day the law counts."""

from datetime import date

import pytest

from client.config import LargePapers, Settings
from client.demo import DEMO_SETTINGS
from client.desk.looks import look_of
from client.ports.papers import PaperKind, PaperLook
from client.rules.identity import is_elder
from client.store.cases import CaseRecord
from tests.desk.conftest import blank, desk
from tests.desk.counter import CLERK, FOOD, Desk

__all__ = ["blank", "desk"]


def settings(large: LargePapers, language: str | None = None) -> Settings:
    return DEMO_SETTINGS.model_copy(update={"large_papers": large, "paper_language": language})


@pytest.mark.parametrize(
    ("on", "old"),
    [(date(2026, 11, 23), False), (date(2026, 11, 24), True), (date(2026, 11, 22), False), (date(2080, 1, 1), True)],
)
def test_one_is_old_the_day_after_the_sixtieth_birthday(on: date, old: bool) -> None:  # noqa: FBT001 - a case
    assert is_elder(date(1966, 11, 23), on) is old


def record(desk: Desk) -> CaseRecord:
    """A company's case; a person born in 1900 or after stands at the window."""
    return desk.record(desk.draft(FOOD))


def test_who_stands_at_the_window_counts_and_a_company_has_no_age(desk: Desk) -> None:
    case, wanted = record(desk), settings(LargePapers.ELDERS)
    assert case.attendee is not None
    birth = int(case.attendee.identifier[6:10])
    assert look_of(case, wanted, date(birth + 59, 1, 1)) == PaperLook()
    assert look_of(case, wanted, date(birth + 62, 1, 1)) == PaperLook(large=True)


def test_never_and_always_ask_nobody(desk: Desk) -> None:
    case = record(desk)
    assert look_of(case, settings(LargePapers.NEVER), date(2080, 1, 1)) == PaperLook()
    assert look_of(case, settings(LargePapers.ALWAYS, "en"), date(1950, 1, 1)) == PaperLook(large=True, second="en")


def test_the_look_is_frozen_with_the_facts(desk: Desk) -> None:
    assert (
        desk.facts(desk.intake.accept(desk.draft(FOOD), CLERK).case_id, PaperKind.ACCEPTANCE_NOTICE).look == PaperLook()
    )
