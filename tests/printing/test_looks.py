"""In large type and with a second language a paper says the same, whole, on pages that hold together."""

import re
from collections.abc import Iterator
from itertools import product
from typing import Any, NamedTuple

import pypdfium2  # type: ignore[import-untyped]  # it has no types
import pytest

from client.ports.papers import MaterialLine, PaperFacts, PaperKind, PaperLook, PaperOrder
from printing.papers.fonts import EM
from printing.papers.galley import Galley, places_in
from printing.papers.measures import LARGE, MEASURE, RIGHT
from printing.papers.signing import ending
from printing.papers.statement import digest_of
from printing.papers.template import LABELS, Language, Template, shipped, shipped_languages
from printing.papers.text import Span, set_lines
from printing.papers.written import written_in
from printing.press import A4Press, laid_out
from printing.proving import Papers
from printing.seals.pdf.place import place_on
from tests.printing.facts import RARE_NAME, order, paper

LISTING = [  # the papers with a table of materials, one of each making
    PaperKind.RECEIVING_SLIP,
    PaperKind.ACCEPTANCE_NOTICE,
    PaperKind.CORRECTION_NOTICE,
    PaperKind.NON_ACCEPTANCE_NOTICE,
    PaperKind.CORRECTION_SLIP,
    PaperKind.DECLARATION,
]
LOOKS = [PaperLook(large=large, second=second) for large, second in product((False, True), (None, "en"))]
FOOT_AND_CODE = 13.0  # points: letters beside the code, the numbers and the page count may be smaller than the body
SEAL = 126.0  # points, 44 mm
PRESS = A4Press()
LONG: dict[str, Any] = {
    "applicant_name": "示例" * 20,
    "attendee": "委托代理人：" + RARE_NAME * 13,
    "item_name": "示例事项名称" * 50,
    "materials": [
        MaterialLine(name=f"第{n}份材料的名称" * 3, form="原件／复印件", copies="各1", pages="2", original="留存")
        for n in range(60)
    ],
}


class Letter(NamedTuple):
    char: str
    size: float
    right: float


def letters(pdf: bytes) -> Iterator[Letter]:
    with pypdfium2.PdfDocument(pdf) as document:
        for number in range(len(document)):
            page = document[number].get_textpage()
            for at in range(page.count_chars()):
                size = pypdfium2.raw.FPDFText_GetFontSize(page, at)
                yield Letter(chr(pypdfium2.raw.FPDFText_GetUnicode(page, at)), size, page.get_charbox(at)[2])


def words_of(facts: PaperFacts) -> str:
    """All that is written, in its order, without blanks."""
    sheets = PRESS.sheets(PaperOrder(paper_id=1, reprint_no=0, facts=facts))
    return "".join("".join(word for sheet in sheets for word in sheet.words).split())


@pytest.mark.parametrize("look", LOOKS, ids=str)
@pytest.mark.parametrize("kind", LISTING)
def test_a_paper_of_sixty_materials_and_the_longest_names_holds_together(kind: PaperKind, look: PaperLook) -> None:
    facts = paper(kind, look=look, **LONG)
    galley = Galley.of(facts, shipped())
    pages = laid_out(galley)
    assert len(pages[-1]) > len(ending(galley)), "the seal stands alone"
    text = words_of(facts)
    assert re.findall(r"第(\d+)页共", text) == [str(page) for page in range(1, len(pages) + 1)]
    assert all(text.count(f"第{n}份材料的名称" * 3) == 1 for n in range(60))
    assert all(page[0].piece.header is None for page in pages), "a row without its header begins the page"
    first = shipped().words(LABELS)["declared" if kind is PaperKind.DECLARATION else "materials"][1]
    assert text.count(f"序号{first}") + text.count("序号No.") >= 2


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_nothing_leaves_the_page(look: PaperLook) -> None:
    pdf = A4Press().render(
        order(look=look, clerk_name="张三" * 10, paper_number="示市监许受" * 8 + "〔2026〕43号", **LONG)
    )
    edge = max(letter.right for letter in letters(pdf) if letter.char not in "骑缝章\r\n")
    assert edge < RIGHT + 1


def test_in_large_type_nothing_of_the_text_is_smaller_than_fifteen_points() -> None:
    small = [letter for letter in letters(A4Press().render(order(look=PaperLook(large=True)))) if letter.size < 15]
    said = "".join(letter.char for letter in small)
    assert max(letter.size for letter in small) <= FOOT_AND_CODE
    assert "食品经营许可" not in said
    assert "咨询电话" in said
    assert min(LARGE.body, LARGE.small, LARGE.cell, LARGE.clerk, LARGE.name) >= 15


