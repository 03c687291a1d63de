"""出具文书 by key: chosen, filled in, issued; on 受理 beside a draft and on 办件 beside any case."""

from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from client.desk.sheet import PaperKind
from client.store.papers import PaperState
from tests.desk.counter import CLERK, FOOD, Desk
from tests.ui.listing import Shown, shown
from tests.ui.seated import Seated, seated
from ui.clerk.cases import CasesPage
from ui.clerk.issuing.panel import IssuingPanel
from ui.page import at_once
from ui.seat import Seat
from ui.widgets.fields import TextField
from ui.widgets.keys import KeyButton


@pytest.fixture
def at(qtbot: QtBot, desk: Desk, seat: Seat, frame: QWidget, tmp_path: Path) -> Iterator[Seated]:
    with seated(qtbot, desk, seat, frame, tmp_path / "told") as found:
        yield found


def offers(panel: IssuingPanel) -> list[str]:
    return [panel.list.item(row).text().splitlines()[0] for row in range(panel.list.count())]


def values(panel: IssuingPanel) -> dict[str, object]:
    return {path: row.field.value() for path, row in panel.form.rows.items()}


def told(panel: IssuingPanel) -> str:
    return panel.letters.accessibleName() if panel.letters.isVisible() else ""


def chosen(at: Seated) -> PaperKind | None:
    offer = at.page.middle.issuing.chosen
    return offer.kind if offer is not None else None


def kinds(desk: Desk, case_id: int) -> list[PaperKind]:
    return [paper.kind for paper in desk.papers(case_id)]


def test_beside_a_draft_a_power_of_attorney_is_made_and_the_draft_goes_on(at: Seated, desk: Desk) -> None:
    case_id = desk.draft(FOOD)
    at.load(case_id)
    assert at.page.bar.issue.isVisible()
    at.press("issue_paper")
    panel = at.page.middle.issuing
    assert offers(panel) == ["1  授权委托书", "2  个人信息处理告知书"]
    at.hit("2", "1", "Return")
    assert chosen(at) is PaperKind.POWER_OF_ATTORNEY
    assert at.focus is panel.form.rows["valid_until"].field  # the scope is known
    until = panel.form.rows["valid_until"].field
    assert isinstance(until, TextField)
    assert until._aside is None, "what is blank came from nowhere"
    assert (panel.paper.isVisible(), panel.paper.told) == (True, "填齐后显示样张")
    at.write("20261231")
    assert panel.paper.picture.isNull()
    at.hit("Return")
    at.until(lambda: not panel.paper.picture.isNull())
    assert desk.papers(case_id) == []
    at.hit("Return")
    assert kinds(desk, case_id) == [PaperKind.POWER_OF_ATTORNEY]
    assert (
        desk.facts(case_id, PaperKind.POWER_OF_ATTORNEY).model_dump()["entries"]["valid_until"].isoformat()
        == "2026-12-31"
    )
    assert at.view == "table"
    assert at.notice.startswith("✓ 已出具")
    assert [line["papers"] for line in at.told("paper_issued")] == [[desk.papers(case_id)[0].paper_id]]
    desk.render()
    (order,) = desk.memory.prints(desk.clock).asked()
    assert order.title == "授权委托书"


def test_what_asks_for_nothing_is_made_by_one_key_more(at: Seated, desk: Desk) -> None:
    case_id = desk.draft(FOOD)
    at.load(case_id)
    at.press("issue_paper")
    at.hit("g", "Return")
    assert chosen(at) is PaperKind.PRIVACY_NOTICE
    assert isinstance(at.focus, QPushButton)
    at.press("issue_paper")
    assert kinds(desk, case_id) == [PaperKind.PRIVACY_NOTICE]


def test_what_is_wanting_is_named_and_nothing_typed_is_lost(at: Seated, desk: Desk) -> None:
    case_id = desk.draft(FOOD)
    desk.intake.accept(case_id, CLERK)
    at.load(case_id)
    at.press("issue_paper")
    panel = at.page.middle.issuing
    at.until(lambda: panel.list.count() > 0)
    at.hit(str(offers(panel).index(next(each for each in offers(panel) if "延长" in each)) + 1), "Return")
    assert values(panel)["extended_by"] == "5个工作日"
    assert at.focus is panel.form.rows["reason"].field
    at.write("现场核查需要其他部门配合")
    at.hit("Return", "Return")
    at.retype("下周")
    at.press("issue_paper")
    assert kinds(desk, case_id) == [PaperKind.ACCEPTANCE_NOTICE]
    assert "新的办结期限、批准人" in at.notice
    assert at.focus is panel.form.rows["new_date"].field
    at.press("dismiss", "dismiss")
    assert at.view == "table"
    at.press("issue_paper")
    at.until(lambda: panel.list.count() > 0)
    at.hit(str(offers(panel).index(next(each for each in offers(panel) if "延长" in each)) + 1), "Return")
    assert (values(panel)["reason"], values(panel)["new_date"]) == ("现场核查需要其他部门配合", "下周")
    at.retype("2026.3.20")
    at.hit("Return")
    at.write("本机关负责人")
    at.hit("Return", "Return")
    assert (at.view, at.notice) == ("done", "")
    (button,) = [each for each in at.page.middle.done.findChildren(KeyButton) if each.accessibleName() == "出具文书"]
    assert button.isVisible()
    button.setFocus()
    at.hit("Space")
    assert at.view == "issuing"
    facts = desk.facts(case_id, PaperKind.EXTENSION_NOTICE)
    assert (facts.paper_number, facts.model_dump()["entries"]["reason"]) == (
        "示市监许延〔2026〕1号",
        "现场核查需要其他部门配合",
    )
    desk.render()
    assert desk.papers(case_id)[-1].state is PaperState.AWAITING_SEAL


