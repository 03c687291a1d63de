"""What the page that is looked at says stands beside the fields; a key takes it, and nothing is ever filled in."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from client.desk.drafting import Drafting
from client.desk.keeping import kept_scan
from client.errors import CaseError, DeskError, DeviceError, DeviceState
from client.rules.suggestions import Box, Line
from devices.pages import faults
from devices.pages.painter import Painter
from tests import data
from tests.desk.counter import CARD, CLERK, FOOD, Desk
from tests.devices.drawn import jpeg, page
from tests.devices.forms import form_page
from tests.ui.seated import Seated, seated
from ui.clerk.intake import page_reading
from ui.clerk.intake.rows import Row
from ui.clerk.intake.suggested import Suggested
from ui.seat import Seat
from ui.widgets.choices import focus_on

PHONE, USCC = "13900000000", data.uscc(7)
PRINT = (
    Line(f"统一社会信用代码：{USCC}", Box(200, 300, 700, 340), 0.9),
    Line(f"联系电话：{PHONE}", Box(200, 400, 600, 440), 0.9),
    Line("联系人姓名：张三", Box(200, 500, 500, 540), 0.9),
)
SLOT = "premises"


@dataclass
class Reading:
    """Reads the same from every page, or fails as it is told."""

    lines: Sequence[Line] = PRINT
    fails: DeskError | None = None
    asked: list[int] = field(default_factory=list)  # sheets
    closed: bool = False

    def __call__(self, content: bytes, media_type: str, sheet: int = 0) -> Sequence[Line]:
        assert content.startswith({"image/png": b"\x89PNG", "image/jpeg": b"\xff\xd8"}[media_type])
        self.asked.append(sheet)
        if self.fails is not None:
            raise self.fails
        return self.lines

    def close(self) -> None:
        self.closed = True


@pytest.fixture
def reading() -> Reading:
    return Reading()


@pytest.fixture
def at(
    qtbot: QtBot,
    desk: Desk,
    seat: Seat,
    frame: QWidget,
    tmp_path: Path,
    reading: Reading,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Seated]:
    monkeypatch.setattr(page_reading, "SETTLED", 0)
    seat = replace(seat, hands=replace(seat.hands, read=reading, paint=Painter()))
    with seated(qtbot, desk, seat, frame, tmp_path / "told.jsonl") as found:
        yield found


def looked_at(at: Seated, case_id: int, slot: str = SLOT) -> int:
    """A form is scanned into a material of the case, and is in sight and read."""
    page_id = Drafting(at.desk.counter).attach(case_id, CLERK, slot, "form.png", form_page(100))
    at.load(case_id)
    at.page.middle.materials.choose(slot)
    at.until(lambda: any(line["page"] == page_id for line in [*at.told("page-read"), *at.told("page-not-read")]))
    at.quiet()
    return page_id


def row(at: Seated, path: str) -> Row:
    return at.page.form.rows[path]


def said(at: Seated, path: str) -> str:
    return said_in(row(at, path))


def said_in(row: Row) -> str:
    line = row._line
    return line._words.text() if line is not None and not line.isHidden() else ""


def go(at: Seated, path: str) -> None:
    at.page.form.focus_field(path)
    at.quiet()


def test_an_empty_field_is_offered_what_the_page_says_and_a_key_takes_it(at: Seated, desk: Desk) -> None:
    case_id = desk.drafting.open(CLERK, desk.item(FOOD))
    looked_at(at, case_id)
    assert said(at, "phone") == "扫描件：139****0000", "nobody is in it"
    assert said(at, "credit_code") == f"扫描件：{USCC}"
    assert said(at, "contact") == said(at, "operator_name") == ""
    assert desk.record(case_id).answers == {}, "nothing is filled in by itself"
    go(at, "phone")
    assert said(at, "phone") == f"扫描件：{PHONE}"
    line = row(at, "phone")._line
    assert line is not None
    assert line._cutting is not None
    assert line._cutting.isVisible()
    assert line._cutting.image.size().toTuple() == (412, 52)
    assert row(at, "phone").field.accessibleDescription() == f"待填写；扫描件：{PHONE}"
    at.press("take_suggestion")
    at.page.form.save()
    at.quiet()
    assert desk.record(case_id).answers == {"phone": PHONE}
    assert said(at, "phone") == ""
    assert at.focus is row(at, "phone").field
    assert [line["field"] for line in at.told("suggestion-taken")] == ["phone"]


def test_what_is_typed_otherwise_is_told_by_shape_word_and_colour_and_stays(at: Seated, desk: Desk) -> None:
    case_id = desk.drafting.open(CLERK, desk.item(FOOD))
    looked_at(at, case_id)
    go(at, "phone")
    at.write(PHONE[:-1])
    assert said(at, "phone") == f"扫描件：{PHONE}", "still being typed"
    at.write("9")
    assert said(at, "phone") == f"◐ 与扫描件不同：{PHONE}"
    at.hit("Return")
    assert said(at, "phone") == "◐ 与扫描件不同：139****0000"
    line = row(at, "phone")._line
    assert line is not None
    assert line._words.property("look") == "wanting"
    assert at.page.form.differing.text() == "◐ 与扫描件不同 1"
    assert desk.record(case_id).answers == {"phone": PHONE[:-1] + "9"}
    go(at, "phone")
    at.retype(PHONE)
    assert (said(at, "phone"), at.page.form.differing.text()) == ("", "")


def test_what_was_taken_goes_back_as_what_was_typed_does(at: Seated, desk: Desk) -> None:
    case_id = desk.drafting.open(CLERK, desk.item(FOOD))
    looked_at(at, case_id)
    go(at, "phone")
    at.write("010-00000001")
    at.press("take_suggestion")
    assert row(at, "phone").field.value() == PHONE
    at.strike("Ctrl+Z")
    assert row(at, "phone").field.value() == "010-00000001"
    at.hit("Return")
    assert desk.record(case_id).answers == {"phone": "010-00000001"}


def test_the_people_who_are_typed_are_offered_it_too(at: Seated, desk: Desk, reading: Reading) -> None:
    reading.lines = (Line(f"姓名：张三　公民身份号码{data.resident_id(1)}", Box(200, 300, 700, 340), 0.9),)
    looked_at(at, desk.drafting.open(CLERK, desk.item(FOOD)))
    at.press("edit_people")
    rows = at.page.people.rows
    lines = {path: each.beside.text for path, each in rows.items() if each.beside is not None}
    assert lines == {"applicant.name": "张三", "applicant.identifier": data.resident_id(1)}
    focus_on(rows["applicant.name"].field)
    at.press("take_suggestion")
    focus_on(rows["applicant.identifier"].field)
    at.press("take_suggestion")
    assert [each.beside for each in rows.values()] == [None] * len(rows)
    at.retype(data.resident_id(2))
    assert said_in(rows["applicant.identifier"]) == f"◐ 与扫描件不同：{data.resident_id(1)}"
    at.retype(data.resident_id(1))
    at.press("edit_people")
    assert at.case.applicant is not None
    assert (at.case.applicant.name, at.case.applicant.identifier) == ("张三", data.resident_id(1))


def test_a_number_of_another_kind_than_is_chosen_is_not_offered(at: Seated, desk: Desk) -> None:
    looked_at(at, desk.drafting.open(CLERK, desk.item(FOOD)))
    at.press("edit_people")
    rows = at.page.people.rows
    assert rows["applicant.identifier"].beside is None, "a person, and the page has a company's"
    focus_on(rows["kind"].field)
    at.strike("2")
    at.quiet()
    assert said_in(at.page.people.rows["applicant.identifier"]) == f"扫描件：{USCC}"


def test_a_field_that_follows_the_applicant_is_held_against_the_page(at: Seated, desk: Desk) -> None:
    case_id = desk.draft(FOOD, without=(SLOT,))
    looked_at(at, case_id)
    assert said(at, "credit_code") == f"◐ 与扫描件不同：{USCC}"


def test_the_key_says_so_where_there_is_nothing_to_take(at: Seated, desk: Desk) -> None:
    looked_at(at, desk.drafting.open(CLERK, desk.item(FOOD)))
    go(at, "contact")
    at.press("take_suggestion")
    assert at.notice.startswith("◐ 这里没有可采用的识读结果")
    assert at.told("suggestion-taken") == []


def test_a_page_is_read_once_and_only_while_its_case_is_open(at: Seated, desk: Desk, reading: Reading) -> None:
    case_id = desk.drafting.open(CLERK, desk.item(FOOD))
    looked_at(at, case_id)
    at.page.middle.materials.choose("rules_list")
    at.quiet()
    assert said(at, "phone") == "", "nothing is in sight"
    at.page.middle.materials.choose(SLOT)
    at.quiet()
    assert said(at, "phone") != ""
    assert reading.asked == [0]
    at.press("save")
    at.load(case_id)
    at.page.middle.materials.choose(SLOT)
    at.until(lambda: len(reading.asked) > 1)
    at.quiet()
    assert reading.asked == [0, 0], "what was read went with the case"


def test_of_a_case_that_is_closed_no_page_is_read(at: Seated, desk: Desk, reading: Reading) -> None:
    case_id = desk.draft(FOOD)
    desk.intake.accept(case_id, CLERK)
    at.load(case_id)
    at.quiet()
    assert reading.asked == []


def test_a_blank_page_is_not_read(at: Seated, desk: Desk, reading: Reading) -> None:
    case_id = desk.drafting.open(CLERK, desk.item(FOOD))
    blank = kept_scan(desk.counter, "scan.jpg", jpeg(page(lines=0)))
    Drafting(desk.counter).attach_kept(case_id, CLERK, SLOT, blank)
    at.load(case_id)
    at.page.middle.materials.choose(SLOT)
    at.quiet()
    at.qtbot.wait(20)
    assert reading.asked == []
    looked_at(at, case_id)
    assert reading.asked == [0], "of two pages the one that says something"


def test_a_page_that_cannot_be_read_is_no_trouble_and_a_reader_that_breaks_is_let_be(
    at: Seated, desk: Desk, reading: Reading
) -> None:
    reading.fails = DeviceError(DeviceState.UNREADABLE, faults.NOT_READ, device="reader")
    case_id = desk.drafting.open(CLERK, desk.item(FOOD))
    for _ in range(page_reading.GIVE_UP):
        looked_at(at, case_id)
    assert at.notice == ""
    desk.attach(case_id, SLOT)
    at.load(case_id)
    at.quiet()
    assert len(reading.asked) == page_reading.GIVE_UP


def test_pages_that_cannot_be_drawn_are_not_the_reader_s_fault(at: Seated, desk: Desk, reading: Reading) -> None:
    reading.fails = CaseError(faults.CANNOT_DRAW)
    case_id = desk.drafting.open(CLERK, desk.item(FOOD))
    for _ in range(page_reading.GIVE_UP + 1):
        looked_at(at, case_id)
    assert len(reading.asked) == page_reading.GIVE_UP + 1


def test_without_the_component_nothing_of_it_is_there(
    qtbot: QtBot, desk: Desk, seat: Seat, frame: QWidget, tmp_path: Path
) -> None:
    with seated(qtbot, desk, seat, frame, tmp_path / "told.jsonl") as at:
        case_id = desk.drafting.open(CLERK, desk.item(CARD))
        desk.attach(case_id, "identity")
        at.load(case_id)
        assert at.page.findChildren(Suggested) == []
        keys = {shortcut.key().toString() for shortcut in at.page.findChildren(QShortcut)}
        assert seat.keys["take_suggestion"] not in keys
        go(at, "phone")
        at.press("take_suggestion")
        assert at.notice == ""
