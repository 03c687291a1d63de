"""A card that is read fills the form: what it tells stands in the fields, marked as filled by itself, and stays."""

import pytest
from pytestqt.qtbot import QtBot

from devices.idcard.cards import SAMPLES
from tests.desk.counter import CARD, CLERK, FOOD, Desk
from tests.ui.left import Left, go, lay, row
from tests.ui.test_intake_people import counter_with_reader, open_draft, read
from ui.seat import Seat

TOLD = ("name", "sex", "nation", "identifier_kind", "identifier", "valid_to", "address")


@pytest.fixture
def left(qtbot: QtBot, seat: Seat) -> Left:
    return lay(qtbot, seat)


def answers(desk: Desk, case_id: int) -> dict[str, object]:
    return {key: desk.record(case_id).answers.get(key) for key in TOLD}


def test_every_field_a_card_tells_is_filled(qtbot: QtBot, seat: Seat, desk: Desk) -> None:
    with counter_with_reader(qtbot, seat, desk) as (left, _):
        case_id = open_draft(left, desk)
        read(left)
        card = SAMPLES["resident"].fields
        assert answers(desk, case_id) == {
            "name": "张三", "sex": "男", "nation": "汉", "identifier_kind": "居民身份证", "identifier": card["number"],
            "valid_to": "长期", "address": card["address"],
        }  # fmt: skip
        assert left.form._answers.auto >= set(TOLD)


@pytest.mark.parametrize(
    ("kind", "word", "last_day"),
    [("hmt-permit", "港澳台居民居住证", "2040-01-01"), ("foreigner-2017", "外国人永久居留身份证", "2040-01-01")],
)
def test_the_kind_of_document_is_named_as_the_form_names_it(
    qtbot: QtBot, seat: Seat, desk: Desk, kind: str, word: str, last_day: str
) -> None:
    with counter_with_reader(qtbot, seat, desk, kind) as (left, _):
        case_id = open_draft(left, desk)
        read(left)
        told = answers(desk, case_id)
        assert (told["identifier_kind"], told["valid_to"], told["sex"]) == (word, last_day, "男")
        assert told["nation"] is None


def test_a_persons_number_is_no_credit_code(left: Left, desk: Desk) -> None:
    case_id = open_draft(left, desk, FOOD)
    desk.drafting.set_people(case_id, CLERK, *desk.people(CARD))
    left.work.read_again()
    left.quiet()
    record = desk.record(case_id)
    assert record.answers["operator_name"] == desk.people(CARD)[0].name
    assert "credit_code" not in record.answers
    assert "credit_code" not in left.form._answers.auto


def test_what_a_person_wrote_over_it_stays(qtbot: QtBot, seat: Seat, desk: Desk) -> None:
    with counter_with_reader(qtbot, seat, desk) as (left, simulator):
        case_id = open_draft(left, desk)
        read(left)
        go(left, "nation")
        left.press("Ctrl+A")
        left.type("X")
        left.press("Return")
        left.quiet()
        simulator.place(SAMPLES["resident"])
        read(left)
        assert answers(desk, case_id)["nation"] == "X"
        said = row(left, "nation")._said
        assert said is not None
        assert (said.isVisible(), said.text()) == (True, "◐ 证件上是“汉”")
        go(left, "nation")
        left.press("Ctrl+A")
        left.type("汉")
        left.press("Return")
        left.quiet()
        assert said.isHidden()
        assert "nation" not in left.form._answers.auto, "it is the clerk's word all the same"


def test_what_no_card_told_is_held_against_nothing(left: Left, desk: Desk) -> None:
    case_id = open_draft(left, desk, CARD)
    desk.drafting.set_people(case_id, CLERK, *desk.people(CARD))
    left.work.read_again()
    left.quiet()
    assert (left.form._answers.against("sex"), left.form._answers.against("nation")) == ("", "")


def test_it_is_known_again_when_the_case_is_taken_up_later(qtbot: QtBot, seat: Seat, desk: Desk) -> None:
    with counter_with_reader(qtbot, seat, desk) as (left, _):
        case_id = open_draft(left, desk)
        read(left)
        left.work.put_away()
        left.quiet()
        desk.drafting.amend(case_id, CLERK, {"nation": None, "valid_to": None})
        left.load(case_id)
        left.quiet()
        assert (answers(desk, case_id)["nation"], answers(desk, case_id)["valid_to"]) == ("汉", "长期")
        assert left.people._view._born.text() == "男 · 汉族 · 1901-01-01"
        assert left.people.pending() == {}


def test_what_was_gathered_before_there_was_a_case_goes_into_its_form(qtbot: QtBot, seat: Seat, desk: Desk) -> None:
    with counter_with_reader(qtbot, seat, desk) as (left, _):
        read(left)
        kept = left.people.pending()
        left.people.take(kept)
        case_id = open_draft(left, desk, CARD)
        left.quiet()
        assert answers(desk, case_id)["nation"] == "汉"
        assert left.people.pending() == {}


def test_a_number_typed_by_hand_tells_sex_and_no_nation(left: Left, desk: Desk) -> None:
    case_id = open_draft(left, desk, CARD)
    desk.drafting.set_people(case_id, CLERK, *desk.people(CARD))
    left.work.read_again()
    left.quiet()
    told = answers(desk, case_id)
    assert told["sex"] in {"男", "女"}
    assert (told["nation"], told["valid_to"], told["identifier_kind"]) == (None, None, "居民身份证")
