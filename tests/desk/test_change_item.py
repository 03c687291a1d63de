"""The applicant wants something else after all: a draft changes its item and keeps what still counts."""

import pytest

from client.desk.drafting import CLOSED, HAS_PAGES, MaterialMark
from client.errors import CaseError
from client.rules.identity import Capacity
from tests.desk.counter import CARD, CLERK, FOOD, Desk


def test_a_draft_becomes_one_of_another_item_and_keeps_what_still_counts(desk: Desk) -> None:
    case_id = desk.draft(FOOD, without=[material.key for material in desk.item(FOOD).materials])
    desk.drafting.mark(case_id, CLERK, "rules_list", MaterialMark(deferred=True))
    before = desk.record(case_id)
    new = desk.item(CARD)
    desk.drafting.change_item(case_id, CLERK, new)
    after = desk.record(case_id)
    assert (after.item.task_handle_item, after.item.version) == (new.task_handle_item, new.version)
    assert (after.applicant, after.attendee) == (before.applicant, before.attendee)
    assert after.answers == {"phone": before.answers["phone"]}
    assert "“姓名”没有填写" in after.faults
    assert (after.slots, after.collection) == ({}, None)
    assert desk.audited("change_item") == [(CLERK.staff_no, f"draft:{case_id}", "done")]
    desk.reopen()
    assert desk.record(case_id) == after


def test_who_stands_at_the_window_answers_the_situation_of_the_other_item(desk: Desk) -> None:
    case_id = desk.drafting.open(CLERK, desk.item(CARD))
    desk.drafting.set_people(case_id, CLERK, *desk.people(FOOD, Capacity.AGENT))
    desk.drafting.change_item(case_id, CLERK, desk.item(FOOD))
    assert desk.record(case_id).situations == {"attendee": "agent"}


def test_a_draft_with_pages_keeps_its_item(desk: Desk) -> None:
    case_id = desk.draft(FOOD)
    before = desk.everything()
    with pytest.raises(CaseError) as refused:
        desk.drafting.change_item(case_id, CLERK, desk.item(CARD))
    assert refused.value.fault is HAS_PAGES
    assert desk.everything() == before


def test_a_case_that_was_taken_in_keeps_its_item(desk: Desk) -> None:
    case_id = desk.draft(FOOD)
    desk.intake.receive(case_id, CLERK)
    with pytest.raises(CaseError) as refused:
        desk.drafting.change_item(case_id, CLERK, desk.item(CARD))
    assert refused.value.fault is CLOSED
