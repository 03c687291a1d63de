"""The judge itself is judged: every kind of damage he is there to find, done by hand, is found and named."""

import json
import shutil
from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import count
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import Connection, Table, delete, insert, select, update

from client.store import tables
from client.store.engine import open_database
from client.store.keys import Purpose
from client.store.profile import Profile
from client.store.sealed import place
from tests.attack.checker import at_the_platform
from tests.attack.conftest import CASES
from tests.attack.history import Held, Operation, Outcome, Watch, complaints, operations, window_of
from tests.attack.orders import Mark
from tests.attack.siege import Siege
from tests.attack.soak import HEAD, SCALES, SOAKING, Scale, Tally, rounds
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
def test_damage_done_by_hand_is_named(
    siege: Siege, tally: Tally, damage: Callable[[Connection], None], word: str
) -> None:
    database = open_database(siege.profile.database, siege.key.subkey(Purpose.DATABASE))
    with database.begin() as connection:
        damage(connection)
    database.close()
    assert any(word in sentence for sentence in siege.judge()), siege.judge()
    if damage in {_announce_twice, _unrender}:
        tally.attack("R12").caught()


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


NUMBERS = tuple(f"110101-01-0{window}-20261124-0001-1" for window in (1, 2))
SOURCE = "urn:yichuang:window:110101-01-01:epoch"


def _ok(number: str, case: int = 1) -> Operation:
    return Operation(window_of(number), "accept", case, Outcome.OK, number)


def _held(*taken: tuple[str, int], states: Mapping[str, str] | None = None, event_id: str = "") -> Held:
    """A platform that took these acceptances (case number, sequence), under one id if it is given."""
    rows: list[Any] = [
        SimpleNamespace(
            source=SOURCE, event_id=event_id or str(place), subject=number, sequence=sequence, type="case.accepted"
        )
        for place, (number, sequence) in enumerate(taken)
    ]
    return Held(rows, {number: "accepted" for number, _ in taken} if states is None else states)


ONE, OTHER = NUMBERS


@pytest.mark.parametrize(
    ("history", "held", "word"),
    [
        ([_ok(ONE)], _held(), "lost:"),
        ([_ok(ONE)], _held((ONE, 1), states={ONE: "received"}), "lost:"),
        ([_ok(ONE), _ok(ONE, case=2)], _held((ONE, 1)), "was given to"),
        ([_ok(ONE)], _held((ONE, 1), (OTHER, 1)), "0 outcomes are unknown"),
        ([Operation("01", "accept", 1, Outcome.FAILED)], _held((ONE, 1)), "0 outcomes are unknown"),
        ([_ok(ONE)], _held((ONE, 1), (ONE, 2)), "was accepted 2 times"),
        ([_ok(ONE), _ok(OTHER)], _held((ONE, 1), (OTHER, 1), event_id="twin"), "was taken 2 times"),
        ([_ok(ONE)], _held((ONE, 2), (ONE, 1)), "fell from version 2 to 1"),
    ],
)
def test_a_platform_that_is_not_what_was_done_is_named(history: list[Operation], held: Held, word: str) -> None:
    assert any(word in sentence for sentence in complaints(history, held)), complaints(history, held)


def test_an_act_nobody_heard_the_end_of_may_be_there_or_not() -> None:
    unknown = [Operation("01", "accept", 1, Outcome.UNKNOWN)]
    assert complaints(unknown, _held()) == complaints(unknown, _held((ONE, 1))) == []


def test_a_life_is_told_as_acts_that_are_ok_failed_or_unknown() -> None:
    told = [
        Mark("accepting", 0.0, {"case": 1}),
        Mark("refused", 0.1, {"case": 1, "code": "CASE-101"}),
        Mark("receiving", 0.2, {"case": 1}),
        Mark("received", 0.3, {"case": 1, "number": ONE}),
        Mark("accepting", 0.4, {"case": 1}),
    ]
    assert list(operations("01", told)) == [
        Operation("01", "accept", 1, Outcome.FAILED),
        Operation("01", "receive", 1, Outcome.OK, ONE),
        Operation("01", "accept", 1, Outcome.UNKNOWN),
    ]


def test_a_platform_that_went_back_while_it_was_watched_is_named(siege: Siege, sent_to: HubProcess) -> None:
    watch = Watch(sent_to.store_url)
    assert watch.look() == []
    watch.seen = {number: version + 1 for number, version in watch.seen.items()} | {OTHER: 1}
    assert len(watch.look()) == CASES + 1
    assert watch.look() == []


def test_an_attack_ends_with_its_minutes_and_not_before_the_count_of_the_suite(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    scale = Scale(usual=40, soaked=100, each=20, part=0.1, controls=0)

    def sizes(minutes: float) -> list[int]:
        """When every look at the clock finds it ten seconds on."""
        clock = count(0, 10)
        return [faults for _, faults in rounds(scale, minutes, lambda: next(clock))]

    monkeypatch.delenv("YICHUANG_SOAK_KILLS", raising=False)
    assert sizes(0) == [20] * (5 if SOAKING else 2)
    assert sizes(1) == [20] * 2
    assert sizes(30) == [20] * 6
    assert sum(scale.part for scale in SCALES.values()) <= 0.95


def test_the_table_counts_what_is_wrong_by_its_kind(tmp_path: Path) -> None:
    tally = Tally()
    attack = tally.attack("R1")
    attack.faults = 7
    attack.judge([], "nowhere")
    with pytest.raises(AssertionError, match="here"):
        attack.judge(["lost: case 1", "at the platform 2 times: 1", "stuck: 1 event", "half an act"], "here")
    tally.attack("R1").caught()
    head, row = tally.table()
    assert head.split() == list(HEAD)
    assert row.split() == ["R1", "7", "1", "1", "1", "1", "1", "of", "1", "red", "None"]
    tally.write(tmp_path / "build" / "soak.json")
    assert json.loads((tmp_path / "build" / "soak.json").read_text())["attacks"][0]["doubled"] == 1
