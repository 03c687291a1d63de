"""The promises of a form: every missing or wrong field is told by name, and nobody's data is repeated."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from client.rules.forms import form_faults, missing_fields
from tests.rules.itemdata import FORM, item

GOOD: dict[str, Any] = {"name": "张三", "people": [{"name": "李四", "number": "110101190001010014"}]}


def sentences(answers: dict[str, Any]) -> list[str]:
    return [fault.sentence for fault in form_faults(item(), answers)]


def only(answers: dict[str, Any]) -> tuple[str, str]:
    (fault,) = form_faults(item(), {**GOOD, **answers})
    return fault.field, fault.sentence


def test_a_whole_form_has_no_fault() -> None:
    whole = {
        **GOOD,
        "kind": "甲",
        "credit_code": "11110101000000001D",
        "phone": "13800000000",
        "day": "2026-11-30",
        "count": 3,
        "unit": "01",
        "plain": "any",
    }
    assert sentences(whole) == []


def test_every_missing_field_is_named_at_once_in_the_order_of_the_form() -> None:
    faults = missing_fields(item(), {"kind": "甲"})
    assert [(fault.field, fault.title) for fault in faults] == [("name", "名称"), ("people", "股东")]
    assert [fault.sentence for fault in faults] == ["“名称”没有填写", "“股东”没有填写"]


@pytest.mark.parametrize("blank", ["", "  ", None])
def test_a_blank_counts_as_not_filled_in(blank: str | None) -> None:
    assert sentences({**GOOD, "name": blank}) == ["“名称”没有填写"]
    assert sentences({**GOOD, "kind": blank}) == []


@pytest.mark.parametrize("group", [[], (), [{}], [{"name": " "}], [{}, {"number": ""}]])
def test_a_group_of_blanks_counts_as_not_filled_in(group: Any) -> None:
    assert sentences({**GOOD, "people": group}) == ["“股东”没有填写"]


def test_a_field_inside_a_group_is_told_with_its_place_blank_entries_counted() -> None:
    assert only({"people": [{"name": "李四"}, {"number": "110101190001010014"}]}) == (
        "people.1.name",
        "“股东第2项·姓名”没有填写",
    )
    field, sentence = only({"people": [{}, {"name": "李四"}]})
    assert (field, sentence) == ("people.0.name", "“股东第1项·姓名”没有填写")


@pytest.mark.parametrize(
    ("answers", "field", "words"),
    [
        ({"kind": "丙"}, "kind", "甲、乙"),
        ({"name": "张"}, "name", "至少2个字"),
        ({"name": "张三李四王"}, "name", "最多4个字"),
        ({"people": [{"name": "a"}, {"name": "b"}, {"name": "c"}]}, "people", "最多填写2项"),
        ({"count": 0}, "count", "不能小于1"),
        ({"count": 10}, "count", "不能大于9"),
        ({"count": "三"}, "count", "示范文本"),
        ({"unit": "x1"}, "unit", "单元号只有数字"),
        ({"credit_code": "11110101000000001E"}, "credit_code", "校验位不符"),
        ({"credit_code": "1111 0101 0000 0000 1D"}, "credit_code", "不要加空格"),
        ({"people": [{"name": "a", "number": "110101190001010011"}]}, "people.0.number", "校验位不符"),
        ({"people": [{"name": "a", "number": "1101011900010100"}]}, "people.0.number", "应为18位"),
        ({"phone": "1380000"}, "phone", "联系电话"),
        ({"day": "2026-02-30"}, "day", "真实的日期"),
        ({"day": "20260228"}, "day", "真实的日期"),
        ({"weather": "fine"}, "weather", "表单中没有"),
    ],
)
def test_a_wrong_field_is_told_with_what_to_do(answers: dict[str, Any], field: str, words: str) -> None:
    told, sentence = only(answers)
    assert told == field
    assert words in sentence


@pytest.mark.parametrize("key", ["credit_code", "phone", "day"])
def test_a_value_that_is_no_text_is_one_fault_and_no_crash(key: str) -> None:
    assert len(sentences({**GOOD, key: 7})) == 1


def test_a_number_of_a_person_that_is_no_text_is_one_fault() -> None:
    assert len(sentences({**GOOD, "people": [{"name": "a", "number": 7}]})) == 1


def test_a_field_without_title_is_told_by_its_key() -> None:
    assert "plain" in sentences({**GOOD, "plain": 1})[0]


def test_a_number_is_never_refused_for_its_area_code() -> None:
    assert sentences({**GOOD, "people": [{"name": "a", "number": "810000190001010018"}]}) == []


SECRET = st.text(alphabet="密秘私", min_size=5, max_size=8)


@given(st.dictionaries(st.sampled_from(sorted(FORM["properties"])), SECRET))
def test_what_was_written_is_never_repeated(answers: dict[str, Any]) -> None:
    told = "".join(sentences(answers))
    assert not any(written in told for written in answers.values())
