"""A character of a name that no table knows is settled by the clerk: one for one, and the card stays read."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from client.catalogue import load_folding
from client.rules.identity import Capacity
from client.store import cards
from client.store.tables import audit
from devices.idcard.cards import SAMPLES, SampleCard, text_block
from devices.idcard.simulator import Simulator
from tests.desk.counter import Desk
from tests.ui.left import Left
from tests.ui.test_gathered import ZHANG
from tests.ui.test_intake_people import counter_with_reader, now, open_draft, read
from ui.clerk.intake.gathered import NOBODY, Private
from ui.clerk.intake.settling import Settling
from ui.seat import Seat

PRIVATE = SampleCard(
    SAMPLES["resident"].kind, {**SAMPLES["resident"].fields, "name": "李\ue188\ue863"}
)  # one of no public table, one whose successor the standard names


@contextmanager
def asked(qtbot: QtBot, seat: Seat, desk: Desk) -> Iterator[tuple[Left, int, Settling, Simulator]]:
    """A case for which a card with two such characters was read."""
    with counter_with_reader(qtbot, seat, desk) as (left, simulator):
        simulator.place(PRIVATE)
        case_id = open_draft(left, desk)
        read(left)
        yield left, case_id, left.people._settling, simulator


def answer(left: Left, text: str) -> None:
    left.people._settling._row.field.setFocus()
    left.press("Ctrl+A")
    left.type(text)
    left.press("Return")
    left.quiet()


def test_each_character_is_asked_for_and_the_card_stays_read(qtbot: QtBot, seat: Seat, desk: Desk) -> None:
    with asked(qtbot, seat, desk) as (left, case_id, settling, _):
        assert settling.isVisible()
        assert "第2个字是系统专用字符（U+E188）" in settling._question.text()
        assert left.people._view._warnings.text() == "", "it is said once"
        answer(left, "燚")
        assert "第3个字是旧系统的专用字符（U+E863），国家标准对应的字是“䶮”" in settling._question.text()
        assert settling._row.field.value() == ""
        answer(left, "U+4DAE")
        assert settling.isHidden()
        record = desk.record(case_id)
        assert record.applicant is not None
        assert record.attendee is not None
        assert record.applicant.name == record.attendee.name == "李燚䶮"
        assert record.attendee.card_read
        assert record.answers["name"] == "李燚䶮", "the form follows"
        assert now(left).warnings == ()
        with desk.memory.read() as connection:
            notes = connection.execute(select(audit.c.staff, audit.c.detail).where(audit.c.act == "settle_name")).all()
            assert cards.block(connection, case_id, record.applicant.identifier) == text_block(PRIVATE)
        assert [tuple(note) for note in notes] == [
            ("1001", '{"now":"U+71DA","position":2,"was":"U+E188"}'),
            ("1001", '{"now":"U+4DAE","position":3,"was":"U+E863"}'),
        ]


@pytest.mark.parametrize("typed", ["U+E189", "张三", "U+2E81"])
def test_what_no_name_has_is_told_and_changes_nothing(qtbot: QtBot, seat: Seat, desk: Desk, typed: str) -> None:
    with asked(qtbot, seat, desk) as (left, _, settling, _):
        answer(left, typed)
        said = settling._row._said
        assert said is not None
        assert said.isVisible()
        assert "不能作姓名用字" in said.text()
        assert now(left).applicant.name == "李\ue188\ue863"
        answer(left, "")
        assert now(left).applicant.name == "李\ue188\ue863", "an empty field is no answer"


def test_a_good_name_is_asked_nothing(qtbot: QtBot, seat: Seat, desk: Desk) -> None:
    with asked(qtbot, seat, desk) as (left, _, settling, simulator):
        simulator.place(SAMPLES["resident"])
        read(left)
        assert settling.isHidden()
        answer_nobody_asked_for = Private("applicant", 1, "张")
        assert settling._about is None
        assert now(left).private(left.seat.house.counter.folding) != answer_nobody_asked_for


def test_the_name_of_the_one_they_came_for_is_settled_too() -> None:
    folding = load_folding()
    agent = NOBODY.with_capacity(Capacity.AGENT).with_word("attendee", "identifier", ZHANG)
    assert agent.private(folding) is None
    typed = agent.with_word("applicant", "name", "李\ue188")
    assert typed.private(folding) is None, "what is typed is the clerk's own business"
