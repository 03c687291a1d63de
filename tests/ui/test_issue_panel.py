"""A refused entry on the 同步 page: what differs, field by field, and a key for each lawful choice."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from client.desk.exceptions import Choice
from client.desk.staff import Staff
from client.ports.conflicts import Conflict, FieldDifference
from client.ports.platform import EventAnswer, Verdict
from client.rules.case import State
from tests.desk.counter import CLERK, FOOD, MORNING, SUPERVISOR, Desk
from tests.ui.conftest import StillSender
from tests.ui.listing import Shown, shown
from ui.clerk.issue_panel import IssuePanel
from ui.clerk.sending import SendingPage
from ui.page import at_once
from ui.seat import Seat

Page = Shown[SendingPage]
DIFFERENCES = (FieldDifference("申请编号", "本机的", "W1"), FieldDifference("收件时间", "", "09:30"))


@pytest.fixture
def clerk(request: pytest.FixtureRequest) -> Staff:
    return getattr(request, "param", SUPERVISOR)


@pytest.fixture
def code() -> Conflict:
    """Why the platform refused; a test may say otherwise."""
    return Conflict.ALREADY_ONLINE


@pytest.fixture
def sending(qtbot: QtBot, desk: Desk, code: Conflict, seat: Seat, frame: QWidget) -> Iterator[Page]:
    desk.intake.accept(desk.draft(FOOD), CLERK)
    (event,) = desk.memory.outbox().due(MORNING, 9)
    answer = EventAnswer(event.event_id, Verdict.REFUSED, code=code, reason="已在网上申请", differences=DIFFERENCES)
    desk.memory.outbox().answered([answer], MORNING)
    with shown(qtbot, desk, seat, frame, at_once(SendingPage.making(seat))) as found:
        found.page.table.choose(event.event_id)
        found.until(found.page.issue.isVisible)
        yield found


def in_sight(panel: IssuePanel) -> set[Choice]:
    return {choice for choice, button in panel.choices.items() if button.isVisible()}


def test_the_differences_are_told_field_by_field(sending: Page) -> None:
    panel = sending.page.issue
    number = sending.page.table.lines.lines[0].texts[0]
    assert panel.said.text().splitlines() == [
        f"{number} · 受理 · 网上已有同一申请（已在网上申请）",
        "申请编号：本窗口 本机的，平台 W1",
        "收件时间：本窗口 —，平台 09:30",
    ]
    assert in_sight(panel) == {Choice.ONLINE_WITHDRAWN, Choice.WINDOW_WITHDRAWN}
    assert sending.page.detail.retry.isHidden()


def test_the_applicants_paper_is_asked_for(sending: Page) -> None:
    sending.press("retry_refused")
    assert "请写明原因" in sending.notice
    assert in_sight(sending.page.issue)


def test_the_window_application_is_withdrawn_by_its_key(sending: Page, desk: Desk) -> None:
    sending.page.issue._paper.setText("撤回申请书")
    sending.press("choose_other")
    sending.until(lambda: bool(desk.audited("decide_exception")))
    sending.quiet()
    assert desk.state(1) is State.WITHDRAWN
    sender = sending.seat.hands.sender
    assert isinstance(sender, StillSender)
    assert sender.told == ["wake"]
    sending.until(lambda: not sending.page.issue.isVisible())
    assert "已重新排队上传" in sending.notice


@pytest.mark.parametrize("clerk", [CLERK], indirect=True)
def test_a_clerk_reads_and_has_no_choices(sending: Page) -> None:
    assert in_sight(sending.page.issue) == set()
    assert not sending.page.issue._paper.isVisible()


@pytest.mark.parametrize("code", [Conflict.NUMBER_TAKEN])
def test_a_number_given_twice_is_sent_again_or_gets_a_second_one_each_by_its_key(sending: Page, desk: Desk) -> None:
    assert in_sight(sending.page.issue) == {Choice.SECOND_NUMBER}
    assert not sending.page.detail.retry.isHidden()
    assert not sending.page.issue._paper.isVisible()
    sending.press("choose_other")
    sending.until(lambda: bool(desk.audited("decide_exception")))
    sending.quiet()
    assert desk.record(1).second_number


@pytest.mark.parametrize("code", [Conflict.WRONG_DIGEST])
def test_a_file_is_not_waited_for_where_somebody_says_where_its_paper_is(sending: Page, desk: Desk) -> None:
    assert sending.page.issue._paper.placeholderText() == "纸质材料在哪里、由谁核对"
    sending.page.issue._paper.setText("原件留存在本窗口档案袋")
    sending.press("choose_other")
    sending.until(lambda: bool(desk.audited("decide_exception")))
    sending.quiet()
    (event,) = desk.memory.outbox().due(MORNING, 9)
    assert event.decisions == ("without-file",)


@pytest.mark.parametrize("code", [Conflict.KEY_TAKEN])
def test_what_can_only_be_sent_again_is_sent_by_the_pages_own_key(sending: Page) -> None:
    assert in_sight(sending.page.issue) == set()
    assert not sending.page.detail.retry.isHidden()


def test_a_window_left_alone_asks_who_it_is(sending: Page, desk: Desk) -> None:
    sending.page.issue._paper.setText("撤回申请书")
    desk.clock.move(hours=1)
    sending.press("retry_refused")
    assert desk.audited("decide_exception") == []
