"""Correction: told before acceptance, once, complete; and taken in whole."""

from datetime import date

import pytest

from client.desk.completeness import SlotState
from client.desk.drafting import MaterialMark
from client.errors import CaseError
from client.ports.papers import PaperKind
from client.rules.case import State
from tests.desk.counter import CARD, CLERK, COMPANY, FOOD, HOUSE, Desk

SLIP, NOTICE = PaperKind.RECEIVING_SLIP, PaperKind.CORRECTION_NOTICE


def kinds(desk: Desk, case_id: int) -> list[PaperKind]:
    return [paper.kind for paper in desk.papers(case_id)]


def test_the_notice_lists_every_missing_material_named_or_not(desk: Desk) -> None:
    case_id = desk.draft(FOOD, without=["premises", "power_of_attorney", "rules_list"])
    outcome = desk.intake.ask_correction(case_id, CLERK, {"application": "没有签名"}, keep_materials=True)
    facts = desk.facts(case_id, NOTICE)
    names = {material.name: material.key for material in desk.item(FOOD).materials}
    told = {names[defect.material]: defect.problem for defect in facts.defects}
    assert outcome.state is State.AWAITING_CORRECTION
    assert told == {
        "application": "没有签名",
        "premises": "未提交",
        "rules_list": "未提交",
        "power_of_attorney": "未提交",
    }
    assert all(defect.requirement for defect in facts.defects)
    assert desk.events("case.awaiting_correction")[0]["defects"] == [defect.model_dump() for defect in facts.defects]


def test_what_is_wrong_with_a_missing_material_is_told_as_it_was_said(desk: Desk) -> None:
    case_id = desk.draft(FOOD, without=["premises"])
    desk.attach(case_id, "premises")
    desk.drafting.detach(case_id, CLERK, desk.record(case_id).slots["premises"].pages[0].page_id)
    desk.intake.ask_correction(case_id, CLERK, {"premises": "只有布局图，缺操作流程"}, keep_materials=True)
    assert [defect.problem for defect in desk.facts(case_id, NOTICE).defects] == ["只有布局图，缺操作流程"]
    assert desk.record(case_id).slots["premises"].state == SlotState.MISSING


def test_what_is_asked_says_how_many_copies_of_which_kind(desk: Desk) -> None:
    case_id = desk.draft(COMPANY, without=["appointments", "shareholder_identity"])
    desk.intake.ask_correction(case_id, CLERK, {}, keep_materials=False)
    asked = {defect.material: defect.requirement for defect in desk.facts(case_id, NOTICE).defects}
    names = {material.key: material for material in desk.item(COMPANY).materials}
    for key in ("appointments", "shareholder_identity"):
        material = names[key]
        assert asked[material.name] == (material.requirement or "请提交原件1份、复印件1份")


def test_an_electronic_material_is_asked_for_as_a_file(desk: Desk) -> None:
    materials = [m.model_dump() | {"requirement": ""} for m in desk.item(CARD).materials]
    desk.vary(CARD, materials=materials)
    case_id = desk.draft(CARD, without=["photo", "application"])
    desk.intake.ask_correction(case_id, CLERK, {}, keep_materials=True)
    asked = [defect.requirement for defect in desk.facts(case_id, NOTICE).defects]
    assert asked == ["请提交电子文件", "请提交原件1份"]


def test_materials_that_stay_are_receipted_and_the_clock_of_the_correction_starts(desk: Desk) -> None:
    case_id = desk.draft(FOOD, without=["premises"])
    desk.intake.ask_correction(case_id, CLERK, {}, keep_materials=True)
    assert kinds(desk, case_id) == [SLIP, NOTICE]
    facts = desk.facts(case_id, NOTICE)
    assert facts.materials_kept is True
    assert facts.correction_due == desk.record(case_id).clock_due == date(2026, 3, 16)  # ten working days
    assert desk.facts(case_id, SLIP).paper_number is None


def test_materials_given_back_need_no_slip(desk: Desk) -> None:
    case_id = desk.draft(FOOD, without=["premises"])
    desk.intake.ask_correction(case_id, CLERK, {}, keep_materials=False)
    assert kinds(desk, case_id) == [NOTICE]
    assert desk.facts(case_id, NOTICE).materials_kept is False


def test_materials_taken_in_before_have_their_slip_already(desk: Desk) -> None:
    case_id = desk.draft(FOOD, without=["premises"])
    received = desk.intake.receive(case_id, CLERK)
    desk.clock.move(days=2)
    told = desk.intake.ask_correction(case_id, CLERK, {}, keep_materials=True)
    assert told.number == received.number
    assert kinds(desk, case_id) == [SLIP, NOTICE]


def test_where_the_regime_gives_materials_back_the_clerk_has_no_choice(desk: Desk) -> None:
    case_id = desk.draft(COMPANY, without=["articles"])
    desk.intake.ask_correction(case_id, CLERK, {}, keep_materials=True)
    assert kinds(desk, case_id) == [NOTICE]
    assert desk.facts(case_id, NOTICE).materials_kept is False


