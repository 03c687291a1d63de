"""What a hall's lawyer would look at first: originals, invented days, whose silence counts, what follows later."""

from collections.abc import Mapping
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Connection, select

from client.desk import clocks
from client.desk.clocks import run_clocks
from client.desk.completeness import SlotState
from client.desk.counter import NO_CASE, Counter
from client.desk.drafting import MaterialMark
from client.desk.inbox import StoredInbox
from client.desk.keeping import kept_scan
from client.desk.sheet import sheet
from client.desk.supply import lay, supply, take_away
from client.errors import CaseError
from client.ports.papers import PaperFacts, PaperKind
from client.ports.platform import Change, ChangePage
from client.rules.case import State
from client.rules.items import AcceptanceMode
from client.store.cases import CaseRecord
from client.store.tables import outbox
from tests.desk.counter import CARD, CLERK, COMPANY, FOOD, HOUSE, Desk, page

SLIP, NOTICE = PaperKind.RECEIVING_SLIP, PaperKind.ACCEPTANCE_NOTICE
CORRECTION, REFUSAL = PaperKind.CORRECTION_NOTICE, PaperKind.NON_ACCEPTANCE_NOTICE


def originals(facts: PaperFacts) -> Mapping[str, str]:
    return {line.name: line.original for line in facts.materials}


def told(desk: Desk, number: str, **data: str) -> int:
    change = Change("case.state", number, data, datetime(2026, 3, 20, tzinfo=UTC))
    return StoredInbox(desk.counter).apply(ChangePage([change], "c1"))


def test_a_paper_says_of_an_original_what_the_clerk_said(desk: Desk) -> None:
    case_id = desk.draft(CARD)
    desk.drafting.mark(case_id, CLERK, "identity", MaterialMark(original_returned=False))
    desk.intake.accept(case_id, CLERK)
    slot = desk.record(case_id).slots["identity"]
    name = next(m.name for m in desk.item(CARD).materials if m.key == "identity")
    assert not slot.original_returned
    assert originals(desk.facts(case_id, NOTICE))[name] == "留存"


def test_an_original_is_returned_by_default_where_the_catalogue_says_so(desk: Desk) -> None:
    case_id = desk.draft(CARD)
    desk.intake.accept(case_id, CLERK)
    assert desk.record(case_id).slots["identity"].original_returned


@pytest.mark.parametrize(("keep", "word"), [(True, "留存"), (False, "已退还")])
def test_a_correction_notice_agrees_with_itself_about_the_originals(desk: Desk, keep: bool, word: str) -> None:  # noqa: FBT001 - a parameter of the test
    case_id = desk.draft(FOOD, without=["premises"])
    desk.intake.ask_correction(case_id, CLERK, {}, keep_materials=keep)
    facts = desk.facts(case_id, CORRECTION)
    assert facts.materials_kept is keep
    assert {original for original in originals(facts).values() if original != "—"} == {word}


def test_a_refusal_gives_the_originals_back(desk: Desk) -> None:
    case_id = desk.draft(HOUSE, without=["contract"])
    desk.intake.not_accept(case_id, CLERK, "incomplete")
    assert "留存" not in originals(desk.facts(case_id, REFUSAL)).values()


def test_a_material_that_is_there_but_wrong_is_not_called_missing(desk: Desk) -> None:
    case_id = desk.draft(HOUSE)
    desk.drafting.mark(case_id, CLERK, "tax_receipt", MaterialMark(defective=True))
    desk.intake.not_accept(case_id, CLERK, "incomplete", problems={"contract": "没有双方签名"})
    names = {m.name: m.key for m in desk.item(HOUSE).materials}
    defects = {names[defect.material]: defect.problem for defect in desk.facts(case_id, REFUSAL).defects}
    assert defects == {"contract": "没有双方签名", "tax_receipt": "不符合要求"}


