"""What is typed into the form is kept: within a second, wherever the caret is, and never written over."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from client.desk.drafting import Drafting
from client.errors import Fault, RightsError, StoreError
from tests.desk.counter import CLERK, FOOD, Desk
from tests.ui.left import Left, empty, go, lay, text
from ui.clerk.intake import form as form_module
from ui.seat import Seat

FULL = Fault("STORE-999", "磁盘已满", "请清理磁盘")


@pytest.fixture
def left(qtbot: QtBot, seat: Seat) -> Left:
    return lay(qtbot, seat)


@contextmanager
def store_held(left: Left) -> Iterator[None]:
    """Nothing comes back from the store meanwhile."""
    gate = threading.Event()
    left.seat.tasks.run(left.seat.lanes.store, lambda: gate.wait(10))
    yield
    gate.set()
    left.quiet()


def test_what_is_typed_is_on_disk_within_a_second_wherever_the_caret_is(left: Left, desk: Desk) -> None:
    case_id = empty(desk)
    left.load(case_id)
    go(left, "safety_manager")
    left.type("abc")
    assert desk.record(case_id).answers == {}
    left.qtbot.waitUntil(lambda: desk.record(case_id).answers == {"safety_manager": "abc"}, timeout=1_000)
    assert text(left, "safety_manager").hasFocus()


def test_whoever_never_pauses_is_saved_as_well(left: Left, desk: Desk) -> None:
    case_id = empty(desk)
    left.load(case_id)
    go(left, "safety_manager")
    for _ in range(15):
        left.type("a")
        left.qtbot.wait(60)
    assert len(desk.record(case_id).answers["safety_manager"]) >= 1


def test_a_field_is_saved_as_it_is_left(left: Left, desk: Desk) -> None:
    case_id = empty(desk)
    left.load(case_id)
    go(left, "safety_manager")
    left.type("张三")
    left.press("Return")
    left.quiet()
    assert desk.record(case_id).answers == {"safety_manager": "张三"}
    assert not left.form.unsaved


def test_an_answer_to_an_older_save_puts_back_nothing(left: Left, desk: Desk) -> None:
    case_id = empty(desk)
    left.load(case_id)
    go(left, "safety_manager")
    with store_held(left):
        left.type("abcd")
        left.form.save()
        left.type("efg")
        QTest.keyClick(left.focus, Qt.Key.Key_Left)
        assert left.form.unsaved
    field = text(left, "safety_manager")
    assert (field.text(), field.cursorPosition()) == ("abcdefg", 6)
    left.form.save()
    left.quiet()
    assert desk.record(case_id).answers == {"safety_manager": "abcdefg"}


def test_what_somebody_else_wrote_comes_into_every_field_but_the_one_with_the_caret(left: Left, desk: Desk) -> None:
    case_id = empty(desk)
    left.load(case_id)
    go(left, "safety_manager")
    desk.drafting.fill(case_id, CLERK, {"safety_manager": "李四", "contact": "张三"})
    left.work.read_again()
    left.quiet()
    assert (text(left, "safety_manager").text(), text(left, "contact").text()) == ("", "张三")


def test_what_was_emptied_by_hand_is_not_filled_again_after_a_restart(qtbot: QtBot, seat: Seat, desk: Desk) -> None:
    left = lay(qtbot, seat)
    case_id = empty(desk)
    desk.drafting.set_people(case_id, CLERK, *desk.people(FOOD))
    left.load(case_id)
    go(left, "phone")
    left.press("Ctrl+A")
    left.press("Delete")
    left.press("Return")
    left.quiet()
    assert "phone" not in desk.record(case_id).answers
    go(left, "contact")
    left.type("abc")
    left.press("Left")
    place = left.form.focused_place()
    left.form.save()
    left.quiet()
    again = lay(qtbot, seat)
    again.form.go_to(place)
    again.load(case_id)
    assert "phone" not in desk.record(case_id).answers
    assert text(again, "contact").hasFocus()
    assert text(again, "contact").caret() == 2
    again.form.go_to({"field": "contact", "caret": 1})
    assert text(again, "contact").caret() == 1
    again.form.go_to({"field": "gone", "caret": 1})
    again.form.go_to({"by_hand": "phone"})


def test_what_is_put_away_half_typed_is_saved_in_its_own_case(left: Left, desk: Desk) -> None:
    first, second = empty(desk), empty(desk)
    left.load(first)
    go(left, "contact")
    left.type("abc")
    left.work.put_away()
    left.quiet()
    assert desk.record(first).answers == {"contact": "abc"}
    assert left.form._form.rows == {}
    left.load(first)
    go(left, "contact")
    left.type("abcd")
    left.load(second)
    assert desk.record(first).answers == {"contact": "abcd"}
    assert desk.record(second).answers == {}


def test_nobody_saves_at_a_locked_window(left: Left, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    case_id = empty(desk)
    left.load(case_id)
    go(left, "contact")
    left.type("abc")
    desk.clock.move(minutes=11)
    left.work.put_away()
    left.quiet()
    assert left.seat.notices.text
    assert desk.record(case_id).answers == {}
    with pytest.raises(RightsError):
        left.seat.staff()


def test_a_store_that_failed_is_asked_again(left: Left, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    case_id = empty(desk)
    left.load(case_id)
    monkeypatch.setattr(form_module, "AGAIN", 50)
    fill, failures = Drafting.fill, [StoreError(FULL)]

    def full_once(drafting: Drafting, *given: object) -> object:
        if failures:
            raise failures.pop()
        return fill(drafting, *given)  # type: ignore[arg-type] # as it was called

    monkeypatch.setattr(Drafting, "fill", full_once)
    go(left, "contact")
    left.type("abc")
    left.form.save()
    left.qtbot.waitUntil(lambda: desk.record(case_id).answers == {"contact": "abc"}, timeout=3_000)
    assert "磁盘已满" in left.seat.notices.text


def test_a_case_that_was_closed_meanwhile_says_so_and_loses_nothing_silently(left: Left, desk: Desk) -> None:
    case_id = desk.draft(FOOD)
    left.load(case_id)
    desk.intake.accept(case_id, CLERK)
    go(left, "contact")
    left.type("abc")
    left.form.save()
    left.quiet()
    assert "内容不能再改" in left.seat.notices.text
    assert left.form.unsaved
