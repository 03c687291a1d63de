"""Cases: rows in, frozen values out, each pinned to the version of its item."""

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from client.catalogue import load_catalogue
from client.ports.pages import PageFacts
from client.rules.case import State
from client.rules.identity import Applicant, ApplicantKind, Attendee, Capacity
from client.rules.items import Item
from client.store.cases import CaseRecord, Cases, SlotFacts
from client.store.driver_errors import DRIVER_ERRORS
from client.store.engine import Database
from client.store.pages import append
from client.store.sealed import SealedFile
from client.store.tables import items, pages, papers
from tests.data import resident_id
from tests.store.conftest import fill

ZONE = ZoneInfo("Asia/Shanghai")
EARLY = datetime(2026, 3, 2, 0, 30, tzinfo=ZONE)  # the day before, in UTC
PAGE = PageFacts("image/jpeg", 100, 100, sheets=2)
NAME = "张\U00020bb7"


@pytest.fixture(scope="module")
def item() -> Item:
    return load_catalogue().find("食品经营许可")


@pytest.fixture
def cases() -> Cases:
    return Cases(ZONE)


def opened(database: Database, cases: Cases, item: Item, count: int = 1) -> list[int]:
    with database.begin() as connection:
        return [cases.open(connection, item, by="1001", at=EARLY) for _ in range(count)]


def get(database: Database, cases: Cases, case_id: int) -> CaseRecord:
    with database.read() as connection:
        record = cases.get(connection, case_id)
    assert record is not None
    return record


def attach(database: Database, cases: Cases, case_id: int, key: str, *digests: str) -> list[int]:
    with database.begin() as connection:
        slot_id = cases.set_slot(connection, case_id, key, SlotFacts("complete", copies_original=1))
        return [
            append(connection, slot_id, "page.jpg", SealedFile(digest * 2, digest, 7), PAGE, EARLY)
            for digest in digests
        ]


def test_a_draft_is_what_was_opened(database: Database, cases: Cases, item: Item) -> None:
    (case_id,) = opened(database, cases, item)
    record = get(database, cases, case_id)
    assert (record.state, record.number, record.item) == (State.DRAFT, None, item)
    assert (record.opened_by, record.opened_at) == ("1001", EARLY)
    assert record.opened_at.day == 2  # told in the hall's zone
    assert (record.applicant, record.attendee, record.answers, record.slots) == (None, None, {}, {})


def test_a_case_that_is_not_there_is_none(database: Database, cases: Cases) -> None:
    with database.read() as connection:
        assert cases.get(connection, 1) is None
        assert cases.find(connection, "110101-01-07-20260302-0001-1") is None
        assert cases.with_pad_number(connection, "A-1") is None
        assert cases.case_of_paper(connection, "示市监许受〔2026〕1号") is None


def test_a_version_is_kept_once_and_never_changed(database: Database, cases: Cases, item: Item) -> None:
    newer = item.model_copy(update={"version": 2, "fee": "收费"})
    first, second = opened(database, cases, item, 2)
    (third,) = opened(database, cases, newer)
    with database.read() as connection:
        assert len(connection.execute(select(items)).all()) == 2
    assert [get(database, Cases(ZONE), case_id).item.version for case_id in (first, second, third)] == [1, 1, 2]


def test_handling_items_of_one_code_are_two_items(database: Database, cases: Cases, item: Item) -> None:
    change = item.model_copy(update={"task_handle_item": item.task_code + "02", "name": "食品经营许可（变更）"})
    (first,), (second,) = opened(database, cases, item), opened(database, cases, change)
    assert [get(database, cases, case_id).item.name for case_id in (first, second)] == [item.name, change.name]


