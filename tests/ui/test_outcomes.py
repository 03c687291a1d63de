"""F11: what ends a case otherwise, each with its ground; nothing of it by accident."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from client.desk.intake import Intake
from client.desk.sheet import PaperKind
from client.rules.case import State
from client.rules.items import AcceptanceMode
from tests.desk.counter import CLERK, COLLEAGUE, FOOD, HOUSE, PIN, Desk
from tests.ui.seated import Seated, seated
from ui.clerk.intake.aside import LONGEST, Radio, Text
from ui.seat import Seat


@pytest.fixture
def at(qtbot: QtBot, desk: Desk, seat: Seat, frame: QWidget, tmp_path: Path) -> Iterator[Seated]:
    with seated(qtbot, desk, seat, frame, tmp_path / "told") as found:
        yield found


def choices(at: Seated) -> list[str]:
    return [radio.text() for radio in at.page.middle.outcomes.findChildren(Radio) if not radio.isHidden()]


def test_the_list_is_closed_and_nothing_is_chosen_yet(at: Seated, desk: Desk) -> None:
    case_id = desk.draft(FOOD)
    at.load(case_id)
    at.press("other_outcomes")
    assert choices(at) == [
        "不受理：申请事项依法不需要取得行政许可",
        "不予受理：申请事项依法不属于本行政机关职权范围",
        "作废草稿（双人复核）",
    ]
    at.press("other_outcomes")  # twice is no refusal
    assert (at.view, desk.state(case_id)) == ("outcomes", State.DRAFT)
    assert "选定一项" in at.notice
    at.press("dismiss")
    assert (at.view, at.notice) == ("table", "")


def test_a_licence_that_is_not_needed_is_told_at_once(at: Seated, desk: Desk) -> None:
    case_id = desk.draft(FOOD, without=("premises",))
    at.load(case_id)
    at.press("other_outcomes")
    at.hit("Return")  # chooses the first, and goes on to what it asks for
    at.write("自制自用，不对外经营")
    at.press("other_outcomes")
    assert (at.view, desk.state(case_id)) == ("done", State.NOT_ACCEPTED)
    facts = desk.facts(case_id, PaperKind.NON_ACCEPTANCE_NOTICE)
    assert facts.title == "行政许可申请不受理告知书"
    assert facts.ground == "申请事项依法不需要取得行政许可：自制自用，不对外经营"
    assert at.told("not_accepted")[0]["case"] == desk.record(case_id).number


def test_another_organs_competence_names_the_organ(at: Seated, desk: Desk) -> None:
    case_id = desk.draft(FOOD)
    at.load(case_id)
    at.press("other_outcomes")
    at.hit("Down")
    at.press("other_outcomes")
    assert "须写明有权机关" in at.notice
    assert desk.state(case_id) is State.DRAFT
    at.hit("Return")
    at.write("示例市商务局")
    at.hit("Return")
    assert isinstance(at.focus, Text)
    at.hit("Return", "Return")  # the confirmation has the keyboard now, and Enter gives it
    assert desk.state(case_id) is State.NOT_ACCEPTED
    assert desk.facts(case_id, PaperKind.NON_ACCEPTANCE_NOTICE).competent_organ == "示例市商务局"


def test_incomplete_material_is_a_ground_only_where_the_law_says_so(at: Seated, desk: Desk) -> None:
    case_id = desk.draft(HOUSE, without=("contract",))
    at.load(case_id)
    at.press("other_outcomes")
    at.hit("Return")
    at.retype("合同没有提交原件")
    at.press("other_outcomes")
    facts = desk.facts(case_id, PaperKind.NON_ACCEPTANCE_NOTICE)
    assert [(defect.material, defect.problem) for defect in facts.defects] == [("买卖合同", "合同没有提交原件")]


def test_a_draft_is_voided_by_two(at: Seated, desk: Desk) -> None:
    case_id = desk.draft(FOOD)
    at.load(case_id)
    at.press("other_outcomes")
    at.hit("Down", "Down", "Return")
    at.write("申请人没有带材料，改日再来")
    at.press("other_outcomes")
    assert "须双人复核" in at.notice
    at.hit("Return")
    at.write(COLLEAGUE.staff_no)
    at.hit("Return")
    assert isinstance(at.focus, QLineEdit)
    assert at.focus.echoMode() is QLineEdit.EchoMode.Password
    at.write("0000")
    at.press("other_outcomes")
    assert "工号或口令不正确" in at.notice
    assert at.page.middle.outcomes.pin.text() == ""
    at.page.middle.outcomes.pin.setFocus()
    at.write(PIN)
    at.press("other_outcomes")
    assert desk.state(case_id) is State.VOIDED
    assert (at.view, at.notice) == ("clear", "✓ 草稿已作废")
    assert at.told("voided")


def test_the_second_one_s_number_is_typed_as_everywhere(at: Seated, desk: Desk) -> None:
    case_id = desk.draft(FOOD)
    at.load(case_id)
    at.press("other_outcomes")
    at.hit("Down", "Down", "Return")
    at.write("申请人没有带材料，改日再来")
    at.hit("Return")
    at.write("".join(chr(ord(digit) + 0xFEE0) for digit in COLLEAGUE.staff_no))  # an input method's digits
    assert at.page.middle.outcomes.second.text() == COLLEAGUE.staff_no
    at.hit("Return")
    at.write(PIN)
    at.hit("Return", "Return")  # the confirmation has the keyboard now, and Enter gives it
    assert desk.state(case_id) is State.VOIDED


def test_the_applicant_may_withdraw_before_the_decision(at: Seated, desk: Desk) -> None:
    case_id = desk.draft(FOOD)
    desk.intake.accept(case_id, CLERK)
    at.load(case_id)
    assert at.view == "done"
    at.press("other_outcomes")
    assert choices(at) == ["撤回申请（申请人的意思）"]
    at.hit("Return")
    at.press("other_outcomes")
    assert "请写明原因" in at.notice
    at.write("申请人改变经营计划")
    at.press("other_outcomes")
    assert desk.state(case_id) is State.WITHDRAWN
    assert at.view == "done"
    at.press("other_outcomes")
    assert "没有其他处理" in at.notice


def test_what_the_department_decides_is_not_in_the_list(at: Seated, desk: Desk) -> None:
    desk.vary(FOOD, acceptance_mode=AcceptanceMode.DEPARTMENT)
    case_id = desk.draft(FOOD)
    Intake(desk.counter).receive(case_id, CLERK)
    at.load(case_id)
    at.press("other_outcomes")
    assert choices(at) == ["撤回申请（申请人的意思）"]


def test_a_text_takes_what_fits_and_goes_on_by_enter(at: Seated, desk: Desk) -> None:
    at.load(desk.draft(FOOD))
    at.press("other_outcomes")
    at.hit("Return")
    field = at.focus
    assert isinstance(field, Text)
    at.write("一")
    at.hit("Shift+Return")
    at.write("二")
    assert field.toPlainText() == "一\n二"
    QGuiApplication.clipboard().setText("长" * 100_000)
    field.paste()
    assert len(field.toPlainText()) == LONGEST
    field.setPlainText("长" * (LONGEST + 1))
    assert len(field.toPlainText()) == LONGEST


def test_a_pin_is_not_left_behind(at: Seated, desk: Desk) -> None:
    at.load(desk.draft(FOOD))
    at.press("other_outcomes")
    panel = at.page.middle.outcomes
    panel.choose("void")
    panel.pin.setFocus()
    at.write(PIN)
    at.press("dismiss")
    assert (at.view, panel.pin.text()) == ("table", "")
