"""After an act: what the citizen is told, and the papers until each is in hand."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from client.desk import supply as desk_supply
from client.desk.counter import Counter
from client.desk.drafting import MaterialMark
from client.desk.sheet import CaseSheet, PaperKind, PaperState, PrintState, sheet
from client.errors import Fault, StoreError
from client.ports.printer import JobReport
from client.rules.case import State
from client.rules.items import IntakeRegime, OriginalStays
from client.store.prints import StoredPrints
from devices.scanner.faults import Trouble
from devices.scanner.simulated import Failure
from tests.desk.counter import CLERK, FOOD, HOUSE, Desk
from tests.ui.seated import Seated, seated
from tests.ui.table import SMALL, scanner
from ui.clerk.intake import done
from ui.clerk.intake.done import facts, to_give_back
from ui.clerk.intake.paper_rows import PaperRow, print_said
from ui.clerk.intake.paper_verbs import SEALS
from ui.seat import Seat

DEFERRED = "rules_list"
FULL = Fault("STORE-999", "磁盘已满", "请清理磁盘")


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody here waits a second to see a paper move."""
    monkeypatch.setattr(done, "LOOK", 250)


@pytest.fixture
def at(qtbot: QtBot, desk: Desk, seat: Seat, frame: QWidget, tmp_path: Path) -> Iterator[Seated]:
    with seated(qtbot, desk, seat, frame, tmp_path / "told", scanner=scanner(2, pace=0.0)) as found:
        found.page.middle.materials.scanning.go_to(SMALL)
        yield found


@pytest.fixture
def queue(desk: Desk) -> StoredPrints:
    return desk.memory.prints(desk.clock)


def accept(at: Seated, desk: Desk, name: str = FOOD) -> None:
    at.load(desk.draft(name))
    at.press("accept")
    assert at.view == "done"


def said(at: Seated) -> str:
    """Every word in sight on the panel."""
    return " ".join(label.text() for label in at.page.middle.done.findChildren(QLabel) if label.isVisible())


def offered(at: Seated) -> list[str]:
    return [act for act, button in at.page.middle.done.verbs.buttons.items() if not button.isHidden()]


def goes(at: Seated, desk: Desk, queue: StoredPrints, state: PrintState, reason: str = "") -> None:
    """The paper is rendered and the printer says that of it; the panel sees it by itself."""
    desk.render()
    for order in queue.asked():
        queue.sending(order)
        queue.sent(order, "job-1")
    for job in queue.underway():
        queue.reported(job.paper_id, job.reprint_no, JobReport(state, reason))
    at.until(lambda: any(paper.print_state is state for paper in at.page.middle.done.papers.papers))


def test_the_citizen_is_told_number_code_and_promised_date(at: Seated, desk: Desk) -> None:
    accept(at, desk)
    words = said(at)
    assert at.page.middle.done.number.text() == at.case.number
    for told in (at.case.query_code, "2026-03-09", "受理通知书", "待生成", "待打印"):
        assert told is not None
        assert told in words
    assert offered(at) == []


def test_the_panel_follows_the_paper_to_the_printer(at: Seated, desk: Desk, queue: StoredPrints) -> None:
    accept(at, desk)
    goes(at, desk, queue, PrintState.PRINTING)
    assert "打印中" in said(at)
    goes(at, desk, queue, PrintState.DONE)
    assert "已打印" in said(at)
    at.quiet()
    states = [told["state"] for told in at.told("print")]
    assert states[0] == "asked"
    assert states[-1] == "done"
    assert offered(at) == ["seal", "issue_slip", "reprint"]