def test_a_clock_is_kept_where_silence_is_no_acceptance_but_does_not_act(desk: Desk) -> None:
    case_id = desk.draft(COMPANY)
    desk.intake.receive(case_id, CLERK)
    assert desk.record(case_id).clock_due == date(2026, 3, 5)
    desk.clock.set(3, 20)
    assert run_clocks(desk.counter) == 0
    assert desk.state(case_id) is State.RECEIVED


def test_a_department_that_may_have_answered_is_not_overruled_by_the_calendar(desk: Desk) -> None:
    desk.vary(FOOD, acceptance_mode=AcceptanceMode.DEPARTMENT)
    case_id = desk.draft(FOOD)
    number = desk.intake.receive(case_id, CLERK).number
    desk.clock.set(3, 20)
    assert run_clocks(desk.counter) == 0
    assert told(desk, number, state="not_accepted") == 1
    assert desk.state(case_id) is State.NOT_ACCEPTED


def test_silence_of_the_department_is_told_by_the_platform(desk: Desk) -> None:
    desk.vary(FOOD, acceptance_mode=AcceptanceMode.DEPARTMENT)
    case_id = desk.draft(FOOD)
    number = desk.intake.receive(case_id, CLERK).number
    assert told(desk, number, state="deemed_accepted", accepted_on="2026-03-02") == 1
    record = desk.record(case_id)
    assert (record.state, record.accepted_on) == (State.DEEMED_ACCEPTED, date(2026, 3, 2))
    assert record.promised_date is not None


