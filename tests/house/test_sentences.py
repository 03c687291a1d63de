"""Chinese sentences have Chinese punctuation (GB/T 15834), whoever wrote them."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.house.sources import modules, place

HALF_WIDTH = re.compile(r"[\u4e00-\u9fff“”）][,;:?!()]|[,;:?!(][\u4e00-\u9fff]")


def docstrings(module: ast.Module) -> set[int]:
    """Strings that stand alone: English for whoever reads the source, with Chinese words in them."""
    return {id(node.value) for node in ast.walk(module) if isinstance(node, ast.Expr)}


def sentences(module: ast.Module) -> Iterator[tuple[int, str]]:
    apart = docstrings(module)
    for node in ast.walk(module):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in apart:
            yield node.lineno, node.value


def is_chinese(words: str) -> bool:
    """Whether it is no English sentence about a Chinese word, as in the help of the command line."""
    return len(re.findall(r"[\u4e00-\u9fff]", words)) * 3 > len(re.findall(r"[A-Za-z]", words))


def wrong(module: ast.Module) -> list[int]:
    return sorted(line for line, words in sentences(module) if is_chinese(words) and HALF_WIDTH.search(words))


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def test_no_chinese_sentence_has_half_width_punctuation() -> None:
    assert [place(path, line) for path in modules().values() for line in wrong(parsed(path))] == []


def test_half_width_punctuation_is_found() -> None:
    lines = ['"""办件编号: a docstring."""', 'a = "已受理,请稍候"', 'b = f"文件({a})太大"', 'c = "工号 (3;请"']
    assert wrong(ast.parse("\n".join(lines))) == [2, 3, 4]
    right = ['a = "已受理，请稍候（1,000 件）"', 'b = "工号, of whoever acts in a command"']
    assert wrong(ast.parse("\n".join(right))) == []
