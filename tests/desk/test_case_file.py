"""Back-entry (补录) from a file: the same desk, dated to the paper, each pad sheet once."""

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from client.desk.case_file import LARGEST_FILE, case_file_schema, enter, example_file, read_case_file
from client.desk.drafting import Drafting
from client.desk.intake import Outcome
from client.errors import CaseError
from client.ports.papers import PaperKind, PaperLook
from client.rules.case import State
from client.rules.items import slots_needed
from tests.desk.counter import CARD, CLERK, COLLEAGUE, FOOD, HOUSE, ITEMS, ZONE, Desk, page

PAPER = "2026-02-27T16:20:00+08:00"  # the Friday before


def write(desk: Desk, folder: Path, name: str = FOOD, **change: Any) -> Path:
    """A complete valid case with its page files, as `yichuang intake --example` writes it, and a change to it."""
    item = desk.item(name)
    example = desk.counter.catalogue.example(item)
    needed = slots_needed(item, example.situations)
    pages = {material.key: (f"{material.key}.jpg",) for material in needed}
    for serial, (file,) in enumerate(pages.values()):
        (folder / file).write_bytes(page(serial))
    body = example_file(item, example, pages).model_dump(mode="json", exclude_defaults=True)
    path = folder / "CASE.json"
    path.write_text(json.dumps({**body, **change}, ensure_ascii=False), encoding="utf-8")
    return path


def entered(desk: Desk, path: Path) -> Outcome:
    return enter(desk.counter, path, CLERK)[0]


def refused(desk: Desk, path: Path) -> CaseError:
    """The refusal of a file of which nothing may be left."""
    before = desk.everything()
    with pytest.raises(CaseError) as caught:
        enter(desk.counter, path, CLERK)
    assert desk.everything() == before
    return caught.value


@pytest.mark.parametrize("name", ITEMS)
def test_the_example_of_every_item_is_accepted(desk: Desk, tmp_path: Path, name: str) -> None:
    outcome = entered(desk, write(desk, tmp_path, name))
    record = desk.counter.numbered_case(outcome.number)
    assert record.state is State.ACCEPTED
    assert not record.late_entry
    assert record.item.name == desk.item(name).name


def test_what_a_person_should_look_at_is_told(desk: Desk, tmp_path: Path) -> None:
    applicant, attendee = desk.people(FOOD)
    odd = attendee.model_copy(update={"name": "李\ue188"}).model_dump(mode="json")
    _, notices = enter(desk.counter, write(desk, tmp_path, attendee=odd), CLERK)
    assert len(notices) == 1
    assert applicant.name not in notices[0]


def test_a_case_taken_on_paper_is_dated_to_the_paper(desk: Desk, tmp_path: Path) -> None:
    outcome = entered(desk, write(desk, tmp_path, received_at=PAPER, pad_number="A-0017"))
    record = desk.counter.numbered_case(outcome.number)
    assert record.received_at == datetime(2026, 2, 27, 16, 20, tzinfo=ZONE)
    assert record.accepted_on == date(2026, 2, 27)
    assert record.promised_date == date(2026, 3, 5)  # Saturday the 28th is a working day (调休)
    facts = desk.facts(record.case_id, PaperKind.ACCEPTANCE_NOTICE)
    assert (facts.applied_on, facts.late_entry_pad_number) == (date(2026, 2, 27), "A-0017")
    (event,) = desk.events("case.accepted")
    assert (event["late_entry"], event["pad_number"], event["accepted_on"]) == (True, "A-0017", "2026-02-27")


def test_a_time_without_zone_is_the_halls(desk: Desk, tmp_path: Path) -> None:
    outcome = entered(desk, write(desk, tmp_path, received_at="2026-02-27T08:05:00"))
    record = desk.counter.numbered_case(outcome.number)
    assert record.received_at == datetime(2026, 2, 27, 8, 5, tzinfo=ZONE)
    assert record.accepted_on == date(2026, 2, 27)
    assert desk.facts(record.case_id, PaperKind.ACCEPTANCE_NOTICE).applied_on == date(2026, 2, 27)


