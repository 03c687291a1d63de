"""A killed window reopens on the same step: field, people, half-written papers, and a draft that was just opened."""

import json
from collections.abc import Mapping
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from client.desk import place
from client.rules.case import State
from devices.idcard.simulated import SimulatedReader
from tests.desk.counter import FOOD, Desk
from tests.ui.seated import Seated, seated
from ui.seat import Seat


@pytest.fixture
def left_at(qtbot: QtBot, desk: Desk, seat: Seat, frame: QWidget, tmp_path: Path) -> "Windows":
    return Windows(qtbot, desk, seat, frame, tmp_path)


class Windows:
    """One window after another, of the same profile: each opens where the one before it was killed."""

    def __init__(self, qtbot: QtBot, desk: Desk, seat: Seat, frame: QWidget, folder: Path) -> None:
        self._at = (qtbot, desk, seat, frame)
        self._folder = folder
        self._count = 0

    def open(
        self, kept: Mapping[str, object] | None = None, reader: SimulatedReader | None = None
    ) -> AbstractContextManager[Seated]:
        self._count += 1
        qtbot, desk, seat, frame = self._at
        return seated(qtbot, desk, seat, frame, self._folder / f"told-{self._count}", place=kept, reader=reader)


def keep(at: Seated) -> Mapping[str, object]:
    """The place as ui.sitting keeps it: through the store, as JSON."""
    place.keep(at.desk.counter, json.loads(json.dumps(dict(at.page.place()))))
    return place.kept(at.desk.counter)


def test_a_killed_window_reopens_in_the_same_field(left_at: Windows, desk: Desk) -> None:
    case_id = desk.draft(FOOD, without=("premises",))
    with left_at.open() as before:
        before.load(case_id)
        before.page.middle.materials.choose("rules_list")
        before.page.form.focus_field("safety_manager")
        before.until(lambda: before.focus.objectName() == "safety_manager")
        kept = keep(before)
    with left_at.open(kept) as after:
        assert (after.view, after.case.case_id) == ("table", case_id)
        assert after.page.middle.materials.slot == "rules_list"
        after.until(lambda: after.focus.objectName() == "safety_manager")


def test_a_killed_window_has_the_people_of_the_case_to_come(left_at: Windows, desk: Desk, seat: Seat) -> None:
    with left_at.open() as before:
        before.press("edit_people")
        before.write("张三")
        kept = keep(before)
    assert "张三" in json.dumps(kept, ensure_ascii=False)
    with left_at.open(kept) as after:
        assert after.view == "clear"
        assert after.page.people.pending()["applicant"] == kept["people"]["applicant"]  # type: ignore[index] # JSON
        after.press("new_case")
        assert "人员信息还没有保存" in after.notice
        assert after.page.people.pending() != {}
        after.press("new_case")
        assert after.page.people.pending() == {}


def test_a_window_killed_as_soon_as_its_draft_is_there_reopens_with_it_and_its_people(
    left_at: Windows, desk: Desk
) -> None:
    """Half a second may pass before the place is kept again, and the people are saved behind the draft."""
    with left_at.open(reader=SimulatedReader(desk.clock, kinds=("resident",), pace=0.0)) as before:
        before.press("read_card")
        before.until(lambda: before.page.people.pending() != {})
        place.keep(desk.counter, {"page": "intake", "place": keep(before)})
        before.page.work.open(desk.item(FOOD))
        before.until(lambda: before.page.work.case_id is not None)
        case_id = before.page.work.case_id
    kept = place.kept(desk.counter)["place"]
    assert (kept["case_id"], kept["people"]["case"]) == (case_id, case_id)
    with left_at.open(kept) as after:
        assert (after.view, after.case.case_id) == ("table", case_id)
        after.until(lambda: after.case.attendee is not None)
        assert after.page.people.pending() == {}


def test_a_killed_window_reopens_the_notice_half_written(left_at: Windows, desk: Desk) -> None:
    case_id = desk.draft(FOOD, without=("premises",))
    with left_at.open() as before:
        before.load(case_id)
        before.press("ask_correction")
        before.retype("平面图没有标明")
        kept = keep(before)
    with left_at.open(kept) as after:
        assert after.view == "correction"
        assert "平面图没有标明" in after.page.middle.correction.preview


def test_a_killed_window_reopens_the_refusal_half_written(left_at: Windows, desk: Desk) -> None:
    with left_at.open() as before:
        before.load(desk.draft(FOOD))
        before.press("other_outcomes")
        before.hit("Down", "Return")
        before.write("示例市商务局")
        before.page.middle.outcomes.pin.setText("135790")
        kept = keep(before)
    assert "135790" not in json.dumps(kept)
    with left_at.open(kept) as after:
        chosen = after.page.middle.outcomes.chosen
        assert (after.view, chosen and chosen.key) == ("outcomes", "not_competent")
        assert after.page.middle.outcomes.organ.text() == "示例市商务局"


def test_a_window_killed_after_the_act_reopens_with_its_papers(left_at: Windows, desk: Desk) -> None:
    with left_at.open() as before:
        before.load(desk.draft(FOOD))
        before.press("receive")
        kept = keep(before)
    with left_at.open(kept) as after:
        assert (after.view, after.case.state) == ("done", State.RECEIVED)