def test_what_is_saved_comes_back(database: Database, cases: Cases, item: Item) -> None:
    (case_id,) = opened(database, cases, item)
    record = replace(
        get(database, cases, case_id),
        number="110101-01-07-20260302-0001-1",
        state=State.SUSPENDED,
        query_code="7K4P-2M9X",
        received_at=EARLY,
        corrected_on=date(2026, 3, 3),
        accepted_on=date(2026, 3, 4),
        promised_date=date(2026, 3, 5),
        clock_due=date(2026, 3, 6),
        corrections=1,
        extended=True,
        held_from=State.REVIEW,
        ground="not_competent",
    )
    with database.begin() as connection:
        cases.save(connection, record)
    assert get(database, Cases(ZONE), case_id) == record
    with database.read() as connection:
        assert cases.find(connection, record.number or "") == record


def test_a_number_is_one_cases(database: Database, cases: Cases, item: Item) -> None:
    first, second = (get(database, cases, case_id) for case_id in opened(database, cases, item, 2))
    with database.begin() as connection:
        cases.save(connection, replace(first, number="1"))
    with pytest.raises(DRIVER_ERRORS), database.begin() as connection:
        cases.save(connection, replace(second, number="1"))
    assert get(database, cases, second.case_id).number is None


def test_a_pad_sheet_is_one_cases(database: Database, cases: Cases, item: Item) -> None:
    first, second = opened(database, cases, item, 2)
    with database.begin() as connection:
        cases.change(connection, first, pad_number="A-1", late_entry=1)
    with pytest.raises(DRIVER_ERRORS), database.begin() as connection:
        cases.change(connection, second, pad_number="A-1")
    with database.read() as connection:
        found = cases.with_pad_number(connection, "A-1")
    assert found is not None
    assert (found.case_id, found.late_entry) == (first, True)


def test_people_keep_every_character_and_are_replaced_not_added(database: Database, cases: Cases, item: Item) -> None:
    (case_id,) = opened(database, cases, item)
    person = {"name": NAME, "identifier_kind": "resident_id", "identifier": resident_id()}
    applicant = Applicant.model_validate({**person, "kind": ApplicantKind.PERSON})
    attendee = Attendee.model_validate({**person, "capacity": Capacity.SELF})
    with database.begin() as connection:
        cases.set_person(connection, case_id, "applicant", applicant.model_copy(update={"name": "李四"}))
        cases.set_person(connection, case_id, "applicant", applicant)
        cases.set_person(connection, case_id, "attendee", attendee)
    record = get(database, cases, case_id)
    assert (record.applicant, record.attendee) == (applicant, attendee)


def test_no_person_is_in_the_repr_of_a_case(database: Database, cases: Cases, item: Item) -> None:
    (case_id,) = opened(database, cases, item)
    person = Applicant(name=NAME, identifier_kind="resident_id", identifier=resident_id(), kind=ApplicantKind.PERSON)
    with database.begin() as connection:
        cases.set_person(connection, case_id, "applicant", person)
        cases.save_answers(connection, case_id, {"principal": NAME}, [], EARLY)
    assert NAME not in repr(get(database, cases, case_id))
    assert resident_id() not in repr(get(database, cases, case_id))


def test_answers_and_choices_are_those_saved_last(database: Database, cases: Cases, item: Item) -> None:
    (case_id,) = opened(database, cases, item)
    with database.begin() as connection:
        cases.save_answers(connection, case_id, {"name": "旧"}, ["缺电话"], EARLY)
        cases.save_answers(connection, case_id, {"name": NAME, "list": [1, {"a": None}]}, [], EARLY)
        cases.choose(connection, case_id, {"automatic": "yes"}, "mail")
    record = get(database, cases, case_id)
    assert (record.answers, record.faults) == ({"name": NAME, "list": [1, {"a": None}]}, ())
    assert (record.situations, record.collection) == ({"automatic": "yes"}, "mail")


def test_pages_lie_in_their_slot_in_order(database: Database, cases: Cases, item: Item) -> None:
    (case_id,) = opened(database, cases, item)
    first = attach(database, cases, case_id, "application", "a", "b")
    attach(database, cases, case_id, "premises", "c")
    third = attach(database, cases, case_id, "application", "d")
    slots = get(database, cases, case_id).slots
    assert [page.page_id for page in slots["application"].pages] == first + third
    assert [page.sha256 for page in slots["application"].pages] == ["a", "b", "d"]
    assert (slots["application"].sheets, slots["premises"].sheets) == (6, 2)


