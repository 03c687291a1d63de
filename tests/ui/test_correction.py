"""F10: the one notice of all that is missing or wrong, seen before it is issued."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from client.desk.sheet import PaperKind, PrintState
from client.rules.case import State
from tests.desk.counter import CLERK, COMPANY, FOOD, HOUSE, Desk
from tests.ui.seated import Seated, seated
from ui.clerk.intake.aside import LINE, Radio
from ui.seat import Seat
from ui.widgets.keys import KeyButton

WANTING = ("premises", "rules_list")


@pytest.fixture
def at(qtbot: QtBot, desk: Desk, seat: Seat, frame: QWidget, tmp_path: Path) -> Iterator[Seated]:
    with seated(qtbot, desk, seat, frame, tmp_path / "told") as found:
        yield found


def preview(at: Seated) -> str:
    return at.page.middle.correction.preview


def test_it_lists_all_that_is_missing_and_is_issued_by_its_key_again(at: Seated, desk: Desk) -> None:
    case_id = desk.draft(FOOD, without=WANTING)
    at.load(case_id)
    at.press("ask_correction")
    assert at.view == "correction"
    said = preview(at)
    assert "行政许可申请材料补正告知书" in said
    assert "1. 与食品经营相适应的主要设备设施、经营布局、操作流程等文件：未提交。" in said
    assert "2. 食品安全自查" in said
    assert "请于 2026-03-16 前补正（10 个工作日）" in said
    at.press("ask_correction")
    assert (at.view, desk.state(case_id)) == ("done", State.AWAITING_CORRECTION)
    facts = desk.facts(case_id, PaperKind.CORRECTION_NOTICE)
    assert [defect.problem for defect in facts.defects] == ["未提交", "未提交"]
    assert (facts.materials_kept, facts.correction_due and facts.correction_due.isoformat()) == (False, "2026-03-16")
    assert [paper.print_state for paper in at.case.papers] == [PrintState.ASKED]
    assert at.told("correction_asked")[0]["papers"] == [paper.paper_id for paper in at.case.papers]


def test_its_words_are_the_clerks_and_another_material_can_be_found_wrong(at: Seated, desk: Desk) -> None:
    case_id = desk.draft(FOOD, without=WANTING)
    at.load(case_id)
    at.press("ask_correction")
    assert isinstance(at.focus, QLineEdit)
    at.retype("平面图没有标明面积")
    while at.focus.objectName() != "problem.application":
        at.hit("Tab")
    at.write("没有签字")
    said = preview(at)
    assert "1. 食品经营许可申请书：没有签字。" in said
    assert "2. 与食品经营相适应的主要设备设施、经营布局、操作流程等文件：平面图没有标明面积。" in said
    at.press("ask_correction")
    problems = [defect.problem for defect in desk.facts(case_id, PaperKind.CORRECTION_NOTICE).defects]
    assert problems == ["没有签字", "平面图没有标明面积", "未提交"]


def test_the_materials_stay_with_a_slip_when_the_clerk_says_so(at: Seated, desk: Desk) -> None:
    case_id = desk.draft(FOOD, without=WANTING)
    at.load(case_id)
    at.press("ask_correction")
    while not isinstance(at.focus, Radio):
        at.hit("Return")
    at.hit("Down")
    assert at.page.middle.correction.typed()["keeps"] is True
    at.hit("Return")  # the last stop is what issues it
    at.hit("Return")
    assert [paper.kind for paper in at.case.papers] == [PaperKind.RECEIVING_SLIP, PaperKind.CORRECTION_NOTICE]
    assert desk.facts(case_id, PaperKind.CORRECTION_NOTICE).materials_kept is True


def test_what_was_taken_in_stays_unless_the_clerk_says_otherwise(at: Seated, desk: Desk) -> None:
    case_id = desk.draft(FOOD, without=WANTING)
    desk.intake.receive(case_id, CLERK)
    at.load(case_id)
    at.press("ask_correction", "ask_correction")
    assert desk.facts(case_id, PaperKind.CORRECTION_NOTICE).materials_kept is True


def test_where_the_regime_returns_them_there_is_no_choice(at: Seated, desk: Desk) -> None:
    case_id = desk.draft(COMPANY, without=("articles",))
    at.load(case_id)
    at.press("ask_correction")
    assert at.page.middle.correction.typed()["keeps"] is False
    assert "请于" not in preview(at)  # the item sets no days
    at.press("ask_correction")
    assert desk.facts(case_id, PaperKind.CORRECTION_NOTICE).materials_kept is False


def test_nothing_wrong_is_nothing_to_tell(at: Seated, desk: Desk) -> None:
    case_id = desk.draft(FOOD)
    at.load(case_id)
    at.press("ask_correction")
    assert "还没有写明任何问题" in preview(at)
    at.press("ask_correction")
    assert "没有需要补正的材料" in at.notice
    assert (at.view, desk.state(case_id)) == ("correction", State.DRAFT)
    at.press("dismiss")
    assert (at.view, at.notice) == ("table", "")


def test_a_regime_without_correction_says_so_and_points_to_the_refusal(at: Seated, desk: Desk) -> None:
    at.load(desk.draft(HOUSE, without=("contract",)))
    at.press("ask_correction")
    assert at.view == "table"
    assert "没有补正告知" in at.notice
    assert "书面告知不予受理" in at.notice


def test_all_can_be_told_only_when_people_and_situations_are_known(at: Seated, desk: Desk) -> None:
    at.load(desk.drafting.open(CLERK, desk.item(FOOD)))
    at.press("ask_correction")
    assert at.view == "table"
    assert "没有申请人" in at.notice


def test_esc_leaves_it_and_writes_nothing(at: Seated, desk: Desk) -> None:
    case_id = desk.draft(FOOD, without=WANTING)
    at.load(case_id)
    before = desk.everything()
    at.press("ask_correction")
    at.retype("写了一半")
    at.press("dismiss")
    assert (at.view, at.focus) == ("table", at.page.middle.materials.list)
    assert desk.everything() == before


def test_a_long_paste_is_cut_to_a_line(at: Seated, desk: Desk) -> None:
    at.load(desk.draft(FOOD, without=WANTING))
    at.press("ask_correction")
    field = at.focus
    assert isinstance(field, QLineEdit)
    field.clear()
    field.insert("长" * 100_000)
    assert len(field.text()) == LINE


def test_an_enter_that_is_held_issues_nothing(at: Seated, desk: Desk) -> None:
    case_id = desk.draft(FOOD, without=WANTING)
    at.load(case_id)
    at.press("ask_correction")
    while not isinstance(at.focus, KeyButton):
        at.hit("Return")
    for place in (at.focus, at.page.middle.correction.problems.fields[0]):
        place.setFocus()
        held = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r", autorep=True)
        QApplication.sendEvent(place, held)
        at.quiet()
        assert (desk.state(case_id), at.focus) == (State.DRAFT, place)
    at.page.middle.correction.begin()
    while not isinstance(at.focus, KeyButton):
        at.hit("Return")
    at.hit("Return")
    assert desk.state(case_id) is State.AWAITING_CORRECTION
