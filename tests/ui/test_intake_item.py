"""The item: found by initials, chosen without a mouse, its questions answered; a draft changes it while it may."""

import threading

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from client.desk.drafting import Drafting
from client.desk.in_force import InForce
from client.errors import Fault, StoreError
from client.rules.identity import Capacity
from client.rules.items import Situation, SituationOption
from client.store.packs import Part
from tests.desk.counter import CARD, CLERK, COMPANY, FOOD, Desk
from tests.ui.left import Left, Pulse, go, lay
from ui.clerk.intake.item import ItemPanel
from ui.clerk.intake.work import CaseWork
from ui.seat import Seat
from ui.widgets.choices import Choice

FULL = Fault("STORE-999", "磁盘已满", "请清理磁盘")


@pytest.fixture
def left(qtbot: QtBot, seat: Seat) -> Left:
    return lay(qtbot, seat)


def listed(left: Left) -> list[str]:
    """What is found, as far as anything is in sight."""
    left.quiet()
    shown = left.item.search.list
    return [] if shown.isHidden() else [shown.item(place).text().split("  ")[0] for place in range(shown.count())]


def choice(left: Left, key: str) -> Choice:
    return left.item._choices[key]


def choose(left: Left, sought: str) -> None:
    left.press("F3")
    left.type(sought)
    left.press("Return")
    left.quiet()
    left.quiet()
    left.qtbot.waitUntil(lambda: not left.form._form.building)


def test_an_item_is_found_by_initials_and_opens_a_draft(left: Left, desk: Desk) -> None:
    left.press("F3")
    assert len(listed(left)) == 4
    left.type("spjyxk")
    assert listed(left)[0] == "食品经营许可（新办）"
    left.press("Return")
    left.quiet()
    (line,) = desk.drafting.drafts()
    assert (line.case_id, line.item_name) == (left.case.case_id, "食品经营许可（新办）")
    assert listed(left) == []
    assert choice(left, "automatic").hasFocus()
    assert left.item._name.text() == "食品经营许可（新办）"
    assert left.item._facts[0].text() == "示例市市场监督管理局 · 窗口受理 · 承诺件"
    assert left.item._facts[1].text() == "法定10个／承诺5个工作日 · 不收费 · 目录第1版"


def test_who_comes_is_no_question_and_the_answers_are_kept(left: Left, desk: Desk) -> None:
    choose(left, "spjyxk")
    assert "attendee" not in left.item._choices
    assert choice(left, "automatic").property("wanting")
    left.type("1")
    left.quiet()
    assert not choice(left, "automatic").property("wanting")
    left.press("Return")
    left.type("y")
    left.press("Return")
    left.quiet()
    record = desk.record(left.case.case_id)
    assert record.situations == {"automatic": "yes"}
    assert record.collection == "mail"
    assert left.form._form.rows["operator_name"].field.hasFocus()
    assert left.item._answers.text() == "领取方式：邮寄送达 · 是否利用自动设备从事食品经营：是"
    assert left.item._questions.isHidden()
    left.press("F3")
    assert left.item._questions.isVisible()
    left.press("Return")
    assert choice(left, "automatic").hasFocus()


def test_arrows_walk_through_what_is_found_while_the_caret_stays(left: Left, desk: Desk) -> None:
    left.press("F3")
    names = listed(left)
    for key in ("Down", "PageDown", "Up"):
        left.press(key)
    assert left.item.search.field.hasFocus()
    assert left.item.search.list.currentRow() == len(names) - 2
    left.press("Escape")
    assert listed(left) == []
    left.press("Down")
    assert listed(left) == names
    left.press("Down")
    left.press("Return")
    left.quiet()
    assert left.case.item.name == names[1]


def test_enter_twice_opens_one_draft(left: Left, desk: Desk) -> None:
    gate = threading.Event()
    left.seat.lanes.store.do(lambda: gate.wait(10))
    found = left.item.search.list
    for _ in range(2):
        left.press("F3")
        left.press("Down")
        left.qtbot.waitUntil(found.isVisible)
        left.press("Return")
    gate.set()
    left.quiet()
    assert [line.case_id for line in desk.drafting.drafts()] == [left.case.case_id]
    left.work.put_away()
    choose(left, "spjyxk")
    assert len(desk.drafting.drafts()) == 2


