"""How the papers of one case are to look: chosen by key while its citizen stands there, and followed by each."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from client.config import LargePapers
from client.desk.sheet import PaperKind
from client.ports.papers import OwnLook, PaperLook
from tests.desk.counter import CLERK, FOOD, Desk
from tests.ui.listing import shown
from tests.ui.seated import Seated, seated
from ui.clerk.cases import CasesPage
from ui.clerk.intake.look_line import LookLine
from ui.page import at_once
from ui.seat import Seat


@pytest.fixture
def at(qtbot: QtBot, desk: Desk, seat: Seat, frame: QWidget, tmp_path: Path) -> Iterator[Seated]:
    with seated(qtbot, desk, seat, frame, tmp_path / "told") as found:
        yield found


@pytest.fixture
def elders(desk: Desk) -> None:
    """A hall that sets the papers of whoever is old in large type, with English beneath; the example's people are."""
    desk.configure(large_papers=LargePapers.ELDERS, paper_language="en")
    desk.clock.set(3, 3)
    desk.clock.move(days=365 * 60)


def told(page: QWidget) -> list[str]:
    """What stands on the two choices that are in sight."""
    lines = [each for each in page.findChildren(LookLine) if each.isVisible()]
    return [stop.accessibleName() for line in lines for stop in line.stops]


def test_at_the_table_two_keys_choose_and_the_papers_follow(at: Seated, desk: Desk) -> None:
    assert told(at.page) == []
    case_id, other = desk.draft(FOOD), desk.draft(FOOD)
    at.load(case_id)
    assert told(at.page) == ["○ 大字", "第二语言：无"]
    moves: list[None] = []
    at.page.middle.materials.findChildren(LookLine)[0].moved.connect(lambda: moves.append(None))
    at.page.people.setFocus()
    at.press("large_papers", "paper_language")
    assert told(at.page) == ["✓ 大字", "第二语言：英文"]
    assert desk.record(case_id).own_look == OwnLook(large=True, second="en")
    at.press("accept")
    assert at.view == "done"
    assert desk.facts(case_id, PaperKind.ACCEPTANCE_NOTICE).look == PaperLook(large=True, second="en")
    at.press("papers")
    assert at.view == "table"
    assert told(at.page) == [], "what is issued stays as it is"
    at.load(other)
    assert len(moves) == 2, "another case is no change of this one"
    assert told(at.page) == ["○ 大字", "第二语言：无"]
    at.press("large_papers", "large_papers", "paper_language", "paper_language")
    assert told(at.page) == ["○ 大字", "第二语言：无"]
    assert desk.record(other).own_look == OwnLook()


@pytest.mark.usefixtures("elders")
def test_what_the_hall_and_the_age_say_stands_there_and_the_citizen_decides(desk: Desk, at: Seated) -> None:
    case_id = desk.draft(FOOD)
    at.load(case_id)
    assert told(at.page) == ["✓ 大字", "第二语言：英文"]
    at.press("large_papers", "paper_language")
    assert told(at.page) == ["○ 大字", "第二语言：无"]
    at.press("receive")
    assert desk.facts(case_id, PaperKind.RECEIVING_SLIP).look == PaperLook()
    assert desk.record(case_id).own_look == OwnLook(large=False, second="")


def test_beside_a_paper_that_is_to_be_issued_the_page_follows_at_once(at: Seated, desk: Desk) -> None:
    case_id = desk.draft(FOOD)
    at.load(case_id)
    at.press("issue_paper")
    at.hit("g", "Return")
    panel = at.page.middle.issuing
    at.until(lambda: not panel.paper.picture.isNull())
    seen = panel.paper.picture.cacheKey()
    at.press("large_papers")
    assert told(at.page) == ["✓ 大字", "第二语言：无"]
    at.until(lambda: not panel.paper.picture.isNull() and panel.paper.picture.cacheKey() != seen)
    at.press("paper_language", "issue_paper")
    assert desk.facts(case_id, PaperKind.PRIVACY_NOTICE).look == PaperLook(large=True, second="en")
    assert told(at.page) == ["✓ 大字", "第二语言：英文"], "at the table it is the same case"


def test_beside_the_list_of_cases_too(qtbot: QtBot, desk: Desk, seat: Seat, frame: QWidget) -> None:
    case_id = desk.draft(FOOD)
    desk.intake.accept(case_id, CLERK)
    with shown(qtbot, desk, seat, frame, at_once(CasesPage.making(seat))) as cases:
        cases.until(lambda: cases.page.detail.work.sheet is not None)
        cases.press("large_papers")
        assert desk.record(case_id).own_look == OwnLook(), "nobody sees it there"
        cases.press("issue_paper")
        panel = cases.page.issuing.panel
        cases.hit("j", "Return")
        chosen = panel.chosen
        cases.press("large_papers")
        assert told(cases.page) == ["✓ 大字", "第二语言：无"]
        assert panel.chosen is chosen
    assert chosen is not None
    assert desk.record(case_id).own_look == OwnLook(large=True)
