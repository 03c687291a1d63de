"""Pages taken by the mouse: put between others, and given to another material."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.desk.counter import CLERK, FOOD, Desk
from tests.ui.table import Table, click, laid
from ui.clerk.intake.page_drag import PageDrag
from ui.clerk.intake.thumbnails import CELL, Thumbnails
from ui.seat import Seat

SLOT = "premises"
NOTHING, LEFT = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton


@pytest.fixture
def table(qtbot: QtBot, seat: Seat, desk: Desk, tmp_path: Path) -> Iterator[Table]:
    """Five pages in a material, in lines of three."""
    with laid(qtbot, seat, None, tmp_path / "told.jsonl") as found:
        case_id = desk.draft(FOOD, without=(SLOT,))
        for serial in range(5):
            desk.attach(case_id, SLOT, serial)
        found.load(case_id)
        found.materials.choose(SLOT)
        found.quiet()
        view = thumbnails(found)
        view.setFixedSize(3 * CELL.width() + 20, 3 * CELL.height())
        QApplication.processEvents()
        yield found


def thumbnails(table: Table) -> Thumbnails:
    return table.pages._thumbnails


def drag(table: Table) -> PageDrag:
    return thumbnails(table).drag


def ids(table: Table, slot: str = SLOT) -> list[int]:
    return [each.page_id for each in table.slot(slot).pages]


def middle(table: Table, place: int) -> QPoint:
    view = thumbnails(table)
    return view.visualRect(view.pages.index(place)).center()


def take(table: Table, place: int, *through: QPoint) -> None:
    """Take hold of a page and carry it to the last of these, still held."""
    view = thumbnails(table).viewport()
    QTest.mousePress(view, LEFT, NOTHING, middle(table, place))
    for at in through:
        QTest.mouseMove(view, at)


def drop(table: Table, at: QPoint) -> None:
    QTest.mouseRelease(thumbnails(table).viewport(), LEFT, NOTHING, at)
    table.quiet()


def outside(table: Table, slot: str) -> QPoint:
    """The middle of that material's row, as the view of pages sees it."""
    rows = table.materials.list
    at = rows.visualRect(rows.rows.index(rows.rows.place_of(slot))).center()
    return thumbnails(table).viewport().mapFromGlobal(rows.viewport().mapToGlobal(at))


@pytest.mark.parametrize(
    ("which", "before", "order"),
    [(0, 2, [1, 0, 2, 3, 4]), (4, 0, [4, 0, 1, 2, 3]), (1, 4, [0, 2, 3, 1, 4]), (3, 2, [0, 1, 3, 2, 4])],
)
def test_a_page_is_put_before_another(table: Table, which: int, before: int, order: list[int]) -> None:
    start = ids(table)
    at = middle(table, before) - QPoint(CELL.width() // 3, 0)
    take(table, which, at)
    assert drag(table)._bar.isVisible()
    assert drag(table)._bar.geometry().contains(QPoint(middle(table, before).x() - CELL.width() // 2 + 1, at.y()))
    drop(table, at)
    assert ids(table) == [start[each] for each in order]
    assert table.pages.page is not None
    assert table.pages.page.page_id == start[which], "it stays the chosen one"
    assert not drag(table)._bar.isVisible()


def test_behind_the_last_is_the_end(table: Table) -> None:
    start = ids(table)
    corner = QPoint(3 * CELL.width() - 4, 3 * CELL.height() - 4)
    take(table, 1, corner)
    drop(table, corner)
    assert ids(table) == [start[0], *start[2:], start[1]]
    table.press("to_pages", table.form)
    table.press("undo")
    table.quiet()
    assert ids(table) == start


def test_a_page_is_given_to_another_material(table: Table) -> None:
    start, other = ids(table), table.case.slots[0].material.key
    there = ids(table, other)
    take(table, 2, outside(table, other))
    assert table.materials.list._offered == other
    assert not drag(table)._bar.isVisible()
    table.materials.list.repaint()
    drop(table, outside(table, other))
    assert table.materials.list._offered == ""
    assert ids(table) == [start[0], start[1], start[3], start[4]]
    assert ids(table, other) == [*there, start[2]]
    assert table.materials.slot == SLOT, "whoever sorts a pile stays at the pile"


def test_what_is_dropped_nowhere_stays(table: Table) -> None:
    start = ids(table)
    for end in (outside(table, SLOT), QPoint(-2000, 40), middle(table, 1) + QPoint(5, 0)):
        take(table, 1, QPoint(5, 5), end)
        drop(table, end)
    assert ids(table) == start


def test_a_click_only_chooses(table: Table) -> None:
    start = ids(table)
    take(table, 3, middle(table, 3) + QPoint(2, 1))
    drop(table, middle(table, 3))
    assert ids(table) == start
    assert table.pages._number.text() == "第 4 页"
    take(table, 0)
    drop(table, middle(table, 0))
    QTest.mouseMove(thumbnails(table).viewport(), middle(table, 3))
    assert table.pages._number.text() == "第 1 页"


def test_esc_lets_go(table: Table) -> None:
    start = ids(table)
    take(table, 0, middle(table, 4))
    thumbnails(table).setFocus()
    click(thumbnails(table), Qt.Key.Key_Escape)
    assert not drag(table).is_on
    drop(table, middle(table, 4))
    assert ids(table) == start


def test_at_an_edge_the_pages_beyond_come_in_sight(table: Table) -> None:
    view = thumbnails(table)
    view.setFixedHeight(CELL.height())
    QApplication.processEvents()
    bar = view.verticalScrollBar()
    bar.setValue(0)
    take(table, 0, QPoint(40, CELL.height() - 3))
    table.qtbot.wait_until(lambda: bar.value() == bar.maximum())
    QTest.mouseMove(view.viewport(), QPoint(40, 2))
    table.qtbot.wait_until(lambda: bar.value() == 0)
    drop(table, QPoint(-2000, 0))


def test_the_pages_of_a_closed_case_stay_where_they_are(table: Table, desk: Desk) -> None:
    desk.intake.accept(table.case.case_id, CLERK)
    table.load(table.case.case_id)
    start = ids(table)
    take(table, 0, middle(table, 4))
    assert not drag(table).is_on
    drop(table, middle(table, 4))
    assert ids(table) == start
