"""The 办件 page by keyboard: every case is found, shown masked, and what may be done to it is done."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from client.desk.sheet import PaperState
from client.errors import CaseError, Fault
from client.ports.pages import WHOLE, Part, Picture
from client.ports.platform import Verdict
from client.ports.printer import PrintState
from client.rules.case import State
from tests.desk.counter import CARD, CLERK, COLLEAGUE, COMPANY, FOOD, PIN, Desk
from tests.desk.crowd import crowd
from tests.ui.doors import grey
from tests.ui.listing import Shown, platform_says, printer_says, shown
from ui.clerk.case_words import people_words
from ui.clerk.cases import CasesPage
from ui.page import at_once
from ui.seat import Seat
from ui.widgets import paging

Cases = Shown[CasesPage]
NO_SHEET = Fault("CASE-998", "没有这一页", "请看前一页")


@pytest.fixture
def few(desk: Desk) -> list[int]:
    """An accepted company, a draft of a person, a receipt of a person: oldest first."""
    accepted = desk.draft(FOOD)
    desk.intake.accept(accepted, CLERK)
    draft = desk.draft(CARD)
    desk.clock.move(minutes=5)
    received = desk.draft(COMPANY)
    desk.intake.receive(received, CLERK)
    return [accepted, draft, received]


@pytest.fixture
def cases(qtbot: QtBot, desk: Desk, few: list[int], seat: Seat, frame: QWidget) -> Iterator[Cases]:
    with shown(qtbot, desk, seat, frame, at_once(CasesPage.making(seat))) as found:
        yield found


def ids(cases: Cases) -> list[int]:
    return [line.row.case_id for line in cases.page.table.lines.lines]


def texts(cases: Cases, place: int) -> tuple[str, ...]:
    return cases.page.table.lines.lines[place].texts


def choose(cases: Cases, case_id: int) -> None:
    """As a person does who goes there and stays."""
    cases.page.table.choose(case_id)
    cases.until(lambda: cases.page.detail.case_id == case_id)
    cases.quiet()


def test_all_cases_are_there_newest_first_and_masked(cases: Cases, few: list[int]) -> None:
    assert ids(cases) == few[::-1]
    received, draft, accepted = (texts(cases, place) for place in range(3))
    assert received[1:5] == ("张*", "公司设立登记注册（县级权限）", "● 已收件", "03-02 09:35")
    assert received[6:] == ("● 待上传", "○ 未打印")
    assert (draft[0], draft[3], draft[6:]) == ("没有编号", "○ 草稿", ("", ""))
    assert accepted[0] == cases.desk.record(few[0]).number
    assert accepted[3] == "✓ 受理"
    assert accepted[5] != ""  # when it is promised
    assert "张三" not in str([line.texts for line in cases.page.table.lines.lines])


def test_on_a_narrow_screen_the_end_of_the_number_is_in_sight(cases: Cases, few: list[int]) -> None:
    table = cases.page.table
    number = cases.desk.record(few[0]).number or ""
    assert table.model().index(2, 0).data() == number
    assert not table.isColumnHidden(5)
    cases.window.resize(1005, 526)
    cases.quiet()
    assert table.model().index(2, 0).data() == f"…{number[-8:]}"
    assert table.isColumnHidden(5)
    cases.window.resize(1278, 680)
    cases.quiet()
    assert table.model().index(2, 0).data() == number


def test_what_became_of_a_case_elsewhere_is_seen_without_a_key(cases: Cases, few: list[int]) -> None:
    printer_says(cases.desk, PrintState.FAILED, "缺纸")
    platform_says(cases.desk, *[Verdict.ACCEPTED] * 4)
    cases.until(lambda: texts(cases, 2)[6:] == ("✓ 平台已接收", "▲ 没有打出"))
    cases.desk.drafting.open(CLERK, cases.desk.item())
    cases.seat.bell.case_changed.emit(1)
    cases.until(lambda: len(ids(cases)) == 4)


def test_what_is_remembered_finds_its_case(cases: Cases, few: list[int]) -> None:
    number = cases.desk.record(few[0]).number or ""
    tail = number.replace("-", "")[-5:]
    for words in (tail, number):
        cases.press("search")
        cases.write(words)
        assert ids(cases) != [few[0]]  # nobody looks while it is typed
        cases.until(lambda: ids(cases) == [few[0]])
        cases.page.search.clear()
        cases.until(lambda: len(ids(cases)) == 3)
    cases.press("search")
    cases.write("没有这样的人")
    cases.until(lambda: ids(cases) == [])
    cases.until(lambda: cases.page.detail.case_id is None)
    assert cases.page.detail.facts.text == ""
    cases.hit("Return")
    assert QApplication.focusWidget() is cases.page.table


def test_a_long_paste_is_cut(cases: Cases) -> None:
    cases.press("search")
    QApplication.clipboard().setText("9" * 100_000)
    cases.hit("Ctrl+V")
    assert len(cases.page.search.text()) == 64


def test_a_state_is_chosen_by_the_keyboard(cases: Cases, few: list[int]) -> None:
    cases.press("search")
    cases.hit("Tab")
    assert QApplication.focusWidget() is cases.page.states
    cases.hit("Down")
    cases.until(lambda: ids(cases) == [few[1]])
    cases.hit("Down")
    cases.until(lambda: ids(cases) == [few[2]])


def test_enter_opens_the_case(cases: Cases, few: list[int]) -> None:
    cases.hit("Down", "Return")
    assert cases.went == [("intake", {"case_id": few[1]})]


def test_the_people_are_masked_until_somebody_says_why(cases: Cases, few: list[int]) -> None:
    choose(cases, few[2])
    applicant = cases.desk.record(few[2]).applicant
    assert applicant is not None
    assert "张*" in cases.page.detail.facts.text
    assert applicant.identifier not in cases.page.detail.facts.text
    cases.press("reveal")
    cases.hit("Return")
    assert applicant.identifier in cases.page.detail.facts.text
    assert cases.desk.audited("reveal") == [("1001", cases.desk.record(few[2]).number, "done")]
    cases.press("reveal")
    assert applicant.identifier not in cases.page.detail.facts.text


def test_what_was_revealed_is_hidden_when_another_case_is_chosen_or_the_page_is_left(
    cases: Cases, few: list[int]
) -> None:
    detail = cases.page.detail
    leaves: tuple[Callable[[], object], ...] = (lambda: choose(cases, few[0]), cases.page.left, detail.cover)
    for leave in leaves:
        choose(cases, few[2])
        cases.press("reveal")
        cases.hit("Return")
        name = cases.page.detail.facts.text
        assert "张三" in name
        leave()
        assert "张三" not in cases.page.detail.facts.text


def test_without_a_reason_nothing_is_revealed(cases: Cases, few: list[int]) -> None:
    choose(cases, few[2])
    cases.press("reveal")
    cases.hit("Ctrl+A", "Del", "Return")
    assert "请写明原因" in cases.notice
    assert cases.desk.audited("reveal") == []


def give(cases: Cases, reason: str, number: str, pin: str) -> None:
    for text in (reason, number, pin):
        cases.write(text)
        cases.hit("Return")


def test_a_draft_is_voided_by_two(cases: Cases, few: list[int]) -> None:
    choose(cases, few[1])
    cases.press("void")
    give(cases, "申请人改日再来", COLLEAGUE.staff_no, "000000")
    assert "口令" in cases.notice
    assert cases.desk.state(few[1]) is State.DRAFT
    cases.write(PIN)
    cases.hit("Return")
    assert cases.desk.state(few[1]) is State.VOIDED
    assert "草稿已作废" in cases.notice
    assert cases.page.detail.second.isHidden()
    cases.until(lambda: texts(cases, 1)[3] == "○ 作废")
    assert cases.desk.audited("void") == [("1001", f"draft:{few[1]}", "done")]


def test_nobody_is_ones_own_second_person(cases: Cases, few: list[int]) -> None:
    choose(cases, few[1])
    cases.press("void")
    give(cases, "申请人改日再来", CLERK.staff_no, PIN)
    assert "须双人复核" in cases.notice
    assert cases.desk.state(few[1]) is State.DRAFT
    cases.press("dismiss")
    assert cases.page.detail.second.isHidden()
    assert QApplication.focusWidget() is cases.page.table


def test_esc_puts_away_what_is_open_first_and_then_what_is_told(cases: Cases, few: list[int]) -> None:
    choose(cases, few[0])
    cases.press("reveal")
    cases.seat.notices.warn("请看打印机", "有没有这一份")
    cases.press("dismiss")
    assert (cases.page.detail.asks, "请看打印机" in cases.notice) == (False, True)
    cases.press("dismiss")
    assert cases.notice == ""


def test_enter_goes_to_what_is_missing(cases: Cases, few: list[int]) -> None:
    choose(cases, few[1])
    cases.press("void")
    give(cases, "申请人改日再来", "", "")
    assert QApplication.focusWidget() is cases.page.detail.second.number


def test_a_paper_that_never_left_is_voided_by_two_and_issued_anew(cases: Cases, few: list[int]) -> None:
    cases.desk.render()
    choose(cases, few[0])
    cases.press("void")
    give(cases, "申请人名称打错", COLLEAGUE.staff_no, PIN)
    states = [paper.state for paper in cases.desk.papers(few[0])]
    assert states == [PaperState.VOIDED, PaperState.UNRENDERED]
    assert "新的一份正在生成" in cases.notice


def test_a_case_whose_papers_are_in_hand_has_nothing_to_void(cases: Cases, few: list[int]) -> None:
    cases.desk.render()
    choose(cases, few[2])
    cases.press("void")
    assert cases.page.detail.second.isHidden()
    assert cases.page.detail._void.isHidden()


def test_a_printed_paper_is_printed_again_with_a_reason(cases: Cases, few: list[int]) -> None:
    printer_says(cases.desk, PrintState.DONE)
    choose(cases, few[0])
    cases.press("reprint")
    cases.hit("Return")
    assert [line.reprint_no for line in cases.desk.prints.waiting()] == [1]
    assert cases.desk.audited("reprint") == [("1001", cases.desk.papers(few[0])[0].number, "done")]


def test_the_seal_is_entered(cases: Cases, few: list[int]) -> None:
    cases.desk.render()
    choose(cases, few[0])
    cases.press("seal")
    cases.hit("Return")
    assert [paper.state for paper in cases.desk.papers(few[0])] == [PaperState.READY]


def two_sheets(content: bytes, media_type: str, width: int, height: int, sheet: int = 0, part: Part = WHOLE) -> Picture:
    if sheet > 1:
        raise CaseError(NO_SHEET)
    return grey(content, media_type, min(width, 400), 40 + sheet)


def test_a_paper_is_looked_at_a_sheet_at_a_time(
    qtbot: QtBot, desk: Desk, few: list[int], seat: Seat, frame: QWidget
) -> None:
    desk.render()
    seat = replace(seat, hands=replace(seat.hands, paint=two_sheets))
    with shown(qtbot, desk, seat, frame, at_once(CasesPage.making(seat))) as cases:
        choose(cases, few[0])
        cases.press("view_paper")
        view = cases.page.paper
        assert view.isVisible()
        assert view.picture.height() == 40
        cases.press("sheet_after")
        assert view.picture.height() == 41
        cases.press("sheet_after")
        assert (view.picture.height(), view.told) == (41, "已是最后一页")
        cases.press("sheet_before")
        assert view.picture.height() == 40
        cases.window.resize(1005, 526)
        cases.until(lambda: view.told == "" and seat.tasks.underway == 0)
        cases.press("dismiss")
        assert not view.isVisible()
        assert QApplication.focusWidget() is cases.page.table


def test_a_paper_that_is_not_drawn_yet_says_so(cases: Cases, few: list[int]) -> None:
    choose(cases, few[0])
    cases.press("view_paper")
    assert "文书还没有生成" in cases.page.paper.told
    cases.press("search")
    assert QApplication.focusWidget() is cases.page.search
    assert not cases.page.paper.isVisible()


def test_the_page_opens_where_its_user_was(cases: Cases, few: list[int]) -> None:
    cases.press("search")
    cases.write("示例")
    cases.until(lambda: ids(cases) == [few[0]])
    choose(cases, few[0])
    place = cases.page.place()
    assert place == {"words": "示例", "state": None, "case_id": few[0]}
    cases.page.go_to({"words": None, "state": "received"})
    cases.until(lambda: ids(cases) == [few[2]])
    cases.page.go_to(place)
    cases.until(lambda: ids(cases) == [few[0]])
    assert cases.page.place() == place


def test_a_window_left_alone_asks_who_it_is(cases: Cases, few: list[int]) -> None:
    choose(cases, few[1])
    cases.press("void")
    cases.desk.clock.move(hours=1)
    locks: list[bool] = []
    cases.seat.bell.lock.connect(lambda: locks.append(True))
    give(cases, "申请人改日再来", COLLEAGUE.staff_no, PIN)
    assert locks == [True]
    assert cases.desk.state(few[1]) is State.DRAFT


def test_a_thousand_cases_come_as_one_scrolls(qtbot: QtBot, desk: Desk, seat: Seat, frame: QWidget) -> None:
    crowd(desk, 230)
    with shown(qtbot, desk, seat, frame, at_once(CasesPage.making(seat))) as cases:
        assert ids(cases) == list(range(230, 180, -1))
        assert cases.page._count.text() == "50+ 件"
        for expected in (100, 150, 200, 230):
            cases.hit("Ctrl+End")
            cases.until(lambda expected=expected: len(ids(cases)) == expected)  # type: ignore[misc] # bound now
        assert ids(cases) == list(range(230, 0, -1))
        assert cases.page._count.text() == "230 件"
        scrolled = cases.page.table.verticalScrollBar().value()
        choose(cases, 60)
        desk.drafting.open(CLERK, desk.item())
        cases.page.refresh()
        cases.quiet()
        assert ids(cases) == [231, *range(230, 0, -1)]
        assert (cases.page.table.row is not None, scrolled > 0) == (True, True)
        assert cases.page.place()["case_id"] == 60
        for _ in range(paging.MOST_AGAIN + 1):
            desk.drafting.open(CLERK, desk.item())
        cases.page.refresh()
        cases.quiet()
        assert ids(cases)[:3] == [382, 381, 380]
        assert ids(cases) == list(range(382, 382 - len(ids(cases)), -1))  # no gap, whatever was read


def test_an_error_of_the_list_is_told_once(cases: Cases, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise CaseError(NO_SHEET)

    monkeypatch.setattr("ui.clerk.cases.find", broken)
    cases.page.refresh()
    cases.quiet()
    assert "没有这一页" in cases.notice
    cases.seat.notices.clear()
    cases.page.refresh()
    cases.quiet()
    assert cases.notice == ""


def test_words_of_a_case_without_people() -> None:
    assert people_words(None, None, clear=False) == [("申请人", "还没有填写")]
