"""A page larger than its view: by keys, wheel and hand; drawn where it is in sight and nowhere else."""

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from PySide6.QtCore import QPoint, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from client.ports.pages import WHOLE, Part, Picture
from devices.pages.painter import Painter
from tests.desk.counter import CLERK, FOOD, Desk
from tests.ui.table import Table, click, laid
from ui.clerk.intake.preview import Preview
from ui.clerk.intake.zoom import FULL_WIDTH, STEPS, Zoom, rect_of
from ui.seat import Seat

SLOT = "premises"
CONTROL, NOTHING = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier
RED, BLUE, WHITE = (255, 0, 0), (0, 0, 255), (255, 255, 255)


def quarters(width: int = 1240, height: int = 1754) -> bytes:
    """A page of white paper, red in its first quarter and blue in its last."""
    image = Image.new("RGB", (width, height), "white")
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, width // 2, height // 2), fill="red")
    pen.rectangle((width // 2, height // 2, width, height), fill="blue")
    file = BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


class Asked:
    """A painter that remembers what it was asked for."""

    def __init__(self) -> None:
        self.green = False  # parts are: who sees green sees what was drawn for the place he looks at
        self.parts: list[Part] = []
        self.sizes: list[tuple[int, int]] = []

    def __call__(
        self, content: bytes, media_type: str, width: int, height: int, sheet: int = 0, part: Part = WHOLE
    ) -> Picture:
        picture = Painter()(content, media_type, width, height, sheet, part)
        if self.green and part != WHOLE:
            picture = replace(picture, pixels=bytes((0, 255, 0, 255)) * (picture.width * picture.height))
        self.parts.append(part)
        self.sizes.append((picture.width, picture.height))
        return picture


@pytest.fixture
def asked() -> Asked:
    return Asked()


@pytest.fixture
def table(qtbot: QtBot, seat: Seat, desk: Desk, tmp_path: Path, asked: Asked) -> Iterator[Table]:
    """The keyboard is at two pages, the first is in sight."""
    with laid(qtbot, seat, None, tmp_path / "told.jsonl", paint=asked) as found:
        case_id = desk.draft(FOOD, without=(SLOT,))
        for number in range(2):
            desk.drafting.attach(case_id, CLERK, SLOT, f"{number}.png", quarters())
        found.load(case_id)
        found.materials.choose(SLOT)
        found.press("to_pages", found.form)
        settled(found)
        yield found


def settled(table: Table) -> None:
    """Until the page is drawn as it stands."""
    QApplication.processEvents()
    table.qtbot.wait_until(lambda: not preview(table)._settle.isActive())
    table.quiet()
    table.qtbot.wait_until(lambda: not preview(table)._settle.isActive())
    table.quiet()


def preview(table: Table) -> Preview:
    return table.pages._preview


def plus(table: Table, key: Qt.Key = Qt.Key.Key_Plus) -> None:
    click(QApplication.focusWidget() or table.window, key, CONTROL)


def colour_at(table: Table, x: float, y: float) -> tuple[int, ...]:
    """Of the screen, at that share of the view."""
    view = preview(table).viewport()
    pixel = view.grab().toImage().pixelColor(round(view.width() * x), round(view.height() * y))
    return pixel.red(), pixel.green(), pixel.blue()


def test_keys_make_the_page_larger_and_smaller_and_as_wide_as_the_view(table: Table) -> None:
    assert preview(table).zoom.scale == FULL_WIDTH
    plus(table)
    plus(table, Qt.Key.Key_Equal)
    assert preview(table).zoom.scale == STEPS[1]
    table.press("zoom_out")
    assert preview(table).zoom.scale == STEPS[0]
    table.press("fit_width")
    assert preview(table).zoom.scale == FULL_WIDTH
    for _ in range(20):
        plus(table)
    assert preview(table).zoom.scale == STEPS[-1]
    for _ in range(20):
        table.press("zoom_out")
    assert preview(table).zoom.scale == preview(table).zoom.whole < FULL_WIDTH


def test_the_middle_stays_in_the_middle(table: Table) -> None:
    before = preview(table).zoom.in_sight
    plus(table)
    after = preview(table).zoom.in_sight
    assert (after.left + after.right) / 2 == pytest.approx((before.left + before.right) / 2, abs=0.01)
    assert (after.top + after.bottom) / 2 == pytest.approx((before.top + before.bottom) / 2, abs=0.04), (
        "but for the bar"
    )
    assert (after.width, after.height) < (before.width, before.height)


def test_only_what_is_in_sight_is_drawn_and_no_larger_than_the_view(table: Table, asked: Asked) -> None:
    for _ in STEPS:
        plus(table)
    settled(table)
    view = preview(table).viewport()
    assert asked.parts[-1] != WHOLE
    assert asked.parts[-1].width == pytest.approx(1 / STEPS[-1], abs=0.01)
    assert preview(table).detail.width() <= view.width()
    assert preview(table).detail.height() <= view.height()
    assert asked.sizes[-1] == (preview(table).detail.width(), preview(table).detail.height())


def test_arrows_move_the_page_and_choose_pages_again_when_it_fits(table: Table) -> None:
    plus(table)
    assert preview(table).hasFocus()
    start = preview(table).zoom.in_sight
    click(preview(table), Qt.Key.Key_Right)
    click(preview(table), Qt.Key.Key_Down)
    assert preview(table).zoom.in_sight.left > start.left
    assert preview(table).zoom.in_sight.top > start.top
    assert table.pages._number.text() == "第 1 页"
    table.press("fit_width")
    assert table.pages._thumbnails.hasFocus()
    click(table.pages._thumbnails, Qt.Key.Key_Right)
    assert table.pages._number.text() == "第 2 页"


def test_the_wheel_keeps_what_is_under_it(table: Table) -> None:
    view = preview(table).viewport()
    at = QPointF(view.width() * 0.9, view.height() * 0.8)
    zoom = preview(table).zoom
    share = (zoom.at.x() + at.x()) / zoom.page.width()
    for _ in range(3):
        wheel(table, at, 120)
    zoom = preview(table).zoom
    assert zoom.scale == STEPS[2]
    assert (zoom.at.x() + at.x()) / zoom.page.width() == pytest.approx(share, abs=0.01)
    wheel(table, at, -120)
    assert preview(table).zoom.scale == STEPS[1]
    before = preview(table).zoom.at.y()
    wheel(table, at, -120, held=NOTHING)
    assert preview(table).zoom.scale == STEPS[1], "without Ctrl it scrolls"
    assert preview(table).zoom.at.y() > before


def wheel(table: Table, at: QPointF, by: int, held: Qt.KeyboardModifier = CONTROL) -> None:
    view = preview(table).viewport()
    buttons, phase = Qt.MouseButton.NoButton, Qt.ScrollPhase.NoScrollPhase
    where = QPointF(view.mapToGlobal(at.toPoint()))
    QApplication.sendEvent(view, QWheelEvent(at, where, QPoint(), QPoint(0, by), buttons, held, phase, False))


def test_the_hand_drags_the_page(table: Table) -> None:
    for _ in range(3):
        plus(table)
    view = preview(table).viewport()
    before, left = preview(table).zoom.at, Qt.MouseButton.LeftButton
    middle = view.rect().center()
    QTest.mouseMove(view, middle)
    assert preview(table).zoom.at == before, "nobody took hold of it"
    QTest.mousePress(view, left, NOTHING, middle)
    QTest.mouseMove(view, middle - QPoint(30, 20))
    QTest.mouseRelease(view, left, NOTHING, middle - QPoint(30, 20))
    assert preview(table).zoom.at - before == QPointF(30, 20)
    QTest.mouseMove(view, middle)
    assert preview(table).zoom.at - before == QPointF(30, 20)


def test_the_old_picture_stands_for_the_new_one_until_that_is_drawn(table: Table) -> None:
    click(preview(table), Qt.Key.Key_Home)
    table.press("zoom_out", preview(table))
    assert (colour_at(table, 0.4, 0.3), colour_at(table, 0.6, 0.7)) == (RED, BLUE)
    for _ in range(5):
        plus(table)
    assert preview(table).detail.isNull(), "nothing was drawn anew yet"
    bars = preview(table).horizontalScrollBar(), preview(table).verticalScrollBar()
    for bar in bars:
        bar.setValue(0)
    assert colour_at(table, 0.5, 0.5) == RED
    for bar in bars:
        bar.setValue(bar.maximum())
    assert colour_at(table, 0.5, 0.5) == BLUE
    settled(table)
    assert not preview(table).detail.isNull()
    assert colour_at(table, 0.5, 0.5) == BLUE
    preview(table).horizontalScrollBar().setValue(0)
    assert colour_at(table, 0.5, 0.9) == WHITE


def test_what_was_drawn_for_the_place_is_what_is_seen_there(table: Table, asked: Asked) -> None:
    asked.green = True
    for _ in range(3):
        plus(table)
    settled(table)
    assert {colour_at(table, x, y) for x, y in ((0.1, 0.1), (0.5, 0.5), (0.9, 0.9))} == {(0, 255, 0)}
    click(preview(table), Qt.Key.Key_Right)
    assert colour_at(table, 0.1, 0.1) == (0, 255, 0), "it moves with the page"
    settled(table)
    assert colour_at(table, 0.97, 0.5) == (0, 255, 0)


def test_another_page_stands_as_wide_as_the_view_again(table: Table) -> None:
    plus(table)
    settled(table)
    table.pages._choose(1)
    assert preview(table).zoom.scale == FULL_WIDTH
    assert preview(table).detail.isNull()


def test_a_page_all_of_which_is_in_sight_stays_so_in_another_size(table: Table) -> None:
    preview(table).fit_whole()
    table.window.resize(1290, 500)
    QApplication.processEvents()
    settled(table)
    assert preview(table).zoom.in_sight == WHOLE
    assert preview(table).zoom.scale == preview(table).zoom.whole


def test_nothing_is_larger_where_nothing_is(table: Table) -> None:
    preview(table).show_page(None)
    preview(table).zoom_in()
    assert preview(table).zoom.scale == FULL_WIDTH
    view = preview(table).viewport()
    QTest.mousePress(view, Qt.MouseButton.LeftButton)
    QTest.mouseMove(view, QPoint(9, 9))
    assert preview(table)._held is None


@pytest.mark.parametrize(
    ("tall", "scale", "least"), [(1.5, 1.0, 1 / 1.5), (0.5, 1.0, 1.0), (0.0, 1.0, 1.0), (1.5, 3.0, 1 / 1.5)]
)
def test_the_smallest_step_is_the_whole_page(tall: float, scale: float, least: float) -> None:
    zoom = Zoom(QSizeF(300, 300), tall, scale)
    assert zoom.steps[0] == pytest.approx(least)
    assert zoom.smaller <= scale <= zoom.larger or scale == STEPS[-1]


def test_a_page_is_never_pushed_out_of_its_view() -> None:
    zoom = Zoom(QSizeF(300, 200), 1.5, 2.0, QPointF(-50, 9000)).held()
    assert zoom.at == QPointF(0, 700)
    small = replace(zoom, scale=zoom.whole, at=QPointF(40, 40)).held()
    assert small.at == QPointF(0, 0)
    assert small.in_sight == WHOLE
    assert small.where.center() == QRectF(0, 0, 300, 200).center()
    assert replace(zoom, tall=0.0).in_sight == WHOLE


def test_a_part_lies_where_it_is_on_the_page() -> None:
    assert rect_of(Part(0.25, 0.5, 0.75, 1.0), QRectF(10, 20, 200, 400)) == QRectF(60, 220, 100, 200)


def test_a_click_on_the_keys_of_several_acts_does_the_first_that_can_be_done(table: Table) -> None:
    zoom = table.pages._verbs.buttons["zoom_in", "zoom_out", "fit_width"]
    zoom.click()
    assert preview(table).zoom.scale == STEPS[0]
    for _ in STEPS:
        zoom.click()
    assert preview(table).zoom.scale == STEPS[-2], "larger as long as that goes, then smaller"
