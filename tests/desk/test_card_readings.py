"""What a card told is kept with its case: its words for good, its raw text for the days of the policy."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from client.desk.sheet import sheet
from client.desk.tidying import erase_card_blocks, tidied
from client.rules.cards import CardReading, Settled
from client.store import cards
from client.store.tables import audit
from devices.idcard.cards import SAMPLES, text_block
from tests.data import resident_id
from tests.desk.counter import CARD, CLERK, SUPERVISOR, Desk

BLOCK = text_block(SAMPLES["resident"])


def taken(desk: Desk) -> tuple[int, CardReading]:
    """A draft whose applicant's card was read."""
    case_id = desk.drafting.open(CLERK, desk.item(CARD))
    applicant, attendee = desk.people(CARD)
    reading = CardReading(
        identifier_kind=applicant.identifier_kind, identifier=applicant.identifier, nation="汉", block=BLOCK.hex()
    )
    stranger = reading.model_copy(update={"identifier": resident_id(77)})
    desk.drafting.set_people(case_id, CLERK, applicant, attendee, [stranger, reading])
    return case_id, reading


def kept(desk: Desk, case_id: int, reading: CardReading) -> bytes:
    with desk.memory.read() as connection:
        return cards.block(connection, case_id, reading.identifier)


def noted(desk: Desk, act: str) -> list[dict[str, object]]:
    with desk.memory.read() as connection:
        details = connection.scalars(select(audit.c.detail).where(audit.c.act == act).order_by(audit.c.id)).all()
    return [json.loads(detail) for detail in details]


def test_what_was_read_of_its_people_stays_with_the_case(desk: Desk) -> None:
    case_id, reading = taken(desk)
    assert kept(desk, case_id, reading) == BLOCK
    assert sheet(desk.counter, case_id).readings == (reading.model_copy(update={"block": ""}),)
    with desk.memory.read() as connection:
        assert cards.block(connection, case_id, resident_id(77)) == b"", "nobody else's card is kept"


def test_a_reading_without_its_text_loses_none(desk: Desk) -> None:
    case_id, reading = taken(desk)
    applicant, attendee = desk.people(CARD)
    bare = reading.model_copy(update={"block": "", "valid_to": "长期"})
    desk.drafting.set_people(case_id, CLERK, applicant, attendee, [bare])
    assert kept(desk, case_id, reading) == BLOCK
    assert sheet(desk.counter, case_id).readings == (bare,)


def test_the_text_is_erased_when_its_days_are_over(desk: Desk) -> None:
    case_id, reading = taken(desk)
    desk.clock.now += timedelta(days=30)
    assert erase_card_blocks(desk.counter) == 0
    assert kept(desk, case_id, reading) == BLOCK
    assert noted(desk, "erase_card_blocks") == []
    desk.clock.now += timedelta(seconds=1)
    assert erase_card_blocks(desk.counter) == 1
    assert kept(desk, case_id, reading) == b""
    assert noted(desk, "erase_card_blocks") == [{"count": 1}]
    assert sheet(desk.counter, case_id).readings[0].nation == "汉", "what the form took stays"
    assert erase_card_blocks(desk.counter) == 0, "once"


def test_a_case_that_comes_to_nothing_keeps_no_text(desk: Desk) -> None:
    case_id, reading = taken(desk)
    other, _ = taken(desk)
    desk.drafting.void(case_id, CLERK, SUPERVISOR, "示例原因")
    assert kept(desk, case_id, reading) == b""
    assert kept(desk, other, reading) == BLOCK


def test_both_ends_of_a_window_erase(desk: Desk) -> None:
    case_id, reading = taken(desk)
    desk.clock.now += timedelta(days=31)
    with tidied(desk.counter):
        assert kept(desk, case_id, reading) == b""
        again, reading = taken(desk)
        desk.clock.now += timedelta(days=31)
    assert kept(desk, again, reading) == b""


def test_a_later_reading_counts_its_days_anew(desk: Desk) -> None:
    case_id, reading = taken(desk)
    desk.clock.now += timedelta(days=20)
    applicant, attendee = desk.people(CARD)
    desk.drafting.set_people(case_id, CLERK, applicant, attendee, [reading])
    desk.clock.now += timedelta(days=20)
    assert erase_card_blocks(desk.counter) == 0
    assert kept(desk, case_id, reading) == BLOCK


def test_a_character_settled_by_eye_is_on_record_once(desk: Desk) -> None:
    case_id, reading = taken(desk)
    applicant, attendee = desk.people(CARD)
    settled = reading.model_copy(update={"settled": (Settled(position=2, was="\ue188", now="䶮"),), "block": ""})
    for _ in range(2):
        desk.drafting.set_people(case_id, CLERK, applicant, attendee, [settled])
    assert noted(desk, "settle_name") == [{"position": 2, "was": "U+E188", "now": "U+4DAE"}]
    assert kept(desk, case_id, reading) == BLOCK, "the chip's own text stays as it came"


def test_a_policy_of_no_days_keeps_it_until_the_window_closes(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    case_id, reading = taken(desk)
    desk.clock.now += timedelta(seconds=1)
    none = desk.counter.settings.model_copy(update={"card_block_days": 0})
    monkeypatch.setattr(type(desk.counter), "settings", property(lambda _counter: none))
    assert erase_card_blocks(desk.counter) == 1
    assert kept(desk, case_id, reading) == b""
