"""What no paper bears is told at the window, before the paper is made."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from client.rules.case import State
from tests.desk.counter import CLERK, FOOD, Desk
from tests.ui.seated import Seated, seated
from ui.clerk.intake.letters import LetterLines
from ui.seat import Seat


@pytest.fixture
def at(qtbot: QtBot, desk: Desk, seat: Seat, frame: QWidget, tmp_path: Path) -> Iterator[Seated]:
    with seated(qtbot, desk, seat, frame, tmp_path / "told") as found:
        yield found


def told(at: Seated) -> str:
    lines = (found.accessibleName() for found in at.page.findChildren(LetterLines) if found.isVisible())
    return "\n".join(lines)


def test_a_name_is_told_beside_the_verdict_and_the_case_is_accepted_all_the_same(at: Seated, desk: Desk) -> None:
    case_id = desk.draft(FOOD)
    one, other = desk.people(FOOD)
    desk.drafting.set_people(case_id, CLERK, one.model_copy(update={"name": "示例\U0001f600公司"}), other)
    at.load(case_id)
    assert told(at).startswith("◐ 申请人姓名（名称）第3个字（U+1F600）")
    at.press("accept")
    assert desk.state(case_id) is State.ACCEPTED
    assert told(at) == ""


def test_what_is_typed_into_a_notice_is_told_while_it_is_typed(at: Seated, desk: Desk) -> None:
    case_id = desk.draft(FOOD, without=("premises",))
    at.load(case_id)
    at.press("ask_correction")
    assert told(at) == ""
    at.retype("第2页\ue188不清")
    at.quiet()
    assert "第4个字（U+E188）" in told(at)
    at.retype("第2页不清")
    at.quiet()
    assert told(at) == ""
    at.press("dismiss", "other_outcomes")
    at.hit("Return")
    at.write("自制\ue188自用")
    at.quiet()
    assert "具体情况第3个字（U+E188）" in told(at)
