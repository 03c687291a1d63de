"""Every sentence has its English, no other is kept, and nobody reads a Chinese word that was not meant to be one."""

import ast
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from client.language import ENGLISH
from client.text import key_of
from client.translations import table_of
from tests.house.sources import modules, place, tree
from tests.house.test_sentences import docstrings, is_chinese
from tests.translations import FOLDER, Sentence, in_file, marked, update

SOURCE = FOLDER / f"yichuang_{ENGLISH}.ts"
AGAIN = "python -m tests.translations"

CHINESE_SIGN = re.compile("[\u4e00-\u9fff\u3000-\u303f\uff01-\uff5e“”]")
ENGLISH_WORD = re.compile(r"\b(of|the|their)\b", re.IGNORECASE)  # it is English about a Chinese word, as help is
PLACE = re.compile(r"{\w*}")
QUOTED = re.compile(r" \([\u4e00-\u9fff]+\)$")  # a paper's own name, behind ours
EXAMPLES = ("示市监许受〔2026〕43号",)  # a paper number as it is printed

MARKED = {"tr", "marked", "chinese"}  # by these of client.text
# Words that are no sentences: what is matched, printed, or data of the trade.
OF_PAPER = ("printing/papers/", "client/desk/wording.py")
DATA = (
    "client/demo/__init__.py",  # the sample hall and its people
    "client/ports/id_card.py",  # 长期, as a card has it
    "client/ports/papers.py",  # as papers say it
    "client/retold.py",  # what a Chinese sign is
    "client/rules/numbering.py",  # the parts of numbers
    "client/rules/periods.py",  # how days are typed
    "client/rules/phones.py",  # 转
    "client/rules/suggestions.py",  # the words before a name on a page, and how days are written
    "devices/idcard/cards.py",  # the sample cards
    "devices/idcard/layouts.py",  # 长期
    "devices/keys/virtual_card/",  # what is written on the training card
    "ui/clerk/intake/people_view.py",  # how names of nations end
    "ui/setup/look.py",  # a language's own name
    "ui/widgets/typed.py",  # dates as people type them
    "sync/hub/app.py",  # the title of the contract
)


def untranslatable(module: ast.Module) -> Iterator[tuple[int, str]]:
    """Chinese literals that nothing marks, but docstrings and English about a Chinese word."""
    apart = docstrings(module)
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKED:
            apart |= {id(each) for each in ast.walk(node)}
    for node in ast.walk(module):
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str) or id(node) in apart:
            continue
        if is_chinese(node.value) and not ENGLISH_WORD.search(node.value):
            yield node.lineno, node.value


def places_of(words: str) -> list[str]:
    return sorted(PLACE.findall(words))


def sentences() -> set[Sentence]:
    return {sentence for path in modules().values() for sentence in marked(tree(path))}


def test_what_linguist_has_is_what_stands_in_the_code(tmp_path: Path) -> None:
    assert set(in_file(SOURCE)) == sentences(), AGAIN
    again = tmp_path / SOURCE.name
    shutil.copy(SOURCE, again)
    update(again)
    assert in_file(again) == in_file(SOURCE), AGAIN  # not the text: tools of another Qt may write it otherwise


def test_every_sentence_is_translated_and_keeps_its_places() -> None:
    translated = in_file(SOURCE)
    assert [sentence for sentence, told in translated.items() if not told] == []
    assert [s for s, told in translated.items() if places_of(s.source) != places_of(told)] == []


def test_a_translation_holds_no_chinese_but_a_papers_name() -> None:
    told = [QUOTED.sub("", words) for words in in_file(SOURCE).values()]
    for example in EXAMPLES:
        told = [words.replace(example, "") for words in told]
    assert [words for words in told if CHINESE_SIGN.search(words)] == []


def test_the_program_reads_what_linguist_shows() -> None:
    assert table_of(ENGLISH) == {key_of(s.source, s.about): told for s, told in in_file(SOURCE).items()}, AGAIN


def test_no_sentence_is_left_unmarked() -> None:
    free = (*OF_PAPER, *DATA)
    found = [
        f"{place(path, line)} {words}" for path in modules().values() for line, words in untranslatable(tree(path))
    ]
    assert [words for words in found if not words.startswith(free)] == []
    assert [each for each in free if not any(words.startswith(each) for words in found)] == []  # exempt for nothing


def test_an_unmarked_sentence_is_found() -> None:
    unmarked = ['b = f"{a}办件"', 'd = "办件"']
    lines = ['"""办件."""', 'a = tr("办件")', 'c = chinese("办件")', 'e = "办件 of an hour"', *unmarked]
    assert sorted(line for line, _words in untranslatable(ast.parse("\n".join(lines)))) == [5, 6]
