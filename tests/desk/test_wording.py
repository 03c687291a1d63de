"""What a case says on paper and on the wire: the organ's words, masked people, and enough to rebuild the case."""

from datetime import date, datetime

import pytest

from client.desk.drafting import MaterialMark
from client.desk.wording import PaperFrame, collection_words, paper_facts
from client.ports.papers import PaperFacts, PaperKind
from client.rules.identity import Applicant, Attendee, Capacity
from client.rules.items import Substitute
from tests.desk.counter import CARD, CLERK, COMPANY, FOOD, HOUSE, ITEMS, ZONE, Desk

NOTICE = PaperKind.ACCEPTANCE_NOTICE


def notice(desk: Desk, name: str) -> PaperFacts:
    case_id = desk.draft(name)
    desk.intake.accept(case_id, CLERK)
    return desk.facts(case_id, NOTICE)


@pytest.mark.parametrize("name", ITEMS)
def test_no_paper_carries_a_whole_number_of_a_person(desk: Desk, name: str) -> None:
    case_id = desk.draft(name)
    desk.intake.receive(case_id, CLERK)
    desk.intake.accept(case_id, CLERK)
    record = desk.record(case_id)
    assert record.applicant is not None
    assert record.attendee is not None
    for kind in (PaperKind.RECEIVING_SLIP, NOTICE):
        said = desk.facts(case_id, kind).model_dump_json()
        assert record.attendee.identifier not in said
        assert record.applicant.phone not in said
        if record.applicant.kind == "person":
            assert record.applicant.identifier not in said
            assert "*" in desk.facts(case_id, kind).applicant_identifier


def test_a_body_shows_its_code_and_is_addressed_as_one(desk: Desk) -> None:
    body, person = notice(desk, FOOD), notice(desk, CARD)
    assert body.applicant_identifier.endswith("911101010000000015")
    assert (body.addressed_as, person.addressed_as) == ("你单位", "你")


def test_who_came_in_which_capacity_is_said_unless_it_is_the_applicant(desk: Desk) -> None:
    assert notice(desk, FOOD).attendee == "委托代理人：李四"
    assert notice(desk, CARD).attendee is None
    case_id = desk.draft(CARD, capacity=Capacity.GUARDIAN)
    desk.intake.accept(case_id, CLERK)
    assert desk.facts(case_id, NOTICE).attendee == "监护人：李四"


@pytest.mark.parametrize("name", ITEMS)
def test_the_paper_is_the_organs_and_cites_its_own_law(desk: Desk, name: str) -> None:
    item, facts = desk.item(name), notice(desk, name)
    regime = desk.counter.regimes[item.intake_regime]
    assert facts.organ.name == item.organ.name
    assert facts.organ.organ_word == item.organ.organ_words[NOTICE]
    assert facts.basis == regime.articles["accept"].citation
    assert (facts.limit_text, facts.fee, facts.hall_name) == (item.limit_words, item.fee, "示例区政务服务中心")
    assert (facts.clerk_name, facts.clerk_no, facts.window_no) == (CLERK.name, CLERK.staff_no, "07")


def test_the_halls_settings_correct_the_letterhead(desk: Desk) -> None:
    item = desk.item(FOOD)
    words = {"name": "示例县市场监督管理局", "advice_phone": "0000-7654321"}
    desk.configure(organs={item.organ.uscc: words})
    facts = notice(desk, FOOD)
    assert (facts.organ.name, facts.organ.advice_phone) == tuple(words.values())
    assert facts.organ.court == item.organ.court
    assert notice(desk, HOUSE).organ.name != words["name"]


def test_materials_are_told_as_they_were_taken_in(desk: Desk) -> None:
    case_id = desk.draft(HOUSE, without=["title_deed"])
    desk.drafting.mark(case_id, CLERK, "title_deed", MaterialMark(substitute=Substitute.SHARED_DATA))
    desk.drafting.mark(case_id, CLERK, "contract", MaterialMark(original_returned=True, copies_photocopy=2))
    desk.intake.accept(case_id, CLERK)
    names = {material.key: material.name for material in desk.item(HOUSE).materials}
    lines = {line.name: line for line in desk.facts(case_id, NOTICE).materials}

    def told(key: str) -> tuple[str, str, str, str]:
        line = lines[names[key]]
        return line.form, line.copies, line.pages, line.original

    assert told("application") == ("原件", "1", "1", "留存")
    assert told("parties_identity") == ("原件／复印件", "各1", "1", "已退还")
    assert told("contract") == ("原件／复印件", "1／2", "1", "已退还")
    assert told("title_deed") == ("数据共享核验", "—", "—", "免提交")
    assert names["family_proof"] not in lines  # not needed in this situation


