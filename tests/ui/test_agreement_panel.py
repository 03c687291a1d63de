"""核对 on the 同步 page: one green line, or what differs with the key that mends it; by keyboard alone."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from client.desk.reconciling import Reconciling
from client.desk.staff import Staff
from client.ports.agreement import Comparison, Difference, Gap
from client.ports.platform import Verdict
from tests.desk.counter import CLERK, FOOD, SUPERVISOR, Desk
from tests.ui.conftest import StillSender
from tests.ui.listing import Shown, platform_says, shown
from ui.clerk.agreement_panel import AgreementPanel
from ui.clerk.sending import SendingPage
from ui.page import at_once
from ui.seat import Seat

Page = Shown[SendingPage]


@pytest.fixture
def clerk(request: pytest.FixtureRequest) -> Staff:
    return getattr(request, "param", SUPERVISOR)


@pytest.fixture
def event(desk: Desk) -> str:
    """A case was taken in, and the platform has it."""
    desk.intake.receive(desk.draft(FOOD), CLERK)
    desk.render()
    (event,) = desk.memory.outbox().due(desk.clock(), 1)
    platform_says(desk, Verdict.ACCEPTED)
    return event.event_id


@pytest.fixture
def sending(qtbot: QtBot, desk: Desk, event: str, seat: Seat, frame: QWidget) -> Iterator[Page]:
    with shown(qtbot, desk, seat, frame, at_once(SendingPage.making(seat))) as found:
        yield found


def panel(sending: Page) -> AgreementPanel:
    return sending.page.agreement


def compared(sending: Page, *differences: Difference) -> None:
    """The loop compared, and the page looks again."""
    sender = sending.seat.hands.sender
    assert isinstance(sender, StillSender)
    sender.comparison = Comparison(7, differences, at=sending.seat.house.counter.clock())
    sending.page.refresh()
    sending.quiet()


def test_agreement_is_one_green_line(sending: Page) -> None:
    assert panel(sending).line.text() == "连上平台后核对"
    compared(sending)
    assert panel(sending).line.text() == "✓ 本机与平台一致：7 件（09:30 核对）"
    assert not panel(sending).table.isVisible()


def test_what_differs_is_listed_and_mended_by_its_key(sending: Page, event: str, desk: Desk) -> None:
    compared(sending, Difference("n1", Gap.OTHER_KEY, ("a", "b")), Difference("n2", Gap.NOT_HELD, (event,)))
    assert panel(sending).line.text() == "▲ 不一致 2 处（09:30 核对）"
    assert [line.texts[0] for line in panel(sending).table.lines.lines] == ["n1", "n2"]
    panel(sending).table.choose(0)
    assert not panel(sending)._mend.isVisible()  # that is for nobody at the counter
    sending.press("mend_difference")
    assert desk.audited("send_again") == []
    panel(sending).table.choose(1)
    sending.until(lambda: panel(sending).table.meant is not None)
    sending.press("mend_difference")
    sending.until(lambda: desk.audited("send_again") == [(SUPERVISOR.staff_no, "n2", "done")])
    sending.quiet()
    sender = sending.seat.hands.sender
    assert isinstance(sender, StillSender)
    assert sender.told == ["compare"]
    assert "已处理" in sending.notice


@pytest.mark.parametrize("clerk", [CLERK], indirect=True)
def test_a_clerk_sees_what_differs_and_mends_nothing(sending: Page, event: str, desk: Desk) -> None:
    compared(sending, Difference("n2", Gap.NOT_HELD, (event,)))
    panel(sending).table.choose(0)
    sending.press("mend_difference")
    panel(sending)._mend_chosen()
    sending.quiet()
    assert not panel(sending)._mend.isVisible()
    assert ("1001", "核对", "denied") in desk.audited("reconcile")


def test_a_person_asks_for_it_by_a_key(sending: Page) -> None:
    compared(sending)
    sending.press("reconcile")
    sender = sending.seat.hands.sender
    assert isinstance(sender, StillSender)
    assert sender.told == ["compare"]
    assert panel(sending).line.text() == "连上平台后核对"


def test_a_window_that_works_alone_looks_at_itself(qtbot: QtBot, desk: Desk, seat: Seat, frame: QWidget) -> None:
    alone = replace(seat, hands=replace(seat.hands, sender=None))
    with shown(qtbot, desk, alone, frame, at_once(SendingPage.making(alone))) as sending:
        sending.until(lambda: "✓ 本机文件、文书与编号一致：0 个文件" in panel(sending).line.text())
        desk.memory.files.put(b"a page")
        sending.press("reconcile")
        sending.until(lambda: "✓" in panel(sending).line.text())
    assert Reconciling(desk.counter).report(None, read=False).unneeded == 1