def test_a_look_from_before_is_not_painted_over_what_came_after_it(
    at: Seated, desk: Desk, queue: StoredPrints, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked, gate = threading.Event(), threading.Event()

    def slow(counter: Counter, case_id: int) -> CaseSheet:
        found = sheet(counter, case_id)
        looked.set()
        gate.wait(10)
        return found

    accept(at, desk)
    goes(at, desk, queue, PrintState.PRINTING)
    monkeypatch.setattr(done, "sheet", slow)
    at.until(looked.is_set)
    (job,) = queue.underway()
    queue.reported(job.paper_id, job.reprint_no, JobReport(PrintState.DONE, ""))
    at.page.work.read_again()
    at.until(lambda: "已打印" in said(at))
    gate.set()
    at.quiet()
    assert [told["state"] for told in at.told("print")][-2:] == ["printing", "done"]


def test_a_wet_seal_is_entered_and_the_notice_may_go_out(at: Seated, desk: Desk, queue: StoredPrints) -> None:
    accept(at, desk)
    goes(at, desk, queue, PrintState.DONE)
    at.press("seal")
    ask = at.page.middle.done.ask
    assert (ask.field.text(), at.focus) == ("行政许可专用章", ask.field)
    at.press("dismiss")
    assert ask.isHidden()
    assert desk.papers(at.case.case_id)[0].state is PaperState.AWAITING_SEAL
    at.press("seal")
    at.hit("Ctrl+A", "Del")
    at.hit("Return")  # no seal has no name
    assert desk.papers(at.case.case_id)[0].state is PaperState.AWAITING_SEAL
    at.press("seal")
    at.hit("Return")
    assert "可交付" in said(at)
    assert desk.audited("apply_seal")
    assert at.told("sealed")
    at.hit("Return")
    assert at.view == "clear"


def test_what_was_sealed_on_another_page_is_seen_on_the_way_back(at: Seated, desk: Desk, queue: StoredPrints) -> None:
    accept(at, desk)
    goes(at, desk, queue, PrintState.DONE)
    assert "待用印" in said(at)
    at.page.hide()
    desk.paperwork.apply_wet_seal(desk.papers(at.case.case_id)[0].paper_id, CLERK, "行政许可专用章")
    at.page.show()
    at.until(lambda: "可交付" in said(at))


def test_the_seal_is_the_regimes() -> None:
    assert SEALS[IntakeRegime.REAL_ESTATE] == "不动产登记专用章"
    assert set(SEALS) == set(IntakeRegime)


def test_while_the_seal_is_missing_a_slip_goes_out_first(at: Seated, desk: Desk, queue: StoredPrints) -> None:
    accept(at, desk)
    goes(at, desk, queue, PrintState.DONE)
    rung: list[bool] = []
    at.seat.bell.papers_asked.connect(lambda: rung.append(True))
    at.press("issue_slip")
    assert [paper.kind for paper in at.case.papers] == [PaperKind.ACCEPTANCE_NOTICE, PaperKind.RECEIVING_SLIP]
    assert at.case.papers[1].print_state is PrintState.ASKED
    assert rung
    assert "issue_slip" not in offered(at)


def test_a_paper_is_printed_again_with_a_reason(at: Seated, desk: Desk, queue: StoredPrints) -> None:
    accept(at, desk)
    goes(at, desk, queue, PrintState.DONE)
    at.press("reprint")
    at.retype("申请人遗失")
    at.hit("Return")
    (paper,) = at.case.papers
    assert (paper.reprints, paper.print_state) == (1, PrintState.ASKED)
    assert "补打第 1 次 待打印" in said(at)


@pytest.mark.parametrize("state", [PrintState.FAILED, PrintState.CANCELLED])
def test_what_did_not_come_out_is_sent_again(at: Seated, desk: Desk, queue: StoredPrints, state: PrintState) -> None:
    accept(at, desk)
    goes(at, desk, queue, state, "缺纸")
    assert "（缺纸）" in said(at)
    at.press("print_again")
    assert at.case.papers[0].print_state is PrintState.ASKED


@pytest.mark.parametrize(
    ("verb", "state", "reprints"), [("came_out", PrintState.DONE, 0), ("not_out", PrintState.ASKED, 1)]
)
def test_a_person_looks_where_nobody_knows(
    at: Seated, desk: Desk, queue: StoredPrints, verb: str, state: PrintState, reprints: int
) -> None:
    accept(at, desk)
    goes(at, desk, queue, PrintState.UNKNOWN)
    assert "结果待查看" in said(at)
    assert "came_out" in offered(at)
    at.press(verb)
    assert (at.case.papers[0].print_state, at.case.papers[0].reprints) == (state, reprints)


def test_the_arrows_choose_the_paper_that_is_meant(at: Seated, desk: Desk, queue: StoredPrints) -> None:
    case_id = desk.draft(FOOD)
    desk.prints.ask(desk.intake.receive(case_id, CLERK).paper_ids, CLERK)
    at.load(case_id)
    at.press("accept")
    goes(at, desk, queue, PrintState.DONE)
    first, second = at.page.middle.done.papers.rows
    first.setFocus()
    at.hit("Up")
    assert at.focus is first
    at.hit("Down")
    assert at.focus is second
    assert isinstance(second, PaperRow)
    assert "受理通知书" in second.accessibleName()
    at.press("reprint")
    at.hit("Return")
    assert [paper.reprints for paper in at.case.papers] == [0, 1]


def test_originals_that_go_back_are_named(at: Seated, desk: Desk) -> None:
    accept(at, desk, HOUSE)
    back = to_give_back(at.case)
    assert back.startswith("请退还原件")
    assert "申请人身份证明（双方）" in back
    assert back in said(at)
    kept = [slot for slot in at.case.slots if slot.material.original is OriginalStays.KEPT]
    assert all(slot.material.name not in back for slot in kept)


def test_what_is_said_depends_on_where_it_stands(at: Seated, desk: Desk) -> None:
    at.load(desk.draft(FOOD, without=("premises",)))
    at.press("receive")
    assert dict(facts(at.case))["告知截止"] == "2026-03-09，收件不等于受理"
    at.press("ask_correction", "ask_correction")
    assert dict(facts(at.case))["补正截止"] == "2026-03-16"


def test_the_materials_can_be_looked_at_and_the_papers_again(at: Seated, desk: Desk) -> None:
    accept(at, desk)
    at.press("dismiss")
    assert at.view == "table"
    at.press("papers")
    assert at.view == "done"
    at.press("papers")
    assert at.view == "table"


def test_a_draft_has_no_papers_to_look_at(at: Seated, desk: Desk) -> None:
    at.load(desk.draft(FOOD))
    at.press("papers")
    assert (at.view, "还没有文书" in at.notice) == ("table", True)


def deferred(desk: Desk) -> int:
    case_id = desk.draft(FOOD, without=(DEFERRED,))
    desk.drafting.mark(case_id, CLERK, DEFERRED, MaterialMark(deferred=True))
    desk.intake.accept(case_id, CLERK)
    return case_id


def test_what_was_let_follow_is_scanned_and_handed_in(at: Seated, desk: Desk) -> None:
    case_id = deferred(desk)
    at.load(case_id)
    assert at.view == "done"
    assert "应于 2026-03-05 前补齐" in at.page.middle.done.supply.stops[0].text()  # type: ignore[attr-defined] # a Radio
    at.press("receive")
    assert "还没有扫描" in at.notice
    at.press("scan")
    at.until(lambda: at.page.middle.done.supply.pages == 2)
    assert "已扫 2 页" in said(at)
    at.press("dismiss")  # from the materials too
    at.press("receive")
    at.quiet()
    assert at.page.bar.buttons["receive"].accessibleName() == "收件并出凭证"
    assert [slot.sheets for slot in at.case.slots if slot.material.key == DEFERRED] == [2]
    assert "case.supplied" in desk.event_types()
    assert at.told("supplied")[0]["left"] == 0
    assert at.page.middle.done.supply.isHidden()


def test_a_scan_for_it_that_fails_keeps_its_pages(
    qtbot: QtBot, desk: Desk, seat: Seat, frame: QWidget, tmp_path: Path
) -> None:
    broken = scanner(3, pace=0.0, failure=Failure(Trouble.JAMMED, page=2))
    with seated(qtbot, desk, seat, frame, tmp_path / "told", scanner=broken) as at:
        at.page.middle.materials.scanning.go_to(SMALL)
        at.load(deferred(desk))
        at.press("scan")
        at.until(lambda: "▲" in at.notice)
        assert at.page.middle.done.supply.pages == 1


def test_without_a_scanner_it_says_so(qtbot: QtBot, desk: Desk, seat: Seat, frame: QWidget, tmp_path: Path) -> None:
    with seated(qtbot, desk, seat, frame, tmp_path / "told") as at:
        at.load(deferred(desk))
        at.press("scan")
        assert "没有设置扫描仪" in at.notice


def test_a_paper_nobody_asked_for_is_printed_now(at: Seated, desk: Desk) -> None:
    case_id = desk.draft(FOOD)
    desk.intake.accept(case_id, CLERK)
    at.load(case_id)
    assert "未打印" in said(at)
    assert offered(at) == ["print_again"]
    at.press("print_again")
    assert print_said(at.case.papers[0]) == "待打印"


def test_what_a_key_was_to_seal_is_printed_for_the_wet_seal(at: Seated, desk: Desk) -> None:
    case_id = desk.draft(FOOD)
    desk.intake.accept(case_id, CLERK)
    desk.render()
    at.load(case_id)
    assert at.page.middle.done.verbs.buttons["print_again"].accessibleName() == "打印后盖章"


def test_a_decision_elsewhere_is_no_act_here(at: Seated, desk: Desk) -> None:
    case_id = desk.draft(FOOD)
    desk.intake.accept(case_id, CLERK)
    at.load(case_id)
    assert at.case.state is State.ACCEPTED
    at.press("accept")
    assert "不能办理“受理”" in at.notice


def test_pages_scanned_for_one_case_stay_with_it_and_wait_there(
    qtbot: QtBot, desk: Desk, seat: Seat, frame: QWidget, tmp_path: Path
) -> None:
    slow = scanner(4, pace=0.3)
    with seated(qtbot, desk, seat, frame, tmp_path / "told", scanner=slow) as at:
        at.page.middle.materials.scanning.go_to(SMALL)
        first, second = deferred(desk), deferred(desk)
        at.load(first)
        at.strike(at.seat.keys["scan"])
        at.strike(at.seat.keys["receive"])
        assert "材料还在扫描" in at.notice
        at.strike(at.seat.keys["scan"])
        assert "上一次扫描还没有结束" in at.notice
        at.load(second)
        at.press("receive")
        assert "还没有扫描" in at.notice
        at.until(lambda: bool(at.told("scanned")))
        assert at.page.middle.done.supply.pages == 0
        at.load(first)
        assert at.page.middle.done.supply.pages == 4


def test_what_was_scanned_to_follow_is_cleared_by_a_key_of_the_box(at: Seated, desk: Desk) -> None:
    at.load(deferred(desk))
    supply = at.page.middle.done.supply
    at.press("scan")
    assert supply.pages == 2
    supply.stops[0].setFocus()
    at.press("delete_page")
    assert (supply.pages, "已扫" in said(at)) == (0, False)
    assert supply._clear.isHidden()


def test_who_leaves_pages_that_were_not_handed_in_is_told_and_loses_none(at: Seated, desk: Desk) -> None:
    case_id = deferred(desk)
    at.load(case_id)
    at.press("scan", "new_case")
    assert (at.view, "还没有收下" in at.notice) == ("clear", True)
    at.load(case_id)
    assert at.page.middle.done.supply.pages == 2


def test_a_material_the_desk_would_not_take_may_be_handed_in_again(
    at: Seated, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> int:
        raise StoreError(FULL)

    at.load(deferred(desk))
    at.press("scan")
    with monkeypatch.context() as patched:
        patched.setattr(desk_supply, "supply", refuse)
        at.strike(at.seat.keys["receive"])
        at.press("receive")  # twice is once
    assert "磁盘已满" in at.notice
    at.press("receive")
    assert "case.supplied" in desk.event_types()


def test_what_is_asked_about_a_paper_goes_with_its_case(at: Seated, desk: Desk, queue: StoredPrints) -> None:
    accept(at, desk)
    goes(at, desk, queue, PrintState.DONE)
    at.press("reprint")
    assert at.page.middle.done.ask.isVisible()
    accept(at, desk)
    assert at.page.middle.done.ask.isHidden()
