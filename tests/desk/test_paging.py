"""Pages that are there: moved, turned, trimmed, taken out; each put back as it was, and the original kept."""

from io import BytesIO

import pytest
from PIL import Image

from client.desk.completeness import SlotState, state_of
from client.desk.drafting import NO_PAGE, MaterialMark
from client.desk.keeping import kept_scan
from client.desk.paging import Paging
from client.desk.sheet import page_content, sheet
from client.errors import CaseError, StoreError
from client.ports.pages import WHOLE, PageLooks, Part
from devices.pages.faults import NOT_TRIMMED, TOO_SMALL
from tests.desk.counter import CLERK, FOOD, Desk, sample
from tests.devices.drawn import jpeg, leaning, page

ASKEW = jpeg(leaning(page(lines=12), 3.0))
HALF = Part(0.0, 0.0, 1.0, 0.5)
FROM, TO = "premises", "application"


@pytest.fixture
def case_id(desk: Desk) -> int:
    """A draft with three pages in one material, and none in another."""
    case_id = desk.draft(FOOD, without=(FROM, TO))
    for serial in range(3):
        desk.attach(case_id, FROM, serial)
    return case_id


@pytest.fixture
def paging(desk: Desk) -> Paging:
    return Paging(desk.counter)


def ids(desk: Desk, case_id: int, slot: str = FROM) -> list[int]:
    return [each.page_id for each in desk.record(case_id).slots[slot].pages]


def looks(desk: Desk, case_id: int, place: int = 0) -> PageLooks | None:
    slot = next(each for each in sheet(desk.counter, case_id).slots if each.material.key == FROM)
    return slot.pages[place].looks


def size(content: bytes) -> tuple[int, int]:
    return Image.open(BytesIO(content)).size


def small(lines: int) -> bytes:
    return jpeg(page(lines=lines).resize((620, 877)))


def test_a_page_goes_to_another_material_and_back(desk: Desk, paging: Paging, case_id: int) -> None:
    one, two, three = ids(desk, case_id)
    was = paging.move(case_id, CLERK, two, TO, 1)
    assert (ids(desk, case_id), ids(desk, case_id, TO)) == ([one, three], [two])
    assert state_of(desk.record(case_id), TO) is SlotState.COMPLETE
    paging.move(case_id, CLERK, two, was.slot, was.place)
    assert (ids(desk, case_id), ids(desk, case_id, TO)) == ([one, two, three], [])
    assert state_of(desk.record(case_id), TO) is SlotState.MISSING


def test_a_page_goes_between_the_pages_of_another_material(desk: Desk, paging: Paging, case_id: int) -> None:
    there = [desk.attach(case_id, TO, serial) for serial in (7, 8)]
    moving = ids(desk, case_id)[0]
    paging.move(case_id, CLERK, moving, TO, 2)
    assert ids(desk, case_id, TO) == [there[0], moving, there[1]]


def test_a_material_that_is_marked_keeps_its_mark_when_a_page_comes(desk: Desk, paging: Paging, case_id: int) -> None:
    desk.attach(case_id, TO, 7)
    desk.drafting.mark(case_id, CLERK, TO, MaterialMark(defective=True))
    paging.move(case_id, CLERK, ids(desk, case_id)[0], TO, 1)
    assert state_of(desk.record(case_id), TO) is SlotState.DEFECTIVE


def test_a_page_that_an_event_may_name_keeps_its_file_where_it_goes(desk: Desk, paging: Paging) -> None:
    case_id = desk.draft(FOOD)
    desk.intake.receive(case_id, CLERK)
    (moving,) = desk.record(case_id).slots[FROM].pages
    paging.move(case_id, CLERK, moving.page_id, TO, 1)
    assert ids(desk, case_id, TO)[0] == moving.page_id
    assert desk.memory.outbox().content(moving.sha256) == page_content(desk.counter, moving.page_id)


def test_a_page_that_was_taken_out_is_put_back_as_it_was(desk: Desk, paging: Paging, case_id: int) -> None:
    desk.drafting.attach_kept(case_id, CLERK, FROM, kept_scan(desk.counter, "4.jpg", ASKEW))
    *rest, last = ids(desk, case_id)
    seen, content = looks(desk, case_id, 3), page_content(desk.counter, last)
    was = paging.take_out(case_id, CLERK, last)
    paging.move(case_id, CLERK, rest[0], FROM, 3)
    back = paging.put_back(case_id, CLERK, was)
    assert ids(desk, case_id) == [rest[1], rest[2], rest[0], back]
    assert (page_content(desk.counter, back), looks(desk, case_id, 3)) == (content, seen)
    desk.drafting.take_original(case_id, CLERK, back)
    assert page_content(desk.counter, ids(desk, case_id)[3]) == ASKEW


