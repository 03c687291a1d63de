"""The pages of a material: looked at, deleted and put back, moved, scanned again; also very many of them."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from client.desk.sheet import PageSheet
from client.ports.pages import WHOLE, Part, Picture
from devices.pages.painter import Painter
from tests.desk.counter import CLERK, FOOD, Desk, page, sample
from tests.ui.table import Heartbeat, Table, click, laid, scanner
from ui.clerk.intake.pictures import Pictures, Wish
from ui.clerk.intake.thumbnails import REMEMBERED, Thumbnails
from ui.seat import Seat
from ui.widgets.keys import KeyButton

SLOT = "premises"


@pytest.fixture
def table(qtbot: QtBot, seat: Seat, tmp_path: Path) -> Iterator[Table]:
    with laid(qtbot, seat, scanner(1), tmp_path / "told.jsonl") as found:
        yield found


def with_pages(table: Table, desk: Desk, count: int) -> list[int]:
    """A case with so many pages in one material, which is looked at."""
    case_id = desk.draft(FOOD, without=(SLOT,))
    made = [desk.attach(case_id, SLOT, serial) for serial in range(1, count + 1)]
    table.load(case_id)
    table.materials.choose(SLOT)
    table.press("to_pages", table.form)
    table.quiet()
    return made


def ids(table: Table) -> list[int]:
    return [each.page_id for each in table.slot(SLOT).pages]


def buttons(table: Table) -> set[str]:
    """The acts that can be pressed."""
    verbs = table.pages._verbs
    shown = {act for acts, button in verbs.buttons.items() if button.isVisible() for act in acts}
    assert verbs.possible <= shown
    return set(verbs.possible)


def test_a_material_without_pages_says_how_to_get_them(table: Table, desk: Desk) -> None:
    with_pages(table, desk, 0)
    assert "按 F4 扫描" in table.pages._empty.text()
    assert buttons(table) == set()
    table.pages.delete()
    table.pages.replace()
    table.pages.leaf(1)
    table.pages.undo()
    assert table.seat.tasks.underway == 0


def test_arrows_choose_the_page_that_is_shown_large(table: Table, desk: Desk) -> None:
    made = with_pages(table, desk, 3)
    assert table.pages._thumbnails.hasFocus()
    assert (table.pages.page, table.pages._number.text()) == (table.slot(SLOT).pages[0], "第 1 页")
    click(table.pages._thumbnails, Qt.Key.Key_Right)
    table.quiet()
    page_now = table.pages.page
    assert page_now is not None
    assert (page_now.page_id, table.pages._number.text()) == (made[1], "第 2 页")
    preview = table.pages._preview
    assert preview.image.width() == round(preview.viewport().width() * preview.devicePixelRatioF())
    view = table.pages._thumbnails
    assert all(view.picture(each) is not None for each in table.slot(SLOT).pages)
    assert table.pages._thumbnails.pages.index(1).data() == "第 2 页"


def test_one_key_leads_to_the_pages_and_back(table: Table, desk: Desk) -> None:
    with_pages(table, desk, 1)
    table.press("to_pages")
    assert table.form.hasFocus()


def test_a_deleted_page_is_put_back_where_it_was(table: Table, desk: Desk) -> None:
    made = with_pages(table, desk, 3)
    click(table.pages._thumbnails, Qt.Key.Key_Right)
    table.press("delete_page")
    table.quiet()
    assert ids(table) == [made[0], made[2]]
    assert table.pages.page == table.slot(SLOT).pages[1], "the next one stands in its place"
    table.press("undo")
    table.quiet()
    after = ids(table)
    assert (after[0], after[2], len(after)) == (made[0], made[2], 3)
    assert table.pages.page is not None
    assert (table.pages.page.page_id, table.pages.page.size) == (after[1], len(page(2)))
    assert "undo" not in buttons(table)


def test_the_last_page_can_go_and_come_back_too(table: Table, desk: Desk) -> None:
    with_pages(table, desk, 1)
    table.press("delete_page")
    table.quiet()
    assert table.slot(SLOT).wanting == "缺"
    table.press("undo")
    table.quiet()
    assert len(ids(table)) == 1


def test_what_cannot_be_put_back_can_be_tried_again(table: Table, desk: Desk) -> None:
    with_pages(table, desk, 2)
    table.press("delete_page")
    table.quiet()
    desk.intake.accept(table.case.case_id, CLERK)
    table.pages.undo()
    table.quiet()
    assert "内容不能再改" in table.seat.notices.text
    assert table.pages._acts.can_undo


def test_what_was_deleted_of_another_case_is_not_put_back_here(table: Table, desk: Desk) -> None:
    with_pages(table, desk, 2)
    table.press("delete_page")
    table.quiet()
    table.load(desk.draft(FOOD))
    table.pages.undo()
    assert table.seat.tasks.underway == 0


def test_del_in_the_form_deletes_no_page(table: Table, desk: Desk) -> None:
    made = with_pages(table, desk, 2)
    table.form.setFocus()
    table.press("delete_page")
    table.press("undo")
    table.quiet()
    assert ids(table) == made


def test_pages_are_moved_earlier_and_later(table: Table, desk: Desk) -> None:
    one, two, three = with_pages(table, desk, 3)
    assert {"page_earlier", "page_later"} & buttons(table) == {"page_later"}
    table.press("page_later")
    table.quiet()
    assert ids(table) == [two, one, three]
    assert table.pages._number.text() == "第 2 页"
    table.press("page_earlier")
    table.quiet()
    table.press("page_earlier")
    table.quiet()
    assert ids(table) == [one, two, three]


def test_a_page_is_scanned_again(table: Table, desk: Desk) -> None:
    one, two = with_pages(table, desk, 2)
    table.press("replace_page")
    table.quiet()
    assert ids(table)[1] == two
    assert ids(table)[0] != one
    assert len(ids(table)) == 2


def test_a_file_of_several_sheets_is_paged_through(table: Table, desk: Desk) -> None:
    case_id = desk.draft(FOOD, without=(SLOT,))
    desk.drafting.attach(case_id, CLERK, SLOT, "册.pdf", sample("multipage.pdf"))
    table.load(case_id)
    table.materials.choose(SLOT)
    (only,) = table.slot(SLOT).pages
    table.press("to_pages", table.form)
    assert table.pages._number.text() == f"第 1 页 · 1 / {only.sheets} 张"
    assert table.pages._thumbnails.pages.index(0).data() == f"第 1 页（{only.sheets} 张）"
    table.quiet()
    first = table.pages._preview.image.copy()
    table.press("sheet_after")
    table.quiet()
    assert table.pages._number.text() == f"第 1 页 · 2 / {only.sheets} 张"
    assert table.pages._preview.image != first
    table.press("sheet_before")
    table.press("sheet_before")
    assert table.pages._number.text() == f"第 1 页 · 1 / {only.sheets} 张"


def test_the_newest_page_is_looked_at_as_it_comes_unless_one_is_busy_there(table: Table, desk: Desk) -> None:
    with_pages(table, desk, 1)
    desk.attach(table.case.case_id, SLOT, 8)
    table.load(table.case.case_id)
    assert table.pages._number.text() == "第 1 页"
    table.form.setFocus()
    desk.attach(table.case.case_id, SLOT, 9)
    table.load(table.case.case_id)
    assert table.pages._number.text() == "第 3 页"


def test_a_closed_case_is_only_looked_at(table: Table, desk: Desk) -> None:
    with_pages(table, desk, 2)
    desk.intake.accept(table.case.case_id, CLERK)
    table.load(table.case.case_id)
    assert buttons(table) == {"to_pages", "zoom_in"}


def test_a_page_that_cannot_be_drawn_says_so(table: Table, desk: Desk) -> None:
    with_pages(table, desk, 1)
    for file in (desk.profile.files).rglob("*"):
        if file.is_file():
            file.write_bytes(b"")
    desk.attach(table.case.case_id, SLOT, 2)  # a whole file again, of another page
    preview = table.pages._preview
    (only,) = table.slot(SLOT).pages
    preview.show_page(None)
    preview.show_page(only)
    table.quiet()
    assert preview.image.isNull()
    assert preview._words


def test_slow_pages_say_that_they_come_and_stale_ones_are_dropped(
    qtbot: QtBot, seat: Seat, desk: Desk, tmp_path: Path
) -> None:
    gate, drawn = threading.Event(), list[int]()

    def slowly(content: bytes, media_type: str, width: int, height: int, sheet: int = 0, part: Part = WHOLE) -> Picture:
        drawn.append(width)
        gate.wait(10)
        return Painter()(content, media_type, width, height, sheet, part)

    with laid(qtbot, seat, None, tmp_path / "told.jsonl") as table:
        slow = replace(table.seat, hands=replace(table.seat.hands, paint=slowly))
        pictures = Pictures(slow, 2, table.window)
        case_id = desk.draft(FOOD, without=(SLOT,))
        for serial in range(5):
            desk.attach(case_id, SLOT, serial)
        table.load(case_id)
        pages = table.slot(SLOT).pages
        came: list[Wish] = []
        pictures.drawn.connect(lambda wish, _image: came.append(wish))
        wishes = [Wish(each, 0, 40, 40) for each in pages]
        for wish in [*wishes, wishes[-1], wishes[-2]]:
            pictures.want(wish)
        gate.set()
        table.quiet()
        assert came == [wishes[0], wishes[3], wishes[4]], "the one under way, then the newest two, the last wish first"
        table.pages._preview._say_so()
        assert table.pages._preview._words == "正在显示"
        table.pages._preview.repaint()


def test_of_two_hundred_pages_only_those_in_sight_are_decoded(table: Table, desk: Desk) -> None:
    case_id = desk.draft(FOOD, without=(SLOT,))
    first = desk.attach(case_id, SLOT, 1)
    many = [PageSheet(first, number, "页.jpg", "image/jpeg", 1, 1) for number in range(1, 201)]
    view = Thumbnails(table.seat)
    table.qtbot.addWidget(view)
    view.resize(QSize(280, 300))
    view.show_pages([replace(each, page_id=1000 + each.ordinal) for each in many], 0)
    asked: list[Wish] = []
    view._pictures.want = asked.append  # type: ignore[method-assign, assignment] # what is decoded is of no interest here
    view.show()
    table.qtbot.waitUntil(lambda: len(asked) > 0)
    assert 0 < len({wish.page.ordinal for wish in asked}) < 30
    for wish in [Wish(replace(each, page_id=2000 + each.ordinal), 0, 9, 9) for each in many]:
        view._remember(wish, QImage(9, 9, QImage.Format.Format_RGB32))
    assert view.remembered == REMEMBERED


def test_five_hundred_pages_hold_nobody_up(table: Table, desk: Desk) -> None:
    """Seconds of the screen's own work between two beats; of pages that nobody looks at nothing is drawn."""
    case_id = desk.draft(FOOD, without=(SLOT,))
    first = desk.attach(case_id, SLOT, 1)
    many = tuple(PageSheet(first + number, number, "页.jpg", "image/jpeg", 1, 1) for number in range(1, 501))
    view = table.pages._thumbnails
    view.show()
    beat = Heartbeat()
    table.qtbot.wait_until(lambda: beat.beats > 2)
    beat.busiest = 0.0
    view.show_pages(many, 0)
    view.show_pages((*many[1:], many[0]), 499)
    table.qtbot.wait(50)
    assert beat.busiest < 0.05
    beat._timer.stop()


def test_a_long_page_is_scrolled(table: Table, desk: Desk) -> None:
    with_pages(table, desk, 1)
    preview = table.pages._preview
    preview._put(QImage(100, 900, QImage.Format.Format_RGB32), "")
    assert preview.verticalScrollBar().maximum() > 0
    click(preview, Qt.Key.Key_Down)
    assert preview.verticalScrollBar().value() > 0
    table.window.resize(1100, 560)
    QApplication.processEvents()
    table.qtbot.wait(200)
    table.quiet()
    preview._ask()
    table.quiet()


def test_every_button_of_the_column_can_be_heard(table: Table, desk: Desk) -> None:
    with_pages(table, desk, 2)
    for button in table.pages.findChildren(KeyButton):
        assert button.accessibleName()
        assert button.accessibleDescription()
