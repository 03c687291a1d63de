"""The papers beside the four of intake: each bears its own words and facts, and says nothing of what is unknown."""

import re
from datetime import date

import pypdfium2  # type: ignore[import-untyped]  # it has no types
import pytest

from client.ports.entries import ENTRIES, entries_model
from client.ports.papers import OtherCaseLine, PaperFacts, PaperKind
from client.rules.papers import PAPER_RULES, Voice
from printing.faults import PaperError
from printing.papers.further import LAYOUTS, said_of
from printing.papers.galley import places_in
from printing.papers.measures import LEFT, RIGHT
from printing.papers.statement import KINDS
from printing.papers.template import shipped
from printing.press import A4Press
from tests.printing.facts import order, paper
from tests.printing.reading import text_of

FURTHER = list(LAYOUTS)
OWN = [kind for kind in FURTHER if PAPER_RULES[kind].voice is Voice.APPLICANT]
SEALED = [kind for kind in FURTHER if PAPER_RULES[kind].sealed]


@pytest.mark.parametrize("kind", FURTHER)
def test_the_same_order_gives_the_same_bytes(kind: PaperKind) -> None:
    assert A4Press().render(order(kind)) == A4Press().render(order(kind))


@pytest.mark.parametrize("kind", FURTHER)
def test_every_paper_bears_title_numbers_people_item_and_phones_in_chinese_marks(kind: PaperKind) -> None:
    sheet = order(kind)
    text = text_of(sheet)
    facts = sheet.facts
    for said in (facts.title, facts.paper_number or "", "示例餐饮有限公司", "办件编号110101-01-07-20261123-0043-6"):
        assert said in text
    assert ("食品经营许可（新办）" in text) or kind is PaperKind.BUNDLE_SLIP
    assert "咨询电话：0000-0000002　监督投诉：0000-0000003" in text
    assert ("一式一份" if PAPER_RULES[kind].copies == 1 else "一式两份") in text
    assert not re.search(r"[\u4e00-\u9fff][,;:()!?]|[,;:()!?][\u4e00-\u9fff]", text)


@pytest.mark.parametrize("kind", FURTHER)
def test_all_that_a_person_added_is_printed(kind: PaperKind) -> None:
    facts = paper(kind)
    text = text_of(order(kind))
    said = said_of(facts)
    for name, field in type(facts.entries).model_fields.items():
        if name != "others" and field.is_required():  # the others are printed as the cases they are
            assert str(said[name]).replace(" ", "") in text, name


@pytest.mark.parametrize("kind", OWN)
def test_what_the_applicant_signs_bears_no_organs_head_no_seal_and_no_code(kind: PaperKind) -> None:
    text = text_of(order(kind))
    assert not text.startswith("示例市市场监督管理局")
    assert "二维码" not in text
    assert re.search("签字", text)
    assert kind not in KINDS.values()


@pytest.mark.parametrize("kind", SEALED)
def test_an_organs_paper_has_its_head_the_place_of_the_seal_and_who_signs_for_it(kind: PaperKind) -> None:
    text = text_of(order(kind))
    assert text.startswith("示例市市场监督管理局")
    assert text.count("示例市市场监督管理局") >= 2
    assert "申请人签收" in text


@pytest.mark.parametrize("kind", SEALED)
def test_an_organs_paper_without_its_number_is_not_drawn(kind: PaperKind) -> None:
    with pytest.raises(PaperError, match="文书编号"):
        A4Press().render(order(kind, paper_number=None))


@pytest.mark.parametrize("kind", FURTHER)
def test_every_place_that_is_named_is_known(kind: PaperKind) -> None:
    words = shipped().words(kind)
    sentences = [each for part in ("text", "after") for paragraph in words.get(part, ()) for each in paragraph]
    named = {name for each in [*sentences, *words.get("notes", ()), words.get("to", "")] for name in places_in(each)}
    assert named | set(LAYOUTS[kind].labels) <= set(said_of(paper(kind)))


def test_a_sentence_whose_place_is_open_is_not_printed() -> None:
    text = text_of(order(PaperKind.WITHDRAWAL_NOTICE, entries={"withdrawn_on": "2026-11-25"}))
    assert "撤回理由" not in text
    assert "依据：" not in text
    assert "确认撤回" in text


def test_a_paper_of_a_draft_bears_neither_number_nor_bars() -> None:
    text = text_of(order(PaperKind.POWER_OF_ATTORNEY, case_number=""))
    assert "办件编号" not in text
    assert "有效期至2026年12月31日" in text


def test_refusing_papers_name_both_remedies_with_their_time() -> None:
    for kind in (PaperKind.DENIAL, PaperKind.TERMINATION_NOTICE):
        text = text_of(order(kind))
        assert "60日内向示例市人民政府申请行政复议" in text
        assert "6个月内依法向示例市示例区人民法院提起行政诉讼" in text


