"""What was kept in Chinese is said in the window's language, as far as it is ours."""

import re
from collections.abc import Iterator

import pytest

from client.errors import Fault
from client.language import ENGLISH
from client.retold import _templates, retold
from client.text import speak
from client.translations import table_of
from sync.faults import CLONED, SIGNED_OUT, Stopped

HAN, OPEN = re.compile("[\u4e00-\u9fff]"), re.compile("[{\x04]")
REASON = "平台没有接收：该事项在平台已有新的版本"


@pytest.fixture
def english() -> Iterator[None]:
    speak(table_of(ENGLISH))
    _templates.cache_clear()
    yield
    speak({})
    _templates.cache_clear()


def test_in_chinese_nothing_is_said_anew() -> None:
    assert retold(REASON) == REASON


@pytest.mark.parametrize(
    ("kept", "said"),
    [
        ("打印机缺纸", "out of paper"),
        ("PLAT-101 连接不上平台（hub:8000）", "PLAT-101 The platform (hub:8000) cannot be reached"),
        (REASON, "The platform did not take it: the platform has a newer version of this item"),
        ("打印机缺纸。打印机卡纸。", "out of paper. paper jam"),
        ("法定10个／承诺5个工作日", "Statutory 10, promised 5 working day(s)"),
        ("“股东第2项·姓名”：至少2个字", '"股东第2项·姓名": At least 2 characters'),
        ("上级退回。请重办", "上级退回。请重办"),
        ("no Chinese", "no Chinese"),
        ("", ""),
    ],
)
def test_in_english_our_own_sentences_are(english: None, kept: str, said: str) -> None:
    assert retold(kept) == said


@pytest.mark.parametrize("fault", [SIGNED_OUT, CLONED])
def test_an_error_kept_with_its_advice_is_told_whole_whatever_signs_are_in_it(english: None, fault: Fault) -> None:
    assert not HAN.search(retold(str(Stopped(fault, status=401))))


def test_every_marked_sentence_is_known_again(english: None) -> None:
    whole = {
        source: told for source, told in table_of(ENGLISH).items() if HAN.search(source) and not OPEN.search(source)
    }
    assert len(whole) > 1000
    assert {source: retold(source) for source in whole} == whole