def test_a_late_entry_without_a_time_was_received_now(desk: Desk, tmp_path: Path) -> None:
    record = desk.counter.numbered_case(entered(desk, write(desk, tmp_path, late_entry=True)).number)
    assert record.late_entry
    assert record.received_at == desk.clock()


def test_what_is_only_taken_in_late_runs_from_the_paper(desk: Desk, tmp_path: Path) -> None:
    outcome = entered(desk, write(desk, tmp_path, received_at=PAPER, act="receive"))
    assert desk.record(outcome.case_id).clock_due == date(2026, 3, 5)
    assert outcome.state is State.RECEIVED


def test_a_receipt_in_the_future_is_refused(desk: Desk, tmp_path: Path) -> None:
    path = write(desk, tmp_path, received_at="2026-03-02T09:31:00+08:00", pad_number="A-0017")
    assert refused(desk, path).code == "CASE-208"
    desk.clock.move(minutes=2)
    entered(desk, path)


def test_a_pad_sheet_is_entered_once(desk: Desk, tmp_path: Path) -> None:
    path = write(desk, tmp_path, received_at=PAPER, pad_number="A-0017")
    outcome = entered(desk, path)
    error = refused(desk, path)
    assert error.code == "CASE-209"
    assert outcome.number in error.title
    desk.reopen()
    assert refused(desk, path).code == "CASE-209"


def test_a_pad_sheet_of_another_item_is_refused(desk: Desk, tmp_path: Path) -> None:
    entered(desk, write(desk, tmp_path, act="draft", pad_number="A-0017"))
    assert refused(desk, write(desk, tmp_path, CARD, pad_number="A-0017")).code == "CASE-209"


