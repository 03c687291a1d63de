"""Acceptance: all of it or nothing, under one number, for every item the window takes in."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import NoReturn

import pytest
from sqlalchemy import event
from sqlcipher3 import dbapi2 as driver

from client.desk.drafting import MaterialMark
from client.errors import CaseError, StoreError
from client.ports.papers import PaperKind
from client.rules.case import State
from client.rules.items import AcceptanceMode, Substitute
from client.rules.numbering import CaseNumber, PaperNumber
from client.store import audit
from client.store.cases import Cases
from tests.desk.counter import CLERK, COMPANY, FOOD, HOUSE, ITEMS, Desk

STEPS = {
    "save": "client.store.cases.Cases.save",
    "number": "client.store.numbers.record",
    "slot": "client.store.cases.Cases.set_slot",
    "paper": "client.store.papers.issue",
    "event": "client.store.outbox.put",
    "audit": "client.store.audit.add",
}


class BrokeError(Exception):
    """What a bug in the middle of an act would raise."""


def broke(*_: object, **__: object) -> NoReturn:
    raise BrokeError


def disk_failed(_: object) -> NoReturn:
    error = driver.OperationalError("disk I/O error")
    error.sqlite_errorcode = 10
    raise error


@contextmanager
def broken_commit(desk: Desk) -> Iterator[None]:
    writers = desk.memory.database._writers
    event.listen(writers, "commit", disk_failed)
    yield
    event.remove(writers, "commit", disk_failed)


@pytest.mark.parametrize("name", ITEMS)
def test_a_case_goes_from_open_to_accepted(desk: Desk, name: str) -> None:
    case_id = desk.draft(name)
    outcome = desk.intake.accept(case_id, CLERK)
    record, (paper,) = desk.record(case_id), desk.papers(case_id)
    assert (outcome.number, outcome.state) == (record.number, State.ACCEPTED)
    assert record.accepted_on == date(2026, 3, 2)
    assert record.promised_date is not None
    assert outcome.paper_ids == (paper.paper_id,)
    assert paper.kind is PaperKind.ACCEPTANCE_NOTICE
    assert desk.event_types() == ["case.accepted"]
    assert desk.audited("accept") == [(CLERK.staff_no, outcome.number, "done")]


@pytest.mark.parametrize("name", ITEMS)
def test_what_was_taken_in_may_be_accepted_later(desk: Desk, name: str) -> None:
    case_id = desk.draft(name)
    received = desk.intake.receive(case_id, CLERK)
    assert (received.state, desk.record(case_id).accepted_on) == (State.RECEIVED, None)
    desk.clock.move(days=1)
    accepted = desk.intake.accept(case_id, CLERK)
    assert accepted.number == received.number
    assert desk.record(case_id).accepted_on == date(2026, 3, 3)
    assert [paper.kind for paper in desk.papers(case_id)] == [PaperKind.RECEIVING_SLIP, PaperKind.ACCEPTANCE_NOTICE]
    assert desk.event_types() == ["case.received", "case.accepted"]


@pytest.mark.parametrize("step", STEPS)
def test_a_step_that_fails_leaves_nothing_and_takes_no_number(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    case_id = deferring(desk)
    before = desk.everything()
    with monkeypatch.context() as broken:
        broken.setattr(STEPS[step], broke)
        with pytest.raises(BrokeError):
            desk.intake.accept(case_id, CLERK)
    assert desk.everything() == before
    accepted_as_the_first(desk, case_id)


def test_a_commit_that_fails_leaves_nothing_and_takes_no_number(desk: Desk) -> None:
    case_id = deferring(desk)
    before = desk.everything()
    with broken_commit(desk), pytest.raises(StoreError):
        desk.intake.accept(case_id, CLERK)
    assert desk.everything() == before
    accepted_as_the_first(desk, case_id)


def deferring(desk: Desk) -> int:
    """A case whose acceptance writes to every table an acceptance can write to."""
    case_id = desk.draft(FOOD, without=["rules_list"])
    desk.drafting.mark(case_id, CLERK, "rules_list", MaterialMark(deferred=True))
    return case_id


def accepted_as_the_first(desk: Desk, case_id: int) -> None:
    """The next try works, with the first number of the day and of the year, and the chain of the audit whole."""
    outcome = desk.intake.accept(case_id, CLERK)
    (paper,) = desk.papers(case_id)
    assert CaseNumber.parse(outcome.number).serial == 1
    assert PaperNumber.parse(paper.number or "").serial == 1
    assert len(desk.everything()["numbers"]) == 2
    with desk.memory.read() as connection:
        assert audit.verify(connection) is None


def test_what_is_accepted_is_there_after_a_restart(desk: Desk) -> None:
    case_id = desk.draft()
    desk.intake.accept(case_id, CLERK)
    before = desk.everything()
    desk.reopen()
    assert desk.everything() == before


def test_an_incomplete_case_is_refused_with_everything_that_is_missing(desk: Desk) -> None:
    case_id = desk.draft(FOOD, without=["premises", "power_of_attorney"])
    answers = {"operator_name": "示例食品有限公司"}
    faults = desk.drafting.fill(case_id, CLERK, answers)
    desk.drafting.mark(case_id, CLERK, "application", MaterialMark(defective=True))
    before = desk.everything()
    with pytest.raises(CaseError) as refused:
        desk.intake.accept(case_id, CLERK)
    names = {material.key: material.name for material in desk.item(FOOD).materials}
    assert refused.value.code == "CASE-202"
    assert f"材料“{names['premises']}”缺" in refused.value.title
    assert f"材料“{names['power_of_attorney']}”缺" in refused.value.title
    assert f"材料“{names['application']}”不符合要求" in refused.value.title
    assert faults
    assert all(fault in refused.value.title for fault in faults)
    assert desk.everything() == before


def test_an_empty_draft_lacks_people_answers_and_materials(desk: Desk) -> None:
    item = desk.item(COMPANY)
    case_id = desk.drafting.open(CLERK, item)
    desk.drafting.fill(case_id, CLERK, {})
    with pytest.raises(CaseError) as refused:
        desk.intake.accept(case_id, CLERK)
    for what in ("没有申请人", "没有经办人", *(f"未选择情形“{s.question}”" for s in item.situations)):
        assert what in refused.value.title


def test_a_form_nobody_filled_is_not_complete(desk: Desk) -> None:
    item = desk.item(HOUSE)
    case_id = desk.drafting.open(CLERK, item)
    desk.drafting.set_people(case_id, CLERK, *desk.people(HOUSE))
    desk.drafting.choose(case_id, CLERK, desk.counter.catalogue.example(item).situations)
    for material in item.materials:
        desk.attach(case_id, material.key)
    with pytest.raises(CaseError):
        desk.intake.accept(case_id, CLERK)


def test_nothing_is_accepted_twice(desk: Desk) -> None:
    case_id = desk.draft()
    desk.intake.accept(case_id, CLERK)
    before = desk.everything()
    with pytest.raises(CaseError) as refused:
        desk.intake.accept(case_id, CLERK)
    assert refused.value.code == "CASE-101"
    assert desk.everything() == before


def test_where_the_department_accepts_the_window_only_takes_in(desk: Desk) -> None:
    desk.vary(FOOD, acceptance_mode=AcceptanceMode.DEPARTMENT)
    case_id = desk.draft(FOOD)
    intake = desk.intake
    acts: tuple[Callable[[], object], ...] = (
        lambda: intake.accept(case_id, CLERK),
        lambda: intake.ask_correction(case_id, CLERK, {"premises": "缺页"}, keep_materials=True),
        lambda: intake.not_accept(case_id, CLERK, "not_required"),
    )
    for act in acts:
        with pytest.raises(CaseError) as refused:
            act()
        assert refused.value.code == "CASE-103"
    desk.intake.receive(case_id, CLERK)
    assert [paper.kind for paper in desk.papers(case_id)] == [PaperKind.RECEIVING_SLIP]
    with pytest.raises(CaseError):
        desk.intake.accept(case_id, CLERK)


def test_a_case_keeps_the_version_it_was_opened_with(desk: Desk) -> None:
    case_id = desk.draft(FOOD)
    desk.vary(FOOD, materials=[*desk.item(FOOD).materials, NEW_MATERIAL])
    desk.intake.accept(case_id, CLERK)
    assert desk.record(case_id).item.version == 1
    with pytest.raises(CaseError):
        desk.intake.accept(desk.draft(FOOD, without=["new_proof"]), CLERK)


NEW_MATERIAL = {"key": "new_proof", "name": "新增材料", "copies_original": 0, "copies_photocopy": 1}


@pytest.mark.parametrize(
    ("slot", "substitute", "form"),
    [
        ("business_licence", Substitute.ELICENCE, "电子证照"),
        ("business_licence", Substitute.SHARED_DATA, "数据共享核验"),
        ("rules_list", Substitute.DECLARATION, "告知承诺"),
        ("application", Substitute.GENERATED, "表单生成"),
        ("agent_identity", Substitute.CARD_READ, "已读卡"),
    ],
)
def test_a_lawful_substitute_stands_for_the_paper(desk: Desk, slot: str, substitute: Substitute, form: str) -> None:
    case_id = desk.draft(FOOD, without=[slot])
    desk.drafting.mark(case_id, CLERK, slot, MaterialMark(substitute=substitute))
    desk.intake.accept(case_id, CLERK)
    name = next(material.name for material in desk.item(FOOD).materials if material.key == slot)
    lines = {line.name: line for line in desk.facts(case_id, PaperKind.ACCEPTANCE_NOTICE).materials}
    assert lines[name].form == form


def test_numbers_go_up_by_one_and_start_anew_with_the_day(desk: Desk) -> None:
    first = [CaseNumber.parse(desk.intake.accept(desk.draft(), CLERK).number) for _ in range(3)]
    desk.clock.move(days=1)
    next_day = CaseNumber.parse(desk.intake.accept(desk.draft(), CLERK).number)
    assert [number.serial for number in first] == [1, 2, 3]
    assert (next_day.serial, next_day.day) == (1, date(2026, 3, 3))


def test_each_organs_word_counts_for_itself_and_through_the_year(desk: Desk) -> None:
    numbers = []
    for name in (FOOD, COMPANY, FOOD):
        case_id = desk.draft(name)
        desk.intake.accept(case_id, CLERK)
        numbers.append(desk.papers(case_id)[0].number)
    desk.clock.now = desk.clock.now.replace(year=2027)
    case_id = desk.draft(FOOD)
    desk.intake.accept(case_id, CLERK)
    numbers.append(desk.papers(case_id)[0].number)
    assert numbers == [
        "示市监许受〔2026〕1号",
        "示市监登受〔2026〕1号",
        "示市监许受〔2026〕2号",
        "示市监许受〔2027〕1号",
    ]


def test_a_spent_block_stops_notices_until_there_is_a_new_one(desk: Desk) -> None:
    desk.configure(paper_serials=(41, 42))
    for _ in range(2):
        desk.intake.accept(desk.draft(), CLERK)
    case_id = desk.draft()
    before = desk.everything()
    with pytest.raises(CaseError) as refused:
        desk.intake.accept(case_id, CLERK)
    assert "41至42" in refused.value.title
    assert desk.everything() == before
    desk.intake.receive(case_id, CLERK)  # a slip has no number
    desk.configure(paper_serials=(101, 200))
    desk.intake.accept(case_id, CLERK)
    assert desk.papers(case_id)[-1].number == "示市监许受〔2026〕101号"


def test_the_last_number_of_the_day_is_the_last(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("client.desk.numbers.LAST_SERIAL", 1)
    desk.intake.accept(desk.draft(), CLERK)
    with pytest.raises(CaseError) as refused:
        desk.intake.accept(desk.draft(), CLERK)
    assert refused.value.code == "RULE-203"


def test_an_organ_without_its_word_accepts_nothing_for_the_notice_could_never_be_drawn(desk: Desk) -> None:
    organ = desk.item(FOOD).organ.model_dump()
    desk.vary(FOOD, organ={**organ, "organ_words": {}})
    case_id = desk.draft(FOOD)
    before = desk.everything()
    with pytest.raises(CaseError) as refused:
        desk.intake.accept(case_id, CLERK)
    assert refused.value.code == "CASE-217"
    assert desk.everything() == before
    desk.intake.receive(case_id, CLERK)  # the slip needs none


def test_a_number_nobody_gave_is_no_case(desk: Desk) -> None:
    outcome = desk.intake.accept(desk.draft(), CLERK)
    assert desk.counter.numbered_case(outcome.number).case_id == outcome.case_id
    with pytest.raises(CaseError) as refused:
        desk.counter.numbered_case("110101-01-07-20260302-9999-0")
    assert refused.value.code == "CASE-201"
    with pytest.raises(CaseError) as refused:
        desk.intake.accept(404, CLERK)
    assert refused.value.code == "CASE-201"


def test_saving_and_everything_else_is_one_transaction(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: were the act two transactions, the first would be there when the second fails."""
    case_id = desk.draft()
    connections: list[object] = []
    save = Cases.save

    def watched(self: Cases, connection: object, record: object) -> None:
        connections.append(connection)
        save(self, connection, record)  # type: ignore[arg-type]  # handed through

    begun: list[object] = []
    event.listen(desk.memory.database._writers, "begin", begun.append)
    monkeypatch.setattr(Cases, "save", watched)
    desk.intake.accept(case_id, CLERK)
    assert len(begun) == 1
    assert connections == begun
