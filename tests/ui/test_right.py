"""At the right of the intake page: once a case is decided, its papers beside it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from printing.faults import FONT_MISSING, PaperError
from tests.desk.counter import Desk
from tests.ui.conftest import StillPaperboy
from tests.ui.seated import Seated, seated
from tests.ui.test_done import accept
from ui.clerk.intake import done
from ui.clerk.intake.right import RightColumn
from ui.seat import Seat


@pytest.fixture
def at(
    qtbot: QtBot, desk: Desk, seat: Seat, frame: QWidget, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Seated]:
    monkeypatch.setattr(done, "LOOK", 150)  # a look on a laden machine takes more than 50 ms
    with seated(qtbot, desk, seat, frame, tmp_path / "told") as found:
        yield found


def test_the_paper_stands_beside_the_case_as_soon_as_it_is_drawn(at: Seated, desk: Desk) -> None:
    accept(at, desk)
    right = at.page.pages.parentWidget()
    assert isinstance(right, RightColumn)
    assert right.paper is not None
    assert right.currentWidget() is right.paper
    assert right.paper.told == "文书正在生成"
    paperboy = at.seat.hands.paperboy
    assert isinstance(paperboy, StillPaperboy)
    paperboy.wrong[desk.papers(1)[0].paper_id, 0] = PaperError(FONT_MISSING, font="HanaMinB")
    at.until(lambda: right.paper is not None and "文书字体不能使用：HanaMinB" in right.paper.told)
    assert "重新安装本程序" in right.paper.told
    paperboy.wrong.clear()
    at.until(lambda: right.paper is not None and right.paper.told == "文书正在生成")
    desk.render()
    at.until(lambda: right.paper is not None and not right.paper.picture.isNull())
    assert right.paper.name.text().startswith("受理通知书 示市监许受")
    at.press("issue_slip")
    desk.render()
    at.until(lambda: right.paper is not None and right.paper.name.text() == "申请材料接收凭证")  # the newest
    at.page.middle.done.papers.rows[0].setFocus()
    at.until(lambda: right.paper is not None and right.paper.name.text().startswith("受理通知书"))
    at.press("papers")
    assert right.currentWidget() is at.page.pages
    at.press("papers")
    assert right.currentWidget() is right.paper
    at.press("new_case")
    assert right.currentWidget() is at.page.pages