@pytest.mark.parametrize("kind", list(PaperKind))
def test_large_type_says_the_same_words_and_a_second_language_adds_its_own(kind: PaperKind) -> None:
    plain, large, english = (
        sorted(words_of(paper(kind, look=look)))
        for look in (PaperLook(), PaperLook(large=True), PaperLook(second="en"))
    )
    heads = "（续）第页共"
    assert set(plain) - set("骑缝章") == set(large) - set("骑缝章" + heads) | set(heads) & set(plain)
    missing = [letter for letter in set(plain) if english.count(letter) < plain.count(letter)]
    assert missing == []


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_the_code_still_states_what_stands_on_the_paper(look: PaperLook) -> None:
    facts = paper(look=look)
    pdf = A4Press().render(PaperOrder(paper_id=1, reprint_no=0, facts=facts))
    verdict = Papers.of_hall(()).prove_file(pdf, facts.issued_at)
    assert verdict.altered == ()
    assert verdict.statement.digest == digest_of(written_in(pdf).words)


def test_a_sentence_of_the_gist_whose_fact_is_not_known_is_left_out() -> None:
    look = PaperLook(second="en")
    assert "It will be decided by 2026-11-30." in Galley.of(paper(look=look), shipped()).gist
    open_end = Galley.of(paper(look=look, promised_date=None), shipped()).gist
    assert "decided" not in open_end
    assert open_end.endswith("the Chinese text prevails.")


def test_a_language_nobody_has_words_in_leaves_the_chinese_alone() -> None:
    pages = [A4Press().render(order(look=PaperLook(second=second))) for second in ("tlh", None)]
    assert pages[0] == pages[1]


def test_a_language_without_words_for_this_kind_labels_it_all_the_same() -> None:
    spare = Language("x", {"labels": {"item": "Sache", "materials": ["Nr."]}})
    template = Template("t", shipped().sections, languages={"x": spare})
    sheets = A4Press(template).sheets(order(look=PaperLook(second="x")))
    words = [word for sheet in sheets for word in sheet.words]
    assert "Sache" in words
    assert "Nr." in words


@pytest.mark.parametrize("kind", list(PaperKind))
def test_english_has_every_label_and_a_title_and_gist_for_every_paper(kind: PaperKind) -> None:
    english, base = shipped_languages()["en"], shipped()
    for key, label in base.words("labels").items():
        told = english.words("labels")[key]
        assert type(told) is type(label)
        assert isinstance(told, str) or len(told) == len(label)
    assert english.words(kind)["title"]
    facts = paper(kind)
    known = {*facts.model_dump(), *facts.organ.model_dump(), *facts.entries.model_dump(), "organ"}
    assert all(places_in(sentence) <= known for sentence in english.words(kind)["gist"])


def test_one_template_does_not_speak_with_the_words_of_another() -> None:
    own = {**shipped().sections, "shared": {**shipped().shared, "dash": "无"}}
    presses = A4Press(Template("a4-2026.4+hall-1", own)), A4Press()
    blank = order(collection="")
    said = ["".join(word for sheet in press.sheets(blank) for word in sheet.words) for press in presses]
    assert ["领取方式无" in each for each in said] == [True, False]
    assert presses[0].template in str(presses[0].render(blank))
    assert presses[0].template == "a4-2026.4+hall-1"


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("count", range(0, 12, 2))
def test_the_gist_is_on_one_page_with_the_end_of_the_chinese_text(*, large: bool, count: int) -> None:
    facts = paper(look=PaperLook(large=large, second="en"), materials=LONG["materials"][:count])
    galley = Galley.of(facts, shipped())
    last = laid_out(galley)[-1]
    below = [placed for placed in last if placed.piece.height == galley.measures.gist_leading]
    assert len(below) == len(set_lines([Span(galley.gist)], MEASURE / galley.measures.gist * EM))
    assert last.index(below[0]) > 0, "no Chinese text above it"


def test_a_gist_as_long_as_a_page_is_torn_rather_than_lost() -> None:
    words = {"acceptance_notice": {"gist": ["word " * 900]}}
    template = Template("t", shipped().sections, languages={"x": Language("x", words)})
    galley = Galley.of(paper(look=PaperLook(second="x")), template)
    assert all(page[-1].top + page[-1].piece.height <= galley.measures.foot.bottom for page in laid_out(galley))


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_a_seal_of_forty_four_millimetres_stays_in_its_place(look: PaperLook) -> None:
    facts = paper(look=look)
    place = place_on(PRESS.render(PaperOrder(paper_id=1, reprint_no=0, facts=facts)))
    pages = laid_out(Galley.of(facts, shipped()))
    (kept,) = (placed for placed in pages[-1] if placed.piece.height > SEAL)
    assert place.page == len(pages)
    assert abs(place.y_mm * 72 / 25.4 - kept.top - kept.piece.height / 2) <= (kept.piece.height - SEAL) / 2
