"""Names are drawn and read back rightly, whatever plane their letters are in."""

from collections.abc import Callable
from importlib.resources import files
from io import BytesIO
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from pypdf import PdfReader

from printing.faults import PaperError
from printing.papers import fonts
from printing.papers.sheet import Sheet
from printing.papers.text import set_line
from printing.papers.typecase import Typecase
from printing.press import A4Press
from tests.printing.facts import RARE_NAME, order
from tests.printing.reading import embedded_fonts, poppler_text, text_of

MANY_FONTS = "\U00030000\U000323af\U0002ebf0\U00033479\ufa0e\U0002f800\u9fff한ꀀꓐᥐᦀĐŁ"
VENDORED = ("NotoSerifSC-Regular", "NotoSerifSC-Bold", "HanaMinB", "YichuangRare")


def font_file(name: str) -> TTFont:
    return TTFont(BytesIO((files("resources") / "fonts" / f"{name}.ttf").read_bytes()), lazy=True)


@pytest.mark.parametrize("name", [RARE_NAME, "张三", "㐂䶮", "买买提·艾力", "O'NEIL", "𫔶\U0002ce97", MANY_FONTS])
def test_a_name_is_read_back_letter_by_letter(name: str, tmp_path: Path) -> None:
    sheet = order(applicant_name=name)
    assert name in text_of(sheet)
    assert name in poppler_text(A4Press().render(sheet), tmp_path)


def test_letters_beyond_the_basic_plane_are_embedded_with_their_own_outlines() -> None:
    programs = embedded_fonts(A4Press().render(order(applicant_name=RARE_NAME)))
    cut = next(program for name, program in programs.items() if name.endswith("HanaMinB"))
    whole = font_file("HanaMinB")
    names = whole.getBestCmap()
    drawn = [cut["glyf"][glyph].getCoordinates(cut["glyf"]) for glyph in cut.getGlyphOrder()[1:]]
    wanted = [whole["glyf"][names[ord(char)]].getCoordinates(whole["glyf"]) for char in RARE_NAME[1:]]
    assert [list(outline[0]) for outline in drawn] == [list(outline[0]) for outline in wanted]
    assert all(len(outline[0]) > 10 for outline in drawn)


def test_every_font_of_a_paper_is_embedded_as_a_subset() -> None:
    pdf = A4Press().render(order(applicant_name=RARE_NAME))
    programs = embedded_fonts(pdf)
    assert {name.partition("+")[2] for name in programs} == {"NotoSerifSC-Regular", "NotoSerifSC-Bold", "HanaMinB"}
    assert all(len(program.getGlyphOrder()) < 500 for program in programs.values())
    assert len(pdf) < 100_000


def test_the_checksums_of_a_cut_font_are_right() -> None:
    for program in embedded_fonts(A4Press().render(order())).values():
        for tag in program.reader.keys():  # noqa: SIM118  # the reader of fontTools is no mapping
            entry = program.reader.tables[tag]
            assert entry.checkSum == _checksum(program.reader[tag], tag), tag


def _checksum(data: bytes, tag: str) -> int:
    if tag == "head":
        data = data[:8] + bytes(4) + data[12:]
    data += bytes(-len(data) % 4)
    return sum(int.from_bytes(data[at : at + 4], "big") for at in range(0, len(data), 4)) % 2**32


def test_a_letter_no_font_has_is_named_by_its_code_point() -> None:
    assert "李〔U+E188〕（" in text_of(order(applicant_name="李\ue188\U000e0100"))


def test_invisible_characters_leave_no_trace() -> None:
    assert "张三（" in text_of(order(applicant_name="张\u200b三\ufe00"))


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0x20000, 0x2A6DF), (0x2A700, 0x2B73F), (0x2B740, 0x2B81D),
        (0x2B820, 0x2CEAD), (0x2CEB0, 0x2EBE0), (0x2EBF0, 0x2EE5D), (0x30000, 0x3134A), (0x31350, 0x323AF),
        (0x323B0, 0x33479), (0xAC00, 0xD7A3), (0xA000, 0xA48C), (0xA4D0, 0xA4FF),
    ],
)  # fmt: skip
def test_every_letter_of_these_blocks_is_drawn(first: int, last: int) -> None:
    assert [f"{code:04X}" for code in range(first, last + 1) if fonts.drawn(chr(code)) is None] == []


def test_rare_letters_are_drawn_with_an_outline_besides_where_the_text_is_bold() -> None:
    sheet = Sheet(Typecase())
    sheet.text(set_line("李\U00020bb7\U00030000", bold=True), 50.0, 50.0, 12.0)
    assert sheet.operators().count(" 2 Tr ") == 2
    assert sheet.operators().count(" 0 Tr ") == 1


def test_a_missing_font_file_is_a_sentence_with_a_way_out() -> None:
    with pytest.raises(PaperError, match="PAPER-103") as caught:
        fonts.face("NoSuchFont")
    assert "NoSuchFont" in caught.value.title
    assert "系统管理员" in caught.value.advice


@pytest.mark.parametrize("name", VENDORED)
def test_vendored_fonts_hold_simple_outlines_only(name: str) -> None:
    """The subset maker relies on it; a font with composite glyphs must not be vendored unnoticed."""
    face = fonts.face(name)
    start = face.get_table_pos("glyf")[0]
    places = face.glyphPos
    composite = [
        index
        for index in range(len(places) - 1)
        if places[index + 1] > places[index] and face.get_chunk(start + places[index], 1) >= b"\x80"
    ]
    assert composite == []


@pytest.mark.parametrize("name", VENDORED)
def test_each_font_has_its_licence_beside_it(name: str) -> None:
    family = name.partition("-")[0]
    assert "SIL OPEN FONT LICENSE" in (files("resources") / "fonts" / f"{family}.LICENSE.txt").read_text()


def test_the_paper_says_of_itself_what_it_is_but_not_whose() -> None:
    reader = PdfReader(BytesIO(A4Press().render(order())))
    assert reader.metadata is not None
    assert reader.metadata.title == "行政许可申请受理通知书"
    assert reader.metadata.author == "示例市市场监督管理局"
    assert reader.metadata.creation_date_raw == "D:20261123104600+08'00'"
    assert "示例餐饮" not in str(reader.metadata)
    assert str(reader.root_object["/Lang"]) == "zh-CN"


@pytest.mark.parametrize(
    "spoil", [lambda data: data[:0], lambda data: data[: len(data) // 3], lambda data: data[:-1] + b"!"]
)
def test_a_font_that_is_not_whole_is_refused_before_it_draws_blanks(spoil: Callable[[bytes], bytes]) -> None:
    data = (files("resources") / "fonts" / "NotoSerifSC-Regular.ttf").read_bytes()
    with pytest.raises(PaperError) as caught:
        fonts.parsed("NotoSerifSC-Regular", spoil(data))
    assert (caught.value.code, caught.value.parameters["font"]) == ("PAPER-103", "NotoSerifSC-Regular")


def test_the_digests_are_those_of_the_list_of_fonts() -> None:
    told = (files("resources") / "fonts" / "README.md").read_text(encoding="utf-8")
    assert all(f"| {name}.ttf |" in told and digest in told for name, digest in fonts.DIGESTS.items())
