"""Manners that no linter of ours knows: sizes, names, reasons, silence, and a project that speaks of itself alone."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from client.errors import Fault
from tests.house.sources import ROOMS, ROOT, modules, place, tree

LONGEST_MODULE = 400  # lines
LONGEST_FUNCTION = 50
UNWANTED_NAMES = re.compile(r"(Manager|Handler|Helper|Util|Utils|Base|Common|Impl)$")
LIBRARY_NAMES = {"HTTPServer", "BaseHTTPRequestHandler"}
FAULT_CODE = re.compile(r"(CASE|RULE|ID|DEV|STORE|PLAT|PAPER|SEAL|STAFF|BUG|USAGE)-([0-9]{3}|[a-z-]+)|store-busy")
MACHINE_PATHS = re.compile(r"(?<![\w.*])/(work|root|home/\w+|Users/\w+)/|[A-Z]:\\+Users\\+\w", re.ASCII)
OPEN_ENDS = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
SILENCED = re.compile(r"#\s*(ruff: )?noqa|#\s*type: ignore")
REASONED = re.compile(r"#\s*(ruff: )?(noqa: ?[A-Z0-9, ]+|type: ignore\[[\w, -]+\])\W+\w+", re.ASCII)

TEXTS = {".py", ".md", ".toml", ".json", ".sh", ".yml", ".yaml", ".ini", ".cfg", ".txt", ".csv", ".svg", ".html", ""}
FOREIGN = {"LICENSE", "uv.lock"}  # not our words
NOT_OURS = {".git", ".venv", ".tools", "build", "licences", "licenses", "__pycache__"}


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def classes(path: Path) -> Iterator[ast.ClassDef]:
    return (node for node in ast.walk(tree(path)) if isinstance(node, ast.ClassDef))


def length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def our_sources() -> list[Path]:
    return [*modules().values(), *sorted((ROOT / "tests").rglob("*.py"))]


def our_texts() -> Iterator[Path]:
    for folder in (ROOT, *(ROOT / name for name in (*ROOMS, "tests", "docs", ".ci"))):
        for path in sorted(folder.glob("*") if folder == ROOT else folder.rglob("*")):
            own = path.is_file() and path.suffix in TEXTS and path.name not in FOREIGN
            if own and not path.name.startswith(".coverage") and not NOT_OURS.intersection(path.parts):
                yield path


def test_no_room_prints() -> None:
    """The console and the log are the program's voices."""
    calls = ((path, node) for path in modules().values() for node in ast.walk(tree(path)) if isinstance(node, ast.Call))
    assert [place(p, c.lineno) for p, c in calls if isinstance(c.func, ast.Name) and c.func.id == "print"] == []


def test_every_module_says_why_it_exists() -> None:
    empty_allowed = {path for path in modules().values() if path.name == "__init__.py" and not path.read_bytes()}
    silent = [path for path in modules().values() if path not in empty_allowed and not ast.get_docstring(tree(path))]
    assert [place(path) for path in silent] == []


def test_every_room_says_what_it_is_and_may_import() -> None:
    assert [room for room in ROOMS if not ast.get_docstring(tree(ROOT / room / "__init__.py"))] == []


def test_no_module_is_too_long_to_read() -> None:
    sizes = {place(path): len(path.read_text(encoding="utf-8").splitlines()) for path in our_sources()}
    assert {where: lines for where, lines in sizes.items() if lines > LONGEST_MODULE} == {}


def test_no_function_is_too_long_to_read() -> None:
    sizes = {place(path, node.lineno): length(node) for path in our_sources() for node in functions(path)}
    assert {where: lines for where, lines in sizes.items() if lines >= LONGEST_FUNCTION} == {}


def test_classes_are_named_by_what_they_are() -> None:
    named = [(place(path, node.lineno), node.name) for path in modules().values() for node in classes(path)]
    assert [where for where, name in named if UNWANTED_NAMES.search(name) and name not in LIBRARY_NAMES] == []


def unreasoned(path: Path) -> Iterator[int]:
    """Lines that silence a finding with no reason behind the code and no comment above (one may serve two lines)."""
    lines = path.read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines, 1):
        above = lines[max(0, number - 3) : number - 1]
        if (
            SILENCED.search(line)
            and not REASONED.search(line)
            and not any(each.lstrip().startswith("#") for each in above)
        ):
            yield number


def test_every_silenced_finding_has_its_reason_beside_it() -> None:
    checked = [path for path in our_sources() if path != Path(__file__)]
    assert [place(path, line) for path in checked for line in unreasoned(path)] == []


def test_a_finding_silenced_without_a_reason_is_seen(tmp_path: Path) -> None:
    source = tmp_path / "some.py"
    source.write_text(
        "x = f()  # noqa: S101\n\n\ny = f()  # noqa: S101 - reason\n\n\n# reason\nz = f()  # noqa: S101\n"
    )
    assert list(unreasoned(source)) == [1]


def test_each_fault_has_a_code_of_its_own() -> None:
    faults = {
        (fault.code, fault.title)
        for name in modules()
        for fault in vars(import_module(name)).values()
        if isinstance(fault, Fault)
    }
    codes = Counter(code for code, _ in faults)
    assert [code for code, uses in codes.items() if uses > 1] == []
    assert [code for code in codes if not FAULT_CODE.fullmatch(code)] == []


def test_every_fault_says_what_to_do_now() -> None:
    found = [fault for name in modules() for fault in vars(import_module(name)).values() if isinstance(fault, Fault)]
    assert [fault.code for fault in found if not fault.title or not fault.advice] == []


@pytest.mark.parametrize("words", [MACHINE_PATHS, OPEN_ENDS], ids=["machine paths", "open ends"])
def test_no_text_of_ours_has_words_that_do_not_belong(words: re.Pattern[str]) -> None:
    found = []
    for path in our_texts():
        if path != Path(__file__):
            lines = enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
            found += [place(path, number) for number, line in lines if words.search(line)]
    assert found == []


def test_the_search_for_words_finds_them() -> None:
    assert all(MACHINE_PATHS.search(path) for path in ("see /home/someone/x", r"C:\Users\someone", "in /root/.cache"))
    assert not MACHINE_PATHS.search("docs/work/plan.md and https://example.org/home/page")
