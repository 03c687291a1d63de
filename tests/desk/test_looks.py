"""Whoever is old gets large type where the hall wants it, from the day the law counts."""

from datetime import date

import pytest
from pydantic import ValidationError

from client.config import LargePapers, Settings
from client.demo import DEMO_SETTINGS
from client.desk.looks import Looks, look_of
from client.errors import CaseError, RightsError
from client.ports.papers import OwnLook, PaperKind, PaperLook
from client.rules.identity import is_elder
from client.rules.rights import Role
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


def test_what_the_citizen_wants_goes_before_the_settings(desk: Desk) -> None:
    case_id, always = desk.draft(FOOD), settings(LargePapers.ALWAYS, "en")
    assert Looks(desk.counter).want(case_id, CLERK, OwnLook(large=False, second="")) == PaperLook()
    assert look_of(desk.record(case_id), always, date(2026, 3, 2)) == PaperLook()
    assert Looks(desk.counter).want(case_id, CLERK, OwnLook(second="fr")) == PaperLook(second="fr")
    assert look_of(desk.record(case_id), always, date(2026, 3, 2)) == PaperLook(large=True, second="fr")
    Looks(desk.counter).want(case_id, CLERK, OwnLook())
    assert OwnLook().kept is None
    assert look_of(desk.record(case_id), always, date(2026, 3, 2)) == PaperLook(large=True, second="en")


def test_languages_come_in_turn_and_what_is_usual_is_no_wish(desk: Desk) -> None:
    desk.configure(paper_language="en", large_papers="always")
    case_id, looks, seen = desk.draft(FOOD), Looks(desk.counter), []
    for _ in range(4):
        looks.turn_language(case_id, CLERK, ["bo", "en"])
        seen.append(desk.record(case_id).own_look.second)
    assert seen == ["", "bo", None, ""]
    looks.turn_large(case_id, CLERK)
    assert desk.record(case_id).own_look == OwnLook(large=False, second="")
    looks.turn_large(case_id, CLERK)
    assert desk.record(case_id).own_look == OwnLook(second="")


def test_a_wish_outlives_the_act_and_a_paper_that_was_issued_keeps_its_look(desk: Desk) -> None:
    case_id = desk.draft(FOOD)
    desk.intake.receive(case_id, CLERK)
    Looks(desk.counter).want(case_id, CLERK, OwnLook(large=True))
    desk.intake.accept(case_id, CLERK)
    assert not desk.facts(case_id, PaperKind.RECEIVING_SLIP).look.large
    assert desk.facts(case_id, PaperKind.ACCEPTANCE_NOTICE).look.large
    assert desk.record(case_id).own_look.large


def test_it_is_asked_for_by_whoever_may_take_in_a_case_and_of_a_case_there_is(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(CaseError):
        Looks(desk.counter).want(999, CLERK, OwnLook(large=True))
    case_id = desk.draft(FOOD)
    monkeypatch.setattr("client.rules.rights.RIGHTS", {role: frozenset() for role in Role})
    with pytest.raises(RightsError):
        Looks(desk.counter).want(case_id, CLERK, OwnLook(large=True))
    assert desk.record(case_id).own_look == OwnLook()
    with pytest.raises(ValidationError):
        OwnLook(second="English")
