"""A page cut by hand in its column, in a frame moved by arrows or the mouse; and turned by a key."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from client.desk.sheet import page_content
from client.ports.pages import WHOLE, Part
from tests.desk.counter import CLERK, FOOD, Desk, sample
from tests.devices.drawn import jpeg, page
from tests.ui.table import Table, click, laid
from ui.clerk.intake.frame import LEAST, STEP, TrimFrame, moved
from ui.clerk.intake.zoom import FULL_WIDTH, rect_of
from ui.seat import Seat

SLOT = "premises"
CONTENT = jpeg(page(lines=12).resize((620, 877), Image.Resampling.LANCZOS))
SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
NOTHING, LEFT = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton


@pytest.fixture
def table(qtbot: QtBot, seat: Seat, desk: Desk, tmp_path: Path) -> Iterator[Table]:
    """The keyboard is at two pages, the first is in sight."""
    with laid(qtbot, seat, None, tmp_path / "told.jsonl") as found:
        case_id = desk.draft(FOOD, without=(SLOT,))
        for number in range(2):
            desk.drafting.attach(case_id, CLERK, SLOT, f"{number}.jpg", CONTENT)
        found.load(case_id)
        found.materials.choose(SLOT)
        found.press("to_pages", found.form)
        found.quiet()
        yield found


@pytest.fixture
def laid_on(table: Table) -> TrimFrame:
    """It lies over the first page."""
    table.press("trim")
    frame = table.pages._trimming.frame
    assert frame.isVisible()
    assert frame.hasFocus()
    return frame


def size(table: Table, desk: Desk, place: int = 0) -> tuple[int, int]:
    content = page_content(desk.counter, table.slot(SLOT).pages[place].page_id)
    return Image.open(BytesIO(content)).size


def test_all_of_the_page_is_in_sight_and_only_the_frame_s_keys_are_told(table: Table, laid_on: TrimFrame) -> None:
    assert table.pages._preview.zoom.in_sight == WHOLE
    assert table.pages._trimming.hint.isVisible()
    assert not table.pages._verbs.isVisible()
    table.press("delete_page")
    table.quiet()
    assert len(table.slot(SLOT).pages) == 2, "no key of the column is heard meanwhile"
    assert laid_on.part == WHOLE


@pytest.mark.parametrize(
    ("key", "inwards", "outwards"),
    [
        (Qt.Key.Key_Right, Part(STEP, 0, 1, 1), Part(0.2, 0.2, 0.8 + STEP, 0.8)),
        (Qt.Key.Key_Left, Part(0, 0, 1 - STEP, 1), Part(0.2 - STEP, 0.2, 0.8, 0.8)),
        (Qt.Key.Key_Down, Part(0, STEP, 1, 1), Part(0.2, 0.2, 0.8, 0.8 + STEP)),
        (Qt.Key.Key_Up, Part(0, 0, 1, 1 - STEP), Part(0.2, 0.2 - STEP, 0.8, 0.8)),
    ],
)
def test_an_arrow_moves_an_edge_its_way(laid_on: TrimFrame, key: Qt.Key, inwards: Part, outwards: Part) -> None:
    click(laid_on, key)
    assert laid_on.part == inwards
    click(laid_on, key, SHIFT | CONTROL)
    laid_on.part = Part(0.2, 0.2, 0.8, 0.8)
    click(laid_on, key, SHIFT)
    assert laid_on.part == outwards


def test_with_ctrl_an_edge_moves_a_little(laid_on: TrimFrame) -> None:
    click(laid_on, Qt.Key.Key_Down, CONTROL)
    click(laid_on, Qt.Key.Key_Right, CONTROL)  # in the column it moves the page among the others
    assert 0 < laid_on.part.top == laid_on.part.left < STEP


def test_enter_cuts_the_page_and_undo_brings_it_back(table: Table, desk: Desk, laid_on: TrimFrame) -> None:
    for _ in range(25):
        click(laid_on, Qt.Key.Key_Down)
        click(laid_on, Qt.Key.Key_Left)
    click(laid_on, Qt.Key.Key_Return)
    assert not laid_on.isVisible()
    assert table.pages._thumbnails.hasFocus()
    table.quiet()
    assert size(table, desk) == (round(620 * 0.75), 877 - round(877 * 0.25))
    assert table.pages._looks.text() == "已裁边"
    assert table.pages._preview.zoom.scale == FULL_WIDTH
    table.press("undo")
    table.quiet()
    assert page_content(desk.counter, table.slot(SLOT).pages[0].page_id) == CONTENT
    assert table.pages._looks.text() == ""


def test_the_original_can_be_taken_instead_and_that_undone(table: Table, desk: Desk, laid_on: TrimFrame) -> None:
    click(laid_on, Qt.Key.Key_Up)
    click(laid_on, Qt.Key.Key_Return)
    table.quiet()
    cut = size(table, desk)
    table.press("take_original")
    table.quiet()
    assert page_content(desk.counter, table.slot(SLOT).pages[0].page_id) == CONTENT
    table.press("undo")
    table.quiet()
    assert size(table, desk) == cut
    table.press("undo")
    table.quiet()
    assert page_content(desk.counter, table.slot(SLOT).pages[0].page_id) == CONTENT
    assert not table.pages._acts.can_undo


def test_esc_leaves_the_page_as_it_is(table: Table, desk: Desk, laid_on: TrimFrame) -> None:
    click(laid_on, Qt.Key.Key_Down)
    click(laid_on, Qt.Key.Key_Escape)
    table.quiet()
    assert not laid_on.isVisible()
    assert table.pages._thumbnails.hasFocus()
    assert table.pages._verbs.isVisible()
    assert table.pages._preview.zoom.scale == FULL_WIDTH
    assert page_content(desk.counter, table.slot(SLOT).pages[0].page_id) == CONTENT


def test_enter_around_all_of_the_page_cuts_nothing(table: Table, laid_on: TrimFrame) -> None:
    before = table.slot(SLOT).pages
    click(laid_on, Qt.Key.Key_Return)
    table.quiet()
    assert table.slot(SLOT).pages == before


def test_whoever_goes_elsewhere_leaves_the_frame(table: Table, laid_on: TrimFrame) -> None:
    table.form.setFocus()
    assert not laid_on.isVisible()
    assert table.form.hasFocus()
    table.press("to_pages")
    table.press("trim")
    table.pages._choose(1)
    assert not laid_on.isVisible(), "it was around another page"


def test_the_mouse_takes_hold_of_edges_and_corners(table: Table, laid_on: TrimFrame) -> None:
    page_at = table.pages._preview.zoom.where
    drag(laid_on, QPointF(page_at.center().x(), page_at.top() + 2), QPointF(page_at.center().x(), page_at.center().y()))
    assert laid_on.part.top == pytest.approx(0.5, abs=0.02)
    assert (laid_on.part.left, laid_on.part.right, laid_on.part.bottom) == (0.0, 1.0, 1.0)
    corner = rect_of(laid_on.part, page_at).topLeft() + QPointF(3, 3)
    QTest.mouseMove(laid_on, corner.toPoint())
    assert laid_on.cursor().shape() is Qt.CursorShape.SizeFDiagCursor
    drag(laid_on, corner, page_at.bottomRight())
    assert laid_on.part.left == pytest.approx(1 - LEAST)
    assert laid_on.part.top == pytest.approx(1 - LEAST)
    before = laid_on.part
    drag(laid_on, page_at.center() - QPointF(20, 20), page_at.topLeft())
    assert laid_on.part == before, "nothing was near"


def drag(frame: TrimFrame, start: QPointF, end: QPointF) -> None:
    QTest.mousePress(frame, LEFT, NOTHING, start.toPoint())
    QTest.mouseMove(frame, QRectF(start, end).center().toPoint())
    QTest.mouseMove(frame, end.toPoint())
    QTest.mouseRelease(frame, LEFT, NOTHING, end.toPoint())


def test_what_is_cut_off_is_darker(table: Table, laid_on: TrimFrame) -> None:
    laid_on.part = Part(0.0, 0.0, 1.0, 0.5)
    page_at = table.pages._preview.zoom.where.toRect()
    shot = table.pages._preview.viewport().grab().toImage()
    kept = shot.pixelColor(page_at.center() - QPoint(page_at.width() // 2 - 12, page_at.height() // 4)).lightness()
    gone = shot.pixelColor(page_at.center() + QPoint(0, page_at.height() // 4)).lightness()
    assert gone < kept - 50


def test_a_page_is_turned_by_a_key_and_back_by_another(table: Table, desk: Desk) -> None:
    table.press("rotate")
    table.quiet()
    assert size(table, desk) == (877, 620)
    assert table.pages._looks.text() == "已旋转90°"
    assert (table.pages._number.text(), size(table, desk, 1)) == ("第 1 页", (620, 877))
    table.press("rotate")
    table.quiet()
    assert table.pages._looks.text() == "已旋转180°"
    for _ in range(2):
        table.press("undo")
        table.quiet()
    assert page_content(desk.counter, table.slot(SLOT).pages[0].page_id) == CONTENT


def test_an_electronic_file_is_neither_cut_nor_turned(table: Table, desk: Desk) -> None:
    desk.drafting.attach(table.case.case_id, CLERK, SLOT, "册.pdf", sample("multipage.pdf"))
    table.load(table.case.case_id)
    table.pages._choose(2)
    assert table.pages._verbs.possible.isdisjoint({"trim", "rotate"})
    table.pages.trim()
    table.pages.rotate()
    assert not table.pages._trimming.is_on
    QApplication.processEvents()
    assert len(table.slot(SLOT).pages) == 3


@pytest.mark.parametrize("edge", ["left", "top", "right", "bottom"])
@pytest.mark.parametrize("to", [-1.0, 0.0, 0.5, 1.0, 2.0])
def test_an_edge_stays_on_the_page_and_on_its_side(edge: str, to: float) -> None:
    part = moved(Part(0.3, 0.3, 0.7, 0.7), edge, to)
    assert 0 <= part.left <= part.right - LEAST + 1e-9 <= 1
    assert 0 <= part.top <= part.bottom - LEAST + 1e-9 <= 1


def test_the_frame_stays_as_large_as_the_view(table: Table, laid_on: TrimFrame) -> None:
    table.window.resize(1290, 480)
    QApplication.processEvents()
    assert laid_on.size() == table.pages._preview.viewport().size()
    assert table.pages._preview.zoom.in_sight == WHOLE
    click(laid_on, Qt.Key.Key_Escape)
    table.press("trim")
    assert laid_on.size() == table.pages._preview.viewport().size()
