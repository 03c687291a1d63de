"""The judge itself is judged: every kind of damage he is there to find, done by hand, is found and named."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Connection, Table, delete, insert, select, update

from client.store import tables
from client.store.engine import open_database
from client.store.keys import Purpose
from client.store.profile import Profile
from client.store.sealed import place
from tests.attack.checker import at_the_platform
from tests.attack.conftest import CASES
from tests.attack.siege import Siege
from tests.hubs import HubProcess


@pytest.fixture
def siege(worked: Siege, tmp_path: Path) -> Siege:
    """A copy of it, to be damaged."""
    shutil.copytree(worked.profile.folder, tmp_path / "window")
    return replace(worked, profile=Profile(tmp_path / "window"))


def _lose_a_case(connection: Connection) -> None:
    connection.execute(update(tables.cases).where(tables.cases.c.id == 1).values(state="draft", number=None))


def _lose_a_page(connection: Connection) -> None:
    connection.execute(delete(tables.pages).where(tables.pages.c.id == 1))


def _lose_answers(connection: Connection) -> None:
    connection.execute(update(tables.forms).where(tables.forms.c.case_id == 1).values(answers="{}"))


def _lose_a_paper(connection: Connection) -> None:
    connection.execute(delete(tables.spool).where(tables.spool.c.paper_id == 1))
    connection.execute(delete(tables.papers).where(tables.papers.c.id == 1))


def _lose_an_event(connection: Connection) -> None:
    connection.execute(delete(tables.outbox).where(tables.outbox.c.type == "case.accepted"))


def _send_twice(connection: Connection) -> None:
    row = connection.execute(select(tables.outbox).where(tables.outbox.c.type == "case.accepted")).first()
    assert row
    twin = {**row._mapping, "sequence": None, "event_id": "twin"}
    connection.execute(insert(tables.outbox), twin)


def _announce_twice(connection: Connection) -> None:
    row = connection.execute(select(tables.outbox).where(tables.outbox.c.type == "paper.issued")).first()
    assert row
    connection.execute(insert(tables.outbox), {**row._mapping, "sequence": None, "event_id": "twin"})


def _leave_a_gap(connection: Connection) -> None:
    connection.execute(delete(tables.numbers).where(tables.numbers.c.serial == 1))


def _forget_who_has_it(connection: Connection) -> None:
    connection.execute(update(tables.numbers).where(tables.numbers.c.serial == CASES).values(number="110101"))


def _unrender(connection: Connection) -> None:
    connection.execute(update(tables.papers).where(tables.papers.c.id == 1).values(state="unrendered"))


def _rewrite_history(connection: Connection) -> None:
    connection.exec_driver_sql("DROP TRIGGER audit_no_change")
    connection.execute(update(tables.audit).where(tables.audit.c.id == 2).values(staff="0000"))


@pytest.mark.parametrize(
    ("damage", "word"),
    [
        (_lose_a_case, "lost: case 1"),
        (_lose_a_page, "lost: page 1"),
        (_lose_answers, "lost: the answers of case 1"),
        (_lose_a_paper, "lost: papers"),
        (_lose_an_event, "half an act"),
        (_send_twice, "half an act"),
        (_announce_twice, "was announced 2 times"),
        (_leave_a_gap, "gap in"),
        (_forget_who_has_it, "owned 0 times"),
        (_unrender, "has a page it knows nothing of"),
        (_rewrite_history, "the audit chain breaks at entry 2"),
    ],
)
def test_damage_done_by_hand_is_named(siege: Siege, damage: Callable[[Connection], None], word: str) -> None:
    database = open_database(siege.profile.database, siege.key.subkey(Purpose.DATABASE))
    with database.begin() as connection:
        damage(connection)
    database.close()
    assert any(word in sentence for sentence in siege.judge()), siege.judge()


@pytest.mark.parametrize("table", [tables.pages, tables.papers])
def test_a_row_without_its_file_is_named(siege: Siege, table: Table) -> None:
    database = open_database(siege.profile.database, siege.key.subkey(Purpose.DATABASE), writing=False)
    with database.read() as connection:
        name = connection.scalars(select(table.c.sealed_name)).first()
    database.close()
    assert name
    place(siege.profile.files, name).unlink()
    assert any(f"{table.name.removesuffix('s')} " in sentence for sentence in siege.judge())


def test_a_platform_that_lacks_a_case_is_named(siege: Siege, tmp_path: Path) -> None:
    with HubProcess(tmp_path) as empty:
        wrong = at_the_platform(siege.profile, siege.key, empty.store_url)
    assert sum(sentence.startswith("only on one side") for sentence in wrong) >= CASES


def test_a_platform_that_has_an_event_more_is_named(siege: Siege, sent_to: HubProcess) -> None:
    database = open_database(siege.profile.database, siege.key.subkey(Purpose.DATABASE))
    with database.begin() as connection:
        connection.execute(delete(tables.outbox).where(tables.outbox.c.sequence == 1))
    database.close()
    assert any("platform" in sentence for sentence in at_the_platform(siege.profile, siege.key, sent_to.store_url))
