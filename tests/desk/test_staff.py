"""Who sits at the window: a PIN of one's own, five wrong tries, an idle lock that loses nothing."""

from datetime import timedelta

import pytest
from argon2 import PasswordHasher

from client.desk.staff import Session, Staff
from client.errors import CaseError, RightsError
from client.rules.rights import Role
from client.store.tables import staff
from tests.desk.counter import ADMINISTRATOR, CARD, CLERK, PIN, SUPERVISOR, Desk

WRONG = "000000"
IDLE = timedelta(minutes=10)


def empty(desk: Desk) -> None:
    """A window at its first start."""
    with desk.memory.begin() as connection:
        connection.execute(staff.delete())


def wrong_tries(desk: Desk, staff_no: str, count: int) -> list[str]:
    """Codes and counts of so many refusals."""
    told = []
    for _ in range(count):
        with pytest.raises(RightsError) as refused:
            desk.roster.sign_in(staff_no, WRONG)
        told.append(refused.value.advice if refused.value.code == "STAFF-101" else refused.value.code)
    return told


def test_the_first_start_makes_the_administrator_once(desk: Desk) -> None:
    empty(desk)
    assert desk.roster.is_empty()
    first = desk.roster.make_first_administrator("0001", "张三", PIN)
    assert (first.role, desk.roster.sign_in("0001", PIN)) == (Role.ADMINISTRATOR, first)
    with pytest.raises(RightsError) as refused:
        desk.roster.make_first_administrator("0002", "李四", PIN)
    assert refused.value.code == "STAFF-104"
    assert [person.staff_no for person in desk.roster.everyone()] == ["0001"]


def test_a_pin_is_not_too_short(desk: Desk) -> None:
    for attempt in (
        lambda: desk.roster.add(ADMINISTRATOR, "3001", "李四", Role.CLERK, "123"),
        lambda: desk.roster.reset_pin(ADMINISTRATOR, CLERK.staff_no, ""),
        lambda: desk.roster.make_first_administrator("0001", "张三", "12"),
    ):
        with pytest.raises(CaseError) as refused:
            attempt()
        assert refused.value.code == "STAFF-105"
        assert "4" in refused.value.advice


def test_a_pin_is_kept_as_an_argon2id_verifier_alone(desk: Desk) -> None:
    for person in desk.roster.everyone():
        assert person.verifier.startswith("$argon2id$")
        assert PIN not in person.verifier


def test_the_right_pin_opens_and_is_on_the_books(desk: Desk) -> None:
    assert desk.roster.sign_in(SUPERVISOR.staff_no, PIN) == SUPERVISOR
    assert desk.audited("sign_in") == [(SUPERVISOR.staff_no, SUPERVISOR.staff_no, "done")]


def test_wrong_tries_count_down_and_the_fifth_locks(desk: Desk) -> None:
    told = wrong_tries(desk, CLERK.staff_no, 5)
    assert [advice[6:14] for advice in told[:4]] == [f"还可以试 {left} 次" for left in (4, 3, 2, 1)]
    assert told[4:] == ["STAFF-102"]
    with pytest.raises(RightsError) as refused:
        desk.roster.sign_in(CLERK.staff_no, PIN)
    assert refused.value.code == "STAFF-102"
    assert desk.audited("sign_in") == [(CLERK.staff_no, CLERK.staff_no, "denied")] * 6


def test_the_count_survives_a_restart_and_a_right_pin_clears_it(desk: Desk) -> None:
    wrong_tries(desk, CLERK.staff_no, 4)
    desk.reopen()
    desk.roster.sign_in(CLERK.staff_no, PIN)
    assert "还可以试 4 次" in wrong_tries(desk, CLERK.staff_no, 1)[0]


def test_a_reset_unlocks_with_the_new_pin(desk: Desk) -> None:
    wrong_tries(desk, CLERK.staff_no, 5)
    desk.roster.reset_pin(ADMINISTRATOR, CLERK.staff_no, "24680")
    assert desk.roster.sign_in(CLERK.staff_no, "24680") == CLERK
    with pytest.raises(RightsError):
        desk.roster.sign_in(CLERK.staff_no, PIN)
    assert desk.audited("reset_pin") == [(ADMINISTRATOR.staff_no, CLERK.staff_no, "done")]


def test_a_number_nobody_has_is_refused_like_a_wrong_pin(desk: Desk) -> None:
    assert wrong_tries(desk, "4711", 6) == wrong_tries(desk, CLERK.staff_no, 6)
    assert len(desk.audited("sign_in")) == 12


def test_a_number_nobody_has_takes_as_long_as_a_wrong_pin(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    hashed: list[str] = []
    monkeypatch.setattr(PasswordHasher, "hash", lambda _, pin: hashed.append(pin))
    wrong_tries(desk, "4711", 5)
    assert hashed == [WRONG] * 5


@pytest.mark.parametrize("by", [CLERK, SUPERVISOR])
def test_only_the_administrator_manages_people(desk: Desk, by: Staff) -> None:
    with pytest.raises(RightsError) as refused:
        desk.roster.add(by, "3001", "李四", Role.ADMINISTRATOR, PIN)
    assert refused.value.code == "STAFF-201"
    with pytest.raises(RightsError):
        desk.roster.reset_pin(by, ADMINISTRATOR.staff_no, PIN)
    assert [outcome for _, _, outcome in desk.audited("manage_staff")] == ["denied", "denied"]
    assert "3001" not in {person.staff_no for person in desk.roster.everyone()}


def test_a_staff_number_is_given_once(desk: Desk) -> None:
    with pytest.raises(CaseError) as refused:
        desk.roster.add(ADMINISTRATOR, CLERK.staff_no, "李四", Role.CLERK, PIN)
    assert refused.value.code == "STAFF-106"
    assert len(desk.audited("add_staff")) == 3  # those of the prepared window


def test_only_who_is_on_the_roster_gets_a_new_pin(desk: Desk) -> None:
    with pytest.raises(CaseError) as refused:
        desk.roster.reset_pin(ADMINISTRATOR, "4711", PIN)
    assert refused.value.code == "STAFF-107"


def test_an_idle_window_locks_and_keeps_the_draft(desk: Desk) -> None:
    session = Session(desk.roster, CLERK, desk.clock, IDLE)
    case_id = desk.drafting.open(session.staff(), desk.item(CARD))
    desk.clock.move(minutes=10)
    session.staff()  # to the minute is not idle, and counts as an act
    desk.clock.move(minutes=10, seconds=1)
    assert session.locked
    with pytest.raises(RightsError) as refused:
        session.staff()
    assert refused.value.code == "STAFF-103"
    assert [line.case_id for line in desk.drafting.drafts()] == [case_id]
    session.unlock(PIN)
    assert session.staff() == CLERK


def test_a_clock_set_back_does_not_unlock(desk: Desk) -> None:
    session = Session(desk.roster, CLERK, desk.clock, IDLE)
    desk.clock.move(hours=1)
    with pytest.raises(RightsError):
        session.staff()
    desk.clock.move(hours=-1)
    assert session.locked


def test_a_window_locked_by_hand_opens_with_the_same_persons_pin_alone(desk: Desk) -> None:
    session = Session(desk.roster, CLERK, desk.clock, IDLE)
    session.lock()
    with pytest.raises(RightsError):
        session.unlock(WRONG)
    assert session.locked
    session.unlock(PIN)
    assert not session.locked