def test_a_page_whose_file_is_gone_is_not_put_back(desk: Desk, paging: Paging, case_id: int) -> None:
    was = paging.take_out(case_id, CLERK, ids(desk, case_id)[0])
    desk.memory.files.set_aside(was.page.sealed.name)
    before = desk.everything()
    with pytest.raises(StoreError):
        paging.put_back(case_id, CLERK, was)
    with pytest.raises(StoreError):
        paging.restore(case_id, CLERK, ids(desk, case_id)[0], was)
    assert desk.everything() == before


def test_a_part_takes_the_place_of_a_page_and_what_came_stays_beside_it(desk: Desk, paging: Paging) -> None:
    case_id = desk.draft(FOOD, without=(FROM,))
    scanned = desk.drafting.attach_kept(case_id, CLERK, FROM, kept_scan(desk.counter, "1.jpg", ASKEW))
    width, height = size(page_content(desk.counter, scanned))
    cut, _ = paging.trim(case_id, CLERK, scanned, HALF)
    seen = looks(desk, case_id)
    assert seen is not None
    assert (ids(desk, case_id), seen.cropped, seen.turned) == ([cut], True, 0)
    assert seen.skew_degrees == pytest.approx(3.0, abs=0.2)
    assert size(page_content(desk.counter, cut)) == (width, round(height / 2))
    again = desk.drafting.take_original(case_id, CLERK, cut)
    assert page_content(desk.counter, again) == ASKEW, "what came from the scanner, not what was cut"


def test_of_a_page_that_nobody_cleaned_the_page_itself_is_the_original(desk: Desk, paging: Paging) -> None:
    case_id = desk.draft(FOOD, without=(FROM,))
    content = jpeg(page(lines=12))
    first = desk.drafting.attach(case_id, CLERK, FROM, "1.jpg", content)
    turned, _ = paging.trim(case_id, CLERK, first, WHOLE, 90)
    twice, _ = paging.trim(case_id, CLERK, turned, WHOLE, 270)
    seen = looks(desk, case_id)
    assert seen is not None
    assert (seen.turned, seen.cropped) == (0, False)
    assert page_content(desk.counter, desk.drafting.take_original(case_id, CLERK, twice)) == content


def test_a_trimmed_page_becomes_what_it_was(desk: Desk, paging: Paging) -> None:
    case_id = desk.draft(FOOD, without=(FROM,))
    scanned = desk.drafting.attach_kept(case_id, CLERK, FROM, kept_scan(desk.counter, "1.jpg", ASKEW))
    content, seen = page_content(desk.counter, scanned), looks(desk, case_id)
    turned, was = paging.trim(case_id, CLERK, scanned, HALF, 90)
    assert page_content(desk.counter, turned) != content
    now = paging.restore(case_id, CLERK, turned, was)
    assert (page_content(desk.counter, now), looks(desk, case_id)) == (content, seen)
    desk.reopen()
    desk.memory.sweep()
    assert page_content(desk.counter, now) == content


def test_how_far_a_page_was_turned_is_kept(desk: Desk, paging: Paging) -> None:
    case_id = desk.draft(FOOD, without=(FROM,))
    first = desk.drafting.attach_kept(case_id, CLERK, FROM, kept_scan(desk.counter, "1.jpg", ASKEW))
    paging.trim(case_id, CLERK, first, WHOLE, 270)
    desk.reopen()
    seen = looks(desk, case_id)
    assert seen is not None
    assert seen.turned == 270


def test_an_electronic_file_stays_as_it_is(desk: Desk, paging: Paging) -> None:
    case_id = desk.draft(FOOD, without=(FROM,))
    file = desk.drafting.attach(case_id, CLERK, FROM, "册.pdf", sample("multipage.pdf"))
    with pytest.raises(CaseError) as refused:
        paging.trim(case_id, CLERK, file, WHOLE, 90)
    assert refused.value.fault is NOT_TRIMMED


