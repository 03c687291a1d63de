"""Facts are put into the manner of an official paper, and names are left alone."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from printing.papers.wording import bracketed, clause, day, full_width, minute, sentence, spans


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("食品经营许可(新办)", "食品经营许可（新办）"),
        ("第三十二条第一款第(五)项", "第三十二条第一款第（五）项"),
        ("委托代理人:王吉祥", "委托代理人：王吉祥"),
        ("材料齐全, 符合形式;请签收", "材料齐全，符合形式；请签收"),
        ("于 2026 年 11 月 30 日 办结", "于2026年11月30日办结"),
        ("共1,000元", "共1,000元"),
        ("见 http://a.example/b:c", "见 http://a.example/b:c"),
        ("JOHN (UK) LTD", "JOHN (UK) LTD"),
        ("第(2)项", "第（2）项"),
    ],
)
def test_chinese_text_gets_full_width_marks_and_no_blanks_round_digits(typed: str, printed: str) -> None:
    assert full_width(typed) == printed


@given(st.text(max_size=60))
def test_twice_is_as_good_as_once(text: str) -> None:
    once = full_width(full_width(text))
    assert full_width(once) == once


def test_dates_are_written_as_on_paper() -> None:
    assert day(date(2026, 11, 3)) == "2026年11月3日"
    assert minute(datetime(2026, 11, 3, 9, 5)) == "2026年11月3日9时05分"  # noqa: DTZ001  # the hall's own time


def test_a_fact_can_neither_switch_the_weight_nor_fill_places() -> None:
    (before, name, after) = spans("致**{name}**：", name="**{x}**")
    assert (before, name, after) == (("致", False), ("**{x}**", True), ("：", False))


def test_sentences_end_once() -> None:
    assert sentence("请补正") == sentence("请补正。") == "请补正。"
    assert clause("请补正。") == "请补正"
    assert bracketed(["甲", "乙"]) == "（甲；乙）"
    assert bracketed([]) == ""