def test_a_correction_is_asked_once(desk: Desk) -> None:
    case_id = desk.draft(FOOD, without=["premises"])
    desk.intake.ask_correction(case_id, CLERK, {}, keep_materials=True)
    desk.attach(case_id, "premises")
    desk.intake.take_correction(case_id, CLERK)
    with pytest.raises(CaseError) as refused:
        desk.intake.ask_correction(case_id, CLERK, {"application": "没有签名"}, keep_materials=True)
    assert refused.value.code == "CASE-101"
    assert desk.record(case_id).corrections == 1


def test_where_the_law_knows_no_correction_none_is_asked(desk: Desk) -> None:
    case_id = desk.draft(HOUSE, without=["contract"])
    with pytest.raises(CaseError) as refused:
        desk.intake.ask_correction(case_id, CLERK, {}, keep_materials=True)
    assert refused.value.code == "CASE-105"


def test_nothing_is_asked_where_nothing_is_wrong(desk: Desk) -> None:
    case_id = desk.draft(FOOD)
    before = desk.everything()
    with pytest.raises(CaseError) as refused:
        desk.intake.ask_correction(case_id, CLERK, {}, keep_materials=True)
    assert refused.value.code == "CASE-211"
    assert desk.everything() == before


def test_a_problem_with_a_material_the_item_does_not_have_is_refused(desk: Desk) -> None:
    case_id = desk.draft(FOOD, without=["premises"])
    with pytest.raises(CaseError) as refused:
        desk.intake.ask_correction(case_id, CLERK, {"health_certificate": "过期"}, keep_materials=True)
    assert refused.value.code == "CASE-204"


def test_all_can_be_told_at_once_only_when_every_question_is_answered(desk: Desk) -> None:
    case_id = desk.draft(FOOD, without=["premises"])
    desk.drafting.choose(case_id, CLERK, {})
    with pytest.raises(CaseError) as refused:
        desk.intake.ask_correction(case_id, CLERK, {}, keep_materials=True)
    assert refused.value.code == "CASE-202"
    assert "未选择情形" in refused.value.title


def test_a_correction_is_taken_in_only_whole(desk: Desk) -> None:
    case_id = desk.draft(FOOD, without=["premises"])
    desk.intake.ask_correction(case_id, CLERK, {"application": "没有签名"}, keep_materials=True)
    desk.attach(case_id, "premises")
    with pytest.raises(CaseError) as refused:
        desk.intake.take_correction(case_id, CLERK)
    assert "不符合要求" in refused.value.title
    assert desk.state(case_id) is State.AWAITING_CORRECTION


def test_acceptance_is_dated_to_the_day_the_correction_came_in(desk: Desk) -> None:
    case_id = desk.draft(FOOD, without=["premises"])
    desk.intake.ask_correction(case_id, CLERK, {"application": "没有签名"}, keep_materials=True)
    desk.clock.set(3, 5)
    desk.attach(case_id, "premises")
    (old,) = desk.record(case_id).slots["application"].pages
    desk.drafting.detach(case_id, CLERK, old.page_id)
    desk.attach(case_id, "application", serial=77)
    taken = desk.intake.take_correction(case_id, CLERK)
    assert (taken.state, desk.record(case_id).clock_due) == (State.CORRECTION_MADE, date(2026, 3, 12))
    assert kinds(desk, case_id) == [SLIP, NOTICE, PaperKind.CORRECTION_SLIP]
    told = desk.facts(case_id, NOTICE).paper_number
    assert told
    assert desk.facts(case_id, PaperKind.CORRECTION_SLIP).refers_to == told
    desk.clock.set(3, 9)
    desk.intake.accept(case_id, CLERK)
    record = desk.record(case_id)
    assert record.accepted_on == date(2026, 3, 5)
    assert record.promised_date == date(2026, 3, 12)  # five working days from then
    assert desk.events("case.accepted")[0]["corrected_on"] == "2026-03-05"


def test_a_defect_marked_again_as_whole_is_none(desk: Desk) -> None:
    case_id = desk.draft(FOOD)
    desk.drafting.mark(case_id, CLERK, "application", MaterialMark(defective=True))
    with pytest.raises(CaseError):
        desk.intake.accept(case_id, CLERK)
    desk.drafting.mark(case_id, CLERK, "application", MaterialMark(compared=True))
    desk.intake.accept(case_id, CLERK)


def test_where_neither_law_nor_item_sets_a_day_none_is_invented(desk: Desk) -> None:
    case_id = desk.draft(COMPANY, without=["articles"])
    desk.intake.ask_correction(case_id, CLERK, {}, keep_materials=False)
    assert desk.facts(case_id, NOTICE).correction_due is None
    assert desk.record(case_id).clock_due is None
