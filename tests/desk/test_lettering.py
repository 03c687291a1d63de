"""What a paper cannot bear of a name is told before it is made and on record when it is; nobody is sent home for it."""

import json
from collections.abc import Sequence
from dataclasses import replace

import pytest
from sqlalchemy import select

from client.desk.lettering import told
from client.desk.sheet import sheet
from client.ports.glyphs import Letter
from client.ports.papers import PaperKind
from client.rules.case import State
from client.rules.identity import Capacity
from client.store.tables import audit
from printing.faults import FONT_MISSING, PaperError
from tests.desk.counter import CARD, CLERK, FOOD, Desk

PRIVATE = "李\ue188四"


class Broken:
    """A program one of whose font files is cut off."""

    def letters(self, text: str) -> Sequence[Letter]:
        raise PaperError(FONT_MISSING, font=f"HanaMinB:{len(text)}")

    def odd(self, text: str) -> Sequence[tuple[int, Letter]]:
        raise PaperError(FONT_MISSING, font=f"HanaMinB:{len(text)}")


def named(desk: Desk, applicant: str, attendee: str = "张三") -> int:
    """A whole draft of these people."""
    case_id = desk.draft(FOOD)
    one, other = desk.people(FOOD, Capacity.AGENT)
    one, other = one.model_copy(update={"name": applicant}), other.model_copy(update={"name": attendee})
    desk.drafting.set_people(case_id, CLERK, one, other)
    return case_id


def on_record(desk: Desk) -> list[str]:
    with desk.memory.read() as connection:
        found = connection.scalars(select(audit.c.detail).where(audit.c.act == "odd_letters"))
        return [letter for detail in found for letter in json.loads(detail)["letters"]]


def test_a_letter_no_paper_bears_is_told_before_acceptance_with_field_place_and_what_to_do(desk: Desk) -> None:
    (said,) = sheet(desk.counter, named(desk, "示例\U0001f600餐饮有限公司")).letters_told
    assert said.startswith("申请人姓名（名称）第3个字（U+1F600）")
    assert "文书上印〔U+1F600〕" in said


def test_each_name_is_looked_at_and_one_person_is_told_once(desk: Desk) -> None:
    both = sheet(desk.counter, named(desk, "示例\ue188公司", "李\ue863")).letters_told
    assert [said.partition("（U+")[0] for said in both] == ["申请人姓名（名称）第3个字", "经办人姓名第2个字"]
    assert "“䶮”" in both[1]
    case_id = desk.drafting.open(CLERK, desk.item(CARD))
    one, same = desk.people(CARD, Capacity.SELF)
    called = {"name": PRIVATE}
    desk.drafting.set_people(case_id, CLERK, one.model_copy(update=called), same.model_copy(update=called))
    assert len(sheet(desk.counter, case_id).letters_told) == 1


@pytest.mark.parametrize("name", ["张三", "李\U00020bb7\U0002ce97", "买买提·艾力", "O'NEIL", "㐂䶮"])
def test_of_a_good_name_nothing_is_told(desk: Desk, name: str) -> None:
    case_id = named(desk, name)
    assert sheet(desk.counter, case_id).letters_told == ()
    desk.intake.accept(case_id, CLERK)
    assert on_record(desk) == []


def test_the_clerk_may_go_on_and_it_is_on_record_by_code_point(desk: Desk) -> None:
    case_id = named(desk, PRIVATE)
    desk.intake.accept(case_id, CLERK)
    assert desk.state(case_id) is State.ACCEPTED
    assert desk.facts(case_id, PaperKind.ACCEPTANCE_NOTICE).applicant_name == PRIVATE
    assert on_record(desk) == ["applicant_name U+E188 private"]
    ((who, what, _),) = desk.audited("odd_letters")
    assert (who, what) == (CLERK.staff_no, f"paper:{desk.papers(case_id)[0].paper_id}")
    assert sheet(desk.counter, case_id).letters_told == (), "it is told while something can be done about it"


def test_what_a_clerk_writes_on_a_notice_is_on_record_too(desk: Desk) -> None:
    case_id = desk.draft(FOOD, without=("premises",))
    desk.intake.ask_correction(case_id, CLERK, {"premises": "第2页\U0001f600不清"}, keep_materials=True)
    assert on_record(desk) == ["defects U+1F600 lacking"]


def test_a_broken_font_holds_up_no_acceptance_and_is_told_where_somebody_asks(desk: Desk) -> None:
    case_id = named(desk, PRIVATE)
    desk.counter = replace(desk.counter, lettering=Broken())
    (said,) = sheet(desk.counter, case_id).letters_told
    assert "HanaMinB" in said
    desk.intake.accept(case_id, CLERK)
    assert desk.state(case_id) is State.ACCEPTED
    assert on_record(desk) == []


def test_a_text_is_told_by_the_name_of_its_field(desk: Desk) -> None:
    (said,) = told(desk.counter.lettering, {"有权机关": "示例市\u202e局", "具体情况": "无"})
    assert said.startswith("有权机关第4个字（U+202E）不可见的控制字符")


def test_what_has_no_shape_is_on_record_too(desk: Desk) -> None:
    desk.intake.accept(named(desk, "李\u202e“四\u200b"), CLERK)
    assert on_record(desk) == ["applicant_name U+202E unseen", "applicant_name U+200B unseen"]
    case_id = desk.draft(FOOD, without=("premises",))
    desk.intake.ask_correction(case_id, CLERK, {"premises": "第2页\x07不清"}, keep_materials=True)
    assert on_record(desk)[2:] == ["defects U+0007 unseen"]
