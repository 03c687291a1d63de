"""A killed window gives the keyboard back to the field it was in: of the people, of the item, and what is sought."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.desk.counter import CLERK, FOOD, HOUSE, Desk
from tests.ui.seated import Seated, seated
from tests.ui.test_reopened import Windows, keep
from ui.clerk.intake.page import IntakePage
from ui.seat import Seat
from ui.widgets.fields import TextField


@pytest.fixture
def left_at(qtbot: QtBot, desk: Desk, seat: Seat, frame: QWidget, tmp_path: Path) -> Windows:
    return Windows(qtbot, desk, seat, frame, tmp_path)


@pytest.fixture
def fresh(qtbot: QtBot, desk: Desk, seat: Seat, frame: QWidget, tmp_path: Path) -> Iterator[IntakePage]:
    with seated(qtbot, desk, seat, frame, tmp_path / "told") as found:
        yield found.page


def test_people_half_typed_on_a_clear_table(left_at: Windows) -> None:
    with left_at.open() as before:
        before.press("edit_people")
        before.retype("示例食")
        kept = keep(before)
    with left_at.open(kept) as after:
        assert (after.focus.objectName(), text_of(after)) == ("applicant.name", "示例食")
        after.write("品")
        assert text_of(after) == "示例食品"


def test_people_of_a_case(left_at: Windows, desk: Desk) -> None:
    with left_at.open() as before:
        before.load(desk.draft(FOOD))
        before.press("edit_people")
        while before.focus.objectName() != "applicant.phone":
            before.strike("Tab")
        kept = keep(before)
    with left_at.open(kept) as after:
        assert after.focus.objectName() == "applicant.phone"


def test_what_is_sought(left_at: Windows) -> None:
    with left_at.open() as before:
        before.press("find_item")
        before.write("spjy")
        before.quiet()
        kept = keep(before)
    with left_at.open(kept) as after:
        assert text_of(after) == "spjy"
        after.hit("Return")
        assert after.case.item.name == "食品经营许可（新办）"


def test_a_question_of_the_item(left_at: Windows, desk: Desk) -> None:
    with left_at.open() as before:
        before.load(desk.drafting.open(CLERK, desk.item(HOUSE)))
        before.press("find_item")
        before.hit("Tab", "Tab")
        where = before.focus.objectName()
        assert where.startswith("situation.")
        kept = keep(before)
    with left_at.open(kept) as after:
        assert after.focus.objectName() == where
        assert after.focus.isVisible()


def test_killed_again_on_the_way_it_still_goes_there(
    qtbot: QtBot, left_at: Windows, desk: Desk, fresh: IntakePage
) -> None:
    with left_at.open() as before:
        before.load(desk.draft(FOOD))
        before.page.form.focus_field("premises_address")
        kept = keep(before)
    fresh.go_to(kept)
    assert fresh.place() == kept
    qtbot.waitUntil(lambda: fresh.form.focused_place() == kept["form"])
    assert fresh.place() == kept


def test_a_field_that_is_no_more_takes_no_keyboard(fresh: IntakePage) -> None:
    before = fresh.window().focusWidget()
    fresh.item.go_to({"field": "situation.gone"})
    fresh.item.go_to({"field": "", "sought": None})
    assert fresh.window().focusWidget() is before
    fresh.people.go_to({"field": "gone", "caret": "?"})
    assert not isinstance(fresh.window().focusWidget(), TextField)


def text_of(at: Seated) -> str:
    field = at.focus
    assert isinstance(field, TextField)
    return field.text()
