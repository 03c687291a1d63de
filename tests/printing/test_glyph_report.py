"""What is not drawn is told before it is printed, and named on the paper; nothing is drawn wrongly."""

from pathlib import Path

import pytest

from client.ports.glyphs import Drawn, advice_of, not_whole
from client.text import source_of
from printing.papers import fonts
from printing.papers.coverage import by_block, of_gb18030
from printing.papers.glyph_report import Report, block_of, blocks
from printing.papers.letters import DOUBTFUL, nature
from tests.font_coverage import page

ROOT = Path(__file__).parents[2]

ODD = {
    "\ue188": Drawn.PRIVATE,  # no public meaning
    "\ue863": Drawn.PRIVATE,  # 䶮 in GB 18030-2022
    "\U000f0000": Drawn.PRIVATE,
    "\u0301": Drawn.JOINED,  # a mark over the letter before it
    "\u20dd": Drawn.JOINED,  # a ring round it
    "\u0627": Drawn.JOINED,  # Arabic
    "\u05d0": Drawn.JOINED,  # Hebrew, from the right
    "\u0661": Drawn.JOINED,  # an Arabic digit
    "\u06dd": Drawn.JOINED,  # a format character that is seen
    "\u0f40": Drawn.JOINED,  # Tibetan
    "\u1820": Drawn.JOINED,  # Mongolian
    "\u1112": Drawn.JOINED,  # half a syllable of Hangul
    "\u0e01": Drawn.LACKING,  # Thai
    "\U0001f600": Drawn.LACKING,
    "\u202e": Drawn.UNSEEN,  # what stands behind it would be read from the right
    "\u200f": Drawn.UNSEEN,
    "\u200b": Drawn.UNSEEN,
    "\u3164": Drawn.UNSEEN,  # a letter that is empty
    "\x07": Drawn.UNSEEN,
    "\u2028": Drawn.UNSEEN,
    "\ufe00": Drawn.USUAL,
    "\U000e0100": Drawn.USUAL,
}


@pytest.mark.parametrize(("char", "drawn"), ODD.items(), ids=[f"{ord(char):04X}" for char in ODD])
def test_a_character_that_is_no_letter_of_its_own_is_told_and_never_drawn(char: str, drawn: Drawn) -> None:
    (letter,) = Report().letters(char)
    assert (letter.drawn, letter.font) == (drawn, "")
    assert advice_of(letter)
    on_paper = "".join(each.char for each in fonts.glyphs(char))
    assert on_paper == ("" if drawn in {Drawn.UNSEEN, Drawn.USUAL} else f"〔{letter.code}〕")


@pytest.mark.parametrize("char", ["李", "㐂", "\U00020bb7", "\U0002ce97", "A", "·", "\uf92c", "\u2f00"])
def test_a_letter_that_is_drawn_says_by_which_font(char: str) -> None:
    (letter,) = Report().letters(char)
    assert letter.is_whole
    assert [glyph.face for glyph in fonts.glyphs(char)] == [letter.font]
    assert [glyph.char for glyph in fonts.glyphs(char)] == [char]
    assert advice_of(letter) == ""


def test_a_private_character_is_told_by_what_the_standard_has_in_its_place() -> None:
    (letter,) = Report().letters("\ue863")
    assert letter.better == "䶮"
    assert "“䶮”" in advice_of(letter)


def test_a_letter_with_its_mark_is_told_by_the_one_letter_for_both() -> None:
    _, mark = Report().letters("e\u0301")
    assert mark.better == "é"
    assert [letter.better for letter in Report().letters("李\u0301")] == ["", ""], "there is no one letter for both"


def test_each_odd_character_is_told_once_and_line_ends_are_none() -> None:
    letters = Report().letters("李\ue188四\r\n\ue188\u202e")
    assert [letter.code for letter in not_whole(letters)] == ["U+E188", "U+202E"]


def test_advice_names_the_code_point_that_the_paper_will_bear() -> None:
    (letter,) = Report().letters("\U0001f600")
    assert "〔U+1F600〕" in advice_of(letter)
    assert source_of(advice_of(letter)) == advice_of(letter)


def test_what_needs_no_font_to_be_asked_is_drawn_by_the_text_font_in_both_weights() -> None:
    sure = [char for code in range(0x20, 0x10000) if not DOUBTFUL.match(char := chr(code)) and char not in "\r\n"]
    assert len(sure) > 27_000
    assert [{glyph.face for glyph in fonts.glyphs("".join(sure), bold=bold)} for bold in (False, True)] == [
        {fonts.REGULAR[0]},
        {fonts.BOLD[0]},
    ]
    assert len(fonts.glyphs("".join(sure))) == len(sure), "none is named by its code point"


def test_odd_letters_are_told_with_their_places() -> None:
    found = Report().odd("李\U00020bb7e\u0301\n\ue188")
    assert [(position, letter.code) for position, letter in found] == [(4, "U+0301"), (6, "U+E188")]
    assert Report().odd("张三，依据《中华人民共和国行政许可法》第三十二条（A-1）〔2026〕") == []


def test_blocks_do_not_overlap_and_are_found() -> None:
    edges = [edge for block in blocks() for edge in (block.codes.start, block.codes.stop - 1)]
    assert edges == sorted(set(edges))
    assert block_of("\U00020bb7") == "中日韩统一表意文字扩充B"
    assert block_of("\U0001f600") == ""


def test_no_unified_ideograph_is_taken_for_something_to_be_joined() -> None:
    for first, last in ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xAC00, 0xD7A3), (0x20000, 0x3347F)):
        assert {nature(chr(code)) for code in range(first, last + 1, 7)} == {Drawn.WHOLE}


def test_all_of_gb18030_2022_is_drawn() -> None:
    counted = {each.name: (each.characters, each.drawn) for each in of_gb18030()}
    assert counted == {"汉字": (87_887, 87_887), "部首": (228, 228)}


def test_what_is_told_of_the_fonts_is_what_they_draw() -> None:
    assert (ROOT / "docs" / "fonts.md").read_text(encoding="utf-8") == page()


def test_no_block_draws_more_than_it_has() -> None:
    assert [each.name for each in by_block() if each.drawn > each.characters] == []
