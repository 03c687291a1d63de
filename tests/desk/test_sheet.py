"""The intake page's one value of a case: what is there, what is wanting, and what may be done."""

from datetime import date

import pytest

from client.desk.counter import NO_CASE
from client.desk.drafting import MaterialMark
from client.desk.prints import NOT_PRINTED
from client.desk.sheet import GONE_PAGE, SlotState, page_content, sheet
from client.errors import CaseError
from client.ports.papers import PaperKind
from client.rules.case import Act, State
from client.rules.items import Substitute
from client.store.papers import PaperState
from tests.desk.counter import CARD, CLERK, FOOD, HOUSE, MORNING, Desk, MovableClock, page


def test_a_fresh_draft_shows_everything_that_is_still_wanting(desk: Desk) -> None:
    case_id = desk.drafting.open(CLERK, desk.item(FOOD))
    seen = sheet(desk.counter, case_id)
    assert (seen.number, seen.state, seen.state_words, seen.editable) == (None, State.DRAFT, "草稿", True)
    assert (seen.applicant, seen.attendee, seen.papers, seen.opened_at) == (None, None, (), MORNING)
    assert seen.upload.words == ""
    assert seen.open_situations == desk.item(FOOD).situations
    assert all(slot.state is SlotState.MISSING and slot.pages == () for slot in seen.slots)
    assert {slot.wanting for slot in seen.slots} == {"缺"}
    assert [fault.missing for fault in seen.faults] == [True] * len(seen.faults)
    assert set(seen.shortcomings) > {fault.sentence for fault in seen.faults}
    assert {Act.RECEIVE, Act.ACCEPT, Act.ASK_CORRECTION, Act.NOT_ACCEPT, Act.VOID} == seen.acts
    assert seen.promised is not None
    assert (seen.promised.date, seen.notice_due) == (date(2026, 3, 9), date(2026, 3, 9))


def test_a_whole_draft_shows_its_pages_in_the_catalogues_order(desk: Desk) -> None:
    seen = sheet(desk.counter, desk.draft(FOOD))
    keys = [slot.material.key for slot in seen.slots]
    assert keys == [material.key for material in desk.item(FOOD).materials if material.key in keys]
    assert (seen.shortcomings, seen.faults, seen.open_situations) == ((), (), ())
    for serial, slot in enumerate(seen.slots):
        (only,) = slot.pages
        assert (only.ordinal, only.name, only.media_type) == (1, f"{slot.material.key}.jpg", "image/jpeg")
        assert (slot.state, slot.sheets, slot.wanting) == (SlotState.COMPLETE, 1, "")
        assert page_content(desk.counter, only.page_id) == page(serial)
        assert only.size == len(page(serial))


def test_what_was_said_of_a_material_is_shown(desk: Desk) -> None:
    case_id = desk.draft(FOOD)
    material = next(m for m in desk.item(FOOD).materials if Substitute.ELICENCE in m.substitutes)
    desk.drafting.mark(case_id, CLERK, material.key, MaterialMark(substitute=Substitute.ELICENCE, compared=True))
    other = next(s.material for s in sheet(desk.counter, case_id).slots if s.material.key != material.key)
    desk.drafting.mark(case_id, CLERK, other.key, MaterialMark(defective=True))
    slots = {slot.material.key: slot for slot in sheet(desk.counter, case_id).slots}
    replaced, wrong = slots[material.key], slots[other.key]
    assert (replaced.state, replaced.substitute, replaced.compared) == (SlotState.WAIVED, Substitute.ELICENCE, True)
    assert (wrong.state, wrong.wanting) == (SlotState.DEFECTIVE, "不符合要求")


def test_an_accepted_case_is_closed_and_keeps_its_promise(desk: Desk, clock: MovableClock) -> None:
    case_id = desk.draft(FOOD)
    before = sheet(desk.counter, case_id)
    desk.intake.accept(case_id, CLERK)
    clock.move(days=30)
    seen = sheet(desk.counter, case_id)
    assert (seen.editable, seen.notice_due, seen.acts) == (False, None, frozenset({Act.WITHDRAW}))
    assert seen.upload.words == "待上传"
    assert (seen.promised, seen.promised_date) == (before.promised, date(2026, 3, 9))
    (notice,) = seen.papers
    assert (notice.kind, notice.words, notice.reprints) == (PaperKind.ACCEPTANCE_NOTICE, "受理通知书", 0)
    assert (notice.state, notice.state_words, notice.rendered) == (PaperState.UNRENDERED, "待生成", False)
    assert (notice.print_state, notice.print_words, notice.print_reason) == (None, NOT_PRINTED, "")
    assert (notice.issued_at, notice.issued_at.tzinfo) == (MORNING, MORNING.tzinfo)
    desk.render()
    assert sheet(desk.counter, case_id).papers[0].rendered


def test_the_clock_of_a_case_that_was_taken_in_is_its_own(desk: Desk, clock: MovableClock) -> None:
    case_id = desk.draft(FOOD)
    desk.intake.receive(case_id, CLERK)
    clock.move(days=1)
    seen = sheet(desk.counter, case_id)
    assert seen.notice_due == date(2026, 3, 9)
    assert seen.promised is not None
    assert seen.promised.date == date(2026, 3, 10)


def test_what_is_not_accepted_promises_nothing(desk: Desk) -> None:
    case_id = desk.draft(HOUSE)
    seen = sheet(desk.counter, case_id)
    assert (seen.asks_correction, seen.materials_by_clerk) == (False, False)
    assert seen.grounds == desk.counter.regimes[desk.item(HOUSE).intake_regime].grounds
    desk.intake.not_accept(case_id, CLERK, seen.grounds[0].key, explanation="材料不符", competent_organ="示例市局")
    assert sheet(desk.counter, case_id).promised is None


def test_a_back_entry_is_reckoned_from_the_paper(desk: Desk) -> None:
    case_id = desk.draft(FOOD)
    desk.drafting.back_enter(case_id, CLERK, MORNING.replace(day=1), "P-1")
    seen = sheet(desk.counter, case_id)
    assert (seen.late_entry, seen.pad_number) == (True, "P-1")
    assert seen.promised is not None
    assert (seen.promised.date, seen.notice_due) == (date(2026, 3, 6), date(2026, 3, 6))


def test_a_rule_without_a_clock_has_no_last_day(desk: Desk) -> None:
    assert sheet(desk.counter, desk.draft(CARD)).notice_due is None


def test_what_is_not_there_is_said(desk: Desk) -> None:
    with pytest.raises(CaseError) as refused:
        sheet(desk.counter, 404)
    assert refused.value.fault is NO_CASE
    with pytest.raises(CaseError) as refused:
        page_content(desk.counter, 404)
    assert refused.value.fault is GONE_PAGE
