"""A sentence is said as it stands in the code, or as the table in use has it."""

from collections.abc import Iterator

import pytest

from client.errors import DeviceError, DeviceState, Fault
from client.text import bracketed, chinese, key_of, labelled, listed, marked, sentences, source_of, speak, spoken, tr

TABLE = {
    "受理": "Accepted",
    key_of("受理", "act"): "accept it",
    "没有连上{device}": "{device} is not connected",
    "打印机": "Printer",
    "、": ", ",
    "。": ". ",
    "（{words}）": " ({words})",
    "{name}：{words}": "{name}: {words}",
}


@pytest.fixture
def english() -> Iterator[None]:
    speak(TABLE)
    yield
    speak({})


def test_in_chinese_a_sentence_is_the_one_in_the_code() -> None:
    assert spoken() == {}
    assert (tr("受理"), tr("受理", "act"), marked("受理"), chinese("受理")) == ("受理",) * 4
    assert listed(["甲", 2]) + bracketed("乙") + bracketed("") == "甲、2（乙）"
    assert sentences([labelled("甲", "乙"), "丙"]) == "甲：乙。丙"


def test_in_english_it_is_the_one_in_the_table(english: None) -> None:
    assert (tr("受理"), tr("受理", "act"), tr("没有的")) == ("Accepted", "accept it", "没有的")
    assert listed(["a", 2]) + bracketed("b") == "a, 2 (b)"
    assert sentences([labelled("a", "b"), "c"]) == "a: b. c"


def test_what_is_stored_or_printed_stays_chinese(english: None) -> None:
    assert (marked("受理"), chinese("受理")) == ("受理", "受理")


def test_behind_what_was_said_stands_the_chinese(english: None) -> None:
    assert source_of(tr("受理")) == "受理"
    assert source_of("as it is") == "as it is"


def test_an_error_is_told_in_one_language_and_kept_in_the_other(english: None) -> None:
    fault = Fault("DEV-101", tr("没有连上{device}"), "advice")
    error = DeviceError(DeviceState.ABSENT, fault, device=tr("打印机"), port=3)
    assert error.title == "Printer is not connected"
    assert (error.kept_title, error.kept_advice) == ("没有连上打印机", "advice")
    assert str(error) == "DEV-101 没有连上打印机"
