"""What ends a case without acceptance: not accepted on a lawful ground, withdrawn, or voided as a draft."""

import pytest

from client.desk.completeness import SlotState
from client.errors import CaseError, RightsError
from client.ports.papers import PaperKind
from client.rules.case import State
from tests.desk.counter import CARD, CLERK, COLLEAGUE, FOOD, HOUSE, SUPERVISOR, Desk

NOTICE = PaperKind.NON_ACCEPTANCE_NOTICE


def test_no_licence_needed_is_told_at_once_and_in_its_own_words(desk: Desk) -> None:
    case_id = desk.draft(FOOD, without=["premises"])
    outcome = desk.intake.not_accept(case_id, CLERK, "not_required", explanation="仅销售预包装食品")
    facts = desk.facts(case_id, NOTICE)
    assert outcome.state is State.NOT_ACCEPTED
    assert facts.title == "行政许可申请不受理告知书"
    assert (facts.ground or "").endswith("：仅销售预包装食品")
    assert not facts.defects
    assert facts.paper_number == "示市监许不受〔2026〕1号"
    (event,) = desk.events("case.not_accepted")
    assert (event["ground"], event["explanation"]) == ("not_required", "仅销售预包装食品")


def test_another_organs_matter_names_that_organ(desk: Desk) -> None:
    case_id = desk.draft(FOOD)
    with pytest.raises(CaseError) as refused:
        desk.intake.not_accept(case_id, CLERK, "not_competent")
    assert refused.value.code == "CASE-213"
    assert desk.state(case_id) is State.DRAFT
    desk.intake.not_accept(case_id, CLERK, "not_competent", competent_organ="示例市卫生健康委员会")
    assert desk.facts(case_id, NOTICE).competent_organ == "示例市卫生健康委员会"


@pytest.mark.parametrize("ground", ["incomplete", "", "clerk_is_tired"])
def test_only_the_regimes_own_grounds_count(desk: Desk, ground: str) -> None:
    case_id = desk.draft(FOOD, without=["premises"])
    before = desk.everything()
    with pytest.raises(CaseError) as refused:
        desk.intake.not_accept(case_id, CLERK, ground, explanation="材料不齐")
    assert refused.value.code == "RULE-111"
    assert desk.everything() == before


def test_an_incomplete_real_estate_application_is_told_on_the_spot_what_to_complete(desk: Desk) -> None:
    case_id = desk.draft(HOUSE, without=["contract", "tax_receipt"])
    desk.intake.not_accept(case_id, CLERK, "incomplete")
    facts = desk.facts(case_id, NOTICE)
    names = {material.key: material.name for material in desk.item(HOUSE).materials}
    assert [defect.material for defect in facts.defects] == [names["contract"], names["tax_receipt"]]
    assert list(facts.notes) == ["以上为一次告知的全部补正内容，补正后可以重新申请。"]


def test_who_went_to_the_wrong_organ_is_not_told_what_to_complete(desk: Desk) -> None:
    case_id = desk.draft(HOUSE)
    desk.intake.not_accept(case_id, CLERK, "not_competent", competent_organ="示例县自然资源局")
    assert not desk.facts(case_id, NOTICE).notes


def test_incomplete_must_be_explained_where_no_material_shows_it(desk: Desk) -> None:
    case_id = desk.draft(HOUSE)
    with pytest.raises(CaseError) as refused:
        desk.intake.not_accept(case_id, CLERK, "incomplete")
    assert refused.value.code == "CASE-212"
    desk.intake.not_accept(case_id, CLERK, "incomplete", explanation="买卖合同没有双方签名")
    assert not desk.facts(case_id, NOTICE).defects


def test_all_that_is_incomplete_is_told_only_when_every_question_is_answered(desk: Desk) -> None:
    case_id = desk.draft(HOUSE, without=["contract"])
    desk.drafting.choose(case_id, CLERK, {})
    with pytest.raises(CaseError) as refused:
        desk.intake.not_accept(case_id, CLERK, "incomplete")
    assert refused.value.code == "CASE-202"


def test_nobody_is_refused_who_did_not_apply(desk: Desk) -> None:
    case_id = desk.drafting.open(CLERK, desk.item(CARD))
    with pytest.raises(CaseError, match="没有申请人"):
        desk.intake.not_accept(case_id, CLERK, "not_eligible")
    with pytest.raises(CaseError, match="没有申请人"):
        desk.intake.receive(case_id, CLERK)


def test_what_is_not_accepted_stays_so(desk: Desk) -> None:
    case_id = desk.draft(CARD)
    desk.intake.receive(case_id, CLERK)
    desk.intake.not_accept(case_id, CLERK, "not_eligible")
    assert desk.record(case_id).clock_due is None
    with pytest.raises(CaseError):
        desk.intake.accept(case_id, CLERK)


def test_the_applicant_may_withdraw_what_was_accepted_and_its_papers_stay(desk: Desk) -> None:
    case_id = desk.draft(FOOD)
    desk.intake.accept(case_id, CLERK)
    with pytest.raises(CaseError) as refused:
        desk.intake.withdraw(case_id, CLERK, "  ")
    assert refused.value.code == "CASE-214"
    outcome = desk.intake.withdraw(case_id, CLERK, "申请人不再经营")
    assert (outcome.state, outcome.paper_ids) == (State.WITHDRAWN, ())
    assert len(desk.papers(case_id)) == 1
    assert desk.events("case.withdrawn")[0]["reason"] == "申请人不再经营"


def test_a_draft_is_voided_not_withdrawn(desk: Desk) -> None:
    case_id = desk.draft(FOOD)
    with pytest.raises(CaseError):
        desk.intake.withdraw(case_id, CLERK, "申请人不再经营")


def test_a_draft_is_voided_by_two_people_with_a_reason(desk: Desk) -> None:
    case_id = desk.draft(FOOD)
    desk.drafting.void(case_id, CLERK, COLLEAGUE, "误录")
    assert desk.state(case_id) is State.VOIDED
    assert desk.audited("void") == [(CLERK.staff_no, f"draft:{case_id}", "done")]
    assert desk.event_types() == []  # the platform never heard of it
    assert [line.case_id for line in desk.drafting.drafts()] == []


@pytest.mark.parametrize("second", [None, CLERK])
def test_nobody_voids_alone_and_the_denial_is_on_the_books(desk: Desk, second: None) -> None:
    case_id = desk.draft(FOOD)
    with pytest.raises(RightsError) as refused:
        desk.drafting.void(case_id, CLERK, second, "误录")
    assert refused.value.code == "STAFF-202"
    assert desk.state(case_id) is State.DRAFT
    assert desk.audited("void") == [(CLERK.staff_no, f"draft:{case_id}", "denied")]


def test_voiding_needs_a_reason(desk: Desk) -> None:
    case_id = desk.draft(FOOD)
    with pytest.raises(CaseError) as refused:
        desk.drafting.void(case_id, CLERK, SUPERVISOR, "")
    assert refused.value.code == "CASE-214"


def test_an_accepted_case_is_never_voided(desk: Desk) -> None:
    case_id = desk.draft(FOOD)
    desk.intake.accept(case_id, CLERK)
    with pytest.raises(CaseError):
        desk.drafting.void(case_id, CLERK, SUPERVISOR, "误录")
    assert desk.state(case_id) is State.ACCEPTED
    assert desk.record(case_id).slots["application"].state == SlotState.COMPLETE
