"""What is done with pages is undone, the last first: moves, turns, cuts, deletions, scans in a page's place."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from client.desk.paging import Paging
from client.desk.sheet import page_content
from client.desk.staff import Staff
from tests.desk.counter import CLERK, FOOD, Desk, page
from tests.devices.drawn import jpeg
from tests.devices.drawn import page as print_of
from tests.ui.table import Table, laid, scanner
from ui.clerk.intake.undoing import UNDOABLE, Undo, Undoing
from ui.seat import Seat

SLOT = "premises"
JPEG = jpeg(print_of(lines=12).resize((620, 877)))


@contextmanager
def pages_of(qtbot: QtBot, seat: Seat, desk: Desk, folder: Path, sheets: int) -> Iterator[Table]:
    """The keyboard is at three pages, the first is in sight; so many sheets lie in the scanner."""
    with laid(qtbot, seat, scanner(sheets), folder / "told.jsonl") as found:
        case_id = desk.draft(FOOD, without=(SLOT,))
        for serial in range(3):
            desk.attach(case_id, SLOT, serial)
        found.load(case_id)
        found.materials.choose(SLOT)
        found.press("to_pages", found.form)
        found.quiet()
        yield found


@pytest.fixture
def table(qtbot: QtBot, seat: Seat, desk: Desk, tmp_path: Path) -> Iterator[Table]:
    with pages_of(qtbot, seat, desk, tmp_path, 1) as found:
        yield found


def contents(table: Table, desk: Desk, slot: str = SLOT) -> list[bytes]:
    return [page_content(desk.counter, each.page_id) for each in table.slot(slot).pages]


def do(table: Table, *acts: str) -> None:
    for act in acts:
        table.press(act)
        table.quiet()


def neighbours(table: Table) -> tuple[str, str]:
    keys = [slot.material.key for slot in table.case.slots]
    at = keys.index(SLOT)
    return keys[at - 1], keys[at + 1]


def test_moves_are_undone(table: Table, desk: Desk) -> None:
    do(table, "page_later", "page_later")
    assert contents(table, desk) == [page(1), page(2), page(0)]
    do(table, "undo")
    assert contents(table, desk) == [page(1), page(0), page(2)]
    assert table.pages._number.text() == "第 2 页"
    do(table, "undo")
    assert contents(table, desk) == [page(0), page(1), page(2)]
    assert "undo" not in table.pages._verbs.possible


def test_a_page_goes_to_the_next_material_with_whoever_moves_it_and_back(table: Table, desk: Desk) -> None:
    above, below = neighbours(table)
    there = contents(table, desk, below)
    do(table, "slot_below")
    assert table.materials.slot == below
    assert contents(table, desk, below) == [*there, page(0)]
    assert table.pages._number.text() == f"第 {len(there) + 1} 页"
    assert table.pages._thumbnails.hasFocus()
    do(table, "slot_above", "slot_above")
    assert (table.materials.slot, contents(table, desk, above)[-1]) == (above, page(0))
    do(table, "undo", "undo", "undo")
    assert table.materials.slot == SLOT
    assert contents(table, desk) == [page(0), page(1), page(2)]
    assert contents(table, desk, below) == there


def test_the_first_material_has_none_above_it(table: Table) -> None:
    table.materials.choose(table.case.slots[0].material.key)
    assert "slot_above" not in table.pages._verbs.possible
    before = table.case.slots[0].pages
    table.pages.hand_on(-1)
    table.quiet()
    assert table.case.slots[0].pages == before


def test_acts_of_several_kinds_are_undone_in_turn(table: Table, desk: Desk) -> None:
    """Each undone page is another row; what was done with it before is undone all the same."""
    do(table, "page_later", "rotate", "slot_below", "delete_page")
    assert contents(table, desk) == [page(1), page(2)]
    do(table, "undo", "undo", "undo", "undo")
    assert contents(table, desk) == [page(0), page(1), page(2)]
    assert not table.pages._acts.can_undo


def test_a_page_that_was_scanned_again_comes_back(table: Table, desk: Desk) -> None:
    do(table, "replace_page")
    assert contents(table, desk)[1:] == [page(1), page(2)]
    assert contents(table, desk)[0] != page(0)
    do(table, "undo")
    assert contents(table, desk) == [page(0), page(1), page(2)]


def test_a_scan_that_brought_nothing_is_not_undone(qtbot: QtBot, seat: Seat, desk: Desk, tmp_path: Path) -> None:
    with pages_of(qtbot, seat, desk, tmp_path, 0) as table:
        do(table, "replace_page")
        assert table.seat.notices.text
        assert contents(table, desk) == [page(0), page(1), page(2)]
        assert not table.pages._acts.can_undo


def test_what_comes_meanwhile_is_no_scan_in_a_page_s_place(table: Table, desk: Desk) -> None:
    slot, first = table.slot(SLOT), table.slot(SLOT).pages[0]
    table.pages._acts.replace_asked.disconnect()
    table.pages._acts.replace(slot, first)
    table.quiet()
    desk.attach(table.case.case_id, SLOT, 9)
    table.load(table.case.case_id)
    assert not table.pages._acts.can_undo
    table.pages._acts.replace(table.slot(SLOT), first)
    table.quiet()
    table.pages._choose(0)
    do(table, "delete_page")
    do(table, "undo")
    assert not table.pages._acts.can_undo, "deleted, not scanned again"


def test_another_case_forgets(table: Table, desk: Desk) -> None:
    do(table, "page_later")
    table.load(desk.draft(FOOD))
    assert not table.pages._acts.can_undo
    table.pages.undo()
    assert table.seat.tasks.underway == 0


def kept(_paging: Paging, _case: int, _by: Staff, page_id: int) -> tuple[int, ...]:
    return (page_id,)


def test_the_oldest_acts_are_forgotten() -> None:
    undoing = Undoing()
    for number in range(UNDOABLE + 3):
        undoing.push(Undo(1, number, (number,), SLOT, 0, kept))
    assert len(undoing) == UNDOABLE
    last = undoing.pop()
    assert last is not None
    assert last.page_id == UNDOABLE + 2


def test_what_was_done_with_a_page_before_knows_it_under_its_new_id() -> None:
    undoing = Undoing()
    undoing.push(Undo(1, 5, (5,), SLOT, 0, kept))
    undoing.push(Undo(1, 4, (4,), SLOT, 1, kept))
    cut = Undo(1, 6, (5,), SLOT, 0, kept)
    undoing.undone(cut, (7,))
    found = [undoing.pop(), undoing.pop()]
    assert [each.page_id for each in found if each is not None] == [4, 7]
    assert undoing.pop() is None


def copied(table: Table) -> str:
    """A material that is wanted as a copy."""
    return next(slot.material.key for slot in table.case.slots if slot.material.copies_photocopy)


def test_what_a_copy_is_for_is_written_across_it_once(table: Table, desk: Desk) -> None:
    assert table.pages._verbs.possible.isdisjoint({"purpose", "two_sides"}), "originals are not written upon"
    slot = copied(table)
    desk.drafting.attach(table.case.case_id, CLERK, slot, "1.jpg", JPEG)
    table.load(table.case.case_id)
    table.materials.choose(slot)
    table.pages._choose(len(table.slot(slot).pages) - 1)
    table.quiet()
    assert "two_sides" not in table.pages._verbs.possible, "nothing comes behind it"
    do(table, "purpose")
    assert table.pages._looks.text() == "已注明用途"
    assert "purpose" not in table.pages._verbs.possible
    do(table, "undo")
    assert contents(table, desk, slot)[-1] == JPEG


def test_both_sides_go_on_one_page_and_are_parted_again(table: Table, desk: Desk) -> None:
    slot = copied(table)
    for name in ("1.jpg", "2.jpg"):
        desk.drafting.attach(table.case.case_id, CLERK, slot, name, JPEG)
    table.load(table.case.case_id)
    table.materials.choose(slot)
    count = len(table.slot(slot).pages)
    table.pages._choose(count - 1)
    table.quiet()
    do(table, "rotate")
    table.pages._choose(count - 2)
    table.quiet()
    do(table, "two_sides")
    assert len(table.slot(slot).pages) == count - 1
    do(table, "undo", "undo")
    assert contents(table, desk, slot)[-2:] == [JPEG, JPEG]
    assert not table.pages._acts.can_undo
