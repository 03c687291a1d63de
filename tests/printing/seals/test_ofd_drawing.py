"""An OFD is drawn for a look: words, lines, pictures and seals; what is not understood is counted, nothing crashes."""

from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]  # has none
import pytest
from PIL import Image

from client.errors import Cancelled
from client.ports.seals import SealPicture
from client.proof.faults import ProofError
from printing.seals.ofd import drawing
from printing.seals.ofd.shapes import colour, matrix, path, steps
from printing.seals.use import preview
from tests.seals.forging import right_office
from tests.seals.ofd_files import DOCUMENT, IMAGE, PAGE, PATH, SPACE, TEXT, WORDS, Wish, packed, page, parts, sealed

SAMPLE = Path(__file__).parents[2] / "seals" / "samples" / "ofdrw.ofd"
OFFICE = right_office(4)
WHITE, GREEN, RED = (255, 255, 255), (0, 200, 0), (220, 0, 0)
BOX = 'Boundary="0 0 9 9"'
LEFT_OUT = "没有画出"
Seen = tuple[str, Image.Image]


def _seen(content: bytes, number: int = 0) -> Seen:
    """Words and picture of a page."""
    with pypdfium2.PdfDocument(preview(content)) as document:
        text = document[number].get_textpage().get_text_range()
        return text, document[number].render(scale=2).to_pil().convert("RGB")


def _at(image: Image.Image, x_mm: float, y_mm: float, width_mm: float = 210) -> tuple[int, ...]:
    scale = image.width / width_mm
    found = image.getpixel((int(x_mm * scale), int(y_mm * scale)))
    assert isinstance(found, tuple)
    return found


def _drawn(content: str) -> Seen:
    return _seen(packed(parts(content)))


def test_words_lines_and_pictures_stand_where_they_are_told_to() -> None:
    text, image = _drawn(TEXT + PATH + IMAGE)
    assert WORDS in text
    assert LEFT_OUT not in text
    assert _at(image, 40, 42) == GREEN
    assert _at(image, 160, 30) == RED
    assert _at(image, 100, 200) == WHITE
    dark = [x for x in range(15, 60) if min(_at(image, x, y / 2)[0] for y in range(40, 54)) < 100]
    assert min(dark) >= 19
    assert max(dark) <= 46, "five letters of five millimetres, from 20 on"


def test_a_drawing_that_is_taken_back_ends_at_the_next_letter() -> None:
    asked: list[bool] = []

    def is_taken_back() -> bool:
        asked.append(len(asked) > 1)
        return asked[-1]

    with pytest.raises(Cancelled):
        preview(SAMPLE.read_bytes(), is_taken_back)
    assert asked == [False, False, True]


def test_a_seal_is_drawn_in_its_box_and_cut_by_its_clip() -> None:
    _, image = _seen(sealed(OFFICE))
    assert _at(image, 121, 201) == RED
    assert _at(image, 159, 239) == RED
    assert _at(image, 119, 201) == WHITE
    half = '<ofd:StampAnnot ID="1" PageRef="1" Boundary="120 200 40 40" Clip="0 0 20 40"/>'
    _, image = _seen(sealed(OFFICE, Wish(stamp=half)))
    assert _at(image, 138, 220) == RED
    assert _at(image, 142, 220) == WHITE


def test_a_seal_that_is_an_ofd_itself_is_drawn() -> None:
    ofd = packed(
        parts(
            '<ofd:PathObject Boundary="0 0 210 297" Fill="true"><ofd:FillColor Value="0 200 0"/>'
            "<ofd:AbbreviatedData>M 0 0 L 210 0 L 210 297 L 0 297 C</ofd:AbbreviatedData></ofd:PathObject>"
        )
    )
    _, image = _seen(sealed(OFFICE.with_words(picture=SealPicture("OFD", 40, 40, ofd))))
    assert _at(image, 140, 220) == GREEN


