import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from client.rules.names import folded, folding_table, matching_form, name_warnings

CODES = Path(__file__).parents[2] / "resources" / "codes"
TABLE = folding_table((CODES / "gb18030_pua.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", ["张三", "张𠮷", "李𬺗", "王䶮", "阿卜杜拉·买买提", "SMITH JOHN", "\uf9dc\U0002f800"])
def test_a_good_name_gets_no_warning(name: str) -> None:
    assert name_warnings(name, TABLE) == ()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("李\ue863", ("第2个字", "U+E863", "䶮")),
        ("李\ue188", ("第2个字", "U+E188", "没有公开的含义")),
        ("李\U000f0001", ("U+F0001",)),
        ("\u2e81三", ("第1个字", "U+2E81", "部首")),
        ("张?", ("第2个字", "没有正确读出")),
        ("张\ufffd", ("U+FFFD",)),
        ("张\ud842", ("U+D842",)),
        ("张\x00", ("U+0000",)),
    ],
)
def test_what_cannot_be_in_a_name_is_told_with_its_place(name: str, words: tuple[str, ...]) -> None:
    (warning,) = name_warnings(name, TABLE)
    assert all(word in warning for word in words)


def test_positions_count_characters_and_each_gets_its_sentence() -> None:
    first, second = name_warnings("𠮷\ue863\ue188", TABLE)
    assert "第2个字" in first
    assert "第3个字" in second
    assert "专用字符" in name_warnings("\ue863")[0], "without the table it is still private"


def test_the_table_agrees_with_the_codec_of_the_older_edition() -> None:
    """CPython's gb18030 is the edition of 2000: its two-byte codes for the standard characters must be the same."""
    row = [bytes((0xFE, low)) for low in range(0x50, 0xA1) if low != 0x7F]
    checked = 0
    for offset, code in enumerate(row):
        private = chr(0xE815 + offset)
        known = code.decode("gb18030")
        if known != private:
            assert TABLE[private] == known
            checked += 1
    assert len(TABLE) == 80 + 11
    assert checked > 60


@given(st.text())
def test_folding_and_matching_are_stable_and_leave_the_rest_alone(name: str) -> None:
    assert folded(folded(name, TABLE), TABLE) == folded(name, TABLE)
    assert matching_form(matching_form(name, TABLE), TABLE) == matching_form(name, TABLE)
    if not set(name) & set(TABLE):
        assert folded(name, TABLE) == name


def test_compatibility_ideographs_are_never_normalised() -> None:
    name = "\uf9dc\U0002f800"
    assert unicodedata.normalize("NFC", name) != name
    assert folded(name, TABLE) == name
    assert matching_form(name, TABLE) == name


def test_dots_and_blanks_do_not_part_a_name_from_itself() -> None:
    assert matching_form("阿卜杜拉•买买提") == matching_form("阿卜杜拉 · 买买提") == matching_form("阿卜杜拉・买买提")
    assert matching_form("李\ue863", TABLE) == matching_form("李䶮", TABLE)
    assert matching_form("Smith  John") == matching_form("SMITH JOHN")