@pytest.mark.expected_warnings("clock not run")
def test_a_case_whose_clock_cannot_run_holds_up_no_other(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    stuck, other = desk.draft(FOOD), desk.draft(FOOD)
    for case_id in (stuck, other):
        desk.intake.receive(case_id, CLERK)
    run_out = clocks._run_out

    def refuse_one(counter: Counter, connection: Connection, record: CaseRecord) -> None:
        if record.case_id == stuck:
            raise CaseError(NO_CASE, case=stuck)
        run_out(counter, connection, record)

    monkeypatch.setattr(clocks, "_run_out", refuse_one)
    desk.clock.set(3, 20)
    assert run_clocks(desk.counter) == 1
    assert (desk.state(stuck), desk.state(other)) == (State.RECEIVED, State.DEEMED_ACCEPTED)


def deferring(desk: Desk) -> int:
    case_id = desk.draft(FOOD, without=["rules_list"])
    desk.drafting.mark(case_id, CLERK, "rules_list", MaterialMark(deferred=True))
    desk.intake.accept(case_id, CLERK)
    return case_id


def test_what_was_let_follow_is_handed_in_and_told(desk: Desk) -> None:
    case_id = deferring(desk)
    assert [
        lay(desk.counter, case_id, CLERK, "rules_list", kept_scan(desk.counter, "页.jpg", page(serial)))
        for serial in (5, 6)
    ] == [1, 2]
    assert supply(desk.counter, case_id, CLERK, "rules_list") == 0
    slot = desk.record(case_id).slots["rules_list"]
    assert (slot.state, len(slot.taken_in), slot.pending) == (SlotState.COMPLETE, 2, ())
    (event,) = desk.events("case.supplied")
    assert (event["state"], event["slot"]) == ("accepted", "rules_list")
    assert {file["slot"] for file in event["files"] if file["name"].startswith("rules_list")} == {"rules_list"}
    assert [subject for _, subject, _ in desk.audited("supply")] == [desk.record(case_id).number]


def test_a_page_scanned_to_follow_is_kept_at_once_and_told_to_nobody_before_it_is_handed_in(desk: Desk) -> None:
    case_id = deferring(desk)
    lay(desk.counter, case_id, CLERK, "rules_list", kept_scan(desk.counter, "页.jpg", page(50)))
    desk.reopen()  # what a death leaves of it
    slot = desk.record(case_id).slots["rules_list"]
    assert (slot.state, slot.sheets, len(slot.pending)) == (SlotState.DEFERRED, 0, 1)
    assert sheet(desk.counter, case_id).slots[3].pending == 1
    desk.intake.withdraw(case_id, CLERK, "不办了")
    (event,) = desk.events("case.withdrawn")
    assert "rules_list" not in {file["slot"] for file in event["files"]}
    with desk.memory.read() as connection:
        digests = connection.scalars(select(outbox.c.files)).all()
    assert slot.pending[0].sha256 not in "".join(digests)


def test_what_was_scanned_wrongly_is_taken_away_before_it_is_handed_in(desk: Desk) -> None:
    case_id = deferring(desk)
    before = desk.everything()
    lay(desk.counter, case_id, CLERK, "rules_list", kept_scan(desk.counter, "页.jpg", page(5)))
    take_away(desk.counter, case_id, CLERK, "rules_list")
    assert desk.everything() == before
    with pytest.raises(CaseError) as refused:
        supply(desk.counter, case_id, CLERK, "rules_list")
    assert refused.value.code == "CASE-227"
    assert desk.everything() == before


@pytest.mark.parametrize("slot", ["rules_list", "premises"])
def test_nothing_else_is_taken_in_after_acceptance(desk: Desk, slot: str) -> None:
    case_id = deferring(desk)
    lay(desk.counter, case_id, CLERK, "rules_list", kept_scan(desk.counter, "页.jpg", page(5)))
    supply(desk.counter, case_id, CLERK, "rules_list")
    before = desk.everything()
    with pytest.raises(CaseError) as refused:
        lay(desk.counter, case_id, CLERK, slot, kept_scan(desk.counter, "页.jpg", page(6)))
    assert refused.value.code == "CASE-221"
    assert desk.everything() == before


def test_what_the_department_decided_is_not_undone_by_a_missing_material(desk: Desk) -> None:
    case_id = deferring(desk)
    number = desk.record(case_id).number or ""
    for state in ("review", "decided", "finished"):
        assert told(desk, number, state=state) == 1
    assert desk.state(case_id) is State.FINISHED


def test_a_deferred_material_is_named_but_not_among_those_received(desk: Desk) -> None:
    facts = desk.facts(deferring(desk), PaperKind.DEFERRAL_NOTICE)
    name = next(m.name for m in desk.item(FOOD).materials if m.key == "rules_list")
    assert name not in originals(facts)
    assert [line.material for line in facts.deferred] == [name]


def test_an_accepted_applicant_gets_a_slip_while_the_notice_waits_for_its_seal(desk: Desk) -> None:
    case_id = desk.draft(FOOD)
    desk.intake.accept(case_id, CLERK)
    desk.paperwork.issue_slip(case_id, CLERK)
    assert desk.facts(case_id, SLIP).case_number == desk.record(case_id).number
    with pytest.raises(CaseError) as refused:
        desk.paperwork.issue_slip(case_id, CLERK)
    assert refused.value.code == "PAPER-207"


def test_no_licence_needed_has_a_word_of_its_own(desk: Desk) -> None:
    first, second = desk.draft(FOOD), desk.draft(FOOD)
    desk.intake.not_accept(first, CLERK, "not_required")
    desk.intake.not_accept(second, CLERK, "not_competent", competent_organ="示例市卫生健康委员会")
    assert desk.counter.state_words(desk.record(first)) == "不受理"
    assert desk.counter.state_words(desk.record(second)) == "不予受理"
    with desk.memory.read() as connection:
        lines = desk.memory.cases.lines(connection)
    assert [desk.counter.state_words(line) for line in lines] == ["不受理", "不予受理"]


def test_every_case_carries_a_key_of_its_own(desk: Desk) -> None:
    ids = [desk.draft(FOOD) for _ in range(2)]
    for case_id in ids:
        desk.intake.accept(case_id, CLERK)
    desk.render()
    keys = [desk.record(case_id).key for case_id in ids]
    assert len(set(keys)) == 2
    assert {event["case_key"] for event in desk.events()} == set(keys)
