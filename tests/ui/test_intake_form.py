"""The form: built in steps, saved while it is typed, never written over, and walked through by Enter alone."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from client.desk.drafting import Drafting
from client.errors import Fault, RightsError, StoreError
from client.rules.identity import Capacity
from tests.desk.counter import CARD, CLERK, COMPANY, FOOD, HOUSE, ITEMS, Desk
from tests.ui.left import Left, Pulse, lay
from ui.clerk.intake import form as form_module
from ui.clerk.intake.rows import Row
from ui.seat import Seat
from ui.widgets.choices import Checks, focus_on
from ui.widgets.fields import LongField, TextField

FULL = Fault("STORE-999", "磁盘已满", "请清理磁盘")


@pytest.fixture
def left(qtbot: QtBot, seat: Seat) -> Left:
    return lay(qtbot, seat)


def empty(desk: Desk, name: str = FOOD) -> int:
    return desk.drafting.open(CLERK, desk.item(name))


def row(left: Left, path: str) -> Row:
    return left.form._form.rows[path]


def text(left: Left, path: str) -> TextField:
    field = row(left, path).field
    assert isinstance(field, TextField)
    return field


def go(left: Left, path: str) -> None:
    left.form.focus_field(path)


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


def test_a_form_fills_itself_from_the_applicant_until_a_person_says_otherwise(left: Left, desk: Desk) -> None:
    case_id = empty(desk)
    left.load(case_id)
    applicant, attendee = desk.people(FOOD)
    desk.drafting.set_people(case_id, CLERK, applicant, attendee)
    left.work.read_again()
    left.quiet()
    answers = desk.record(case_id).answers
    assert answers["operator_name"] == applicant.name == text(left, "operator_name").text()
    assert answers["credit_code"] == applicant.identifier
    assert "自动 5" in left.form._chip.text()
    go(left, "residence")
    left.press("End")
    left.type("X")
    left.press("Return")
    moved = applicant.model_copy(update={"name": "示例新名有限公司", "address": "示例市示例路9号", "phone": ""})
    desk.drafting.set_people(case_id, CLERK, moved, attendee)
    left.work.read_again()
    left.quiet()
    answers = desk.record(case_id).answers
    assert answers["operator_name"] == "示例新名有限公司"
    assert answers["residence"] == applicant.address + "X"
    assert "phone" not in answers


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


def test_a_default_stands_there_until_it_is_changed(left: Left, desk: Desk) -> None:
    case_id = empty(desk, CARD)
    left.load(case_id)
    assert desk.record(case_id).answers == {"country": "中国"}


def test_the_missing_is_amber_and_the_wrong_is_told_when_it_is_left(left: Left, desk: Desk) -> None:
    left.load(empty(desk))
    field = text(left, "phone")
    assert field.property("wanting")
    assert field.placeholderText() == "待填写"
    assert row(left, "phone")._said is None
    go(left, "phone")
    left.type("123")
    left.qtbot.waitUntil(lambda: any(fault.field == "phone" for fault in left.case.faults), timeout=2_000)
    left.quiet()
    assert not field.property("wrong")
    left.press("Return")
    left.quiet()
    assert field.property("wrong")
    said = row(left, "phone")._said
    assert said is not None
    assert said.text().startswith("▲ 联系电话的格式不对")
    assert field.accessibleDescription() == said.text()
    assert "有误 1" in left.form._chip.text()
    go(left, "phone")
    assert said.isVisible()
    left.type("13800000000")
    left.press("Return")
    left.quiet()
    assert not field.property("wrong")
    assert said.isHidden()


def test_checks_and_long_texts_say_that_they_are_missing(left: Left, desk: Desk) -> None:
    left.load(empty(desk))
    checks = row(left, "business_items")
    assert isinstance(checks.field, Checks)
    assert checks._said is not None
    assert checks._said.text() == "◐ 待填写"
    left.load(empty(desk, COMPANY))
    scope = row(left, "scope").field
    assert isinstance(scope, LongField)
    assert scope.placeholderText() == "待填写"


def test_the_first_fault_is_told_so_that_the_clerk_can_be_brought_there(left: Left, desk: Desk) -> None:
    assert left.form.first_fault() == ""
    left.load(empty(desk))
    go(left, left.form.first_fault())
    assert text(left, "operator_name").hasFocus()


def test_a_date_may_be_written_as_people_write_it(left: Left, desk: Desk) -> None:
    case_id = empty(desk, COMPANY)
    left.load(case_id)
    go(left, "shareholders.0.paid_by")
    left.type("20301130")
    left.press("Return")
    left.quiet()
    assert desk.record(case_id).answers["shareholders"] == [{"paid_by": "2030-11-30"}]


@pytest.mark.parametrize("name", ITEMS)
def test_enter_goes_through_the_form_and_shift_tab_back(left: Left, desk: Desk, name: str) -> None:
    left.load(empty(desk, name))
    rows = left.form._form.rows
    walked: list[str] = []
    left.form._form.entered.connect(walked.append)
    focus_on(next(iter(rows.values())).field)
    while len(walked) < len(rows):
        left.press("Return")
    assert walked == list(rows)
    before = list(rows.values())[-2].field
    left.press("Shift+Tab")
    assert left.focus in {before, *before.findChildren(QWidget)}


def test_the_field_with_the_caret_is_in_sight(left: Left, desk: Desk) -> None:
    left.window.resize(336, 420)
    left.load(empty(desk))
    for path in left.form._form.rows:
        go(left, path)
        assert not left.focus.visibleRegion().isEmpty(), path


def test_entries_of_a_group_are_added_and_removed_by_keyboard(left: Left, desk: Desk) -> None:
    case_id = empty(desk, COMPANY)
    left.load(case_id)
    go(left, "directors")
    left.type("张三")
    left.press("Tab")
    assert isinstance(left.focus, QPushButton)
    with left.qtbot.waitSignal(left.form.built):
        left.press("Return")
    assert text(left, "directors.1.name").hasFocus()
    left.type("李四")
    left.press("Return")
    left.quiet()
    assert desk.record(case_id).answers["directors"] == [{"name": "张三"}, {"name": "李四"}]
    go(left, "directors.0.name")
    left.press("Shift+Tab")
    with left.qtbot.waitSignal(left.form.built):
        left.press("Space")
    left.quiet()
    assert desk.record(case_id).answers["directors"] == [{"name": "李四"}]
    assert "directors.1.name" not in left.form._form.rows
    assert text(left, "directors.0.name").text() == "李四"


def test_the_last_entry_that_is_emptied_leaves_no_group(left: Left, desk: Desk) -> None:
    case_id = empty(desk, COMPANY)
    left.load(case_id)
    for path in ("directors", "directors.0"):
        with left.qtbot.waitSignal(left.form.built):
            left.form._form.add_asked.emit("directors") if path == "directors" else left.form._form.remove_asked.emit(
                "directors", 0
            )
    with left.qtbot.waitSignal(left.form.built):
        left.form._form.remove_asked.emit("directors", 5)
    left.quiet()
    assert "directors" not in desk.record(case_id).answers
    assert left.form._form.groups["directors"]._chip.text() == "待填写"


def test_too_many_entries_are_told_at_the_group(left: Left, desk: Desk) -> None:
    case_id = empty(desk, COMPANY)
    desk.drafting.fill(case_id, CLERK, {"directors": [{"name": "张三"}] * 21})
    left.load(case_id)
    assert "最多填写20项" in left.form._form.groups["directors"]._chip.text()


@pytest.mark.parametrize("name", [FOOD, COMPANY, HOUSE])
def test_a_form_is_built_without_stopping_the_screen(left: Left, desk: Desk, name: str) -> None:
    case_id = empty(desk, name)
    if name == COMPANY:  # the largest there can be: fifty shareholders of six fields each
        example = desk.counter.catalogue.example(desk.item(COMPANY)).answers
        desk.drafting.fill(case_id, CLERK, {**example, "shareholders": example["shareholders"][:1] * 50})
    pulse = Pulse()
    left.load(case_id)
    assert pulse.stop() < 0.05
    assert len(left.form._form.rows) >= (300 if name == COMPANY else 13)


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


def test_an_accepted_case_is_only_looked_at(left: Left, desk: Desk) -> None:
    case_id = desk.draft(FOOD, capacity=Capacity.AGENT)
    desk.intake.accept(case_id, CLERK)
    left.load(case_id)
    assert not text(left, "contact").isEnabled()
    assert "12/12" in left.form._chip.text()
    assert left.form.focused_place() == {}


def test_another_item_brings_its_own_form_and_keeps_what_both_ask(left: Left, desk: Desk) -> None:
    case_id = empty(desk)
    left.load(case_id)
    go(left, "phone")
    left.type("13800000000")
    left.press("Return")
    left.quiet()
    desk.drafting.change_item(case_id, CLERK, desk.item(CARD))
    with left.qtbot.waitSignal(left.form.built):
        left.work.read_again()
    left.quiet()
    assert text(left, "phone").value() == "13800000000"
    assert "bank" in left.form._form.rows


def test_the_caret_waits_for_its_field_to_be_built(left: Left, desk: Desk) -> None:
    with left.qtbot.waitSignal(left.work.changed):
        left.work.load(empty(desk))
    assert left.form._form.building
    go(left, "phone")
    with left.qtbot.waitSignal(left.form.built):
        pass
    assert text(left, "phone").hasFocus()


def test_the_widgets_for_every_hint_of_a_schema(left: Left, desk: Desk) -> None:
    """Amounts have their unit, numbers are masked, what is long has lines."""
    case_id = empty(desk, COMPANY)
    desk.drafting.fill(case_id, CLERK, {"shareholders": [{"identifier": "110101190101010011"}]})
    left.load(case_id)
    capital = text(left, "capital")
    assert capital._aside is not None
    assert capital._aside.text() == "万元"
    assert text(left, "shareholders.0.identifier").text() == "110101********0011"
    assert text(left, "shareholders.0.identifier").maxLength() == 80
