"""A hall's words are taken whole or not at all: what is wrong is named by line and key, and the old ones stay."""

import re
from pathlib import Path
from typing import Any

import pytest
import tomli_w
from hypothesis import given
from hypothesis import strategies as st

from client.ports.papers import PaperFacts, PaperKind, PaperLook, PaperOrder
from printing.faults import PaperError
from printing.papers.galley import Galley
from printing.papers.template import BASE, shipped
from printing.press import A4Press
from printing.rounds import Renderer
from printing.templates import shelf as shelves
from printing.templates.pack import read_pack
from printing.templates.shelf import FILE, Shelf, tried
from tests.desk.conftest import blank, desk
from tests.desk.counter import CLERK, FOOD, Desk
from tests.printing.facts import ORGAN, paper
from tests.printing.reading import read_aloud

__all__ = ["blank", "desk"]

USCC = "11110101000000123B"
HEAD = f'name = "hall"\nversion = 1\nmade_on = 2026-11-20\nbase = "{BASE}"\n'
PROMISED = '[acceptance_notice]\npromised = "，并承诺于{promised_date}以前办结"\n'


def pack(words: str = PROMISED, **head: str) -> bytes:
    text = HEAD
    for key, value in head.items():
        text = re.sub(f"(?m)^{key} = .*$", f"{key} = {value}", text)
    return (text + words).encode()


def troubles(content: bytes) -> list[tuple[int, str]]:
    return [(each.line, each.key) for each in tried(content)[1]]


def why(words: str) -> str:
    (trouble,) = tried(pack(words))[1]
    return trouble.why


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf((tmp_path / "machine" / FILE, tmp_path / FILE), tmp_path)


def test_a_word_of_the_hall_stands_in_place_of_the_shipped_one_and_the_record_names_the_pack() -> None:
    found, wrong = tried(pack())
    assert found is not None
    assert wrong == []
    assert found.template.name == "a4-2026.4+hall-1"
    press = A4Press(found.template)
    assert press.template == "a4-2026.4+hall-1"
    said = "".join(word for sheet in press.sheets(order_of(paper())) for word in sheet.words)
    assert "并承诺于2026年11月30日以前办结" in said
    assert found.template.words("acceptance_notice")["received"] == shipped().words("acceptance_notice")["received"]


def order_of(facts: PaperFacts) -> PaperOrder:
    return PaperOrder(paper_id=1, reprint_no=0, facts=facts)


