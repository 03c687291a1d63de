"""The page as a whole: a clear table, what is not ready, one citizen after another, and back on the same step."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from client.desk.drafting import Drafting
from client.desk.intake import Intake
from client.errors import Fault, StoreError
from client.ports.readiness import Condition, Readiness
from client.rules.case import State
from client.rules.identity import Capacity
from devices.idcard.simulated import SimulatedReader
from tests.desk.counter import CARD, CLERK, FOOD, HOUSE, Desk
from tests.ui.seated import Seated, seated
from ui.clerk.intake.drafts import not_ready
from ui.seat import Seat

NO_SPACE = Fault("STORE-999", "磁盘已满", "请清理磁盘")
FULL = Readiness(Condition.FAILED, "空间不足", "请联系系统管理员清理磁盘")


@pytest.fixture
def at(qtbot: QtBot, desk: Desk, seat: Seat, frame: QWidget, tmp_path: Path) -> Iterator[Seated]:
    with seated(qtbot, desk, seat, frame, tmp_path / "told") as found:
        yield found


def rows(at: Seated) -> list[str]:
    items = at.page.middle.drafts.list
    return [items.item(row).text() for row in range(items.count())]


def test_a_clear_table_lists_the_drafts_masked_and_takes_one_up(at: Seated, desk: Desk) -> None:
    first, second = desk.draft(CARD), desk.drafting.open(CLERK, desk.item(FOOD))
    desk.intake.accept(desk.draft(HOUSE), CLERK)
    at.page.shown()
    at.quiet()
    assert at.view == "clear"
    assert rows(at) == [
        f"食品经营许可（新办）\n还没有申请人 · 草稿 {second} · 03-02 09:30 起",
        f"社会保障卡申领\n张* 110101********0034 · 草稿 {first} · 03-02 09:30 起",
    ]
    assert at.page.middle.drafts.list.hasFocus()
    at.hit("Down", "Return")
    assert (at.view, at.page.work.case_id) == ("table", first)
    assert at.page.middle.materials.list.hasFocus()
    assert at.told("case")[0] | {"at": 0} == {"event": "case", "at": 0, "id": first, "state": "draft"}


def test_a_table_without_drafts_says_what_comes_first(at: Seated) -> None:
    drafts = at.page.middle.drafts
    assert rows(at) == []
    assert drafts.unready.isHidden()
    assert at.told("drafts")[-1]["count"] == 0


def test_what_is_not_ready_is_said_before_a_citizen_waits(
    qtbot: QtBot, desk: Desk, seat: Seat, frame: QWidget, tmp_path: Path
) -> None:
    lamps = dict(seat.lamps)
    lamps["printer"] = Readiness(Condition.ATTENTION, "纸将尽", "请加纸")
    lamps["scanner"] = Readiness(Condition.UNSET, "没有设置")
    del lamps["reader"]  # nobody looked at it yet
    with seated(qtbot, desk, replace(seat, lamps=lamps), frame, tmp_path / "told") as at:
        said = at.page.middle.drafts.unready
        assert said.text() == "○ 扫描仪 没有设置\n■ 打印机 纸将尽（请加纸）"
        assert at.notice == ""
        lamps["disk"] = FULL
        at.until(lambda: "本机磁盘不能写入：现在不能收件和受理" in said.text())
        at.page.shown()
        assert "现在不能收件和受理 请联系系统管理员清理磁盘" in at.notice


def test_a_lamp_that_is_well_is_not_spoken_of() -> None:
    assert not_ready({"disk": Readiness(Condition.READY, "可用 62 GB")}) == []


def test_f8_puts_the_draft_away_for_the_next_citizen(at: Seated, desk: Desk) -> None:
    case_id = desk.draft(FOOD)
    at.load(case_id)
    at.page.form.focus_field("premises_address")
    at.retype("示例市示例区示例路9号")
    at.press("save")
    assert (at.view, at.page.work.case_id) == ("clear", None)
    assert "✓ 已暂存" in at.notice
    assert desk.record(case_id).answers["premises_address"] == "示例市示例区示例路9号"
    assert len(rows(at)) == 1


def test_ctrl_n_is_the_next_citizen_from_anywhere(at: Seated, desk: Desk) -> None:
    at.load(desk.draft(FOOD))
    at.press("ask_correction", "new_case")
    assert (at.view, at.page.work.case_id) == ("clear", None)
    at.press("new_case")
    assert at.view == "clear"


def test_people_that_cannot_be_saved_are_given_up_at_the_second_asking(at: Seated, desk: Desk) -> None:
    at.load(desk.drafting.open(CLERK, desk.item(FOOD)))
    at.press("edit_people")
    at.write("张三")
    at.press("save")
    assert "人员信息还没有保存" in at.notice
    assert at.view == "table"
    at.press("receive")  # something else in between: asked again
    at.press("save")
    assert at.view == "table"
    at.press("save")
    assert at.view == "clear"


def test_another_case_takes_the_place_of_the_one_on_the_table(at: Seated, desk: Desk) -> None:
    first, second = desk.draft(FOOD), desk.draft(CARD)
    at.load(first)
    at.page.form.focus_field("premises_address")
    at.retype("示例市示例区示例路8号")
    at.load(second)
    assert at.case.case_id == second
    assert desk.record(first).answers["premises_address"] == "示例市示例区示例路8号"
    at.load(second)  # the same again is no other
    assert at.case.case_id == second


def test_a_case_that_is_not_there_leaves_the_table_clear(at: Seated) -> None:
    at.load(404)
    assert (at.view, at.page.work.case_id) == ("clear", None)
    assert "没有找到办件" in at.notice


def test_an_answer_that_comes_after_the_case_was_put_away_is_dropped(at: Seated, desk: Desk) -> None:
    at.page.go_to({"case_id": desk.draft(FOOD)})
    at.page.work.put_away()
    at.quiet()
    assert (at.view, at.page.work.case_id, at.page.work.sheet) == ("clear", None, None)


def test_the_header_is_told_how_long_the_window_works_at_it(at: Seated, desk: Desk) -> None:
    heard: list[str] = []
    at.seat.bell.working.connect(heard.append)
    at.load(desk.draft(FOOD))
    at.until(lambda: "办理中 00:01" in heard)
    at.press("accept")
    assert heard[-1] == ""


def test_a_place_that_means_nothing_any_more_opens_what_there_is(at: Seated, desk: Desk) -> None:
    case_id = desk.draft(HOUSE)
    at.page.go_to({"case_id": case_id, "view": "correction", "typed": {"problems": "?"}})  # it has no correction
    at.quiet()
    assert at.view == "table"
    at.page.go_to({"case_id": None, "people": {}, "view": 3})
    at.page.go_to({})
    at.quiet()
    assert at.case.case_id == case_id
    at.page.go_to({"case_id": desk.draft(FOOD), "view": "outcomes", "typed": {"chosen": "?", "problems": []}})
    at.quiet()
    assert at.view == "outcomes"


def test_leaving_the_page_saves_what_is_half_typed(at: Seated, desk: Desk) -> None:
    case_id = desk.draft(FOOD)
    at.load(case_id)
    at.page.form.focus_field("premises_address")
    at.retype("示例市示例区示例路7号")
    at.page.left()
    at.quiet()
    assert desk.record(case_id).answers["premises_address"] == "示例市示例区示例路7号"
    at.window.hide()


def test_the_card_of_whoever_comes_goes_into_the_case_to_come(
    qtbot: QtBot, desk: Desk, seat: Seat, frame: QWidget, tmp_path: Path
) -> None:
    reader = SimulatedReader(desk.clock, kinds=("resident",), pace=0.0)
    with seated(qtbot, desk, seat, frame, tmp_path / "told", reader=reader) as at:
        at.press("read_card", "find_item")
        at.write("shbzk")
        at.hit("Return")
        attendee = at.case.attendee
        assert attendee is not None
        assert (attendee.capacity, attendee.card_read) == (Capacity.SELF, True)


def test_at_the_smallest_window_nothing_is_out_of_sight(at: Seated, desk: Desk) -> None:
    at.window.resize(1005, 526)
    at.load(desk.draft(FOOD, without=("premises",)))
    page = at.page
    assert page.width() <= at.window.width()
    assert page.bar.geometry().bottom() <= page.height()
    page.form.focus_field("premises_address")
    at.quiet()
    field = at.focus
    seen = field.visibleRegion().boundingRect()
    assert (seen.width(), seen.height()) == (field.width(), field.height())
    at.press("edit_people")
    assert not at.focus.visibleRegion().isEmpty()


def test_what_the_store_would_not_take_is_not_called_saved(
    at: Seated, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill = Drafting.fill

    def full(*_: object) -> tuple[str, ...]:
        raise StoreError(NO_SPACE)

    case_id = desk.draft(FOOD)
    at.load(case_id)
    at.page.form.focus_field("premises_address")
    monkeypatch.setattr(Drafting, "fill", full)
    at.retype("示例市示例区示例路7号")
    at.press("save")
    assert (at.view, "没有保存成" in at.notice) == ("table", True)
    monkeypatch.setattr(Drafting, "fill", fill)
    at.press("save")
    assert (at.view, "✓ 已暂存" in at.notice) == ("clear", True)
    assert desk.record(case_id).answers["premises_address"] == "示例市示例区示例路7号"


def test_what_is_given_up_at_the_second_asking_is_not_called_saved(
    at: Seated, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> tuple[str, ...]:
        raise StoreError(NO_SPACE)

    at.load(desk.draft(FOOD))
    at.page.form.focus_field("premises_address")
    monkeypatch.setattr(Drafting, "fill", full)
    at.retype("示例市示例区示例路7号")
    at.press("save", "save")
    assert (at.view, at.notice.count("没有保存成"), "已暂存" in at.notice) == ("clear", 1, False)


def test_an_act_on_its_way_is_never_of_another_case(at: Seated, desk: Desk) -> None:
    first, second = desk.draft(FOOD), desk.draft(CARD)
    at.load(first)
    gate = threading.Event()
    at.seat.lanes.store.do(lambda: gate.wait(10))
    at.strike(at.seat.keys["accept"])
    at.page.go_to({"case_id": second})
    assert "正在办理" in at.notice
    gate.set()
    at.quiet()
    assert (desk.state(first), desk.state(second)) == (State.ACCEPTED, State.DRAFT)
    assert (at.view, at.case.case_id) == ("done", first)


def test_an_act_that_overtakes_what_is_being_saved_waits_for_it(
    qtbot: QtBot, desk: Desk, seat: Seat, frame: QWidget, tmp_path: Path
) -> None:
    reader = SimulatedReader(desk.clock, kinds=("resident",), pace=0.0)
    with seated(qtbot, desk, seat, frame, tmp_path / "told", reader=reader) as at:
        at.press("read_card", "person_matches", "new_case")
        assert "人员信息还没有保存" in at.notice  # it stands while the case is opened
        at.press("find_item")
        at.write("shbzk")
        at.strike("Return")
        at.until(lambda: at.page.work.sheet is not None)
        at.strike(at.seat.keys["accept"])  # its people are on their way, and what the form takes from them comes after
        at.quiet()
        assert [told["what"] for told in at.told("wanting")] == ["slot"]
        assert "还差" in at.notice


@pytest.mark.expected_warnings("work broke off")
def test_a_bug_in_an_act_leaves_its_keys_alive(at: Seated, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    case_id, accept = desk.draft(FOOD), Intake.accept
    at.load(case_id)
    monkeypatch.setattr(Intake, "accept", lambda *_: 1 // 0)
    at.press("accept")
    assert "程序出错" in at.notice
    monkeypatch.setattr(Intake, "accept", accept)
    at.press("accept")
    assert desk.state(case_id) is State.ACCEPTED


def test_copies_that_are_half_typed_are_counted_before_the_act(at: Seated, desk: Desk) -> None:
    case_id = desk.draft(HOUSE)
    at.load(case_id)
    at.page.middle.materials.choose("parties_identity")
    at.press("copies")
    at.strike("Ctrl+A")
    at.strike("3")
    at.press("accept")
    assert desk.state(case_id) is State.ACCEPTED
    assert desk.record(case_id).slots["parties_identity"].copies_original == 3


def test_a_card_that_comes_late_is_not_the_next_citizens(
    qtbot: QtBot, desk: Desk, seat: Seat, frame: QWidget, tmp_path: Path
) -> None:
    with seated(qtbot, desk, seat, frame, tmp_path / "told", reader=SimulatedReader(desk.clock)) as at:
        first, second = desk.drafting.open(CLERK, desk.item(FOOD)), desk.drafting.open(CLERK, desk.item(FOOD))
        at.load(first)
        at.strike(at.seat.keys["read_card"])
        at.strike(at.seat.keys["new_case"])
        at.load(second)
        assert not at.page.people.pending()
        assert (desk.record(first).applicant, desk.record(second).applicant) == (None, None)
