"""The whole intake by the keyboard alone, for every item of the catalogue: from a clear table to the next citizen."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from client.catalogue import Example
from client.desk.sheet import PrintState
from client.rules.case import State
from client.rules.items import ATTENDEE
from devices.idcard.simulated import SimulatedReader
from tests.desk.counter import CARD, COMPANY, FOOD, HOUSE, Desk
from tests.ui.seated import Seated, seated
from tests.ui.table import SMALL, scanner
from ui.seat import Seat

INITIALS = {FOOD: "spjyxk", COMPANY: "gssl", CARD: "shbzk", HOUSE: "gyjs"}


@pytest.fixture
def at(qtbot: QtBot, desk: Desk, seat: Seat, frame: QWidget, tmp_path: Path) -> Iterator[Seated]:
    reader = SimulatedReader(desk.clock, kinds=("resident",), pace=0.0)
    with seated(qtbot, desk, seat, frame, tmp_path / "told", scanner=scanner(1, pace=0.0), reader=reader) as found:
        found.page.middle.materials.scanning.go_to(SMALL)
        yield found


def questions(example: Example) -> Mapping[str, str]:
    """What the item asks before its form, and how the result is collected."""
    asked = {f"situation.{key}": chosen for key, chosen in example.situations.items() if key != ATTENDEE}
    return {**asked, "situation.#collection": example.collection}


def people(example: Example) -> Mapping[str, object]:
    applicant = {f"applicant.{name}": word for name, word in example.applicant.items() if name != "kind"}
    attendee = {f"attendee.{name}": word for name, word in example.attendee.items() if name != "capacity"}
    return {
        **applicant,
        **attendee,
        "kind": example.applicant["kind"],
        "capacity": example.attendee["capacity"],
    }


def flat(answers: Mapping[str, object], prefix: str = "") -> dict[str, object]:
    """The answers by the place of their field; what is left empty is passed by."""
    found: dict[str, object] = {}
    for key, value in answers.items():
        entries = value if isinstance(value, list) and value and isinstance(value[0], Mapping) else None
        if entries is None:
            found[prefix + key] = value
        else:
            for place, entry in enumerate(entries):
                found |= flat(entry, f"{prefix}{key}.{place}.")
    return found


def fields(at: Seated, example: Example) -> dict[str, object]:
    return dict.fromkeys(at.page.form._form.rows, None) | flat(example.answers)


@pytest.mark.parametrize("name", [FOOD, COMPANY, CARD, HOUSE])
def test_a_case_is_taken_from_the_clear_table_to_the_next_citizen(at: Seated, desk: Desk, name: str) -> None:
    item = desk.item(name)
    example = desk.counter.catalogue.example(item)
    at.press("find_item")
    at.write(INITIALS[name])
    at.hit("Return")
    assert at.case.item.task_handle_item == item.task_handle_item
    at.fill(questions(example))
    at.press("edit_people")
    while at.focus.objectName() != "kind":
        at.hit("Shift+Tab")
    at.fill(people(example))
    at.press("edit_people")
    assert (at.case.applicant and at.case.applicant.name) == example.applicant["name"]
    at.page.form.focus_field(next(iter(at.page.form._form.rows)))
    at.fill(fields(at, example))
    assert [fault.sentence for fault in at.case.faults] == []
    for _ in at.case.slots:
        if not any(slot.wanting for slot in at.case.slots):
            break
        at.press("next_slot", "scan")
    assert at.case.shortcomings == ()
    at.press("accept")
    assert (at.view, at.case.state) == ("done", State.ACCEPTED)
    (told,) = at.told("accepted")
    assert told["case"] == at.case.number
    assert told["papers"] == [paper.paper_id for paper in at.case.papers]
    assert [paper.print_state for paper in at.case.papers] == [PrintState.ASKED]
    at.hit("Return")
    assert (at.view, at.page.work.case_id) == ("clear", None)


@pytest.mark.parametrize("key", ["save", "new_case"])
def test_the_keyboard_is_at_the_drafts_when_a_case_was_put_away(at: Seated, desk: Desk, key: str) -> None:
    at.press("find_item")
    at.write(INITIALS[CARD])
    at.hit("Return")
    at.press("next_slot", "scan", key)
    assert at.page.work.case_id is None
    assert at.focus is at.page.middle.drafts.list
    at.hit("Return")  # as the page says: Enter opens the chosen one
    assert at.case.item.task_handle_item == desk.item(CARD).task_handle_item


def _half_typed(at: Seated, phone: str) -> int:
    """A draft in whose people a word stands that nobody saved yet."""
    at.press("read_card", "find_item")
    at.write(INITIALS[CARD])
    at.hit("Return")
    at.press("edit_people")
    while at.focus.objectName() != "applicant.phone":
        at.hit("Tab")
    at.retype(phone)
    return at.case.case_id


def test_a_card_asked_for_while_a_case_is_put_away_is_that_of_whoever_comes_next(at: Seated, desk: Desk) -> None:
    case_id = _half_typed(at, "13900000000")
    at.strike("Ctrl+N")
    at.strike("F2")
    assert at.page.bar.underway  # what was typed is on its way
    at.quiet()
    assert at.page.work.case_id is None
    assert len(at.told("card-read")) == 2
    assert at.page.people.pending()["attendee"]
    at.load(case_id)
    assert at.case.applicant is not None
    assert at.case.applicant.phone == "13900000000"


def test_a_card_asked_for_while_a_case_stays_after_all_is_not_read(at: Seated) -> None:
    case_id = _half_typed(at, "?")
    at.strike("Ctrl+N")
    at.strike("F2")
    at.quiet()
    assert (at.page.work.case_id, len(at.told("card-read"))) == (case_id, 1)
    assert "还没有保存" in at.notice
    at.press("read_card")
    assert len(at.told("card-read")) == 2
