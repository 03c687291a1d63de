from datetime import date

import pytest

from client.rules.suggestions import Box, Line, Suggestion, SuggestionKind, suggestions
from tests import data

TODAY = date(2026, 11, 23)
HERE = Box(10, 20, 200, 40)
NAME, RESIDENT, USCC, DATE, PHONE = SuggestionKind


def offered(*texts: str) -> list[tuple[SuggestionKind, str]]:
    return [(each.kind, each.text) for each in suggestions([Line(text, HERE, 0.9) for text in texts], TODAY)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"公民身份号码{data.resident_id(1)}", [(RESIDENT, data.resident_id(1))]),
        ("公民身份号码 110101 19010101 0011", [(RESIDENT, data.resident_id(1))]),
        ("１１０１０１１９０１０１０１００１１", [(RESIDENT, data.resident_id(1))]),
        ("11O1O119010101OOl1", [(RESIDENT, data.resident_id(1))]),
        (f"{data.resident_id(1)} 2020-01-01", [(RESIDENT, data.resident_id(1)), (DATE, "2020-01-01")]),
        (f"统一社会信用代码：{data.uscc(1)}", [(USCC, data.uscc(1))]),
        (data.uscc(1).replace("0", "O"), [(USCC, data.uscc(1))]),
        ("日期：1901 年 1 月 2 日", [(DATE, "1901-01-02")]),
        ("1901/1/2", [(DATE, "1901-01-02")]),
        ("电话 13900000000", [(PHONE, "13900000000")]),
        ("010-00000001", [(PHONE, "010-00000001")]),
        ("姓 名：张三 性别 男", [(NAME, "张三")]),
        ("申请人:张三•李四", [(NAME, "张三·李四")]),
    ],
)
def test_what_checks_is_offered(text: str, found: list[tuple[SuggestionKind, str]]) -> None:
    assert offered(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "110101190101010012",  # another check digit
        data.uscc(1)[:-1] + "0",
        "6222001101011901010100110",  # a longer number that holds one
        "110101209901011" + "018",  # born after today
        "1901年2月30日",
        "12345678901",
        "姓名",
        "姓名：A",
        "申请人须知：请如实填写",
        "申请人承诺",
        "张三",  # no label, no name
    ],
)
def test_what_does_not_check_is_not_offered(text: str) -> None:
    assert offered(text) == []


def test_a_value_is_offered_once_where_it_stands_first() -> None:
    first, second = Line("张三的电话13900000000", HERE, 0.9), Line("13900000000", Box(0, 0, 9, 9), 1.0)
    assert suggestions([first, second], TODAY) == (Suggestion(PHONE, "13900000000", HERE, 0.9, "张三的电话"),)


def test_a_name_stands_beside_its_label_in_the_same_row() -> None:
    label = Line("姓名", Box(0, 100, 50, 120), 0.99)
    above = Line("王五", Box(60, 60, 99, 80), 0.9)
    near = Line("张 三", Box(60, 104, 99, 122), 0.8)
    far = Line("李四", Box(200, 100, 250, 120), 0.9)
    assert suggestions([above, label, far, near], TODAY) == (Suggestion(NAME, "张三", near.box, 0.8, "姓名"),)
    assert suggestions([label, above], TODAY) == ()


def test_a_name_the_reader_guessed_is_not_offered() -> None:
    assert suggestions([Line("姓名：张三", HERE, 0.5)], TODAY) == ()


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("联系电话：13900000000", "联系电话"),
        ("出 生 日 期 1901年1月2日", "出生日期"),
        (f"公民身份号码{data.resident_id(1)}", "公民身份号码"),
        ("姓名：张三", "姓名"),
        ("申请人:张三", "申请人"),
        ("13900000000", ""),
    ],
)
def test_it_is_told_what_is_printed_before_it(text: str, label: str) -> None:
    (found,) = suggestions([Line(text, HERE, 0.9)], TODAY)
    assert found.label == label


def test_the_label_may_stand_left_of_it_in_the_same_row() -> None:
    phone = Line("13900000000", Box(60, 100, 99, 120), 0.9)
    label, far = Line("联系电话", Box(30, 104, 50, 122), 0.9), Line("备注", Box(0, 100, 20, 120), 0.9)
    above = Line("手机", Box(30, 60, 50, 80), 0.9)
    (found,) = suggestions([above, far, label, phone], TODAY)
    assert found.label == "联系电话"
