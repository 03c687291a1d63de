"""The form: built in steps, saved while it is typed, never written over, and walked through by Enter alone."""

import pytest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from client.rules.identity import Capacity
from tests.desk.counter import CARD, CLERK, COMPANY, FOOD, HOUSE, ITEMS, Desk
from tests.ui.left import Left, Pulse, empty, go, lay, row, text
from tests.ui.waiting import wait_until
from ui.clerk.intake.form_body import FormBody
from ui.seat import Seat
from ui.widgets.choices import Checks, focus_on
from ui.widgets.fields import LongField


@pytest.fixture
def left(qtbot: QtBot, seat: Seat) -> Left:
    return lay(qtbot, seat)


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


def test_entries_asked_for_while_the_form_is_built_come_all_the_same(left: Left, desk: Desk) -> None:
    case_id = empty(desk, COMPANY)
    left.load(case_id)
    with left.qtbot.waitSignal(left.form.built):
        left.form._form.add_asked.emit("directors")
        left.form._form.add_asked.emit("directors")
        left.form._form.add_asked.emit("supervisors")
    assert {"directors.2.name", "supervisors.1.name", "manager"} <= set(left.form._form.rows)
    assert text(left, "supervisors.1.name").hasFocus()


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


def test_fields_come_before_any_other_answer(qtbot: QtBot, seat: Seat) -> None:
    """Each save of who types fast brings one: they would come round to fields that are not there yet."""
    body, told = FormBody(lambda _path: None, seat.tasks), list[str]()
    qtbot.addWidget(body)
    body.built.connect(lambda: told.append("built"))
    body.show_form({"properties": {f"field_{place}": {"type": "string"} for place in range(40)}})
    seat.tasks.in_turn(lambda: told.append("answer"), owner=body)
    assert told == []
    wait_until(lambda: len(told) == 2)
    assert told == ["built", "answer"]