def test_what_the_desk_refuses_is_told_and_the_form_stays(at: Seated, desk: Desk) -> None:
    organ = desk.item(FOOD).organ.model_dump() | {"organ_words": {"acceptance_notice": "示市监许受"}}
    desk.vary(FOOD, organ=organ)
    case_id = desk.draft(FOOD)
    desk.intake.accept(case_id, CLERK)
    at.page.go_to(
        {
            "case_id": case_id,
            "view": "issuing",
            "typed": {
                "kind": "hearing_notice",
                "entries": {"hearing_notice": {"matter": "选址", "reason": "涉及他人利益"}},
            },
        }
    )
    at.quiet()
    panel = at.page.middle.issuing
    assert (at.view, chosen(at)) == ("issuing", PaperKind.HEARING_NOTICE)
    assert values(panel) == {"matter": "选址", "reason": "涉及他人利益"}
    at.press("issue_paper")
    assert "没有“听证告知书”的机关代字" in at.notice
    assert (at.view, values(panel)["matter"]) == ("issuing", "选址")
    assert at.page.place()["typed"] == panel.typed()


def test_a_letter_no_font_draws_is_told_before(at: Seated, desk: Desk) -> None:
    at.load(desk.draft(FOOD))
    at.press("issue_paper")
    at.hit("1", "Return")
    panel = at.page.middle.issuing
    assert told(panel) == ""
    panel.form.focus_field("scope")
    at.retype("代办\ue188事")
    at.quiet()
    assert told(panel).startswith("◐ 委托权限第3个字（U+E188）")


def test_on_a_clear_table_there_is_nothing_to_issue_for(at: Seated) -> None:
    assert not at.page.bar.issue.isVisible()
    at.press("issue_paper")
    assert "现在没有可以单独出具的文书" in at.notice


@pytest.fixture
def cases(qtbot: QtBot, desk: Desk, seat: Seat, frame: QWidget) -> Iterator[Shown[CasesPage]]:
    desk.intake.accept(desk.draft(FOOD), CLERK)
    with shown(qtbot, desk, seat, frame, at_once(CasesPage.making(seat))) as found:
        found.until(lambda: found.page.detail.work.sheet is not None)
        found.quiet()
        yield found


def test_beside_the_list_a_fee_is_asked_for_and_its_notice_waits_for_its_seal(
    cases: Shown[CasesPage], desk: Desk
) -> None:
    (case_id,) = [line.row.case_id for line in cases.page.table.lines.lines]
    cases.press("issue_paper")
    panel = cases.page.issuing.panel
    assert panel.isVisible()
    cases.hit("j")
    assert "缴费" in panel.list.currentItem().text()
    cases.hit("Return")
    for text in ("许可证工本费", "示发改〔2026〕1号", "1,234.50"):
        cases.write(text)
        cases.hit("Return")
    cases.hit("Return")  # no code of payment: it may be left out
    for text in ("20260331", "现场扫码"):
        cases.write(text)
        cases.hit("Return")
    assert isinstance(QApplication.focusWidget(), QPushButton)
    cases.hit("Return")
    entries = desk.facts(case_id, PaperKind.FEE_NOTICE).model_dump()["entries"]
    assert (str(entries["amount"]), entries["payment_code"]) == ("1234.50", None)
    assert not panel.isVisible()
    assert cases.notice == "✓ 已出具《行政许可缴费通知书》"
    cases.until(lambda: [line.kind for line in cases.page.detail.papers.papers][-1:] == [PaperKind.FEE_NOTICE])
    assert QApplication.focusWidget() is cases.page.table


def test_while_a_paper_is_filled_in_the_facts_of_its_case_have_the_column(cases: Shown[CasesPage]) -> None:
    detail = cases.page.detail
    assert detail.verbs.isVisible()
    cases.press("issue_paper")
    cases.page.detail.work.read_again()  # as every two seconds
    cases.quiet()
    assert not detail.verbs.isVisible()
    cases.press("view_paper")
    assert cases.page.issuing.isVisible(), "a key that is not in sight does nothing"
    cases.press("reveal")
    assert detail.ask.isVisible()
    cases.hit("Return")
    assert QApplication.focusWidget() is cases.page.issuing.panel.list, "what was begun goes on"
    cases.press("reveal", "reveal", "dismiss")
    assert QApplication.focusWidget() is cases.page.issuing.panel.list
    cases.press("dismiss")
    assert (cases.page.issuing.isVisible(), detail.verbs.isVisible()) == (False, True)


def test_the_sample_waits_for_no_list(cases: Shown[CasesPage]) -> None:
    cases.press("issue_paper")
    panel, held = cases.page.issuing.panel, Event()
    cases.hit("1", "Return")
    cases.seat.lanes.looks.do(held.wait)
    try:
        cases.write("20261231")
        QTest.keyClick(QApplication.focusWidget() or cases.window, Qt.Key.Key_Return)
        cases.until(lambda: not panel.paper.picture.isNull())
    finally:
        held.set()


def test_esc_leads_back_to_the_list(cases: Shown[CasesPage]) -> None:
    cases.press("issue_paper")
    panel = cases.page.issuing.panel
    cases.hit("1", "Return")
    assert panel.chosen is not None
    cases.press("dismiss")
    assert panel.chosen is None
    assert QApplication.focusWidget() is panel.list
    cases.press("dismiss")
    assert not panel.isVisible()
    assert QApplication.focusWidget() is cases.page.table
