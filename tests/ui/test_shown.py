"""A code that a citizen shows: asked of the platform beside the screen's thread, and never mistaken for a chip."""

import pytest
from pytestqt.qtbot import QtBot

from client.ports.id_card import DocumentKind, IdentityDocument
from devices.idcard.cards import SAMPLES
from tests.desk.counter import CARD, Desk
from tests.ui.conftest import StillSender
from tests.ui.left import Left, lay
from tests.ui.test_intake_people import editor, now, open_draft
from ui.seat import Seat

NUMBER = SAMPLES["resident"].fields["number"]
DOCUMENT = IdentityDocument(
    DocumentKind.RESIDENT, name="张三", sex="男", nation="汉", number=NUMBER, valid_to="长期", is_of_chip=False
)


@pytest.fixture
def left(qtbot: QtBot, seat: Seat) -> Left:
    return lay(qtbot, seat)


def show(left: Left, code: str) -> None:
    field = editor(left)._code.field
    assert field.isVisible()
    field.setFocus()
    left.type(code)
    left.press("Return")
    left.quiet()


def test_the_document_behind_a_code_fills_people_and_form(left: Left, desk: Desk) -> None:
    sender = left.seat.hands.sender
    assert isinstance(sender, StillSender)
    sender.documents["0123456789"] = DOCUMENT
    case_id = open_draft(left, desk, CARD)
    left.press("Ctrl+F2")
    show(left, "0123456789")
    record = desk.record(case_id)
    assert record.attendee is not None
    assert (record.attendee.name, record.attendee.identifier, record.attendee.card_read) == ("张三", NUMBER, False)
    assert (record.answers["nation"], record.answers["valid_to"]) == ("汉", "长期")


def test_a_code_that_is_not_known_is_told_and_can_be_shown_again(left: Left, desk: Desk) -> None:
    open_draft(left, desk, CARD)
    left.press("Ctrl+F2")
    show(left, "9999")
    assert "没有认出这个亮证码" in left.seat.notices.text
    assert now(left).is_blank
    code = editor(left)._code.field
    assert code.value() == ""
    assert code.isAncestorOf(left.focus), "a scanner that types chooses nothing elsewhere"
    left.people.leave(on=True)
    show(left, "9999")
    assert now(left).is_blank