@pytest.mark.parametrize("content", [b"PK\x03\x04", b"SVG"])
def test_a_seal_that_cannot_be_drawn_is_counted(content: bytes) -> None:
    text, _ = _seen(sealed(OFFICE.with_words(picture=SealPicture("SVG", 40, 40, content))))
    assert "1处内容没有画出" in text


def test_templates_pens_units_blocks_and_annotations_are_drawn() -> None:
    square = "<ofd:AbbreviatedData>M 0 0 L 20 0 L 20 20 L 0 20 C</ofd:AbbreviatedData></ofd:PathObject>"
    filled = '<ofd:PathObject Boundary="{at} 20 20" Fill="true" {more}>' + square
    made = parts(
        "<ofd:PageBlock>" + filled.format(at="100 100", more='DrawParam="11"') + "</ofd:PageBlock>"
        '<ofd:CompositeObject Boundary="140 100 20 20" ResourceID="12"/>'
    )
    made[PAGE] = made[PAGE].replace(b"<ofd:Content>", b'<ofd:Template TemplateID="9"/><ofd:Content>')
    made[DOCUMENT] = (
        made[DOCUMENT]
        .replace(b"</ofd:CommonData>", b'<ofd:TemplatePage ID="9" BaseLoc="TPLS/T.xml"/></ofd:CommonData>')
        .replace(b"</ofd:Document>", b"<ofd:Annotations>Annots.xml</ofd:Annotations></ofd:Document>")
    )
    made["Doc_0/PublicRes.xml"] = made["Doc_0/PublicRes.xml"].replace(
        b"</ofd:Res>",
        (
            '<ofd:DrawParam ID="10"><ofd:FillColor Value="0 200 0"/></ofd:DrawParam>'
            '<ofd:DrawParam ID="11" Relative="10"/>'
            '<ofd:CompositeGraphicUnit ID="12"><ofd:Content>'
            + filled.format(at="0 0", more='DrawParam="10"')
            + "</ofd:Content></ofd:CompositeGraphicUnit></ofd:Res>"
        ).encode(),
    )
    made["Doc_0/Tpls/T.xml"] = page(filled.format(at="20 100", more='DrawParam="11"'))
    made["Doc_0/Annots.xml"] = (
        f'<ofd:Annotations {SPACE}><ofd:Page PageID="1"><ofd:FileLoc>A.xml</ofd:FileLoc></ofd:Page></ofd:Annotations>'
    ).encode()
    made["Doc_0/A.xml"] = (
        f'<ofd:PageAnnot {SPACE}><ofd:Annot><ofd:Appearance Boundary="60 100 20 20">'
        + filled.format(at="0 0", more='DrawParam="11"')
        + "</ofd:Appearance></ofd:Annot></ofd:PageAnnot>"
    ).encode()
    text, image = _seen(packed(made))
    assert LEFT_OUT not in text
    assert [_at(image, x, 110) for x in (30, 70, 110, 150)] == [GREEN] * 4


@pytest.mark.parametrize(
    "content",
    [
        '<ofd:TextObject Boundary="0 0" Size="5"><ofd:TextCode>x</ofd:TextCode></ofd:TextObject>',
        '<ofd:TextObject Boundary="0 0 9 9" Size="nan"><ofd:TextCode>x</ofd:TextCode></ofd:TextObject>',
        f'<ofd:TextObject {BOX} Size="5"><ofd:TextCode DeltaX="g 999999999 1">x</ofd:TextCode></ofd:TextObject>',
        '<ofd:PathObject Boundary="0 0 9 9"><ofd:AbbreviatedData>M 0 0 Z 1</ofd:AbbreviatedData></ofd:PathObject>',
        f"<ofd:PathObject {BOX}><ofd:AbbreviatedData>A 1e-320 1 0 0 0 5 5</ofd:AbbreviatedData></ofd:PathObject>",
        '<ofd:ImageObject Boundary="0 0 9 9" ResourceID="99"/>',
        '<ofd:CompositeObject Boundary="0 0 9 9" ResourceID="99"/>',
        "<ofd:VideoObject/>",
        "<ofd:PageBlock>" * 8 + "</ofd:PageBlock>" * 8,
    ],
)
def test_what_is_not_understood_is_left_out_counted_and_harms_nothing(content: str) -> None:
    text, _ = _drawn(content + TEXT)
    assert "1处内容没有画出" in text
    assert WORDS in text