def test_what_is_left_has_to_be_a_page(desk: Desk, paging: Paging) -> None:
    case_id = desk.draft(FOOD, without=(FROM,))
    first = desk.drafting.attach(case_id, CLERK, FROM, "1.jpg", ASKEW)
    before = desk.everything()
    with pytest.raises(CaseError) as refused:
        paging.trim(case_id, CLERK, first, Part(0.5, 0.5, 0.55, 0.9))
    assert refused.value.fault is TOO_SMALL
    assert desk.everything() == before


def test_nothing_is_done_with_a_page_of_another_case(desk: Desk, paging: Paging, case_id: int) -> None:
    other = desk.drafting.open(CLERK, desk.item(FOOD))
    page_id = ids(desk, case_id)[0]
    for act in (
        lambda: paging.move(other, CLERK, page_id, TO, 1),
        lambda: paging.take_out(other, CLERK, page_id),
        lambda: paging.trim(other, CLERK, page_id, HALF),
    ):
        with pytest.raises(CaseError) as refused:
            act()
        assert refused.value.fault is NO_PAGE


def test_a_closed_case_is_not_changed(desk: Desk, paging: Paging) -> None:
    case_id = desk.draft(FOOD)
    (only,) = desk.record(case_id).slots[FROM].pages
    was = paging.before(case_id, only.page_id)
    desk.intake.accept(case_id, CLERK)
    for act in (
        lambda: paging.move(case_id, CLERK, only.page_id, TO, 1),
        lambda: paging.take_out(case_id, CLERK, only.page_id),
        lambda: paging.put_back(case_id, CLERK, was),
        lambda: paging.trim(case_id, CLERK, only.page_id, HALF),
    ):
        with pytest.raises(CaseError, match="CASE-203"):
            act()


def test_what_a_copy_is_for_is_written_across_it_and_the_original_stays(desk: Desk, paging: Paging) -> None:
    case_id = desk.draft(FOOD, without=(FROM,))
    scanned = desk.drafting.attach_kept(case_id, CLERK, FROM, kept_scan(desk.counter, "1.jpg", ASKEW))
    before = page_content(desk.counter, scanned)
    marked, was = paging.mark(case_id, CLERK, scanned)
    seen = looks(desk, case_id)
    assert seen is not None
    assert (seen.for_purpose, seen.warnings, size(page_content(desk.counter, marked))) == (True, (), size(before))
    assert page_content(desk.counter, marked) != before
    desk.reopen()
    assert looks(desk, case_id) == seen
    again = Paging(desk.counter).restore(case_id, CLERK, marked, was)
    assert page_content(desk.counter, again) == before


def test_two_sides_become_one_page_and_two_again(desk: Desk, paging: Paging) -> None:
    case_id = desk.draft(FOOD, without=(FROM,))
    pictures = [small(lines) for lines in (3, 6, 9, 12)]
    first, front, back, last = (
        desk.drafting.attach(case_id, CLERK, FROM, f"{number}.jpg", content) for number, content in enumerate(pictures)
    )
    joined, *sides = paging.join(case_id, CLERK, front, back)
    assert ids(desk, case_id) == [first, joined, last]
    assert size(page_content(desk.counter, joined)) == (2480, 3508)
    again = paging.part(case_id, CLERK, joined, *sides)
    assert ids(desk, case_id) == [first, *again, last]
    assert [page_content(desk.counter, each) for each in ids(desk, case_id)] == pictures


def test_sides_in_two_materials_are_not_joined(desk: Desk, paging: Paging, case_id: int) -> None:
    pictures = [
        desk.drafting.attach(case_id, CLERK, slot, "1.jpg", small(lines)) for slot, lines in ((FROM, 3), (TO, 6))
    ]
    before = desk.everything()
    with pytest.raises(CaseError) as refused:
        paging.join(case_id, CLERK, pictures[0], pictures[1])
    assert refused.value.fault is NO_PAGE
    assert desk.everything() == before


def test_sides_whose_files_are_gone_are_not_parted(desk: Desk, paging: Paging) -> None:
    case_id = desk.draft(FOOD, without=(FROM,))
    front, back = (desk.drafting.attach(case_id, CLERK, FROM, "1.jpg", small(lines)) for lines in (3, 6))
    joined, *sides = paging.join(case_id, CLERK, front, back)
    desk.memory.files.set_aside(sides[1].page.sealed.name)
    with pytest.raises(StoreError):
        paging.part(case_id, CLERK, joined, *sides)
    assert ids(desk, case_id) == [joined]