def test_a_copy_is_compared_a_file_is_electronic_a_declaration_is_none_of_these(desk: Desk) -> None:
    case_id = desk.draft(COMPANY, without=["residence_proof"])
    desk.drafting.mark(case_id, CLERK, "shareholder_identity", MaterialMark(compared=True))
    desk.drafting.mark(case_id, CLERK, "residence_proof", MaterialMark(substitute=Substitute.DECLARATION))
    desk.intake.accept(case_id, CLERK)
    lines = {line.name: line for line in desk.facts(case_id, NOTICE).materials}
    names = {material.key: material.name for material in desk.item(COMPANY).materials}
    assert lines[names["shareholder_identity"]].original == "与原件核对无误"
    assert lines[names["residence_proof"]].form == "告知承诺"
    assert lines[names["residence_proof"]].original == "—"
    photo = next(line for line in notice(desk, CARD).materials if "照片" in line.name)
    assert (photo.form, photo.copies, photo.original) == ("电子文件", "—", "—")


def test_something_made_from_the_form_may_have_no_page(desk: Desk) -> None:
    case_id = desk.draft(FOOD, without=["application"])
    desk.drafting.mark(case_id, CLERK, "application", MaterialMark(substitute=Substitute.GENERATED))
    desk.intake.accept(case_id, CLERK)
    line = desk.facts(case_id, NOTICE).materials[0]
    assert (line.form, line.pages) == ("表单生成", "—")


def test_a_promise_beyond_the_known_holidays_is_a_forecast(desk: Desk) -> None:
    assert not notice(desk, FOOD).promised_is_forecast
    desk.clock.set(12, 30)
    assert notice(desk, FOOD).promised_is_forecast


def test_the_one_chosen_way_of_collection_is_named(desk: Desk) -> None:
    case_id = desk.draft(FOOD)
    desk.drafting.choose(case_id, CLERK, {"automatic": "no"}, "mail")
    label = next(way.label for way in desk.item(FOOD).collection if way.key == "mail")
    assert collection_words(desk.record(case_id)) == label
    desk.drafting.choose(case_id, CLERK, {"automatic": "no"})
    assert collection_words(desk.record(case_id)) is None


def test_early_in_the_morning_is_the_same_day(desk: Desk) -> None:
    desk.clock.set(3, 3, 0, 20)
    case_id = desk.draft(FOOD)
    desk.intake.receive(case_id, CLERK)
    desk.reopen()
    desk.intake.accept(case_id, CLERK)
    facts = desk.facts(case_id, NOTICE)
    assert facts.applied_on == facts.accepted_on == date(2026, 3, 3)
    assert facts.received_at == datetime(2026, 3, 3, 0, 20, tzinfo=ZONE)
    assert facts.received_at.utcoffset() == facts.issued_at.utcoffset()


@pytest.mark.parametrize("name", ITEMS)
def test_one_event_rebuilds_the_case(desk: Desk, name: str) -> None:
    case_id = desk.draft(name)
    desk.intake.accept(case_id, CLERK)
    record, (event,) = desk.record(case_id), desk.events("case.accepted")
    assert Applicant.model_validate(event["applicant"]) == record.applicant
    assert Attendee.model_validate(event["attendee"]) == record.attendee
    assert (event["answers"], event["situations"]) == (record.answers, record.situations)
    for key in ("received_at", "accepted_on", "promised_date"):
        assert event[key] == getattr(record, key).isoformat()
    for key in ("collection", "late_entry", "pad_number", "query_code", "state"):
        assert event[key] == getattr(record, key)
    assert event["case_number"] == record.number
    assert (event["item"]["task_code"], event["item"]["version"]) == (record.item.task_code, record.item.version)
    pages = {(p.sha256, key, p.name, p.size) for key, slot in record.slots.items() for p in slot.pages}
    assert {(f["sha256"], f["slot"], f["name"], f["size"]) for f in event["files"]} == pages
    states = {m["key"]: (m["state"], m.get("copies_original")) for m in event["materials"]}
    assert states == {key: (slot.state, slot.copies_original) for key, slot in record.slots.items()}


def test_a_material_nobody_handed_in_is_told_as_missing(desk: Desk) -> None:
    case_id = desk.draft(FOOD, without=["premises"])
    desk.intake.receive(case_id, CLERK)
    materials = {m["key"]: m for m in desk.events("case.received")[0]["materials"]}
    assert materials["premises"]["state"] == "missing"


def test_a_paper_without_people_is_a_bug(desk: Desk) -> None:
    record = desk.record(desk.drafting.open(CLERK, desk.item(FOOD)))
    frame = PaperFrame(NOTICE, desk.clock())
    with pytest.raises(ValueError, match="without applicant"):
        paper_facts(record, frame, CLERK, desk.counter.settings, desk.counter.regime(record))