def test_a_picture_that_is_none_is_counted() -> None:
    text, _ = _seen(packed(parts(IMAGE) | {"Doc_0/Res/ring.png": b"\x89PNG\r\n\x1a\n and no more"}))
    assert "1处内容没有画出" in text


def test_a_page_that_is_not_there_is_counted_and_empty() -> None:
    made = parts()
    del made[PAGE]
    assert "1处内容没有画出" in _seen(packed(made))[0]


def test_what_would_take_too_long_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "MOST_DRAWN", 3)
    assert LEFT_OUT in _drawn(TEXT + TEXT)[0]
    monkeypatch.setattr(drawing, "MOST_DRAWN", 200_000)
    monkeypatch.setattr(drawing, "MOST_SECONDS", -1.0)
    assert LEFT_OUT in _drawn(TEXT)[0]


def test_a_genuine_file_of_another_program_is_drawn_with_its_seal_over_the_edge_of_each_page() -> None:
    with pypdfium2.PdfDocument(preview(SAMPLE.read_bytes())) as document:
        assert len(document) == 5
        image = document[0].render(scale=1).to_pil().convert("RGB")
    edge = image.crop((int(image.width * 0.96), 0, image.width, image.height // 3))
    assert any(red > 180 and green < 120 for red, green, _ in edge.get_flattened_data())


def test_a_pdf_is_shown_as_it_is_and_a_seal_is_no_document() -> None:
    assert preview(b"%PDF-1.7 as it is") == b"%PDF-1.7 as it is"
    with pytest.raises(ProofError, match="SEAL-108"):
        preview(OFFICE.seal())
    with pytest.raises(ProofError, match="SEAL-150"):
        preview(packed({"OFD.xml": f"<ofd:OFD {SPACE}/>".encode()}))


def test_steps_between_letters_are_told_one_by_one_or_in_groups() -> None:
    assert steps("g 2 1.5 3 g 1 2") == [1.5, 1.5, 3.0, 2.0]
    for wrong in ("g", "g 2", "g x 1", "g -1 1", "inf"):
        with pytest.raises(ValueError):  # noqa: PT011 - whatever it says
            steps(wrong)


def test_paths_become_operators_of_pdf() -> None:
    assert list(path("S 1 2L3 4 B 1 1 2 2 3 3C")) == [
        "1.0000 2.0000 m", "3.0000 4.0000 l", "1.0000 1.0000 2.0000 2.0000 3.0000 3.0000 c", "h",
    ]  # fmt: skip
    assert next(path("L 1 1")) == "0.0000 0.0000 m"
    assert list(path("M 0 0 Q 3 3 6 0"))[1] == "2.0000 2.0000 4.0000 2.0000 6.0000 0.0000 c"
    half = list(path("M 0 0 A 5 5 0 0 1 10 0"))
    assert len(half) == 3, "a half circle is two curves"
    assert half[1].endswith("5.0000 -5.0000 c")
    assert list(path("M 0 0 A 5 5 0 1 0 10 0"))[1].endswith("5.0000 5.0000 c")
    assert list(path("M 0 0 A 0 5 0 1 0 10 0"))[1] == "10.0000 0.0000 l"


def test_colours_are_grey_rgb_or_cmyk() -> None:
    assert colour("255") == (1, 1, 1)
    assert colour("#ff #0 #0") == (1, 0, 0)
    assert colour("0 0 0 255") == (0, 0, 0)
    with pytest.raises(ValueError, match="1 2"):
        colour("1 2")
    assert matrix("") == (1, 0, 0, 1, 0, 0)