@pytest.mark.parametrize(
    ("content", "where"),
    [
        (pack(name='"Hall"'), (1, "name")),
        (pack(version='"1"'), (2, "version")),
        (pack(made_on='"gestern"'), (3, "made_on")),
        (pack(base='"a4-2020.1"'), (4, "base")),
        (pack("[nosuch]\nx = 1\n"), (5, "nosuch")),
        (pack("[shared]\n\nnosuch = 'x'\n"), (7, "shared.nosuch")),
        (pack("[shared]\nreprint = '补印{reprint_no}'\n"), (6, "shared.reprint")),
        (pack("[shared]\nscan = '扫描'\n"), (6, "shared.scan")),
        (pack("[acceptance_notice]\npromised = '前办结'\n"), (6, "acceptance_notice.promised")),
        (pack("[acceptance_notice]\npromised = '{promised_date}{x}'\n"), (6, "acceptance_notice.promised")),
        (pack("[acceptance_notice]\npromised = '{promised_date.year}'\n"), (6, "acceptance_notice.promised")),
        (pack("[acceptance_notice]\npromised = '{promised_date!r}'\n"), (6, "acceptance_notice.promised")),
        (pack("[acceptance_notice]\npromised = '{promised_date:>9999}'\n"), (6, "acceptance_notice.promised")),
        (pack("[acceptance_notice]\npromised = '{promised_date'\n"), (6, "acceptance_notice.promised")),
        (pack("[acceptance_notice]\npromised = 5\n"), (6, "acceptance_notice.promised")),
        (pack("[labels]\nitem = ''\n"), (6, "labels.item")),
        (pack("[labels]\nitem = '事\\t项'\n".replace("'", '"')), (6, "labels.item")),
        (pack("[labels]\nitem = '**事项'\n"), (6, "labels.item")),
        (pack("[labels]\nitem = '\ue000'\n"), (6, "labels.item")),
        (pack("[labels]\nmaterials = ['序号']\n"), (6, "labels.materials")),
        (pack("[labels]\nitem = '" + "事" * 601 + "'\n"), (6, "labels.item")),
        (pack("labels = 3\n"), (5, "labels")),
        (pack("[organs.123]\nletterhead = '文件'\n"), (5, "organs.123")),
        (pack(f"[organs.{USCC}]\nname = '别的机关'\n"), (6, f"organs.{USCC}.name")),
        (pack(f"[organs.{USCC}]\nfooter = '一行'\n"), (6, f"organs.{USCC}.footer")),
        (pack("[languages.zh.labels]\n"), (5, "languages.zh")),
        (pack("[languages.en.nosuch]\n"), (5, "languages.en.nosuch")),
        (pack("[languages.en.labels]\nnosuch = 'x'\n"), (6, "languages.en.labels.nosuch")),
        (pack("[languages.en.acceptance_notice]\ngist = 'x'\n"), (6, "languages.en.acceptance_notice.gist")),
        (pack("[languages.en.acceptance_notice]\ngist = ['{x}']\n"), (6, "languages.en.acceptance_notice.gist")),
        (pack("[languages.ar.labels]\nitem = 'السلام'\n"), (6, "languages.ar.labels.item")),
        (pack("[deferral_pledge]\nsigners = ['clerk_signs']\n"), (6, "deferral_pledge.signers")),
        (pack("[originals_receipt]\ntext = [['已经退还。']]\n"), (6, "originals_receipt.text")),
        (pack("[originals_receipt]\ntext = ['{addressed}办理{item}。']\n"), (6, "originals_receipt.text")),
        (pack("[originals_receipt]\ntext = [['{addressed}。', '{item}。']]\n"), (6, "originals_receipt.text")),
        (b"name = \n", (1, "")),
        (b"\xff\xfe", (0, "")),
        (b"#" * (1 << 18) + b"#", (0, "")),
        (b"[[[[", (1, "")),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_by_line_and_key(content: bytes, where: tuple[int, str]) -> None:
    assert where in troubles(content)


_KEYS = st.sampled_from(
    [
        "shared",
        "labels",
        "organs",
        "languages",
        "en",
        "grant",
        "text",
        "gist",
        "title",
        "footer",
        "item",
        USCC,
        "\x1b[31m",
    ]
)
_VALUES = st.one_of(st.text(max_size=9), st.integers(), st.booleans(), st.dates(), st.just("{x}"), st.just("{"))
_TABLES = st.recursive(
    st.dictionaries(_KEYS, _VALUES, max_size=4),
    lambda inner: st.dictionaries(_KEYS, st.one_of(inner, st.lists(_VALUES, max_size=3), _VALUES), max_size=5),
    max_leaves=12,
)


@given(_TABLES)
def test_whatever_a_pack_says_it_is_read_or_refused_in_words(tables: dict[str, Any]) -> None:
    _, troubles = read_pack(HEAD.encode() + tomli_w.dumps(tables).encode("utf-8", "replace"))
    assert all(each.key.isprintable() for each in troubles)
    unknown = tables.keys() - {"shared", "labels", "organs", "languages", "grant"}
    assert {ascii(key) if not key.isprintable() else key for key in unknown} <= {each.key for each in troubles}


@given(st.binary(max_size=200))
def test_whatever_lies_in_a_file_it_is_read_or_refused(content: bytes) -> None:
    found, troubles = read_pack(content)
    assert found is None
    assert troubles


def test_all_that_is_wrong_is_told_at_once() -> None:
    content = pack("[labels]\nitem = 1\n[shared]\ndash = 2\n[nosuch]\n", version="0")
    assert [key for _, key in troubles(content)] == ["version", "labels.item", "shared.dash", "nosuch"]


def test_sentences_say_what_is_wrong() -> None:
    assert "{promised_date}" in why("[acceptance_notice]\npromised = '前办结'\n")
    assert "U+E000" in why("[labels]\nitem = '\ue000'\n")


def test_words_that_do_not_fit_their_line_or_column_are_refused() -> None:
    long = "咨询电话：{advice_phone}　监督投诉：{supervision_phone}　" + "地址：示例市" * 9
    assert troubles(pack(f"[shared]\nadvice = '{long}'\n")) == [(6, "shared.advice")]
    assert troubles(pack("[labels]\nitem = '" + "事项名称" * 6 + "'\n")) == [(6, "labels.item")]
    headings = '["序号", "收到材料", "形式", "需要提交的份数合计", "页数", "原件"]'
    assert troubles(pack(f"[labels]\nmaterials = {headings}\n")) == [(6, "labels.materials")]


def test_a_pack_of_windows_with_a_mark_before_the_text_is_read() -> None:
    assert tried(b"\xef\xbb\xbf" + pack().replace(b"\n", b"\r\n"))[1] == []


def test_a_pack_adds_to_the_shipped_english_and_brings_a_language_of_its_own() -> None:
    words = "[languages.en.labels]\nitem = 'Matter'\n[languages.ru.acceptance_notice]\ntitle = 'Уведомление'\n"
    found, wrong = tried(pack(words))
    assert found is not None
    assert wrong == []
    english = found.template.language("en")
    assert english is not None
    assert english.words("labels")["item"] == "Matter"
    assert english.words("labels")["fee"] == "Fee"
    pdf = A4Press(found.template).sample(order_of(paper(look=PaperLook(second="ru"))))
    assert "Уведомление" in read_aloud(pdf)


def test_what_the_hall_prints_of_its_organ_is_beside_the_facts_and_never_over_them() -> None:
    details = (
        f"[organs.{USCC}]\nletterhead = '示例市市场监督管理局文件'\nfooter = ['地址：示例路1号']\n"
        "court = '别的法院'\nadvice_phone = '0000-0000009'\n"
    )
    found = read_pack(pack(details))[0]
    assert found is not None
    organ = ORGAN.model_copy(update={"uscc": USCC, "advice_phone": ""})
    facts = paper(PaperKind.NON_ACCEPTANCE_NOTICE, organ=organ)
    said = read_aloud(A4Press(found.template).render(order_of(facts)))
    assert said.startswith("示例市市场监督管理局文件")
    assert "地址：示例路1号" in said
    assert "咨询电话：0000-0000009" in said
    assert ORGAN.court in said
    assert "别的法院" not in said
    other = paper(organ=organ.model_copy(update={"uscc": USCC.replace("3", "4")}))
    assert Galley.of(other, found.template).letterhead == ORGAN.name


def test_paragraphs_are_put_in_place_sentence_by_sentence() -> None:
    words = "[withdrawal_notice]\nafter = [['要再办的，请重新申请。留存的原件凭本确认书领回。']]\n"
    found, wrong = tried(pack(words + "[languages.en.fee_notice]\ngist = ['Pay {amount} yuan by {pay_by}.']\n"))
    assert found is not None
    assert wrong == []
    press = A4Press(found.template)
    assert "要再办的，请重新申请。" in read_aloud(press.render(order_of(paper(PaperKind.WITHDRAWAL_NOTICE))))
    fee = press.render(order_of(paper(PaperKind.FEE_NOTICE, look=PaperLook(second="en"))))
    assert "Pay1,280.50yuanby2026-12-03." in read_aloud(fee)


def test_a_sample_says_of_itself_that_it_is_none(shelf: Shelf) -> None:
    said = read_aloud(shelf.sample(PaperKind.RECEIVING_SLIP, PaperLook(large=True, second="en")))
    assert said.count("样张，不是文书") == int(re.findall(r"共(\d+)页", said)[0])
    details = f"[organs.{USCC}]\nletterhead = '示例市市场监督管理局文件'\n"
    assert "管理局文件" in read_aloud(shelf.sample(PaperKind.RECEIVING_SLIP, PaperLook(), pack(details)))
    with pytest.raises(PaperError, match="PAPER-310") as caught:
        shelf.sample(PaperKind.RECEIVING_SLIP, PaperLook(), pack("[nosuch]\n"))
    assert "nosuch" in caught.value.title


def test_without_a_pack_the_shipped_words_count(shelf: Shelf) -> None:
    assert shelf.template() is shipped()
    assert (shelf.in_force().name, shelf.in_force().pack, shelf.in_force().languages) == (BASE, None, ("en",))


def test_a_pack_that_is_taken_counts_for_the_next_paper(shelf: Shelf, tmp_path: Path) -> None:
    told, taken = shelf.take(pack())
    assert told.name == taken == shelf.template().name == "a4-2026.4+hall-1"
    assert told.pack == tmp_path / FILE
    assert sorted(path.name for path in tmp_path.iterdir()) == ["templates.in-force.toml", "templates.toml"]


@pytest.mark.expected_warnings("template pack (refused|not kept)")
def test_a_wrong_pack_is_refused_and_the_old_one_stays(shelf: Shelf, tmp_path: Path) -> None:
    shelf.take(pack())
    with pytest.raises(PaperError, match="PAPER-310"):
        shelf.take(pack("[nosuch]\n", version="2"))
    assert shelf.in_force().refused is None
    (tmp_path / FILE).write_bytes(pack("[nosuch]\n", version="2"))
    for looked in (shelf, Shelf((tmp_path / FILE,), tmp_path)):  # the window goes on, and opens, with the old one
        assert looked.template().name == "a4-2026.4+hall-1"
        told = looked.in_force()
        assert (told.refused, [each.key for each in told.troubles]) == (tmp_path / FILE, ["nosuch"])
    (tmp_path / FILE).write_bytes(pack(version="3"))
    assert shelf.template().name == "a4-2026.4+hall-3"
    assert shelf.in_force().refused is None
    (tmp_path / FILE).unlink()
    assert shelf.template() is shipped()
    (tmp_path / FILE).write_bytes(b"[")
    assert shelf.in_force().name == BASE, "what was taken back does not come back"


def test_what_is_on_the_machine_counts_before_what_is_beside_the_settings(shelf: Shelf, tmp_path: Path) -> None:
    (tmp_path / "machine").mkdir()
    (tmp_path / "machine" / FILE).write_bytes(pack(name='"city"'))
    told, taken = shelf.take(pack())
    assert (told.name, taken) == ("a4-2026.4+city-1", "a4-2026.4+hall-1")


@pytest.mark.expected_warnings("template pack (refused|not kept)")
def test_what_cannot_be_read_is_refused_and_what_cannot_be_kept_counts(
    shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / FILE).mkdir()
    assert [each.why for each in shelf.in_force().troubles] == ["读不到"]
    assert shelf.template() is shipped()
    (tmp_path / FILE).rmdir()

    def full(_path: Path, _target: Path) -> None:
        raise OSError(28, "no room")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(PaperError, match="PAPER-312"):
        shelf.take(pack())
    assert list(tmp_path.iterdir()) == []
    (tmp_path / FILE).write_bytes(pack())
    assert shelf.template().name == "a4-2026.4+hall-1"
    with pytest.raises(PaperError, match="PAPER-311"):
        shelf.read(tmp_path / "nosuch")


@pytest.mark.expected_warnings("template pack (refused|not kept)")
def test_a_place_nobody_may_look_at_counts_as_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def shut(_path: Path) -> bool:
        raise PermissionError

    monkeypatch.setattr(Path, "exists", shut)
    assert Shelf((tmp_path / FILE,), tmp_path).in_force().refused == tmp_path / FILE


def test_a_pack_is_tried_once_and_looked_at_only_where_it_changed(
    shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries: list[bytes] = []

    def counted(content: bytes) -> object:
        tries.append(content)
        return tried(content)

    monkeypatch.setattr(shelves, "tried", counted)
    (tmp_path / FILE).write_bytes(pack())
    for _ in range(3):
        assert shelf.template().name == "a4-2026.4+hall-1"
    assert Shelf((tmp_path / FILE,), tmp_path).template().name == "a4-2026.4+hall-1"
    assert len(tries) == 1


def test_papers_are_drawn_by_what_counts_and_stay_as_they_were_drawn(desk: Desk, tmp_path: Path) -> None:
    shelf = Shelf((tmp_path / FILE,), tmp_path)
    render = Renderer(lambda: shelf)
    spool, pages = desk.memory.spool(desk.clock), []
    for content in (None, pack(), pack(version="2")):
        if content is not None:
            shelf.take(content)
        paper_id = desk.intake.accept(desk.draft(FOOD), CLERK).paper_ids[0]
        render(spool)
        pages.append((paper_id, desk.paperwork.page(paper_id)))
    makers = [re.findall(rb"/Creator \(([^)]*)\)", page)[0].decode() for _, page in pages]
    assert makers == ["a4-2026.4", "a4-2026.4+hall-1", "a4-2026.4+hall-2"]
    assert [desk.paperwork.page(paper_id) == page for paper_id, page in pages] == [True] * 3
