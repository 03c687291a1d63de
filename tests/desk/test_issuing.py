"""Papers by themselves: only in their state, under their regime, with all that is asked; else no number is used."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from client.desk.drafting import MaterialMark
from client.desk.issuing import Issuing
from client.errors import CaseError
from client.ports.entries import Extension, Grant, faults_in
from client.ports.papers import PaperFacts, PaperKind
from client.rules.case import State
from client.rules.items import Substitute
from client.rules.paper_days import CaseDays
from client.rules.papers import PAPER_RULES, issuable
from client.store.cases import CaseRecord
from client.store.papers import PaperState
from client.text import source_of
from tests.desk.counter import CLERK, FOOD, Desk

EXTENSION = {
    "reason": "现场核查需要其他部门配合",
    "extended_by": "5个工作日",
    "new_date": "2026-03-16",
    "approved_by": "本机关负责人",
}


@pytest.fixture
def issuing(desk: Desk) -> Issuing:
    return Issuing(desk.counter)


def accepted(desk: Desk, **changes: Any) -> int:
    case_id = desk.draft(FOOD, **changes)
    desk.intake.accept(case_id, CLERK)
    return case_id


def stand(desk: Desk, case_id: int, state: State) -> None:
    """Put a case where the department would put it."""
    with desk.memory.begin() as connection:
        desk.memory.cases.save(connection, replace(desk.counter.case(connection, case_id), state=state))


def facts(desk: Desk, issuing: Issuing, case_id: int, kind: PaperKind, given: Mapping[str, Any]) -> PaperFacts:
    issuing.issue(case_id, CLERK, kind, given)
    return desk.facts(case_id, kind)


def kinds(issuing: Issuing, case_id: int) -> set[PaperKind]:
    return {offer.kind for offer in issuing.offers(case_id)}


def test_what_is_offered_follows_from_where_the_case_stands(desk: Desk, issuing: Issuing) -> None:
    case_id = desk.draft(FOOD)
    assert kinds(issuing, case_id) == {PaperKind.PRIVACY_NOTICE, PaperKind.POWER_OF_ATTORNEY}
    desk.intake.accept(case_id, CLERK)
    open_to_it = {PaperKind.EXTENSION_NOTICE, PaperKind.HEARING_NOTICE, PaperKind.FEE_NOTICE, PaperKind.BUNDLE_SLIP}
    assert open_to_it <= kinds(issuing, case_id)
    assert not {PaperKind.GRANT, PaperKind.DENIAL, PaperKind.PRIVACY_NOTICE} & kinds(issuing, case_id)
    stand(desk, case_id, State.DECIDED)
    assert {PaperKind.GRANT, PaperKind.DENIAL} <= kinds(issuing, case_id)


def test_what_a_regime_has_no_title_for_is_neither_offered_nor_made(desk: Desk, issuing: Issuing) -> None:
    case_id = desk.draft("国有建设用地使用权及房屋所有权转移登记（存量房买卖）")
    desk.intake.accept(case_id, CLERK)
    assert PaperKind.HEARING_NOTICE not in kinds(issuing, case_id)
    with pytest.raises(CaseError) as refused:
        issuing.issue(case_id, CLERK, PaperKind.HEARING_NOTICE, {"matter": "无", "reason": "无"})
    assert refused.value.code == "RULE-112"


def test_an_offer_is_a_form_of_what_is_asked(desk: Desk, issuing: Issuing) -> None:
    offers = {offer.kind: offer for offer in issuing.offers(accepted(desk))}
    schema = offers[PaperKind.EXTENSION_NOTICE].schema
    assert set(schema["required"]) == set(EXTENSION)
    assert schema["properties"]["new_date"] == {"format": "date", "title": "新的办结期限", "type": "string"}
    assert offers[PaperKind.EXTENSION_NOTICE].title == "行政许可延长办理期限通知书"


def test_an_organs_paper_is_numbered_cites_its_article_and_waits_for_its_seal(desk: Desk, issuing: Issuing) -> None:
    case_id = accepted(desk)
    told = facts(desk, issuing, case_id, PaperKind.EXTENSION_NOTICE, EXTENSION)
    assert told.paper_number == "示市监许延〔2026〕1号"
    assert told.basis == "《中华人民共和国行政许可法》第四十二条第一款"
    assert told.entries == Extension(
        reason=EXTENSION["reason"], extended_by="5个工作日", new_date=date(2026, 3, 16), approved_by="本机关负责人"
    )
    desk.render()
    paper = issuing.paper(desk.papers(case_id)[-1].paper_id)
    assert (paper.state, paper.number) == (PaperState.AWAITING_SEAL, told.paper_number)
    ((by, subject, outcome),) = desk.audited("issue_paper")
    assert (by, subject, outcome) == (CLERK.staff_no, told.paper_number, "done")


@pytest.mark.parametrize(
    ("wrong", "place", "reason"),
    [
        ({"new_date": "下周"}, "新的办结期限", "应为日期"),
        ({"reason": "  "}, "延长理由", "太短"),
        ({"reason": None}, "延长理由", "应为文字"),
        ({"approved_by": "长" * 201}, "批准人", "太长"),
        ({"unheard": "of"}, "unheard", "不认识"),
    ],
)
def test_a_wrong_entry_is_named_and_uses_no_number(
    desk: Desk, issuing: Issuing, wrong: dict[str, Any], place: str, reason: str
) -> None:
    case_id = accepted(desk)
    with pytest.raises(CaseError) as refused:
        issuing.issue(case_id, CLERK, PaperKind.EXTENSION_NOTICE, {**EXTENSION, **wrong})
    assert refused.value.code == "PAPER-341"
    assert place in refused.value.title
    assert reason in refused.value.title
    told = facts(desk, issuing, case_id, PaperKind.EXTENSION_NOTICE, EXTENSION)
    assert told.paper_number == "示市监许延〔2026〕1号"


def test_a_manner_of_delivery_nobody_knows_is_refused(desk: Desk, issuing: Issuing) -> None:
    given = {"manner": "放在门口", "recipient": "示例餐饮有限公司", "place": "07号窗口"}
    with pytest.raises(CaseError) as refused:
        issuing.issue(accepted(desk), CLERK, PaperKind.DELIVERY_RECORD, given)
    assert "“送达方式”填写有误：不在可选值之内" in refused.value.title


def test_nothing_is_made_where_the_case_does_not_stand_for_it(desk: Desk, issuing: Issuing) -> None:
    case_id = desk.draft(FOOD)
    for kind in set(PaperKind) - set(issuable(State.DRAFT)):
        model = {PaperKind.EXTENSION_NOTICE: EXTENSION}.get(kind)
        if model is not None:
            with pytest.raises(CaseError) as refused:
                issuing.issue(case_id, CLERK, kind, model)
            assert refused.value.code == "PAPER-340"
    for kind, rule in PAPER_RULES.items():
        assert bool(rule.states) == (kind in {each for state in State for each in issuable(state)})


def test_an_organ_without_a_word_for_it_makes_none(desk: Desk, issuing: Issuing) -> None:
    organ = desk.item(FOOD).organ.model_dump() | {"organ_words": {"acceptance_notice": "示市监许受"}}
    desk.vary(FOOD, organ=organ)
    case_id = accepted(desk)
    with pytest.raises(CaseError) as refused:
        issuing.issue(case_id, CLERK, PaperKind.EXTENSION_NOTICE, EXTENSION)
    assert refused.value.code == "CASE-217"
    assert len(desk.papers(case_id)) == 1


def test_the_applicants_own_are_made_of_a_draft_and_never_go_up(desk: Desk, issuing: Issuing) -> None:
    case_id = desk.draft(FOOD)
    told = facts(desk, issuing, case_id, PaperKind.POWER_OF_ATTORNEY, {"valid_until": "2026-12-31"})
    assert (told.case_number, told.paper_number) == ("", None)
    desk.render()
    assert desk.papers(case_id)[0].state is PaperState.READY
    assert desk.events("paper.issued") == []
    desk.prints.ask([desk.papers(case_id)[0].paper_id], CLERK)
    (order,) = desk.memory.prints(desk.clock).asked()
    assert order.title == "授权委托书"


def test_a_pledge_names_what_was_deferred_and_there_is_none_without(desk: Desk, issuing: Issuing) -> None:
    case_id = desk.draft(FOOD, without=["rules_list"])
    with pytest.raises(CaseError) as refused:
        issuing.issue(case_id, CLERK, PaperKind.DEFERRAL_PLEDGE, {})
    assert refused.value.code == "PAPER-342"
    desk.drafting.mark(case_id, CLERK, "rules_list", MaterialMark(deferred=True))
    (line,) = facts(desk, issuing, case_id, PaperKind.DEFERRAL_PLEDGE, {}).deferred
    assert line.due == "—"  # not yet accepted: the day follows from that
    name = next(each.name for each in desk.item(FOOD).materials if each.key == "rules_list")
    assert line.material == name


def test_a_record_of_delivery_lists_what_is_ready_and_originals_what_went_back(desk: Desk, issuing: Issuing) -> None:
    case_id = accepted(desk)
    delivery = {"manner": "直接送达", "recipient": "示例餐饮有限公司", "place": "07号窗口"}
    desk.render()
    assert PaperKind.DELIVERY_RECORD not in kinds(issuing, case_id)  # the notice waits for its seal
    notice = desk.papers(case_id)[0]
    desk.paperwork.apply_wet_seal(notice.paper_id, CLERK, "行政许可专用章")
    (line,) = facts(desk, issuing, case_id, PaperKind.DELIVERY_RECORD, delivery).delivered
    assert (line.title, line.number) == ("行政许可申请受理通知书", notice.number)
    assert PaperKind.ORIGINALS_RECEIPT not in kinds(issuing, case_id)


def test_originals_and_declarations_list_those_alone(desk: Desk, issuing: Issuing) -> None:
    case_id = desk.draft(FOOD, without=["rules_list"])
    assert PaperKind.DECLARATION not in kinds(issuing, case_id)
    desk.drafting.mark(case_id, CLERK, "rules_list", MaterialMark(substitute=Substitute.DECLARATION))
    desk.drafting.mark(
        case_id, CLERK, "application", MaterialMark(copies_original=2, copies_photocopy=1, original_returned=True)
    )
    desk.drafting.mark(case_id, CLERK, "business_licence", MaterialMark(original_returned=True))  # a copy alone
    names = {each.key: each.name for each in desk.item(FOOD).materials}
    (declared,) = facts(desk, issuing, case_id, PaperKind.DECLARATION, {}).materials
    assert (declared.name, declared.form) == (names["rules_list"], "告知承诺")
    desk.intake.accept(case_id, CLERK)
    (returned,) = facts(desk, issuing, case_id, PaperKind.ORIGINALS_RECEIPT, {}).materials
    assert (returned.name, returned.form, returned.copies) == (names["application"], "原件", "2")


def test_the_receipt_of_one_matter_names_every_case_of_it(desk: Desk, issuing: Issuing) -> None:
    case_id, other = accepted(desk), accepted(desk)
    number = record(desk, other).number or ""
    told = facts(desk, issuing, case_id, PaperKind.BUNDLE_SLIP, {"theme": "开办餐饮店", "others": f"{number}，"})
    assert [line.case_number for line in told.other_cases] == [record(desk, case_id).number, number]
    assert {source_of(line.state) for line in told.other_cases} == {"受理"}
    own = record(desk, case_id).number or ""
    many = f"{own}; {number}；{number}/"
    told = issuing.preview(case_id, CLERK, PaperKind.BUNDLE_SLIP, {"theme": "开办餐饮店", "others": many})
    assert [line.case_number for line in told.other_cases] == [own, number]
    for wrong, code in (
        ("110101", "RULE-201"),
        ("110101-01-07-20261123-0043-6", "CASE-201"),
        (own, "PAPER-341"),
        ("；", "PAPER-341"),
    ):
        with pytest.raises(CaseError) as refused:
            issuing.issue(case_id, CLERK, PaperKind.BUNDLE_SLIP, {"theme": "开办餐饮店", "others": wrong})
        assert refused.value.code == code


def test_a_paper_nobody_made_is_told(issuing: Issuing) -> None:
    with pytest.raises(CaseError, match="没有找到"):
        issuing.paper(99)


def record(desk: Desk, case_id: int) -> CaseRecord:
    return desk.record(case_id)


def test_what_is_known_is_suggested(desk: Desk, issuing: Issuing) -> None:
    case_id = accepted(desk)
    desk.render()
    desk.paperwork.apply_wet_seal(desk.papers(case_id)[0].paper_id, CLERK, "行政许可专用章")
    suggested = {offer.kind: offer.suggested for offer in issuing.offers(case_id)}
    assert suggested[PaperKind.DELIVERY_RECORD] == {
        "manner": "直接送达",
        "recipient": "示例食品有限公司",
        "place": "示例区政务服务中心07号窗口",
    }
    assert suggested[PaperKind.SPECIAL_PROCEDURE_NOTICE] == {"begins_on": "2026-03-02"}
    assert suggested[PaperKind.HEARING_NOTICE] == {}
    more = desk.item(FOOD).statutory_extension
    extension = suggested[PaperKind.EXTENSION_NOTICE]
    assert more is not None
    assert extension == {"extended_by": more.words, "new_date": "2026-03-23"}
    for state, kind, name in (
        (State.DECIDED, PaperKind.GRANT, "decided_on"),
        (State.TERMINATED, PaperKind.TERMINATION_NOTICE, "ended_on"),
        (State.WITHDRAWN, PaperKind.WITHDRAWAL_NOTICE, "withdrawn_on"),
    ):
        stand(desk, case_id, state)
        offered = {offer.kind: offer.suggested for offer in issuing.offers(case_id)}
        assert offered[kind] == {name: "2026-03-02"}


def test_where_the_law_sets_no_extension_none_is_suggested(desk: Desk, issuing: Issuing) -> None:
    desk.vary(FOOD, statutory_extension=None)
    offers = {offer.kind: offer.suggested for offer in issuing.offers(accepted(desk))}
    assert offers[PaperKind.EXTENSION_NOTICE] == {}


def test_what_is_suggested_is_taken_as_it_is(desk: Desk, issuing: Issuing) -> None:
    for offer in issuing.offers(accepted(desk)):
        wrong = {fault.field for fault in faults_in(offer.kind, offer.suggested, offer.days)}
        assert wrong.isdisjoint(offer.suggested), offer.kind


def test_a_preview_is_the_paper_with_a_blank_for_its_number_and_nothing_is_written(
    desk: Desk, issuing: Issuing
) -> None:
    case_id = accepted(desk)
    seen = issuing.preview(case_id, CLERK, PaperKind.EXTENSION_NOTICE, EXTENSION)
    assert seen.paper_number == "示市监许延〔2026〕　　号"
    assert len(desk.papers(case_id)) == 1
    assert desk.audited("issue_paper") == []
    told = facts(desk, issuing, case_id, PaperKind.EXTENSION_NOTICE, EXTENSION)
    of_the_act = {"paper_number", "issued_at"}
    pages = [facts.model_dump(mode="json", exclude=of_the_act) for facts in (told, seen)]
    assert pages[0] == pages[1]
    with pytest.raises(CaseError) as refused:
        issuing.preview(case_id, CLERK, PaperKind.GRANT, {"decided_on": "2026-03-02", "granted": "准予"})
    assert refused.value.code == "PAPER-340"
    draft = desk.draft(FOOD)
    assert issuing.preview(draft, CLERK, PaperKind.PRIVACY_NOTICE, {}).paper_number is None


OUT_OF_ORDER = [
    (PaperKind.EXTENSION_NOTICE, "new_date", "2026-03-09", "应当晚于原办结期限（2026-03-09）"),
    (PaperKind.SPECIAL_PROCEDURE_NOTICE, "begins_on", "2026-03-01", "不能早于受理日期（2026-03-02）"),
    (PaperKind.FEE_NOTICE, "pay_by", "2026-03-02", "不能早于今天（2026-03-03）"),
    (PaperKind.GRANT, "decided_on", "2026-03-01", "不能早于受理日期（2026-03-02）"),
    (PaperKind.GRANT, "decided_on", "2026-03-04", "不能晚于今天（2026-03-03）"),
    (PaperKind.GRANT, "valid_until", "2026-03-01", "不能早于决定日期（2026-03-02）"),
    (PaperKind.DENIAL, "decided_on", "2026-03-04", "不能晚于今天（2026-03-03）"),
    (PaperKind.TERMINATION_NOTICE, "ended_on", "2026-02-27", "不能早于收件日期（2026-02-28）"),
    (PaperKind.WITHDRAWAL_NOTICE, "withdrawn_on", "2026-03-04", "不能晚于今天（2026-03-03）"),
    (PaperKind.POWER_OF_ATTORNEY, "valid_until", "2026-03-02", "不能早于今天（2026-03-03）"),
]
DAYS = CaseDays(date(2026, 3, 3), date(2026, 2, 28), date(2026, 3, 2), date(2026, 3, 9))


@pytest.mark.parametrize(
    ("kind", "name", "day", "why"), OUT_OF_ORDER, ids=[f"{each[0]}-{each[1]}" for each in OUT_OF_ORDER]
)
def test_a_day_out_of_order_is_refused_and_the_next_one_taken(kind: PaperKind, name: str, day: str, why: str) -> None:
    def told(typed: str) -> list[str]:
        given = {"decided_on": "2026-03-02", name: typed}
        return [fault.sentence for fault in faults_in(kind, given, DAYS) if fault.field == name]

    first, *others = told(day)
    assert (first.partition("：")[2], others) == (why, [])
    step = timedelta(days=1 if why.startswith(("不能早于", "应当晚于")) else -1)
    assert told((date.fromisoformat(day) + step).isoformat()) == []


def test_no_day_is_taken_that_the_code_of_a_paper_could_not_bear() -> None:
    granted = {"decided_on": "2026-03-02", "granted": "准予"}
    for day, taken in (("2148-12-31", True), ("2149-01-01", False), ("9999-12-31", False)):
        found = faults_in(PaperKind.GRANT, {**granted, "valid_until": day}, DAYS)
        assert [fault.sentence for fault in found] == ([] if taken else ["“有效期至”：应在1949-10-01至2148-12-31之间"])


def test_an_extension_that_comes_late_is_not_until_a_day_that_is_past() -> None:
    late = replace(DAYS, today=date(2026, 4, 1))
    (found,) = faults_in(PaperKind.EXTENSION_NOTICE, {**EXTENSION, "new_date": "2026-03-31"}, late)
    assert found.sentence == "“新的办结期限”：不能早于今天（2026-04-01）"


def test_what_the_case_has_not_come_to_sets_no_limit_and_no_paper_is_judged_when_it_is_read_back() -> None:
    early = {**EXTENSION, "new_date": "2026-03-02"}
    assert faults_in(PaperKind.EXTENSION_NOTICE, early, CaseDays(date(2026, 3, 2))) == ()
    assert Extension.model_validate(early).new_date == date(2026, 3, 2)
    lapsed = {"decided_on": "2026-03-02", "granted": "准予", "valid_until": "2026-03-01"}
    assert Grant.model_validate(lapsed).valid_until == date(2026, 3, 1)


def test_a_paper_with_a_day_out_of_order_is_not_issued(desk: Desk, issuing: Issuing) -> None:
    case_id = accepted(desk)
    promised = desk.record(case_id).promised_date
    with pytest.raises(CaseError, match="“新的办结期限”填写有误：应当晚于原办结期限") as refused:
        issuing.issue(case_id, CLERK, PaperKind.EXTENSION_NOTICE, {**EXTENSION, "new_date": str(promised)})
    assert refused.value.code == "PAPER-341"
    assert len(desk.papers(case_id)) == 1


def test_every_wrong_entry_is_told_of_at_once() -> None:
    found = faults_in(PaperKind.FEE_NOTICE, {"fee_name": " ", "amount": "-1", "pay_by": "下周"}, DAYS)
    assert [(fault.field, fault.missing) for fault in found] == [
        ("fee_name", False),
        ("fee_basis", True),
        ("amount", False),
        ("pay_by", False),
        ("pay_where", True),
    ]
    assert found[3].sentence == "“缴费期限”：应为日期，如 2026-11-23"
    assert faults_in(PaperKind.PRIVACY_NOTICE, {}, DAYS) == ()