def test_a_crash_in_the_middle_is_taken_up_by_the_same_sheet(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(desk, tmp_path, received_at=PAPER, pad_number="A-0017")
    left = iter(range(3))

    def dying(drafting: Drafting, *given: Any) -> int:
        if next(left, None) is None:
            raise KeyboardInterrupt
        return attach(drafting, *given)

    attach = Drafting.attach
    with monkeypatch.context() as broken:
        broken.setattr(Drafting, "attach", dying)
        with pytest.raises(KeyboardInterrupt):
            enter(desk.counter, path, CLERK)
    desk.reopen()
    outcome = entered(desk, path)
    assert len(desk.everything()["cases"]) == 1
    record = desk.record(outcome.case_id)
    assert all(len(slot.pages) == 1 for slot in record.slots.values())
    assert record.state is State.ACCEPTED


def test_a_corrected_file_takes_the_place_of_what_was_entered_before(desk: Desk, tmp_path: Path) -> None:
    path = write(desk, tmp_path, received_at=PAPER, pad_number="A-0017")
    body = json.loads(path.read_text(encoding="utf-8"))
    wrong = [m | ({"files": [], "deferred": True} if m["slot"] == "rules_list" else {}) for m in body["materials"]]
    wrong_time = "2026-02-26T10:00:00+08:00"
    path.write_text(json.dumps(body | {"materials": wrong, "received_at": wrong_time, "answers": {}}), encoding="utf-8")
    with pytest.raises(CaseError):
        enter(desk.counter, path, CLERK)
    path.write_text(json.dumps(body), encoding="utf-8")
    record = desk.record(entered(desk, path).case_id)
    assert record.slots["rules_list"].state == "complete"
    assert record.accepted_on == date(2026, 2, 27)
    assert len(desk.everything()["cases"]) == 1


def test_a_sheet_taken_up_again_keeps_the_time_it_was_first_entered(desk: Desk, tmp_path: Path) -> None:
    first = entered(desk, write(desk, tmp_path, act="draft", pad_number="A-0017"))
    began = desk.record(first.case_id).received_at
    desk.clock.move(hours=3)
    again = entered(desk, write(desk, tmp_path, pad_number="A-0017"))
    assert again.case_id == first.case_id
    assert desk.record(again.case_id).received_at == began


def test_a_voided_draft_gives_its_sheet_back(desk: Desk, tmp_path: Path) -> None:
    path = write(desk, tmp_path, CARD, act="draft", pad_number="A-0017")
    desk.drafting.void(entered(desk, path).case_id, CLERK, COLLEAGUE, "登记号写错")
    assert entered(desk, write(desk, tmp_path, FOOD, pad_number="A-0017")).state is State.ACCEPTED


def test_two_drafts_cannot_claim_one_sheet(desk: Desk) -> None:
    first, second = desk.draft(CARD), desk.draft(CARD)
    desk.drafting.back_enter(first, CLERK, desk.clock(), "A-0017")
    desk.drafting.back_enter(first, CLERK, desk.clock(), "A-0017")
    with pytest.raises(CaseError) as caught:
        desk.drafting.back_enter(second, CLERK, desk.clock(), "A-0017")
    assert caught.value.code == "CASE-209"
    assert f"draft:{first}" in caught.value.title
    desk.drafting.back_enter(second, CLERK, desk.clock(), None)


def test_the_receipt_a_paper_tells_of_is_not_changed(desk: Desk) -> None:
    case_id = desk.draft(CARD)
    desk.intake.receive(case_id, CLERK)
    with pytest.raises(CaseError) as caught:
        desk.drafting.back_enter(case_id, CLERK, datetime(2026, 2, 27, tzinfo=ZONE), None)
    assert caught.value.code == "CASE-203"


def test_a_file_may_ask_for_a_correction(desk: Desk, tmp_path: Path) -> None:
    path = write(desk, tmp_path, act="ask_correction", keep_materials=False)
    body = json.loads(path.read_text(encoding="utf-8"))
    body["materials"] = [m | {"problem": "没有签名"} if m["slot"] == "application" else m for m in body["materials"]]
    body["materials"] = [m for m in body["materials"] if m["slot"] != "premises"]
    path.write_text(json.dumps(body), encoding="utf-8")
    outcome = entered(desk, path)
    facts = desk.facts(outcome.case_id, PaperKind.CORRECTION_NOTICE)
    assert [defect.problem for defect in facts.defects] == ["没有签名", "未提交"]
    assert facts.materials_kept is False
    assert outcome.state is State.AWAITING_CORRECTION


def test_a_file_may_say_why_a_case_is_not_accepted(desk: Desk, tmp_path: Path) -> None:
    organ = "示例市卫生健康委员会"
    outcome = entered(desk, write(desk, tmp_path, act="not_accept", ground="not_competent", competent_organ=organ))
    assert outcome.state is State.NOT_ACCEPTED
    assert desk.facts(outcome.case_id, PaperKind.NON_ACCEPTANCE_NOTICE).competent_organ == organ


def test_a_file_may_say_how_the_papers_look(desk: Desk, tmp_path: Path) -> None:
    outcome = entered(desk, write(desk, tmp_path, look={"large": True, "second": "en"}))
    assert desk.facts(outcome.case_id, PaperKind.ACCEPTANCE_NOTICE).look == PaperLook(large=True, second="en")


def test_a_file_may_leave_a_draft(desk: Desk, tmp_path: Path) -> None:
    outcome = entered(desk, write(desk, tmp_path, HOUSE, act="draft"))
    assert (outcome.number, outcome.state, outcome.paper_ids) == ("", State.DRAFT, ())
    assert desk.event_types() == []
    desk.intake.accept(outcome.case_id, CLERK)


def test_an_incomplete_case_stays_as_a_draft(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(CaseError) as caught:
        enter(desk.counter, write(desk, tmp_path, answers={}), CLERK)
    assert caught.value.code == "CASE-202"
    (line,) = desk.drafting.drafts()
    assert all(slot.pages for slot in desk.record(line.case_id).slots.values())
    assert desk.everything()["numbers"] == []


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("{", "全文"),
        ("[]", "全文"),
        ('{"item": "x"}', "applicant"),
        ("\x00\xff", "全文"),
    ],
)
def test_a_malformed_file_is_refused_with_the_place(desk: Desk, tmp_path: Path, text: str, place: str) -> None:
    path = tmp_path / "CASE.json"
    path.write_text(text, encoding="latin-1")
    error = refused(desk, path)
    assert error.code == "CASE-301"
    assert error.parameters["place"] == place


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"colour": "red"}, "colour"),
        ({"act": "approve"}, "act"),
        ({"pad_number": ""}, "pad_number"),
        ({"received_at": "yesterday"}, "received_at"),
        ({"materials": [{"slot": "application", "copies_original": -1}]}, "materials.0.copies_original"),
        ({"materials": [{"slot": "application", "seal": True}]}, "materials.0.seal"),
    ],
)
def test_an_unknown_key_or_value_is_refused_and_never_repeated(
    desk: Desk, tmp_path: Path, change: dict[str, Any], place: str
) -> None:
    error = refused(desk, write(desk, tmp_path, **change))
    assert error.code == "CASE-301"
    assert error.parameters["place"] == place
    assert error.__cause__ is None
    assert "yesterday" not in str(error)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"item": "养殖许可"}, "RULE-121"),
        ({"item": "登记"}, "RULE-122"),
        ({"collection": "drone"}, "CASE-210"),
        ({"situations": {"automatic": "perhaps"}}, "RULE-101"),
        ({"materials": [{"slot": "health_certificate"}]}, "CASE-204"),
        ({"materials": [{"slot": "health_certificate", "files": ["application.jpg"]}]}, "CASE-204"),
        ({"materials": [{"slot": "premises", "substitute": "declaration"}]}, "CASE-206"),
        ({"materials": [{"slot": "premises", "deferred": True}]}, "CASE-207"),
        ({"materials": [{"slot": "premises", "files": ["gone.jpg"]}]}, "CASE-302"),
        ({"materials": [{"slot": "premises", "files": ["."]}]}, "CASE-302"),
        ({"materials": [{"slot": "premises", "files": ["CASE.json"]}]}, "CASE-324"),
    ],
)
def test_what_is_wrong_in_itself_leaves_no_draft(desk: Desk, tmp_path: Path, change: dict[str, Any], code: str) -> None:
    assert refused(desk, write(desk, tmp_path, **change)).code == code


