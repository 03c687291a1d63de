"""容缺: only where a local rule permits it, due by the promised date, and never called complete."""

from datetime import date

import pytest

from client.desk.completeness import SlotState
from client.desk.drafting import MaterialMark
from client.errors import CaseError
from client.ports.papers import PaperKind
from client.rules.case import Act, Actor, move
from client.rules.items import Limit, LimitUnit
from tests.desk.counter import CLERK, FOOD, Desk

NOTICE, DEFERRAL = PaperKind.ACCEPTANCE_NOTICE, PaperKind.DEFERRAL_NOTICE


def deferring(desk: Desk) -> int:
    case_id = desk.draft(FOOD, without=["rules_list"])
    desk.drafting.mark(case_id, CLERK, "rules_list", MaterialMark(deferred=True))
    return case_id


def supply_limit(desk: Desk, limit: Limit) -> None:
    """Another local rule of 容缺."""
    materials = [m.model_dump() for m in desk.item(FOOD).materials]
    for material in materials:
        if material["deferral_rule"]:
            material["deferral_rule"] = {**material["deferral_rule"], "supply_limit": limit.model_dump()}
    desk.vary(FOOD, materials=materials)


def test_a_deferrable_material_that_nobody_deferred_is_missing(desk: Desk) -> None:
    with pytest.raises(CaseError, match="缺"):
        desk.intake.accept(desk.draft(FOOD, without=["rules_list"]), CLERK)


def test_a_material_without_a_local_rule_is_not_deferred(desk: Desk) -> None:
    with pytest.raises(CaseError) as refused:
        desk.drafting.mark(desk.draft(FOOD), CLERK, "premises", MaterialMark(deferred=True))
    assert refused.value.code == "CASE-207"


def test_what_is_deferred_is_due_as_the_local_rule_says(desk: Desk) -> None:
    case_id = deferring(desk)
    desk.intake.accept(case_id, CLERK)
    slot, record = desk.record(case_id).slots["rules_list"], desk.record(case_id)
    assert slot.state == SlotState.DEFERRED
    assert slot.supply_due == date(2026, 3, 5)  # three working days
    assert record.promised_date is not None
    assert slot.supply_due <= record.promised_date
    materials = {m["key"]: m for m in desk.events("case.accepted")[0]["materials"]}
    assert materials["rules_list"]["supply_due"] == "2026-03-05"


def test_what_is_deferred_is_never_due_after_the_promised_date(desk: Desk) -> None:
    supply_limit(desk, Limit(length=3, unit=LimitUnit.MONTH))
    case_id = deferring(desk)
    desk.intake.accept(case_id, CLERK)
    record = desk.record(case_id)
    assert record.slots["rules_list"].supply_due == record.promised_date == date(2026, 3, 9)


def test_without_a_promised_date_the_local_rule_alone_counts(desk: Desk) -> None:
    desk.vary(FOOD, promised_limit=None, statutory_limit=None, statutory_extension=None)
    case_id = deferring(desk)
    desk.intake.accept(case_id, CLERK)
    record = desk.record(case_id)
    assert (record.promised_date, record.slots["rules_list"].supply_due) == (None, date(2026, 3, 5))


def test_the_notice_says_what_is_to_follow_and_never_that_all_is_there(desk: Desk) -> None:
    case_id = deferring(desk)
    desk.intake.accept(case_id, CLERK)
    facts = desk.facts(case_id, DEFERRAL)
    said = "".join(facts.notes)
    material = next(m for m in desk.item(FOOD).materials if m.key == "rules_list")
    assert material.deferral_rule is not None
    assert facts.basis == material.deferral_rule.citation  # no law of the state knows 容缺
    assert "2026年3月5日前补齐" in said
    assert "申请材料齐全，" not in said.replace("其余申请材料齐全", "")
    assert "除容缺待补的材料外" in said
    assert [(line.material, line.due) for line in facts.deferred] == [(material.name, "2026年3月5日")]
    assert facts.organ.organ_word == desk.item(FOOD).organ.organ_words[NOTICE]  # it is an acceptance
    assert material.name not in {line.name for line in facts.materials}  # it was not received


def test_a_complete_case_is_called_complete(desk: Desk) -> None:
    case_id = desk.draft(FOOD)
    desk.intake.accept(case_id, CLERK)
    assert "申请材料齐全、符合法定形式" in "".join(desk.facts(case_id, NOTICE).notes)


def test_no_decision_before_it_is_supplied(desk: Desk) -> None:
    case_id = deferring(desk)
    desk.intake.accept(case_id, CLERK)
    review = move(desk.counter.standing(desk.record(case_id)), Act.BEGIN_REVIEW, Actor.DEPARTMENT)
    with pytest.raises(CaseError) as refused:
        move(review, Act.DECIDE, Actor.DEPARTMENT)
    assert refused.value.code == "CASE-108"


def test_what_was_to_follow_and_came_at_once_is_there(desk: Desk) -> None:
    case_id = deferring(desk)
    desk.attach(case_id, "rules_list")
    desk.drafting.mark(case_id, CLERK, "rules_list", MaterialMark())
    desk.intake.accept(case_id, CLERK)
    assert desk.record(case_id).slots["rules_list"].state == SlotState.COMPLETE
    assert desk.record(case_id).slots["rules_list"].supply_due is None
