"""Gathering: everything is on disk as soon as it is given, and only as long as it may change."""

from collections.abc import Callable
from datetime import date, datetime

import pytest

from client.desk.completeness import SlotState, state_of
from client.desk.drafting import NO_PAGE, MaterialMark
from client.desk.paging import Paging
from client.desk.sheet import page_content
from client.desk.staff import Staff
from client.errors import CaseError, RightsError
from client.rules.identity import Capacity
from client.rules.items import Substitute, slots_needed
from client.rules.rights import Role
from client.store.sealed import SealedFiles
from tests.data import resident_id
from tests.desk.counter import CARD, CLERK, FOOD, HOUSE, ITEMS, SUPERVISOR, ZONE, Desk, page, sample


@pytest.mark.parametrize("name", ITEMS)
def test_a_draft_survives_closing_and_reopening(desk: Desk, name: str) -> None:
    case_id = desk.draft(name)
    before = desk.record(case_id)
    desk.reopen()
    assert desk.record(case_id) == before
    assert [line.case_id for line in desk.drafting.drafts()] == [case_id]
    desk.intake.accept(case_id, CLERK)
    assert desk.drafting.drafts() == []


def test_a_form_half_filled_is_kept_and_says_what_is_open(desk: Desk) -> None:
    case_id = desk.drafting.open(CLERK, desk.item(FOOD))
    example = desk.counter.catalogue.example(desk.item(FOOD))
    half = dict(list(example.answers.items())[:3])
    faults = desk.drafting.fill(case_id, CLERK, half)
    assert faults == desk.record(case_id).faults
    assert faults
    assert desk.record(case_id).answers == half
    assert desk.drafting.fill(case_id, CLERK, example.answers) == ()


def test_pages_come_in_order_and_are_what_was_given(desk: Desk) -> None:
    case_id = desk.draft(FOOD, without=["application"])
    ids = [desk.attach(case_id, "application", serial) for serial in range(3)]
    pages = desk.record(case_id).slots["application"].pages
    assert [page.page_id for page in pages] == ids
    assert [page.ordinal for page in pages] == [1, 2, 3]
    assert [desk.memory.files.get(p.sealed_name) for p in pages] == [page(0), page(1), page(2)]


def test_a_pdf_counts_its_sheets(desk: Desk) -> None:
    case_id = desk.draft(FOOD, without=["application"])
    desk.drafting.attach(case_id, CLERK, "application", "multipage.pdf", sample("multipage.pdf"))
    slot = desk.record(case_id).slots["application"]
    assert slot.pages[0].media_type == "application/pdf"
    assert slot.sheets == slot.pages[0].sheets > 1


@pytest.mark.parametrize("content", [b"", b"no page at all", sample()[:500]])
def test_a_file_that_is_no_whole_page_is_refused(desk: Desk, content: bytes) -> None:
    case_id = desk.draft(FOOD, without=["premises"])
    before = desk.everything()
    with pytest.raises(CaseError):
        desk.drafting.attach(case_id, CLERK, "premises", "page.jpg", content)
    assert desk.everything() == before