def test_a_slot_keeps_what_was_said_of_it_last(database: Database, cases: Cases, item: Item) -> None:
    (case_id,) = opened(database, cases, item)
    attach(database, cases, case_id, "application", "a")
    said = SlotFacts(
        "deferred", 2, 3, compared=True, original_returned=True, substitute="declaration", supply_due=date(2026, 3, 9)
    )
    with database.begin() as connection:
        cases.set_slot(connection, case_id, "application", said)
    slot = get(database, cases, case_id).slots["application"]
    kept = (slot.state, slot.copies_original, slot.copies_photocopy, slot.compared, slot.original_returned)
    assert (*kept, slot.substitute, slot.supply_due) == tuple(
        getattr(said, name) for name in SlotFacts.__dataclass_fields__
    )
    assert len(slot.pages) == 1


def test_a_page_of_a_draft_is_taken_out_for_good(database: Database, cases: Cases, item: Item) -> None:
    (case_id,) = opened(database, cases, item)
    first, second = attach(database, cases, case_id, "application", "a", "b")
    with database.begin() as connection:
        cases.remove_page(connection, get(database, cases, case_id), first)
    assert [p.page_id for p in get(database, cases, case_id).slots["application"].pages] == [second]
    with database.read() as connection:
        assert connection.scalars(select(pages.c.sha256)).all() == ["b"]


def test_pages_of_a_numbered_case_are_set_aside_one_after_the_other(
    database: Database, cases: Cases, item: Item
) -> None:
    (case_id,) = opened(database, cases, item)
    ids = attach(database, cases, case_id, "application", "a", "b")
    with database.begin() as connection:
        cases.save(connection, replace(get(database, cases, case_id), number="1", state=State.RECEIVED))
    for page_id in ids:
        record = get(database, cases, case_id)
        with database.begin() as connection:
            cases.remove_page(connection, record, page_id)
    slots = get(database, cases, case_id).slots
    assert list(slots) == ["application"]
    assert slots["application"].pages == ()
    with database.read() as connection:
        assert connection.scalars(select(pages.c.sha256).order_by(pages.c.ordinal)).all() == ["a", "b"]


def test_lists_are_paged_by_key_and_by_state(database: Database, cases: Cases, item: Item) -> None:
    ids = opened(database, cases, item, 5)
    with database.begin() as connection:
        cases.save(connection, replace(get(database, cases, ids[1]), state=State.RECEIVED, received_at=EARLY))
    with database.read() as connection:
        assert [line.case_id for line in cases.lines(connection, limit=2)] == ids[:2]
        assert [line.case_id for line in cases.lines(connection, after=ids[1])] == ids[2:]
        assert [line.case_id for line in cases.lines(connection, state=State.DRAFT)] == [ids[0], *ids[2:]]
        (received,) = cases.lines(connection, state=State.RECEIVED)
    assert (received.received_at, received.item_name) == (EARLY, item.name)


def test_only_clocks_that_ended_before_today_are_overdue(database: Database, cases: Cases, item: Item) -> None:
    ids = opened(database, cases, item, 3)
    for case_id, due in zip(ids, (date(2026, 3, 1), date(2026, 3, 2), None), strict=True):
        with database.begin() as connection:
            cases.save(connection, replace(get(database, cases, case_id), clock_due=due))
    with database.read() as connection:
        assert cases.overdue(connection, date(2026, 3, 2)) == [ids[0]]


def test_a_paper_number_leads_to_its_case(database: Database, cases: Cases, item: Item) -> None:
    (case_id,) = opened(database, cases, item)
    with database.begin() as connection:
        fill(connection, papers, case_id=case_id, number="示市监许受〔2026〕1号")
    with database.read() as connection:
        assert cases.case_of_paper(connection, "示市监许受〔2026〕1号") == case_id
