"""The bottom bar: lawful acts alone, each once, and a key of what cannot be done brings to what is wanting."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from client.desk.drafting import Drafting
from client.desk.prints import Prints
from client.desk.sheet import PaperKind, sheet
from client.errors import Fault, StoreError
from client.rules.case import Act, State
from client.rules.items import AcceptanceMode
from tests.desk.counter import CARD, CLERK, FOOD, HOUSE, Desk
from tests.ui.seated import Seated, seated
from tests.ui.waiting import wait_until
from ui.clerk.intake.ways import told, unlawful, ways
from ui.seat import Seat


@pytest.fixture
def at(qtbot: QtBot, desk: Desk, seat: Seat, frame: QWidget, tmp_path: Path) -> Iterator[Seated]:
    with seated(qtbot, desk, seat, frame, tmp_path / "told") as found:
        yield found


def enabled(at: Seated) -> list[str]:
    return [act for act, button in at.page.bar.buttons.items() if button.isEnabled()]


def test_a_clear_table_has_no_act_and_says_what_comes_first(at: Seated) -> None:
    assert enabled(at) == []
    for act in ("accept", "receive", "ask_correction", "other_outcomes"):
        at.press(act)
        assert "请先读卡，或者选事项" in at.notice
        at.press("dismiss")


def test_a_whole_draft_has_them_all(at: Seated, desk: Desk) -> None:
    at.load(desk.draft(FOOD))
    assert enabled(at) == ["save", "other_outcomes", "ask_correction", "receive", "accept"]
    assert at.page.bar.buttons["accept"].accessibleName() == "受理"


def test_what_is_wanting_stands_on_the_key_and_the_key_leads_to_it(at: Seated, desk: Desk) -> None:
    at.load(desk.draft(FOOD, without=("premises", "power_of_attorney")))
    button = at.page.bar.buttons["accept"]
    assert (button.accessibleName(), button.isEnabled()) == ("受理（差 2 处）", False)
    assert "经营布局" in button.toolTip()
    assert "经营布局" in button.accessibleDescription()
    at.press("accept")
    assert "还差 2 处" in at.notice
    assert (at.focus, at.page.middle.materials.slot) == (at.page.middle.materials.list, "premises")


def test_without_people_the_key_leads_to_them(at: Seated, desk: Desk) -> None:
    at.load(desk.drafting.open(CLERK, desk.item(FOOD)))
    for act in ("accept", "receive", "ask_correction"):
        at.page.middle.materials.list.setFocus()
        at.press(act)
        assert at.page.people.isAncestorOf(at.focus), act
        assert "没有申请人" in at.notice


def test_an_open_question_is_led_to_before_the_materials(at: Seated, desk: Desk) -> None:
    case_id = desk.draft(FOOD, without=("premises",))
    desk.drafting.choose(case_id, CLERK, {})
    at.load(case_id)
    at.press("accept")
    assert at.page.item.isAncestorOf(at.focus)
    assert at.focus.objectName() == "situation.automatic"


def test_what_is_typed_counts_before_the_act(at: Seated, desk: Desk) -> None:
    case_id = desk.draft(FOOD)
    answers = dict(desk.record(case_id).answers)
    del answers["premises_address"]
    desk.drafting.fill(case_id, CLERK, answers)
    at.load(case_id)
    at.press("accept")
    assert at.focus.objectName() == "premises_address"
    at.write("示例市示例区示例路1号2层")
    at.strike("F9")  # the caret is still in the field
    at.quiet()
    assert desk.state(case_id) is State.ACCEPTED
    assert desk.record(case_id).answers["premises_address"] == "示例市示例区示例路1号2层"


def test_people_the_desk_would_not_take_stop_the_decision(at: Seated, desk: Desk) -> None:
    case_id = desk.draft(FOOD)
    at.load(case_id)
    at.press("edit_people")
    while at.focus.objectName() != "attendee.identifier":
        at.hit("Tab")
    at.retype("110101190203040028")  # a wrong check digit
    at.press("accept")
    assert desk.state(case_id) is State.DRAFT
    assert "▲" in at.notice
    assert not at.page.bar.underway


def test_two_presses_are_one_act(at: Seated, desk: Desk) -> None:
    case_id = desk.draft(FOOD)
    at.load(case_id)
    for _ in range(3):
        at.strike("F9")
    at.strike("F7")
    at.strike("Ctrl+N")
    assert enabled(at) == []
    at.quiet()
    assert desk.event_types() == ["case.accepted"]
    assert [paper.kind for paper in desk.papers(case_id)] == [PaperKind.ACCEPTANCE_NOTICE]
    assert at.view == "done"


def test_taking_in_gives_the_slip_and_then_it_can_be_accepted(at: Seated, desk: Desk) -> None:
    case_id = desk.draft(FOOD)
    at.load(case_id)
    at.press("receive")
    assert (at.view, at.case.state) == ("done", State.RECEIVED)
    assert at.told("received")[0]["case"] == at.case.number
    at.press("receive")
    assert "不能办理“收件并出凭证”" in at.notice
    at.press("accept")
    assert at.case.state is State.ACCEPTED
    assert [paper.kind for paper in at.case.papers] == [PaperKind.RECEIVING_SLIP, PaperKind.ACCEPTANCE_NOTICE]


def test_a_correction_is_taken_in_by_the_key_of_taking_in(at: Seated, desk: Desk) -> None:
    case_id = desk.draft(FOOD, without=("premises",))
    desk.intake.ask_correction(case_id, CLERK, {}, keep_materials=True)
    at.load(case_id)
    assert at.page.bar.buttons["receive"].accessibleName() == "接收补正（差 1 处）"
    at.press("receive")
    assert at.page.middle.materials.slot == "premises"
    desk.attach(case_id, "premises")
    at.load(case_id)
    at.press("receive")
    assert at.case.state is State.CORRECTION_MADE
    assert at.told("correction_taken")
    at.press("ask_correction")
    assert "不能办理“一次性补正”" in at.notice


def test_what_the_department_accepts_the_window_takes_in(at: Seated, desk: Desk) -> None:
    desk.vary(FOOD, acceptance_mode=AcceptanceMode.DEPARTMENT)
    case_id = desk.draft(FOOD)
    at.load(case_id)
    button = at.page.bar.buttons["accept"]
    assert (button.accessibleName(), button.isEnabled()) == ("由部门受理", False)
    at.press("accept")
    assert "承办部门受理" in at.notice
    assert desk.state(case_id) is State.DRAFT
    at.press("receive")
    assert desk.state(case_id) is State.RECEIVED


def test_a_locked_window_does_nothing_and_asks_who_it_is(at: Seated, desk: Desk) -> None:
    case_id = desk.draft(FOOD)
    at.load(case_id)
    locks: list[bool] = []
    at.seat.bell.lock.connect(lambda: locks.append(True))
    desk.clock.move(minutes=11)
    at.press("accept")
    assert locks
    assert (desk.state(case_id), at.page.bar.underway) == (State.DRAFT, False)
    assert "锁定" in at.notice


def test_a_paper_that_cannot_be_asked_for_undoes_no_acceptance(
    at: Seated, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **_wishes: object) -> int:
        raise StoreError(Fault("STORE-999", "磁盘已满", "请清理磁盘"))

    case_id = desk.draft(FOOD)
    at.load(case_id)
    monkeypatch.setattr(Prints, "ask", full)
    at.press("accept")
    assert desk.state(case_id) is State.ACCEPTED
    assert (at.view, "磁盘已满" in at.notice) == ("done", True)
    monkeypatch.undo()
    at.press("print_again")
    assert at.case.papers[0].print_words == "待打印"


def test_the_reasons_are_the_laws_own(desk: Desk) -> None:
    case_id = desk.draft(HOUSE)
    found = sheet(desk.counter, case_id)
    assert "没有补正告知" in ways(desk.counter, found)["ask_correction"].why
    desk.intake.accept(case_id, CLERK)
    found = sheet(desk.counter, case_id)
    assert "现为“受理”，不能受理" in unlawful(desk.counter, found, Act.ACCEPT)
    assert unlawful(desk.counter, found, Act.WITHDRAW) == ""
    card = sheet(desk.counter, desk.draft(CARD))
    assert {name: way.why for name, way in ways(desk.counter, card).items() if way.why} == {}


def test_many_shortcomings_are_counted() -> None:
    assert told(("一", "二")) == "一；二"
    assert told(("一", "二", "三", "四")) == "一；二；三，等 4 处"


def test_in_a_narrow_window_all_keys_are_in_sight(at: Seated, desk: Desk) -> None:
    case_id = desk.draft(FOOD, without=("premises",))
    desk.intake.ask_correction(case_id, CLERK, {}, keep_materials=True)
    at.window.resize(1005, 526)
    at.load(case_id)
    bar = at.page.bar
    ends = [button.geometry().right() for button in bar.buttons.values()]
    assert ends == sorted(ends)
    assert ends[-1] < bar.width()
    assert bar.buttons["save"].geometry().left() > bar.papers.geometry().right()
    assert at.page.width() <= at.window.width()


def test_a_session_that_was_idle_for_a_while_is_no_lock(at: Seated, desk: Desk) -> None:
    case_id = desk.draft(FOOD)
    at.load(case_id)
    desk.clock.move(minutes=9)
    at.press("accept")
    assert desk.state(case_id) is State.ACCEPTED


def test_a_draft_that_is_refused_leaves_the_drafts_in_sight(
    at: Seated, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The materials come in sight while it is being made; where it is not, they were shown too soon."""
    gate = threading.Event()

    def refuse(*_: object, **__: object) -> int:
        gate.wait(10)
        raise StoreError(Fault("STORE-999", "磁盘已满", "请清理磁盘"))

    with monkeypatch.context() as patched:
        patched.setattr(Drafting, "open", refuse)
        at.page.work.open(desk.item(FOOD))
        wait_until(lambda: at.view == "table")
        gate.set()
        at.quiet()
    assert ("磁盘已满" in at.notice, at.view, at.page.work.sheet) == (True, "clear", None)