def test_a_slip_is_vouched_for_by_those_who_sign_it_and_an_organs_paper_by_its_seal() -> None:
    for kind in KINDS.values():
        text = text_of(order(kind))
        assert ("以印章为准" in text, "以签字为准" in text) == (PAPER_RULES[kind].sealed, not PAPER_RULES[kind].sealed)


@pytest.mark.parametrize("kind", [PaperKind.DEFERRAL_PLEDGE, PaperKind.DECLARATION, PaperKind.PRIVACY_NOTICE])
def test_whom_a_paper_speaks_to_stands_at_the_left_edge(kind: PaperKind) -> None:
    with pypdfium2.PdfDocument(A4Press().render(order(kind))) as document:
        page = document[0].get_textpage()
        to = "示例市市场监督管理局：" if kind is PaperKind.DEFERRAL_PLEDGE else "示例餐饮有限公司"
        assert page.get_charbox(page.get_text_range().index(to))[0] < LEFT + 2


@pytest.mark.parametrize(
    ("title", "outcome"),
    [
        ("不予行政许可决定书", "不予行政许可"),
        ("不动产不予登记告知书", "不予登记"),
        ("不予登记通知书", "不予登记"),
        ("驳回申请决定书", "驳回申请"),
        ("驳回申请", "驳回申请"),
    ],
)
def test_what_is_decided_follows_the_title(title: str, outcome: str) -> None:
    text = text_of(order(PaperKind.DENIAL, title=title))
    assert f"本机关决定{outcome}。" in text


def test_what_is_declared_is_not_called_received_and_of_originals_only_those_are_told() -> None:
    declared, returned = text_of(order(PaperKind.DECLARATION)), text_of(order(PaperKind.ORIGINALS_RECEIPT))
    assert "收到材料" not in declared + returned
    assert "序号可以用书面承诺代替的材料1食品安全规章制度目录清单" in declared
    assert "序号退还的材料原件份数1房屋租赁合同1" in returned


def test_an_agent_is_named_without_the_capacity_and_a_fee_goes_where_its_law_says() -> None:
    assert "受托人李四" in text_of(order(PaperKind.POWER_OF_ATTORNEY))
    text = text_of(order(PaperKind.FEE_NOTICE))
    assert "依据《中华人民共和国行政许可法》第五十八条第一款、第五十九条，所收费用全部上缴国库。" in text
    assert "国库" not in text_of(order(PaperKind.FEE_NOTICE, basis=""))


def test_sixty_cases_of_one_matter_repeat_the_header_and_count_the_pages() -> None:
    line = OtherCaseLine(
        item="户外招牌设置许可", organ="示例市城市管理局", case_number="110101-01-07-20261123-0044-4", state="已收件"
    )
    text = text_of(order(PaperKind.BUNDLE_SLIP, other_cases=[line] * 60))
    assert text.count("办理机关办件编号") == 3
    assert "第1页共3页" in text
    assert "第3页共3页" in text


def test_facts_are_read_back_with_the_model_of_their_kind() -> None:
    for kind in PaperKind:
        facts = paper(kind)
        again = PaperFacts.model_validate_json(facts.model_dump_json())
        assert again.model_dump_json() == facts.model_dump_json()
        assert type(again.entries) is entries_model(kind)
    assert paper(PaperKind.EXTENSION_NOTICE).entries.model_dump()["new_date"] == date(2026, 12, 7)
    assert set(ENTRIES) <= set(FURTHER)


@pytest.mark.parametrize("kind", [kind for kind in FURTHER if kind in KINDS.values()])
def test_the_day_a_code_states_stands_on_the_paper(kind: PaperKind) -> None:
    until = paper(kind).until
    assert until is None or f"{until.year}年{until.month}月{until.day}日" in text_of(order(kind))


def test_a_code_states_the_day_its_own_paper_sets() -> None:
    days = {kind: paper(kind).until for kind in (PaperKind.FEE_NOTICE, PaperKind.EXTENSION_NOTICE, PaperKind.DENIAL)}
    assert list(days.values()) == [date(2026, 12, 3), date(2026, 12, 7), None]


@pytest.mark.parametrize("kind", list(PaperKind))
def test_no_line_of_any_paper_reaches_over_the_margin(kind: PaperKind) -> None:
    """The ink, as a viewer draws it: what moves two letters together has to hold from one font to the next too."""
    with pypdfium2.PdfDocument(A4Press().render(order(kind))) as document:
        page = document[0].get_textpage()
        over = [at for at in range(page.count_chars()) if page.get_charbox(at)[2] > RIGHT + 0.5]
        assert "".join(page.get_text_range(at, 1) for at in over).strip("骑缝章\r\n") == ""
