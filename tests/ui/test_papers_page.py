"""The page 文书 by keyboard: every paper is found, its page seen beside, and what is owed about it is done."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from client.desk.sheet import PaperState
from client.desk.staff import Staff
from client.ports.printer import PrintState
from client.store import papers as stored
from devices.keys.simulated import SimulatedKeys
from printing.papers.statement import statement_of, told
from printing.press import A4Press
from printing.spool import render_waiting
from tests.desk.counter import CARD, CLERK, COLLEAGUE, FOOD, PIN, SUPERVISOR, Blank, Desk
from tests.desk.test_number_report import accept, lose, of
from tests.ui.listing import Shown, printer_says, shown
from ui.clerk.papers import page, sought
from ui.clerk.papers.page import PapersPage
from ui.seat import Seat
from ui.widgets import paging

Papers = Shown[PapersPage]


@pytest.fixture(scope="module")
def stocked(blank: Blank, tmp_path_factory: pytest.TempPathFactory) -> Blank:
    """Drawn: the notice of a company, waiting for its seal; the slip of a person, a day later."""
    folder = tmp_path_factory.mktemp("stocked") / "window"
    desk = Desk(blank, folder)
    desk.intake.accept(desk.draft(FOOD), CLERK)
    desk.clock.move(days=1)
    desk.intake.receive(desk.draft(CARD), CLERK)
    desk.render()
    desk.close()
    return Blank(folder, blank.key)


@pytest.fixture
def desk(tmp_path: Path, stocked: Blank) -> Iterator[Desk]:
    found = Desk(stocked, tmp_path / "profile")
    found.clock.move(days=1)
    yield found
    found.close()


@pytest.fixture
def papers(qtbot: QtBot, desk: Desk, seat: Seat, frame: QWidget, monkeypatch: pytest.MonkeyPatch) -> Iterator[Papers]:
    monkeypatch.setattr(page, "CHOSEN", 5)  # nobody here stays on a row to think
    monkeypatch.setattr(sought, "TYPED", 5)
    with_keys = replace(seat, hands=replace(seat.hands, keys=SimulatedKeys(pace=0)))
    with shown(qtbot, desk, with_keys, frame, PapersPage(with_keys)) as found:
        settled(found)
        yield found


def ids(papers: Papers) -> list[int]:
    return [line.row.paper_id for line in papers.page.table.lines.lines]


def settled(papers: Papers) -> None:
    """As for a person who stays on a row: its page is drawn, and what can be done is offered."""
    page = papers.page
    papers.until(lambda: not page._settled.isActive())
    papers.quiet()


def choose(papers: Papers, paper_id: int) -> None:
    assert papers.page.table.choose(paper_id)
    settled(papers)


def offered(papers: Papers) -> set[str]:
    """The acts that are offered about the chosen paper."""
    detail = papers.page.detail
    extra = {"void": detail._void, "save": detail._save, "prove": detail._prove, "case": detail._case}
    return {act for act, button in (detail.verbs.buttons | extra).items() if button.isVisible()}


def states(papers: Papers, case_id: int) -> list[PaperState]:
    return [paper.state for paper in papers.desk.papers(case_id)]


def test_all_papers_are_there_newest_first_masked_and_beside_them_the_page(papers: Papers) -> None:
    assert ids(papers) == [2, 1]
    slip, notice = (line.texts for line in papers.page.table.lines.lines)
    assert (slip[0], slip[1], slip[2], *slip[4:]) == ("—", "申请材料接收凭证", "张*", "✓ 可交付", "○ 未打印")
    assert notice[0].startswith("示市监许受〔2026〕")
    assert (notice[1], notice[4]) == ("受理通知书", "◐ 待用印")
    assert papers.page.paper.name.text() == "申请材料接收凭证"
    assert not papers.page.paper.picture.isNull()
    assert "张*" in papers.page.detail.more.text()
    assert papers.page._count.text() == "2 份"


def test_a_paper_is_found_by_what_stands_on_it(papers: Papers) -> None:
    case = papers.desk.record(2).number or ""
    number = papers.desk.papers(1)[0].number or ""
    for typed, found in (
        (number.replace("〔", "(").replace("〕", ")"), [1]),
        (case.replace("-", ""), [2]),
        ("示例", [1]),
    ):
        papers.press("search")
        papers.write(typed)
        papers.hit("Return")  # as a scanner ends what it reads
        assert ids(papers) == found
        assert QApplication.focusWidget() is papers.page.table
        papers.page.sought.words.clear()
        papers.until(lambda: len(ids(papers)) == 2)
    papers.press("search")
    papers.write("没有此人")
    papers.until(lambda: ids(papers) == [])
    settled(papers)
    assert papers.page.paper.told == "没有选中文书"
    assert papers.page.detail.isHidden()


def test_a_scanner_may_type_into_the_list(papers: Papers) -> None:
    assert papers.page.table.hasFocus()
    scanned = (papers.desk.record(2).number or "").replace("-", "")
    for digit in scanned:
        papers.write(digit)
    assert papers.page.sought.words.text() == scanned
    papers.hit("Return")
    assert ids(papers) == [2]
    assert papers.page.table.hasFocus()


def test_kind_state_and_days_are_chosen_by_the_keyboard(papers: Papers) -> None:
    papers.press("search")
    papers.hit("Tab", "Down")
    assert papers.page.table.row is not None
    papers.until(lambda: ids(papers) == [2])  # 申请材料接收凭证
    papers.hit("Up", "Tab", "Down")
    papers.until(lambda: ids(papers) == [1])  # 待用印
    papers.hit("Up", "Tab")
    assert QApplication.focusWidget() is papers.page.sought.days
    papers.write("3-2")
    papers.quiet()
    assert ids(papers) == [2, 1]  # half a date is none
    papers.hit("Return")
    papers.until(lambda: ids(papers) == [1])
    papers.press("search")
    papers.hit("Tab", "Tab", "Tab", "Ctrl+A", "Del")
    papers.write("后天")
    papers.hit("Return")
    assert "“后天”不是日期" in papers.notice


def test_what_can_be_done_stands_beside_each_paper(papers: Papers) -> None:
    assert offered(papers) == {"print_again", "save", "prove", "case"}
    choose(papers, 1)
    assert offered(papers) == {"seal_by_key", "seal", "print_again", "issue_slip", "void", "save", "prove", "case"}
    papers.press("seal_by_key", "open_case")
    assert papers.went == [("seals", {"part": 0, "paper": 1, "pin": True}), ("intake", {"case_id": 1})]
    papers.press("seal")
    papers.hit("Return")
    assert states(papers, 1) == [PaperState.READY]
    settled(papers)
    assert "seal" not in offered(papers)
    assert QApplication.focusWidget() is papers.page.table


def test_a_paper_is_printed_first_and_again_for_one_of_the_usual_reasons(papers: Papers) -> None:
    papers.press("print_again")
    assert [(each.paper_id, each.state) for each in papers.desk.prints.waiting()][-1] == (2, PrintState.ASKED)
    printer_says(papers.desk, PrintState.DONE)
    papers.page.refresh()
    settled(papers)
    papers.press("reprint")
    ask = papers.page.detail.ask
    papers.hit("Down")
    assert ask.field.text() == "申请人遗失"
    papers.hit("Up", "Up")
    assert ask.field.text() == "送达用"
    papers.hit("Ctrl+A")
    papers.write("自己的原因")
    papers.hit("Down")
    assert ask.field.text() == "自己的原因"
    papers.hit("Return")
    settled(papers)
    assert papers.desk.papers(2)[0].reprints == 1
    assert [line.row.reprints for line in papers.page.table.lines.lines] == [1, 0]
    assert papers.page.table.lines.lines[0].texts[-1] == "● 待打印 补打1"
    assert papers.page.paper.told == "文书正在生成"
    papers.desk.render()
    papers.page.refresh()
    papers.until(lambda: not papers.page.paper.picture.isNull())
    papers.press("dismiss")


def test_without_a_reason_nothing_is_printed_again(papers: Papers) -> None:
    printer_says(papers.desk, PrintState.DONE)
    papers.page.refresh()
    settled(papers)
    papers.press("reprint")
    papers.hit("Ctrl+A", "Del", "Return")
    assert ("请写明原因" in papers.notice, papers.desk.papers(2)[0].reprints) == (True, 0)


def test_a_paper_that_never_left_is_voided_by_two_and_issued_anew(papers: Papers) -> None:
    choose(papers, 1)
    papers.press("void")
    for typed in ("名称有误", COLLEAGUE.staff_no, PIN):
        papers.write(typed)
        papers.hit("Return")
    assert states(papers, 1) == [PaperState.VOIDED, PaperState.UNRENDERED]
    assert "新的一份正在生成" in papers.notice
    papers.until(lambda: ids(papers) == [3, 2, 1])
    settled(papers)
    assert "作废原因：名称有误" in papers.page.detail.more.text()
    assert "void" not in offered(papers)


def test_one_in_hand_is_not_voided_and_esc_puts_away_what_asks(papers: Papers) -> None:
    papers.press("void")
    assert papers.page.detail.second.isHidden()
    choose(papers, 1)
    papers.press("void")
    assert papers.page.detail.asks
    papers.press("dismiss")
    assert not papers.page.detail.asks
    assert QApplication.focusWidget() is papers.page.table


def test_a_print_in_doubt_is_settled(papers: Papers) -> None:
    printer_says(papers.desk, PrintState.UNKNOWN, "打印机没有答复")
    papers.page.refresh()
    settled(papers)
    papers.press("came_out")
    choose(papers, 1)
    papers.press("not_out")
    assert [each.reprint_no for each in papers.desk.prints.waiting()] == [1]


def test_a_paper_is_saved_where_somebody_says_and_over_nothing(papers: Papers, tmp_path: Path) -> None:
    target = tmp_path / "文书.pdf"
    for path, said in (
        (str(target), "已另存文书"),
        (str(target), "没有覆盖"),
        (str(tmp_path / "nowhere" / "x.pdf"), "没有文件夹"),
        (str(tmp_path / "x.exe"), "不是 .pdf"),
    ):
        papers.press("save_paper")
        assert papers.page.detail.ask.field.text().endswith("申请材料接收凭证.pdf")
        papers.hit("Ctrl+A")
        papers.write(path)
        papers.hit("Return")
        assert said in papers.notice
        papers.press("dismiss")
    assert target.read_bytes() == papers.desk.paperwork.page(2)
    assert len(papers.desk.audited("save_paper")) == 4


def code_of(desk: Desk, paper_id: int) -> str:
    """What stands in the QR code of a paper."""
    with desk.memory.read() as connection:
        facts = stored.facts(connection, paper_id)
    return told(statement_of(facts, ["words"]))


def scan(papers: Papers, code: str) -> None:
    papers.press("search")
    papers.write(code)
    papers.hit("Return")
    settled(papers)


def test_a_scanned_code_is_judged_beside_its_paper(papers: Papers) -> None:
    for paper_id, state in ((1, "待用印"), (2, "可交付")):
        scan(papers, code_of(papers.desk, paper_id))
        assert ids(papers) == [paper_id]
        said = papers.page.proof.verdict.text
        assert said.startswith("▲ 不能证明真伪：二维码没有签名，以印章为准")
        assert f"本机有这份文书的记录：{state}" in said
        assert papers.page.proof.isVisible()
    papers.press("dismiss")
    assert not papers.page.proof.isVisible()
    assert not papers.page.paper.picture.isNull()


def test_the_code_of_another_window_says_so_and_a_cut_one_too(papers: Papers) -> None:
    code = code_of(papers.desk, 1)
    with papers.desk.memory.begin() as connection:
        connection.exec_driver_sql("UPDATE papers SET number = '示市监许受〔2026〕900号' WHERE id = 1")
    scan(papers, code)
    assert ids(papers) == []
    assert "本机没有这份文书的记录" in papers.page.proof.verdict.text
    papers.press("dismiss")
    papers.page.sought.words.clear()
    papers.until(lambda: ids(papers) == [2, 1])
    scan(papers, code[:60])
    papers.page.refresh()
    settled(papers)
    assert ids(papers) == [2, 1]  # it is no name that is looked for
    assert papers.page.proof.verdict.text.startswith("▲ 文书二维码")
    assert papers.page.proof.isVisible()


def drawn(desk: Desk, paper_id: int) -> bytes:
    """Its page as the press draws it."""
    with desk.memory.begin() as connection:
        connection.exec_driver_sql(f"UPDATE spool SET state = 'waiting' WHERE paper_id = {paper_id}")
    render_waiting(desk.memory.spool(desk.clock), A4Press())
    return desk.paperwork.page(paper_id)


def test_the_chosen_paper_and_a_file_are_judged_and_another_paper_puts_it_away(papers: Papers, tmp_path: Path) -> None:
    page = drawn(papers.desk, 1)
    choose(papers, 1)
    papers.press("prove_paper")
    proof = papers.page.proof
    assert "文件与本机保存的一字不差" in proof.verdict.text
    choose(papers, 2)
    assert not proof.isVisible()
    (tmp_path / "given.pdf").write_bytes(page)
    papers.press("search")
    papers.write(str(tmp_path / "given.pdf"))
    papers.hit("Return")
    settled(papers)
    assert (ids(papers), proof.isVisible()) == ([1], True)
    assert "文件与本机保存的一字不差" in proof.verdict.text
    papers.press("dismiss")
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile(str(tmp_path / "nothing.pdf"))])
    how = Qt.DropAction.CopyAction, dropped, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    papers.page.dragEnterEvent(entering := QDragEnterEvent(QPoint(9, 9), *how))
    assert entering.isAccepted()
    papers.page.dropEvent(QDropEvent(QPointF(9, 9), *how))
    papers.quiet()
    assert proof.verdict.text.startswith("▲ 读不到文件“nothing.pdf”")


def test_the_page_opens_where_its_user_was(papers: Papers) -> None:
    papers.press("search")
    papers.write("示例")
    papers.until(lambda: ids(papers) == [1])
    settled(papers)
    place = papers.page.place()
    assert place == {"words": "示例", "kind": None, "show": None, "days": "", "part": 0, "paper": 1}
    papers.page.go_to({"show": "ready", "kind": "receiving_slip", "days": "2026", "words": 7})
    papers.until(lambda: ids(papers) == [2])
    papers.page.go_to(place)
    papers.until(lambda: ids(papers) == [1])
    assert papers.page.place() == place


def test_older_papers_come_as_one_scrolls(papers: Papers, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paging, "PAGE", 1)
    papers.page.go_to({})
    papers.until(lambda: ids(papers) == [2, 1])
    assert papers.page._count.text() == "2 份"


def test_where_the_numbers_went_is_told(papers: Papers) -> None:
    papers.desk.paperwork.replace(1, CLERK, COLLEAGUE, "名称写错")
    papers.press("part_2")
    (line,) = papers.page.numbers.table.lines.lines
    assert line.texts[2:4] + line.texts[6:] == ("1", "1", "✓ 无缺号")
    assert papers.page.numbers.facts.text.startswith("作废 1　名称写错")
    lose(papers.desk, 1)
    papers.press("part_1", "part_2")
    assert papers.page.numbers.table.lines.lines[0].texts[6] == "▲ 1 个缺号"
    papers.hit("Return")
    assert papers.page.numbers.ask.isHidden()  # it is the supervisor's
    assert not papers.page.numbers.explain.isVisible()
    papers.page.numbers.years.setFocus()
    papers.hit("Down")
    papers.quiet()
    assert papers.page.numbers.table.lines.lines == []
    assert papers.page.place()["part"] == 1
    papers.press("search")
    assert papers.page.sought.words.hasFocus()
    papers.page.go_to({"part": 1})
    papers.quiet()
    assert papers.page.numbers.isVisible()


@pytest.mark.parametrize("clerk", [SUPERVISOR])
def test_a_supervisor_explains_a_missing_number(papers: Papers, clerk: Staff) -> None:
    accept(papers.desk)
    lose(papers.desk, 1)
    papers.press("part_2")
    numbers = papers.page.numbers
    assert numbers.explain.isVisible()
    papers.hit("Return")
    papers.press("dismiss")
    assert numbers.ask.isHidden()
    assert numbers.table.hasFocus()
    papers.hit("Return", "Down", "Return")
    assert [each.reason for each in of(papers.desk).voided] == ["设备故障，未出具"]
    assert numbers.table.lines.lines[0].texts[6] == "✓ 无缺号"
    assert papers.desk.audited("explain_numbers") == [("2001", of(papers.desk).series, "done")]
