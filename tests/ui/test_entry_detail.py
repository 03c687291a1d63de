"""The chosen entry of the 同步 page: its tries, and what a person decides about it, by keys alone."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from client.desk.sending import OutboxState
from client.desk.staff import Staff
from client.ports.outbox import Try
from client.ports.platform import Verdict
from client.store.attempts import KEPT
from tests.desk.counter import CLERK, FOOD, MORNING, SUPERVISOR, Desk
from tests.ui.conftest import StillSender
from tests.ui.listing import Shown, platform_says, shown
from ui.clerk.entry_words import BEHIND, HELD, advice_on
from ui.clerk.sending import SendingPage
from ui.clerk.sign_in import todays_words
from ui.page import at_once
from ui.seat import Seat

Page = Shown[SendingPage]
REASON = "等承办部门答复"


@pytest.fixture
def clerk(request: pytest.FixtureRequest) -> Staff:
    return getattr(request, "param", SUPERVISOR)


@pytest.fixture
def waiting(desk: Desk) -> str:
    """A case was taken in, its event waits; an older one is at the platform: the id of the first."""
    for _ in range(2):
        desk.intake.receive(desk.draft(FOOD), CLERK)
    platform_says(desk, Verdict.ACCEPTED)
    (event,) = desk.memory.outbox().due(MORNING, 9)
    return event.event_id


@pytest.fixture
def sending(qtbot: QtBot, desk: Desk, waiting: str, seat: Seat, frame: QWidget) -> Iterator[Page]:
    with shown(qtbot, desk, seat, frame, at_once(SendingPage.making(seat))) as found:
        assert found.page.table.row is not None
        assert found.page.table.row.event_id == waiting
        yield found


def states(sending: Page) -> list[str]:
    return [line.texts[3] for line in sending.page.table.lines.lines]


def look(sending: Page) -> None:
    sending.page.refresh()
    sending.quiet()


def test_every_try_is_told_newest_first(sending: Page, desk: Desk, waiting: str) -> None:
    box = desk.memory.outbox()
    sending.until(lambda: "还没有试过上传" in sending.page.detail.text)
    box.delay([waiting], MORNING, "连不上平台", Try(MORNING, 3.0))
    box.unsettled([waiting], "", Try(MORNING + timedelta(minutes=1), None))
    look(sending)
    sending.until(lambda: "上传经过（共 2 次）" in sending.page.detail.text)
    assert sending.page.detail.history.text.splitlines() == [
        "03-02 09:31:00 ◐ 没有收到答复",
        "03-02 09:30:00 ◐ 没有传成（用时 3.0 秒）",
        "连不上平台",
    ]


def test_of_very_many_tries_the_newest_are_told_and_how_many_there_were(
    sending: Page, desk: Desk, waiting: str
) -> None:
    for number in range(KEPT + 5):
        desk.memory.outbox().delay([waiting], MORNING, f"第{number}次", Try(MORNING, 1.0))
    look(sending)
    sending.until(lambda: f"上传经过（共 {KEPT + 5} 次），只留最近 {KEPT} 次" in sending.page.detail.text)
    assert sending.page.detail.history.text.count("没有传成") == KEPT
    sending.page.detail.roll.setFocus()
    before = sending.page.detail.roll.verticalScrollBar().value()
    sending.hit("Down", "Down", "Down")
    assert sending.page.detail.roll.verticalScrollBar().value() > before  # read by keys to its end


def test_another_entry_shows_its_own_tries(sending: Page, desk: Desk, waiting: str) -> None:
    desk.memory.outbox().delay([waiting], MORNING, "连不上平台", Try(MORNING, 3.0))
    look(sending)
    sending.until(lambda: "共 1 次" in sending.page.detail.text)
    sending.hit("Down")
    assert "连不上平台" not in sending.page.detail.text
    assert "✓ 平台已接收（回执7）" in sending.page.detail.text
    assert sending.page.detail.hold.isHidden()
    sending.page.table.choose(waiting)
    sending.page.detail._settled.timeout.emit()  # its tries are on their way
    sending.hit("Down")
    assert "连不上平台" not in sending.page.detail.text


def test_an_entry_is_held_back_with_a_reason_and_let_go_again(sending: Page, desk: Desk, waiting: str) -> None:
    sending.press("hold_sending")
    assert QApplication.focusWidget() is sending.page.detail.ask.field
    sending.write(REASON)
    sending.hit("Return")
    assert "已留下" in sending.notice
    look(sending)
    assert states(sending)[0] == f"◐ 暂不上传（{REASON}）"
    assert "暂不上传、已搁置 1" in sending.page.link.text
    assert "平台已全部接收" not in sending.page.link.text
    assert HELD[OutboxState.WAITING] in sending.page.detail.text
    assert desk.memory.outbox().due(MORNING, 9) == []
    assert QApplication.focusWidget() is sending.page.table
    assert todays_words(sending.seat.house).endswith("待上传 0 件，平台未接收 0 件，暂不上传 1 件")
    sending.press("hold_sending")
    look(sending)
    assert states(sending)[0] == "● 待上传"
    assert todays_words(sending.seat.house).endswith("待上传 1 件，平台未接收 0 件")
    assert [event.event_id for event in desk.memory.outbox().due(MORNING, 9)] == [waiting]
    assert isinstance(sending.seat.hands.sender, StillSender)
    assert sending.seat.hands.sender.told == ["wake", "wake"]


def test_without_a_reason_nothing_is_held(sending: Page, desk: Desk) -> None:
    sending.press("hold_sending")
    sending.hit("Return")
    assert "请写明原因" in sending.notice
    assert len(desk.memory.outbox().due(MORNING, 9)) == 1


def test_esc_puts_the_question_away(sending: Page, desk: Desk) -> None:
    sending.press("hold_sending")
    sending.hit("Esc")
    assert sending.page.detail.ask.isHidden()
    assert QApplication.focusWidget() is sending.page.table
    sending.hit("Esc")
    assert len(desk.memory.outbox().due(MORNING, 9)) == 1


def test_what_follows_a_held_one_says_so(sending: Page, desk: Desk) -> None:
    sending.press("hold_sending")
    sending.write(REASON)
    sending.hit("Return")
    desk.intake.accept(2, CLERK)
    look(sending)
    assert states(sending)[:2] == ["◐ 待上传（排在暂不上传的之后）", f"◐ 暂不上传（{REASON}）"]
    assert advice_on(sending.page.table.lines.lines[0].row, MORNING.date()) == BEHIND[OutboxState.WAITING]


def test_a_refused_one_is_set_aside_and_taken_up_again(sending: Page, desk: Desk, waiting: str) -> None:
    platform_says(desk, Verdict.REFUSED)
    look(sending)
    assert not sending.page.detail.retry.isHidden()
    sending.press("hold_sending")
    sending.write(REASON)
    sending.hit("Return")
    look(sending)
    assert states(sending)[0] == f"◐ 已搁置（{REASON}）"
    assert sending.page.detail.retry.isHidden()
    assert "事项版本过旧" in sending.page.detail.text  # why it was refused is still told
    sending.until(lambda: sending.page.detail.title_of_history.text() == "以前的上传经过没有记录")
    sending.press("hold_sending")
    look(sending)
    assert states(sending)[0] == "▲ 平台未接收（事项版本过旧）"


@pytest.mark.parametrize("clerk", [CLERK], indirect=True)
def test_a_clerk_has_no_dead_button(sending: Page) -> None:
    assert sending.page.detail.hold.isHidden()
    sending.press("hold_sending")
    assert sending.page.detail.ask.isHidden()


def test_a_window_left_alone_asks_who_it_is(sending: Page, desk: Desk) -> None:
    sending.press("hold_sending")
    sending.write(REASON)
    desk.clock.move(hours=1)
    locks: list[bool] = []
    sending.seat.bell.lock.connect(lambda: locks.append(True))
    sending.hit("Return")
    assert locks == [True]
    assert desk.audited("hold_sending") == []


@pytest.mark.parametrize("size", [(1278, 680), (1005, 526)])  # of the page in a window of 1366 × 768 and 1093 × 614
def test_nothing_is_cut_where_the_screen_is_small(sending: Page, size: tuple[int, int]) -> None:
    sending.window.resize(*size)
    sending.quiet()
    sending.press("hold_sending")
    page = sending.page
    assert page.minimumSizeHint().width() <= size[0]
    assert page.minimumSizeHint().height() <= size[1]
    for label in page.findChildren(QLabel):
        if label.isVisible() and label.text() and not label.wordWrap():
            assert label.width() >= label.sizeHint().width(), label.text()
