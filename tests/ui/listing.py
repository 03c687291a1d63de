"""A page of lists in a window with its notices: shown, with the keyboard, and waited for as a person waits."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from client.ports.platform import EventAnswer, Verdict
from client.ports.printer import JobReport, PrintState
from tests.desk.counter import CLERK, MORNING, Desk
from tests.ui.waiting import wait_until
from ui.page import Page
from ui.seat import Seat

SIZE = (1278, 680)  # of a page in a window of 1366 × 768
P = TypeVar("P", bound=Page)


@dataclass
class Shown(Generic[P]):
    """One page in sight, and the keys pressed at it. `went` notes where its user was sent."""

    qtbot: QtBot
    desk: Desk
    seat: Seat
    page: P
    window: QWidget
    went: list[tuple[str, dict[str, object]]] = field(default_factory=list)

    def press(self, *acts: str) -> None:
        """The keys of these acts, wherever the keyboard is."""
        self.hit(*(self.seat.keys[act] for act in acts))

    def hit(self, *keys: str) -> None:
        for key in keys:
            pressed = QKeySequence(key)[0]  # type: ignore[index] # the stub leaves it out
            QTest.keyClick(QApplication.focusWidget() or self.window, pressed.key(), pressed.keyboardModifiers())
            self.quiet()

    def write(self, text: str) -> None:
        """Type, as an input method hands it over too."""
        focus = QApplication.focusWidget()
        assert focus is not None
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(focus, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, text))

    def until(self, true: Callable[[], bool]) -> None:
        wait_until(true, timeout=10_000)

    def quiet(self) -> None:
        """Until nothing is on its way, and what came back was painted."""
        for _ in range(3):
            self.until(lambda: self.seat.tasks.underway == 0)
            QApplication.processEvents()

    @property
    def notice(self) -> str:
        return self.seat.notices.text


@contextmanager
def shown(qtbot: QtBot, desk: Desk, seat: Seat, frame: QWidget, page: P) -> Iterator[Shown[P]]:
    layout = frame.layout() or QVBoxLayout(frame)
    layout.addWidget(seat.notices)
    layout.addWidget(page)
    frame.resize(*SIZE)
    frame.show()
    frame.activateWindow()
    wait_until(frame.isActiveWindow, timeout=10_000)
    found = Shown(qtbot, desk, seat, page, frame)
    seat.bell.go.connect(lambda name, place: found.went.append((name, place)))
    page.shown()
    found.quiet()
    try:
        yield found
        page.left()
        found.quiet()
    finally:
        if isValid(page):  # its window is closed by now, and may have taken it along
            page.setParent(None)
            page.deleteLater()
        QApplication.processEvents()


def platform_says(desk: Desk, *verdicts: Verdict | None) -> None:
    """The platform's word on the oldest events, in their order; None: the answer was lost."""
    outbox = desk.memory.outbox()
    events = [event.event_id for event in outbox.due(MORNING, len(verdicts))]
    outbox.sending(events)
    answers = [
        EventAnswer(event, verdict, ack="回执7", reason="事项版本过旧")
        for event, verdict in zip(events, verdicts, strict=True)
        if verdict is not None
    ]
    outbox.answered(answers, MORNING)
    outbox.unsettled([event for event, verdict in zip(events, verdicts, strict=True) if verdict is None])


def printer_says(desk: Desk, state: PrintState, reason: str = "") -> None:
    """Every paper is asked for, and that becomes of each."""
    desk.render()
    desk.prints.ask([line.paper_id for line in desk.prints.waiting()], CLERK)
    prints = desk.memory.prints(desk.clock)
    for order in prints.asked():
        prints.sending(order)
        prints.sent(order, "job")
        prints.reported(order.paper_id, order.reprint_no, JobReport(state, reason))
