"""The people: read from a real reader's line or typed, two until they are one, and kept until there is a case."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from client.ports.id_card import DocumentKind, IdentityDocument
from client.ports.readiness import Condition, Readiness
from client.rules.identifiers import IdentifierKind
from client.rules.identity import ApplicantKind, Capacity, PersonMatch
from client.rules.masking import masked_identifier
from devices.idcard.cards import SAMPLES, SampleCard
from devices.idcard.conversation import Timing
from devices.idcard.sam import SamReader
from devices.idcard.simulated_sam import Failure
from devices.idcard.simulator import Simulator
from tests.data import resident_id, uscc
from tests.desk.counter import CARD, CLERK, COMPANY, FOOD, Desk
from tests.ui.left import Left, lay
from ui.clerk.intake.gathered import NOBODY, Gathered
from ui.clerk.intake.people_editor import PeopleEditor
from ui.clerk.intake.rows import Row
from ui.seat import Seat
from ui.widgets.choices import Choice

QUICK = Timing(short=0.2, reading=0.2, patience=0.05, poll=0.02, slice=0.01)
OTHER = SampleCard(
    DocumentKind.RESIDENT, {**SAMPLES["resident"].fields, "name": "李四", "sex": "2", "number": resident_id(2)}
)
ZHANG = SAMPLES["resident"].fields["number"]


@contextmanager
def counter_with_reader(
    qtbot: QtBot, seat: Seat, desk: Desk, kind: str = "resident", *orders: str
) -> Iterator[tuple[Left, Simulator]]:
    """A left column with a reader on a line, and what lies on the reader."""
    with Simulator(SAMPLES[kind], [Failure.parse(order) for order in orders]) as simulator:
        reader = SamReader(simulator.port, clock=desk.clock, timing=QUICK)
        left = lay(qtbot, seat, reader)
        yield left, simulator
        left.quiet()
        left.seat.lanes.reader.do(reader.close).result()


def read(left: Left) -> None:
    left.press("F2")
    left.quiet()


def now(left: Left) -> Gathered:
    return left.people._now


def editor(left: Left) -> PeopleEditor:
    found = left.people._editor
    assert found is not None
    assert found.isVisible()
    return found


def row(left: Left, path: str) -> Row:
    return editor(left)._rows[path]


def choose(left: Left, path: str, word: str) -> None:
    """Choose by the number of the option, as a clerk would."""
    field = row(left, path).field
    assert isinstance(field, Choice)
    field.setFocus()
    left.type(str(field.findData(word) + 1))


def fill(left: Left, path: str, text: str) -> None:
    row(left, path).field.setFocus()
    left.press("Ctrl+A")
    left.type(text)


def open_draft(left: Left, desk: Desk, name: str = CARD) -> int:
    with left.qtbot.waitSignal(left.form.built):
        left.work.open(desk.item(name))
    left.quiet()
    return left.case.case_id


def test_a_card_gives_both_of_a_person_who_comes_himself(qtbot: QtBot, seat: Seat, desk: Desk) -> None:
    with counter_with_reader(qtbot, seat, desk, "resident-moved") as (left, _):
        case_id = open_draft(left, desk)
        read(left)
        record = desk.record(case_id)
        assert record.applicant is not None
        assert record.attendee is not None
        assert (record.applicant.name, record.applicant.identifier) == ("张三", ZHANG)
        assert record.applicant.address == "示例市示例区示例路2号"
        assert (record.attendee.capacity, record.attendee.card_read) == (Capacity.SELF, True)
        assert record.attendee.person_matches_card is None
        view = left.people._view
        assert view._name.text() == view._attendee.text() == "张三"
        assert view._born.text() == "男 · 汉族 · 1901-01-01"
        assert view._number.text() == masked_identifier(IdentifierKind.RESIDENT_ID, ZHANG)
        assert view._read.text() == "✓ 已读卡"
        assert left.people.pending() == {}


def test_that_the_person_is_the_one_on_the_card_is_said_by_the_clerk(qtbot: QtBot, seat: Seat, desk: Desk) -> None:
    with counter_with_reader(qtbot, seat, desk) as (left, simulator):
        left.press("Shift+F2")
        assert not now(left).matched
        case_id = open_draft(left, desk)
        read(left)
        assert left.people._view._match.isVisible()
        left.press("Shift+F2")
        left.quiet()
        attendee = desk.record(case_id).attendee
        assert attendee is not None
        assert attendee.person_matches_card is PersonMatch.BY_EYE
        assert left.people._view._matched.text() == "✓ 人证一致（目视）"
        assert left.people._view._match.isHidden()
        left.press("Shift+F2")
        left.quiet()
        assert not now(left).matched
        left.press("Shift+F2")
        simulator.place(OTHER)
        read(left)
        assert (now(left).attendee.name, now(left).matched) == ("李四", False)


def test_people_gathered_before_there_is_a_case_go_into_the_one_that_is_opened(
    qtbot: QtBot, seat: Seat, desk: Desk
) -> None:
    with counter_with_reader(qtbot, seat, desk) as (left, _):
        read(left)
        assert json.loads(json.dumps(left.people.pending()))["attendee"]["name"] == "张三"
        assert desk.drafting.drafts() == []
        case_id = open_draft(left, desk)
        applicant = desk.record(case_id).applicant
        assert applicant is not None
        assert applicant.name == "张三"
        assert left.people.pending() == {}
        assert left.form._form.rows["name"].field.value() == "张三"


def test_people_of_nobody_yet_do_not_fall_into_a_draft_that_is_taken_up(qtbot: QtBot, seat: Seat, desk: Desk) -> None:
    with counter_with_reader(qtbot, seat, desk) as (left, _):
        read(left)
        case_id = desk.drafting.open(CLERK, desk.item(CARD))
        left.load(case_id)
        assert desk.record(case_id).applicant is None
        assert now(left) == NOBODY


def test_a_card_that_went_away_is_told_and_read_again(qtbot: QtBot, seat: Seat, desk: Desk) -> None:
    with counter_with_reader(qtbot, seat, desk, "resident", "read:status=41*2") as (left, _):
        read(left)
        assert "证件没有读完整" in left.seat.notices.text
        assert now(left) == NOBODY
        for _ in range(3):
            if now(left).card_read:
                break
            read(left)
        assert (now(left).attendee.name, left.seat.notices.text) == ("张三", "")


def test_a_reader_that_is_gone_is_told(qtbot: QtBot, seat: Seat, desk: Desk) -> None:
    left = lay(qtbot, seat, SamReader("/dev/there-is-no-reader", clock=desk.clock))
    read(left)
    assert left.seat.notices.text.startswith("▲")
    assert left.people._read.accessibleName() == "读身份证"


def test_without_a_reader_the_people_are_typed(qtbot: QtBot, seat: Seat, desk: Desk) -> None:
    left = lay(qtbot, seat)
    case_id = open_draft(left, desk)
    read(left)
    assert "没有设置身份证阅读器" in left.seat.notices.text
    fill(left, "applicant.name", "李𠮷")
    fill(left, "applicant.identifier", resident_id(3).lower())
    left.press("Return")
    fill(left, "applicant.phone", "+86 13800000000")
    left.press("Return")
    left.press("Return")
    left.quiet()
    record = desk.record(case_id)
    assert record.applicant is not None
    assert record.attendee is not None
    assert (record.applicant.name, record.applicant.identifier) == ("李𠮷", resident_id(3))
    assert record.applicant.phone == record.attendee.phone == "13800000000"
    assert not record.attendee.card_read
    assert left.people._view._read.text() == "◐ 未读卡"


def test_a_reading_that_takes_too_long_can_be_given_up(qtbot: QtBot, seat: Seat, desk: Desk) -> None:
    class Slow:
        name = "身份证阅读器"

        def read(self) -> IdentityDocument:
            time.sleep(0.3)
            return IdentityDocument(DocumentKind.RESIDENT, name="张三", number=ZHANG)

        def check(self) -> Readiness:
            return Readiness(Condition.READY, "")

        def close(self) -> None:
            """Nothing was opened."""

    left = lay(qtbot, seat, Slow())
    left.press("F2")
    assert left.people._read.accessibleName() == "正在读卡…"
    left.press("F2")
    left.people._give_up()
    left.quiet()
    assert now(left) == NOBODY
    assert left.people._read.accessibleName() == "读身份证"


@pytest.mark.parametrize(
    ("kind", "sentence"), [("resident-expired", "有效期"), ("resident-private", "专用字符"), ("resident-rare", "")]
)
def test_what_is_odd_about_a_card_is_in_sight(qtbot: QtBot, seat: Seat, desk: Desk, kind: str, sentence: str) -> None:
    with counter_with_reader(qtbot, seat, desk, kind) as (left, _):
        open_draft(left, desk)
        read(left)
        said = left.people._settling._question if kind == "resident-private" else left.people._view._warnings
        assert sentence in said.text()
        assert said.isVisible() is bool(sentence)
        assert ("专用字符" in left.seat.notices.text) is (kind == "resident-private")


def test_an_organisation_is_typed_and_whoever_came_for_it_is_read(qtbot: QtBot, seat: Seat, desk: Desk) -> None:
    with counter_with_reader(qtbot, seat, desk) as (left, simulator):
        case_id = open_draft(left, desk, FOOD)
        read(left)
        left.press("Ctrl+F2")
        choose(left, "kind", ApplicantKind.COMPANY)
        assert now(left).capacity is Capacity.AGENT
        assert row(left, "applicant.identifier").field.property("wanting")
        fill(left, "applicant.name", "示例餐饮有限公司")
        fill(left, "applicant.identifier", uscc())
        fill(left, "applicant.legal_representative", "李四")
        fill(left, "applicant.address", "示例市示例路1号")
        fill(left, "applicant.phone", "010-00000001")
        left.press("Ctrl+F2")
        left.quiet()
        record = desk.record(case_id)
        assert record.applicant is not None
        assert record.attendee is not None
        assert (record.applicant.kind, record.applicant.identifier) == (ApplicantKind.COMPANY, uscc())
        assert record.applicant.legal_representative == "李四"
        assert (record.attendee.name, record.attendee.capacity) == ("张三", Capacity.AGENT)
        assert record.attendee.card_read
        assert record.situations == {"attendee": "agent"}
        assert left.people._view._facts.text() == f"{uscc()} · 企业法人"
        assert left.people._view._capacity.text() == "委托代理人"
        simulator.place(OTHER)
        left.press("Ctrl+F2")
        read(left)
        choose(left, "capacity", Capacity.LEGAL_REPRESENTATIVE)
        left.press("Return")
        left.quiet()
        record = desk.record(case_id)
        assert record.attendee is not None
        assert (record.attendee.name, record.attendee.capacity) == ("李四", Capacity.LEGAL_REPRESENTATIVE)


def test_the_card_of_the_one_they_came_for_is_read_second(qtbot: QtBot, seat: Seat, desk: Desk) -> None:
    with counter_with_reader(qtbot, seat, desk) as (left, simulator):
        case_id = open_draft(left, desk)
        read(left)
        left.press("Ctrl+F2")
        choose(left, "capacity", Capacity.GUARDIAN)
        assert now(left).applicant.name == ""
        assert left.people._read.accessibleName() == "读申请人证件"
        left.press("Ctrl+F2")
        simulator.place(OTHER)
        read(left)
        record = desk.record(case_id)
        assert record.applicant is not None
        assert record.attendee is not None
        assert (record.applicant.name, record.attendee.name) == ("李四", "张三")
        assert record.attendee.capacity is Capacity.GUARDIAN


def test_a_wrong_number_is_told_when_it_is_left_and_nothing_is_saved(qtbot: QtBot, seat: Seat, desk: Desk) -> None:
    left = lay(qtbot, seat)
    case_id = open_draft(left, desk)
    left.press("Ctrl+F2")
    fill(left, "applicant.name", "张三")
    fill(left, "applicant.identifier", "110101190101010012")
    number = row(left, "applicant.identifier")
    assert not number.field.property("wrong")
    left.press("Return")
    assert number.field.property("wrong")
    assert number._said is not None
    assert "校验位不符" in number._said.text()
    left.people.save()
    assert "校验位不符" in left.seat.notices.text
    assert desk.record(case_id).applicant is None
    assert left.people.pending()
    fill(left, "applicant.phone", "12")
    left.press("Return")
    assert row(left, "applicant.phone").field.property("wrong")


def test_typing_over_a_card_takes_its_mark_away(qtbot: QtBot, seat: Seat, desk: Desk) -> None:
    with counter_with_reader(qtbot, seat, desk) as (left, _):
        read(left)
        left.press("Ctrl+F2")
        fill(left, "applicant.phone", "13800000000")
        assert now(left).card_read
        fill(left, "applicant.name", "李四")
        assert not now(left).card_read
        assert now(left).attendee.name == "李四"


def test_another_kind_of_document_is_typed(qtbot: QtBot, seat: Seat, desk: Desk) -> None:
    left = lay(qtbot, seat)
    case_id = open_draft(left, desk)
    left.people.begin()
    row(left, "applicant.identifier_kind").field.setFocus()
    left.type("q")
    fill(left, "applicant.name", "张三")
    fill(left, "applicant.identifier", "军字第0000001号")
    left.press("Return")
    left.quiet()
    applicant = desk.record(case_id).applicant
    assert applicant is not None
    assert (applicant.identifier_kind, applicant.identifier) == (IdentifierKind.OTHER, "军字第0000001号")


def test_fields_close_when_they_are_left_behind_right(qtbot: QtBot, seat: Seat, desk: Desk) -> None:
    with counter_with_reader(qtbot, seat, desk) as (left, _):
        read(left)
        left.press("Ctrl+F2")
        assert editor(left).isVisible()
        left.press("F3")
        left.qtbot.waitUntil(left.people._view.isVisible)
        left.press("Ctrl+F2")
        fill(left, "applicant.name", " ")
        left.press("F3")
        left.qtbot.wait(20)
        assert editor(left).isVisible()


def test_what_no_case_has_yet_is_kept_over_a_restart(qtbot: QtBot, seat: Seat, desk: Desk) -> None:
    left = lay(qtbot, seat)
    case_id = open_draft(left, desk)
    left.press("Ctrl+F2")
    fill(left, "applicant.name", "张三")
    pending = json.loads(json.dumps(left.people.pending()))
    again = lay(qtbot, seat)
    again.people.take(pending)
    again.load(case_id)
    assert row(again, "applicant.name").field.value() == "张三"
    fill(again, "applicant.identifier", ZHANG)
    again.press("Return")
    again.quiet()
    applicant = desk.record(case_id).applicant
    assert applicant is not None
    assert applicant.name == "张三"
    again.people.take({})
    assert now(again) == NOBODY


def test_the_people_of_another_case_are_not_taken_for_this_one(qtbot: QtBot, seat: Seat, desk: Desk) -> None:
    left = lay(qtbot, seat)
    left.people.take({**replace(NOBODY, matched=True).as_json(), "case": 99})
    left.load(desk.draft(FOOD))
    assert now(left).applicant.name == "示例食品有限公司"
    left.load(desk.drafting.open(CLERK, desk.item(COMPANY)))
    assert now(left) == NOBODY


def test_a_case_that_is_closed_cannot_change_its_people(qtbot: QtBot, seat: Seat, desk: Desk) -> None:
    left = lay(qtbot, seat)
    case_id = desk.draft(FOOD, capacity=Capacity.AGENT)
    desk.intake.accept(case_id, CLERK)
    left.load(case_id)
    read(left)
    left.press("Ctrl+F2")
    assert left.people._editor is None
    assert not left.people._read.isEnabled()
    left.work.put_away()
    assert now(left) == NOBODY
    assert left.people._read.isEnabled()


def test_what_the_desk_refuses_is_told(qtbot: QtBot, seat: Seat, desk: Desk) -> None:
    with counter_with_reader(qtbot, seat, desk) as (left, _):
        case_id = desk.draft(FOOD)
        left.load(case_id)
        desk.intake.accept(case_id, CLERK)
        read(left)
        assert "内容不能再改" in left.seat.notices.text
        assert left.people.pending()
