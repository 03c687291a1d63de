"""A reader that types at a real page: its zone fills the people, and no letter of it lands where the caret is."""

import time

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from client.rules.identifiers import IdentifierKind
from tests.desk.counter import CARD, Desk
from tests.rules.test_mrz import PASSPORT
from tests.ui.left import Left, go, lay, text
from tests.ui.test_intake_people import choose, editor, now, open_draft
from tests.ui.waiting import wait_until
from ui.clerk.intake.people import BROKEN_SCAN, NOT_TAKEN
from ui.seat import Seat
from ui.widgets import burst
from ui.widgets.scans import Scans


@pytest.fixture(autouse=True)
def _patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys of a test come slower than a reader's where the machine has other work."""
    monkeypatch.setattr(burst, "REST", 0.5)


@pytest.fixture
def left(qtbot: QtBot, seat: Seat) -> Left:
    return lay(qtbot, seat)


def scan(left: Left, zone: str = f"{PASSPORT}\n") -> None:
    """Keys as a reader sends them: no pause, Enter behind each line."""
    for line in zone.splitlines(keepends=True):
        QTest.keyClicks(left.focus, line.strip())
        if line.endswith("\n"):
            QTest.keyClick(left.focus, Qt.Key.Key_Return)
    left.qtbot.wait(round(1000 * burst.REST) + 60)
    left.quiet()


def test_a_scan_fills_the_people_and_the_form_and_no_field(left: Left, desk: Desk) -> None:
    case_id = open_draft(left, desk, CARD)
    go(left, "occupation")
    left.type("x")
    scan(left)
    assert text(left, "occupation").text() == "x"
    record = desk.record(case_id)
    assert record.attendee is not None
    assert (record.attendee.name, record.attendee.identifier) == ("ERIKSSON, ANNA MARIA", "L898902C3")
    assert (record.attendee.identifier_kind, record.attendee.card_read) == (IdentifierKind.PASSPORT, False)
    told = {key: record.answers.get(key) for key in ("name", "sex", "identifier_kind", "valid_to", "occupation")}
    assert told == {
        "name": "ERIKSSON, ANNA MARIA", "sex": "女", "identifier_kind": "护照", "valid_to": "2012-04-15",
        "occupation": "x",
    }  # fmt: skip
    assert left.people._view._born.text() == "女 · 1974-08-12"


def test_a_scan_that_breaks_off_or_reads_wrong_is_told(left: Left, desk: Desk) -> None:
    open_draft(left, desk, CARD)
    go(left, "occupation")
    scan(left, PASSPORT[:30])
    assert BROKEN_SCAN[0] in left.seat.notices.text
    scan(left, PASSPORT.replace("L898902C3", "L898903C3"))
    assert "校验位不符" in left.seat.notices.text
    assert (text(left, "occupation").text(), now(left).is_blank) == ("", True)


def test_letters_that_begin_like_a_zone_are_typed(left: Left, desk: Desk) -> None:
    open_draft(left, desk, CARD)
    go(left, "occupation")
    QTest.keyClicks(left.focus, "PACI")
    wait_until(lambda: text(left, "occupation").text() == "PACI", timeout=2_000)
    left.press("Return")
    QTest.keyClicks(left.focus, "PA5")
    assert "PA5" in left.focus.text()  # type: ignore[attr-defined] # a text field, as the one before it
    go(left, "occupation")
    left.press("Ctrl+A")
    QTest.keyClicks(left.focus, "CA")
    left.press("Return")
    assert text(left, "occupation").text() == "CA", "Enter comes behind the letters before it"


def test_what_an_input_method_writes_is_left_alone(left: Left, desk: Desk) -> None:
    open_draft(left, desk, CARD)
    go(left, "occupation")
    QTest.keyClicks(left.focus, "P")
    composed = QInputMethodEvent()
    composed.setCommitString("工")
    QApplication.sendEvent(left.focus, composed)
    assert text(left, "occupation").text() == "工"
    left.qtbot.wait(60)
    assert text(left, "occupation").text() in {"工P", "P工"}


def test_a_key_that_is_held_down_is_no_reader(left: Left, desk: Desk) -> None:
    open_draft(left, desk, CARD)
    go(left, "occupation")
    for _ in range(30):
        held = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.ShiftModifier, "A", True)
        QApplication.sendEvent(left.focus, held)
    assert text(left, "occupation").text() == "A" * 30


def test_a_scan_while_a_case_is_put_away_is_told(left: Left, desk: Desk) -> None:
    open_draft(left, desk, CARD)
    left.people.leave(on=True)
    scan(left)
    assert NOT_TAKEN[0] in left.seat.notices.text
    assert now(left).is_blank


def test_a_zone_is_typed_line_by_line_for_a_passport(left: Left, desk: Desk) -> None:
    case_id = open_draft(left, desk, CARD)
    left.press("Ctrl+F2")
    assert editor(left)._zone.isHidden()
    choose(left, "applicant.identifier_kind", IdentifierKind.PASSPORT.value)
    zone = editor(left)._zone
    assert zone.isVisible()
    zone.field.setFocus()
    QApplication.clipboard().setText(PASSPORT.replace("L898902C3", "L898903C3"))
    left.press("Ctrl+V")
    left.press("Tab")
    assert zone._said is not None
    assert "校验位不符" in zone._said.text()
    zone.field.setFocus()
    left.press("Tab")
    zone.field.put("")
    zone.field.setFocus()
    QApplication.clipboard().setText(PASSPORT)
    left.press("Ctrl+V")
    left.press("Tab")
    left.quiet()
    record = desk.record(case_id)
    assert record.applicant is not None
    assert (record.applicant.name, record.applicant.identifier) == ("ERIKSSON, ANNA MARIA", "L898902C3")
    assert zone.field.value() == ""


def test_a_letter_waits_no_longer_than_a_blink(left: Left, desk: Desk) -> None:
    open_draft(left, desk, CARD)
    go(left, "occupation")
    begun = time.monotonic()
    QTest.keyClicks(left.focus, "P")
    wait_until(lambda: text(left, "occupation").text() == "P", timeout=2_000)
    assert time.monotonic() - begun < 1.0


def test_keys_that_nobody_takes_are_heard_once(qtbot: QtBot) -> None:
    """They go on to what the place lies in, which listened while nothing had the keyboard."""
    page = QWidget()
    qtbot.addWidget(page)
    heard: list[str] = []
    scans = Scans(page)
    scans.scanned.connect(heard.append)
    place = QWidget(page)
    place.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    page.show()
    page.activateWindow()
    place.setFocus()
    wait_until(place.hasFocus)
    for line in PASSPORT.splitlines():
        QTest.keyClicks(place, line)
        QTest.keyClick(place, Qt.Key.Key_Return)
    wait_until(lambda: bool(heard))
    assert [each.split() for each in heard] == [PASSPORT.split()]