def test_the_file_is_on_disk_before_its_row(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    case_id = desk.draft(FOOD, without=["premises"])
    rows_when_sealed: list[int] = []
    put = SealedFiles.put

    def watched(files: SealedFiles, content: bytes) -> object:
        sealed = put(files, content)
        rows_when_sealed.append(len(desk.everything()["pages"]))
        return sealed

    before = len(desk.everything()["pages"])
    monkeypatch.setattr(SealedFiles, "put", watched)
    desk.attach(case_id, "premises", 50)
    assert rows_when_sealed == [before]
    assert len(desk.everything()["pages"]) == before + 1


def test_a_material_without_pages_is_missing_again(desk: Desk) -> None:
    case_id = desk.draft(FOOD, without=["premises"])
    first, second = desk.attach(case_id, "premises", 1), desk.attach(case_id, "premises", 2)
    desk.drafting.detach(case_id, CLERK, first)
    assert state_of(desk.record(case_id), "premises") is SlotState.COMPLETE
    desk.drafting.detach(case_id, CLERK, second)
    assert state_of(desk.record(case_id), "premises") is SlotState.MISSING
    with pytest.raises(CaseError):
        desk.intake.accept(case_id, CLERK)


def test_a_defective_material_whose_page_is_replaced_is_whole(desk: Desk) -> None:
    case_id = desk.draft(FOOD, without=["premises"])
    bad = desk.attach(case_id, "premises", 1)
    desk.drafting.mark(case_id, CLERK, "premises", MaterialMark(defective=True))
    desk.drafting.detach(case_id, CLERK, bad)
    desk.attach(case_id, "premises", 2)
    assert state_of(desk.record(case_id), "premises") is SlotState.COMPLETE


def test_a_page_of_another_case_cannot_be_taken_out(desk: Desk) -> None:
    mine, others = desk.draft(FOOD), desk.draft(FOOD)
    page_id = desk.record(others).slots["application"].pages[0].page_id
    with pytest.raises(CaseError) as refused:
        desk.drafting.detach(mine, CLERK, page_id)
    assert refused.value.code == "CASE-205"
    assert desk.record(others).slots["application"].pages


def test_a_page_the_platform_is_to_hear_of_stays_readable_for_it(desk: Desk) -> None:
    case_id = desk.draft(FOOD)
    desk.intake.receive(case_id, CLERK)
    (told,) = desk.record(case_id).slots["premises"].pages
    desk.drafting.detach(case_id, CLERK, told.page_id)
    desk.drafting.detach(case_id, CLERK, desk.attach(case_id, "premises", 99))
    assert desk.record(case_id).slots["premises"].pages == ()
    (event,) = desk.memory.outbox().due(desk.clock(), 10)
    assert told.sha256 in event.files
    assert desk.memory.outbox().content(told.sha256) == desk.memory.files.get(told.sealed_name)
    desk.attach(case_id, "premises", 100)
    desk.intake.accept(case_id, CLERK)
    assert told.sha256 not in {file["sha256"] for file in desk.events("case.accepted")[0]["files"]}


def test_a_page_of_a_draft_leaves_no_row(desk: Desk) -> None:
    case_id = desk.draft(FOOD, without=["premises"])
    before = len(desk.everything()["pages"])
    desk.drafting.detach(case_id, CLERK, desk.attach(case_id, "premises"))
    assert len(desk.everything()["pages"]) == before


def test_a_mark_says_how_a_material_was_taken_in(desk: Desk) -> None:
    case_id = desk.draft(FOOD)
    mark = MaterialMark(copies_original=2, copies_photocopy=1, compared=True, original_returned=True)
    desk.drafting.mark(case_id, CLERK, "premises", mark)
    slot = desk.record(case_id).slots["premises"]
    assert (slot.copies_original, slot.copies_photocopy) == (2, 1)
    assert slot.compared
    assert slot.original_returned
    assert slot.state == SlotState.COMPLETE


def test_counts_not_said_are_those_the_catalogue_asks_for(desk: Desk) -> None:
    case_id = desk.draft(HOUSE)
    desk.drafting.mark(case_id, CLERK, "parties_identity", MaterialMark(compared=True))
    slot = desk.record(case_id).slots["parties_identity"]
    assert (slot.copies_original, slot.copies_photocopy) == (1, 1)
    desk.drafting.mark(case_id, CLERK, "mortgagee_consent", MaterialMark())
    assert desk.record(case_id).slots["mortgagee_consent"].copies_original == 0


def test_what_was_compared_before_it_was_scanned_stays_compared(desk: Desk) -> None:
    case_id = desk.draft(FOOD, without=["premises"])
    desk.drafting.mark(case_id, CLERK, "premises", MaterialMark(compared=True))
    desk.attach(case_id, "premises")
    assert desk.record(case_id).slots["premises"].compared


def test_a_substitute_the_catalogue_does_not_name_is_refused(desk: Desk) -> None:
    case_id = desk.draft(FOOD)
    with pytest.raises(CaseError) as refused:
        desk.drafting.mark(case_id, CLERK, "premises", MaterialMark(substitute=Substitute.DECLARATION))
    assert refused.value.code == "CASE-206"


def test_a_material_the_item_does_not_have_is_refused(desk: Desk) -> None:
    case_id = desk.draft(FOOD)
    with pytest.raises(CaseError) as refused:
        desk.attach(case_id, "health_certificate")
    assert refused.value.code == "CASE-204"
    with pytest.raises(CaseError):
        desk.drafting.mark(case_id, CLERK, "health_certificate", MaterialMark())


SELF, AGENT, GUARDIAN, LEGAL = Capacity.SELF, Capacity.AGENT, Capacity.GUARDIAN, Capacity.LEGAL_REPRESENTATIVE
LAWFUL = {FOOD: (LEGAL, AGENT), HOUSE: (SELF, GUARDIAN, AGENT), CARD: (SELF, GUARDIAN, AGENT)}


@pytest.mark.parametrize(("name", "capacity"), [(name, each) for name, lawful in LAWFUL.items() for each in lawful])
def test_who_stands_at_the_window_answers_the_question_of_it(desk: Desk, name: str, capacity: Capacity) -> None:
    item = desk.item(name)
    case_id = desk.drafting.open(CLERK, item)
    desk.drafting.set_people(case_id, CLERK, *desk.people(name, capacity))
    assert desk.record(case_id).situations["attendee"] == capacity
    desk.drafting.choose(case_id, CLERK, {"attendee": "self"})  # what is typed cannot say otherwise
    needed = {material.key for material in slots_needed(item, desk.record(case_id).situations)}
    for_agents = {m.key for m in item.materials if m.situations.get("attendee") == ("agent",)}
    assert for_agents
    assert for_agents.isdisjoint(needed) == (capacity is not AGENT)


@pytest.mark.parametrize(("name", "capacity"), [(FOOD, GUARDIAN), (HOUSE, LEGAL), (CARD, LEGAL)])
def test_a_capacity_the_applicant_cannot_have_is_refused(desk: Desk, name: str, capacity: Capacity) -> None:
    case_id = desk.drafting.open(CLERK, desk.item(name))
    with pytest.raises(CaseError) as refused:
        desk.drafting.set_people(case_id, CLERK, *desk.people(name, capacity))
    assert refused.value.code == "ID-124"
    assert desk.record(case_id).attendee is None


def test_an_item_that_asks_nothing_of_the_attendee_keeps_its_answers(desk: Desk) -> None:
    materials = [m.model_dump() for m in desk.item(CARD).materials if not m.situations]
    desk.vary(CARD, situations=[], materials=materials)
    case_id = desk.drafting.open(CLERK, desk.item(CARD))
    desk.drafting.set_people(case_id, CLERK, *desk.people(CARD))
    assert desk.record(case_id).situations == {}


def test_answers_come_in_either_order(desk: Desk) -> None:
    case_id = desk.drafting.open(CLERK, desk.item(FOOD))
    desk.drafting.choose(case_id, CLERK, {"automatic": "yes"}, "mail")
    desk.drafting.set_people(case_id, CLERK, *desk.people(FOOD, Capacity.AGENT))
    record = desk.record(case_id)
    assert record.situations == {"automatic": "yes", "attendee": "agent"}
    assert record.collection == "mail"


@pytest.mark.parametrize(
    ("situations", "collection", "code"),
    [({"automatic": "perhaps"}, None, "RULE-101"), ({"weather": "fine"}, None, "RULE-101"), ({}, "drone", "CASE-210")],
)
def test_choices_the_item_does_not_offer_are_refused(
    desk: Desk, situations: dict[str, str], collection: str | None, code: str
) -> None:
    case_id = desk.draft(FOOD)
    before = desk.everything()
    with pytest.raises(CaseError) as refused:
        desk.drafting.choose(case_id, CLERK, situations, collection)
    assert refused.value.code == code
    assert desk.everything() == before


def test_a_wrong_check_digit_is_refused_and_nothing_is_kept(desk: Desk) -> None:
    applicant, attendee = desk.people(CARD)
    number = resident_id()[:-1] + ("1" if resident_id()[-1] != "1" else "2")
    case_id = desk.drafting.open(CLERK, desk.item(CARD))
    with pytest.raises(CaseError):
        desk.drafting.set_people(case_id, CLERK, applicant.model_copy(update={"identifier": number}), attendee)
    assert desk.record(case_id).applicant is None


def test_a_name_to_judge_by_eye_is_told(desk: Desk) -> None:
    case_id = desk.drafting.open(CLERK, desk.item(FOOD))
    applicant, attendee = desk.people(FOOD)
    assert desk.drafting.set_people(case_id, CLERK, applicant, attendee) == ()
    odd = attendee.model_copy(update={"name": "李\ue188"})
    (notice,) = desk.drafting.set_people(case_id, CLERK, applicant, odd)
    assert "E188" in notice


def test_the_data_of_a_child_are_told(desk: Desk) -> None:
    desk.clock.now = datetime(1915, 3, 2, 9, 30, tzinfo=ZONE)
    applicant, _ = desk.people(CARD)
    child = applicant.model_copy(update={"name": "张三", "identifier": resident_id(3, date(1909, 1, 1))})
    _, guardian = desk.people(CARD, GUARDIAN)
    case_id = desk.drafting.open(CLERK, desk.item(CARD))
    (notice,) = desk.drafting.set_people(case_id, CLERK, child, guardian)
    assert "不满十四周岁" in notice


EDITS: dict[str, Callable[[Desk, int], object]] = {
    "people": lambda desk, case_id: desk.drafting.set_people(case_id, CLERK, *desk.people(FOOD)),
    "situations": lambda desk, case_id: desk.drafting.choose(case_id, CLERK, {"automatic": "no"}),
    "answers": lambda desk, case_id: desk.drafting.fill(case_id, CLERK, {}),
    "page": lambda desk, case_id: desk.attach(case_id, "premises", 7),
    "no page": lambda desk, case_id: desk.drafting.detach(case_id, CLERK, 1),
    "mark": lambda desk, case_id: desk.drafting.mark(case_id, CLERK, "premises", MaterialMark()),
    "receipt": lambda desk, case_id: desk.drafting.back_enter(case_id, CLERK, desk.clock(), None),
}


@pytest.mark.parametrize("edit", EDITS)
def test_nothing_is_changed_after_acceptance(desk: Desk, edit: str) -> None:
    case_id = desk.draft(FOOD)
    desk.intake.accept(case_id, CLERK)
    before = desk.everything()
    with pytest.raises(CaseError) as refused:
        EDITS[edit](desk, case_id)
    assert refused.value.code == "CASE-203"
    assert desk.everything() == before


@pytest.mark.parametrize("edit", [edit for edit in EDITS if edit != "receipt"])
def test_what_was_only_taken_in_may_still_be_completed(desk: Desk, edit: str) -> None:
    case_id = desk.draft(FOOD)
    desk.intake.receive(case_id, CLERK)
    EDITS[edit](desk, case_id)


def test_a_person_without_the_right_does_nothing_and_that_is_on_the_books(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("client.rules.rights.RIGHTS", {role: frozenset() for role in Role})
    visitor = Staff("7777", "张三", Role.CLERK)
    for attempt in (
        lambda: desk.drafting.open(visitor, desk.item(FOOD)),
        lambda: desk.intake.accept(1, visitor),
        lambda: desk.paperwork.reprint(1, visitor, "看不清"),
    ):
        with pytest.raises(RightsError):
            attempt()
    assert desk.everything()["cases"] == []
    assert [outcome for _, _, outcome in desk.audited("intake") + desk.audited("reprint")] == ["denied"] * 3


def test_drafts_are_listed_oldest_first(desk: Desk) -> None:
    made = [desk.drafting.open(SUPERVISOR, desk.item(name)) for name in ITEMS]
    lines = desk.drafting.drafts()
    assert [line.case_id for line in lines] == made
    assert [line.item_name for line in lines] == [desk.item(name).name for name in ITEMS]


def _page_names(desk: Desk, case_id: int, slot: str) -> list[str]:
    """In their order, which must have no gap."""
    found = desk.record(case_id).slots[slot].pages
    assert [each.ordinal for each in found] == list(range(1, len(found) + 1))
    return [each.name for each in found]


def _with_pages(desk: Desk, *names: str) -> tuple[int, str, list[int]]:
    """A draft whose first material has these pages."""
    case_id = desk.drafting.open(CLERK, desk.item(FOOD))
    slot = desk.item(FOOD).materials[0].key
    return (
        case_id,
        slot,
        [desk.drafting.attach(case_id, CLERK, slot, name, page(n)) for n, name in enumerate(names)],
    )


@pytest.mark.parametrize(
    ("which", "to", "order"),
    [(0, 3, "bca"), (2, 1, "cab"), (1, 1, "bac"), (1, 2, "abc"), (0, 99, "bca"), (2, -5, "cab")],
)
def test_a_page_is_moved_among_its_materials_pages(desk: Desk, which: int, to: int, order: str) -> None:
    case_id, slot, page_ids = _with_pages(desk, "a", "b", "c")
    Paging(desk.counter).move(case_id, CLERK, page_ids[which], slot, to)
    assert "".join(_page_names(desk, case_id, slot)) == order


def test_a_page_scanned_again_takes_the_place_of_the_old_one(desk: Desk) -> None:
    case_id, slot, page_ids = _with_pages(desk, "a", "b", "c")
    new_id = desk.drafting.replace_page(case_id, CLERK, page_ids[1], "again", page(9))
    assert _page_names(desk, case_id, slot) == ["a", "again", "c"]
    assert desk.record(case_id).slots[slot].pages[1].page_id == new_id
    assert page_content(desk.counter, new_id) == page(9)


def test_a_page_an_event_may_name_is_replaced_and_kept(desk: Desk) -> None:
    case_id = desk.draft(FOOD)
    desk.intake.receive(case_id, CLERK)
    slot = desk.item(FOOD).materials[0].key
    (old,) = desk.record(case_id).slots[slot].pages
    desk.drafting.replace_page(case_id, CLERK, old.page_id, "again", page(9))
    assert _page_names(desk, case_id, slot) == ["again"]
    assert desk.memory.outbox().content(old.sha256) == page(0)


def test_a_page_of_another_case_is_neither_moved_nor_replaced(desk: Desk) -> None:
    _, slot, (page_id,) = _with_pages(desk, "a")
    other = desk.drafting.open(CLERK, desk.item(FOOD))
    with pytest.raises(CaseError) as refused:
        Paging(desk.counter).move(other, CLERK, page_id, slot, 1)
    assert refused.value.fault is NO_PAGE
    with pytest.raises(CaseError) as refused:
        desk.drafting.replace_page(other, CLERK, page_id, "again", page(9))
    assert refused.value.fault is NO_PAGE


def test_a_page_taken_out_of_a_draft_is_gone_in_the_next_run(desk: Desk) -> None:
    case_id, slot, (first, _) = _with_pages(desk, "a", "b")
    desk.drafting.detach(case_id, CLERK, first)
    assert desk.memory.sweep() == 0
    desk.reopen()
    assert desk.memory.sweep() == 1
    (left,) = desk.record(case_id).slots[slot].pages
    assert page_content(desk.counter, left.page_id) == page(1)