@pytest.mark.parametrize("part", ["applicant", "attendee"])
def test_a_wrong_check_digit_leaves_no_draft(desk: Desk, tmp_path: Path, part: str) -> None:
    person = json.loads(write(desk, tmp_path, HOUSE).read_text(encoding="utf-8"))[part]
    number = person["identifier"]
    wrong = person | {"identifier": number[:-1] + ("1" if number[-1] != "1" else "2")}
    error = refused(desk, write(desk, tmp_path, HOUSE, **{part: wrong}))
    assert number[:10] not in str(error)


def test_a_missing_case_file_is_told_by_name(desk: Desk, tmp_path: Path) -> None:
    error = refused(desk, tmp_path / "CASE.json")
    assert error.code == "CASE-302"
    assert "CASE.json" in error.title


def test_a_file_too_large_is_refused_unread(desk: Desk, tmp_path: Path) -> None:
    path = write(desk, tmp_path)
    with (tmp_path / "premises.jpg").open("wb") as file:
        file.truncate(LARGEST_FILE + 1)  # takes no room on the disk
    assert refused(desk, path).code == "CASE-303"


def test_marks_of_the_file_reach_the_case(desk: Desk, tmp_path: Path) -> None:
    path = write(desk, tmp_path)
    body = json.loads(path.read_text(encoding="utf-8"))
    said = {"copies_original": 3, "compared": True}
    body["materials"] = [m | said if m["slot"] == "premises" else m for m in body["materials"]]
    path.write_text(json.dumps(body), encoding="utf-8")
    slot = desk.record(entered(desk, path).case_id).slots["premises"]
    assert (slot.copies_original, slot.compared) == (3, True)


def test_the_schema_describes_what_is_read(desk: Desk, tmp_path: Path) -> None:
    schema = case_file_schema()
    Draft202012Validator.check_schema(schema)
    path = write(desk, tmp_path)
    Draft202012Validator(schema).validate(json.loads(path.read_text(encoding="utf-8")))
    assert read_case_file(path).item == desk.item(FOOD).task_handle_item
