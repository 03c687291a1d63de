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
from printing.press import A4Press
from tests.printing.facts import RARE_NAME, order
from tests.printing.reading import embedded_fonts, poppler_text, text_of

VENDORED = ("NotoSansSC-Regular", "NotoSansSC-Bold", "HanaMinB")


def font_file(name: str) -> TTFont:
    return TTFont(BytesIO((files("resources") / "fonts" / f"{name}.ttf").read_bytes()), lazy=True)


@pytest.mark.parametrize("name", [RARE_NAME, "张三", "㐂䶮", "买买提·艾力", "O'NEIL", "𫔶\U0002ce97"])
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
    assert {name.partition("+")[2] for name in programs} == {"NotoSansSC-Regular", "NotoSansSC-Bold", "HanaMinB"}
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


def test_the_whole_national_list_of_common_letters_is_covered() -> None:
    basic = range(0x4E00, 0x9FFD)
    extensions = (*range(0x3400, 0x4DB6), *range(0x20000, 0x2A6D7), *range(0x2A700, 0x2B735), *range(0x2B820, 0x2CEA2))
    missing = [code for code in (*basic, *extensions) if fonts.drawn(chr(code)) is None]
    assert len(missing) < 20


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
    data = (files("resources") / "fonts" / "NotoSansSC-Regular.ttf").read_bytes()
    with pytest.raises(PaperError) as caught:
        fonts.parsed("NotoSansSC-Regular", spoil(data))
    assert (caught.value.code, caught.value.parameters["font"]) == ("PAPER-103", "NotoSansSC-Regular")


def test_the_digests_are_those_of_the_list_of_fonts() -> None:
    told = (files("resources") / "fonts" / "README.md").read_text(encoding="utf-8")
    assert all(f"| {name}.ttf |" in told and digest in told for name, digest in fonts.DIGESTS.items())
