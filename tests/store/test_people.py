"""The roster: people as they were entered, with their count of wrong tries."""

import pytest

from client.rules.rights import Role
from client.store import audit, people
from client.store.driver_errors import DRIVER_ERRORS
from client.store.engine import Database
from client.store.people import StaffRecord
from tests.store.conftest import NOW

ONE = StaffRecord("1001", "张三", Role.CLERK, "$argon2id$1", 0, locked=False)
OTHER = StaffRecord("1002", "李\U0002ce97", Role.SUPERVISOR, "$argon2id$2", 0, locked=False)


@pytest.fixture
def roster(database: Database) -> Database:
    with database.begin() as connection:
        people.add(connection, ONE, NOW)
        people.add(connection, OTHER, NOW)
    return database


def test_people_come_out_as_they_were_entered(roster: Database) -> None:
    with roster.read() as connection:
        assert people.everyone(connection) == [ONE, OTHER]
        assert people.get(connection, "1002") == OTHER
        assert people.get(connection, "1003") is None


def test_a_staff_number_is_one_persons(roster: Database) -> None:
    with pytest.raises(DRIVER_ERRORS), roster.begin() as connection:
        people.add(connection, ONE, NOW)


def test_tries_and_a_new_verifier_are_that_persons_alone(roster: Database) -> None:
    with roster.begin() as connection:
        people.set_tries(connection, "1001", 5, locked=True)
    with roster.read() as connection:
        locked = people.get(connection, "1001")
        assert locked is not None
        assert (locked.wrong_tries, locked.locked) == (5, True)
        assert people.get(connection, "1002") == OTHER
    with roster.begin() as connection:
        people.set_verifier(connection, "1001", "$argon2id$3")
    with roster.read() as connection:
        assert people.get(connection, "1001") == StaffRecord("1001", "张三", Role.CLERK, "$argon2id$3", 0, locked=False)


def test_denials_are_counted_by_act_and_subject_among_the_recent(
    roster: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    with roster.begin() as connection:
        assert people.denials(connection, "sign_in", "4711") == 0
        for act, subject, outcome in (
            ("sign_in", "4711", "denied"),
            ("sign_in", "4711", "done"),
            ("sign_in", "1001", "denied"),
            ("void", "4711", "denied"),
            ("sign_in", "4711", "denied"),
        ):
            audit.add(connection, NOW, "4711", act, subject, outcome, {})
        assert people.denials(connection, "sign_in", "4711") == 2
        monkeypatch.setattr(people, "_RECENT", 4)
        assert people.denials(connection, "sign_in", "4711") == 1