def test_a_draft_that_could_not_be_opened_is_opened_at_the_next_enter(
    left: Left, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> int:
        raise StoreError(FULL)

    with monkeypatch.context() as patched:
        patched.setattr(Drafting, "open", refuse)
        choose(left, "spjyxk")
    assert ("磁盘已满" in left.seat.notices.text, left.work.sheet) == (True, None)
    choose(left, "spjyxk")
    assert left.case.item.name == desk.item(FOOD).name


def test_enter_waits_for_the_answer_to_what_was_typed_before_it(left: Left, desk: Desk) -> None:
    gate = threading.Event()
    left.press("F3")
    left.quiet()
    left.seat.lanes.looks.do(lambda: gate.wait(10))
    left.type("shbzk")
    left.press("Return")
    gate.set()
    left.quiet()
    left.qtbot.waitUntil(lambda: left.work.sheet is not None)
    assert left.case.item.name == desk.item(CARD).name


def test_whoever_leaves_takes_nothing_after_all(left: Left, desk: Desk) -> None:
    gate = threading.Event()
    left.press("F3")
    left.quiet()
    left.seat.lanes.looks.do(lambda: gate.wait(10))
    left.type("shbzk")
    left.press("Return")
    left.press("Ctrl+F2")
    gate.set()
    left.quiet()
    assert left.work.sheet is None


def test_what_is_not_there_is_said(left: Left, desk: Desk) -> None:
    left.press("F3")
    left.type("zzzz")
    assert listed(left) == ["没有找到这样的事项"]
    left.press("Return")
    left.quiet()
    assert desk.drafting.drafts() == []


def test_a_click_chooses_too(left: Left, desk: Desk) -> None:
    left.press("F3")
    left.quiet()
    found = left.item.search.list
    left.qtbot.mouseClick(  # type: ignore[no-untyped-call] # pytest-qt leaves it without types
        found.viewport(), Qt.MouseButton.LeftButton, pos=found.visualItemRect(found.item(1)).center()
    )
    left.quiet()
    assert left.case.item.name == listed_name(desk, 1)


def listed_name(desk: Desk, place: int) -> str:
    return desk.counter.catalogue.newest()[place].name


def test_another_item_makes_the_draft_another_one(left: Left, desk: Desk) -> None:
    choose(left, "spjyxk")
    first = left.case.case_id
    choose(left, "社会保障卡")
    assert (left.case.case_id, left.case.item.name) == (first, desk.item(CARD).name)
    assert "bank" in left.form._form.rows
    assert len(desk.drafting.drafts()) == 1


def test_the_same_item_again_changes_nothing(left: Left, desk: Desk) -> None:
    choose(left, "spjyxk")
    before = desk.everything()
    choose(left, "spjyxk")
    assert desk.everything() == before
    assert choice(left, "automatic").hasFocus()


def test_a_draft_with_pages_keeps_its_item_and_says_why(left: Left, desk: Desk) -> None:
    left.load(desk.draft(FOOD))
    choose(left, "社会保障卡")
    assert "已有材料页" in left.seat.notices.text
    assert left.case.item.name == desk.item(FOOD).name


def test_an_item_that_was_refused_takes_the_keyboard_nowhere(left: Left, desk: Desk) -> None:
    case_id = desk.draft(FOOD)
    left.load(case_id)
    choose(left, "社会保障卡")
    assert left.item._name.text() == desk.item(FOOD).name
    go(left, "operator_name")
    left.press("Ctrl+A")
    left.type("李四食品店")
    left.press("Return")
    before = left.focus
    left.quiet()
    assert desk.record(case_id).answers["operator_name"] == "李四食品店"
    assert left.focus is before


def test_quick_choices_are_not_set_back_by_older_answers(left: Left, desk: Desk) -> None:
    choose(left, "spjyxk")
    gate = threading.Event()
    left.seat.tasks.run(left.seat.lanes.store, lambda: gate.wait(10))
    field = choice(left, "automatic")
    seen: list[str] = []
    for key in "121":
        left.type(key)
    field.currentIndexChanged.connect(lambda _index: seen.append(field.value()))
    gate.set()
    left.quiet()
    assert seen == []
    assert desk.record(left.case.case_id).situations == {"automatic": "yes"}


def test_what_is_refused_is_told(left: Left, desk: Desk) -> None:
    case_id = desk.draft(FOOD)
    left.load(case_id)
    desk.intake.accept(case_id, CLERK)
    choice(left, "automatic").setFocus()
    left.type("1")
    left.quiet()
    assert "内容不能再改" in left.seat.notices.text


def test_nothing_is_asked_of_an_accepted_case(left: Left, desk: Desk) -> None:
    case_id = desk.draft(FOOD, capacity=Capacity.AGENT)
    desk.intake.accept(case_id, CLERK)
    left.load(case_id)
    assert not choice(left, "automatic").isEnabled()
    left.work.put_away()
    assert left.item._choices == {}
    assert left.item._name.isHidden()


def test_a_locked_window_chooses_nothing(left: Left, desk: Desk) -> None:
    choose(left, "spjyxk")
    desk.clock.move(minutes=11)
    left.type("1")
    left.quiet()
    assert desk.record(left.case.case_id).situations == {}


def test_the_clerk_is_brought_to_what_is_open(left: Left, desk: Desk) -> None:
    left.item.begin()
    assert left.item.search.field.hasFocus()
    left.load(desk.draft(FOOD))
    left.item.begin()
    assert left.item.search.field.hasFocus()


def test_an_item_without_questions_leads_on(left: Left, desk: Desk) -> None:
    choose(left, "公司")
    assert left.case.item.name == desk.item(COMPANY).name
    assert left.focus.accessibleName() in {"领取方式", *(each.question for each in desk.item(COMPANY).situations)}


def test_a_large_catalogue_is_searched_without_stopping_the_screen(qtbot: QtBot, seat: Seat, desk: Desk) -> None:
    item = desk.item(FOOD)
    many = [item.model_copy(update={"name": f"{item.name}{n}", "task_handle_item": f"{n:033}"}) for n in range(1_000)]
    catalogue = type(desk.counter.catalogue)(tuple(many), {})
    in_force = InForce(catalogue, desk.counter.calendar, desk.counter.settings)
    object.__setattr__(desk.counter, "in_force", in_force)
    left = lay(qtbot, seat)
    pulse = Pulse()
    left.press("F3")
    for letter in "spjyxk":
        left.type(letter)
    assert len(listed(left)) == 50
    assert pulse.stop() < 0.05


def test_words_typed_before_the_finder_is_ready_are_sought_then(qtbot: QtBot, seat: Seat, desk: Desk) -> None:
    gate = threading.Event()
    seat.lanes.looks.do(lambda: gate.wait(10))
    left = lay_unwaited(qtbot, seat)
    left.search.begin()
    left.search.field.insert("shbzk")
    assert left.search.list.isHidden()
    gate.set()
    qtbot.waitUntil(lambda: left.search.list.count() > 0)


def lay_unwaited(qtbot: QtBot, seat: Seat) -> ItemPanel:
    panel = ItemPanel(seat, CaseWork(seat, seat.bell))
    qtbot.addWidget(panel)
    with qtbot.waitActive(panel):
        panel.show()
        panel.activateWindow()
    return panel


def test_a_long_question_has_room(left: Left, desk: Desk) -> None:
    long = Situation(
        key="long",
        question="是否属于依法需要听证、招标、拍卖、检验、检测、检疫、鉴定和专家评审的情形",
        options=(SituationOption(key="yes", label="是"), SituationOption(key="no", label="否")),
    )
    desk.vary(CARD, situations=(long, *desk.item(CARD).situations))
    left.load(desk.drafting.open(CLERK, desk.item(CARD)))
    assert choice(left, "long").accessibleName() == long.question


def test_an_item_that_comes_down_while_the_window_is_open_is_found_at_the_next_search(
    qtbot: QtBot, seat: Seat, desk: Desk
) -> None:
    left = lay(qtbot, seat)
    new = desk.item(FOOD).model_copy(update={"name": "示例新事项", "version": 2})
    desk.counter.in_force.take([Part("catalogue", new.task_handle_item, 2, 1, "2026-03", new.model_dump_json())])
    left.press("F3")
    left.type("slxsx")
    qtbot.waitUntil(lambda: listed(left) == ["示例新事项"])
