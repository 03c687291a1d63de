"""Qt Linguist's files brought up to date with the code: `python -m tests.translations`.

lupdate reads Python: new sentences come into the .ts unfinished, what stands no more in the code goes, what was
translated stays. lrelease makes the .qm of it, which is what the program reads.
"""

import ast
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import PySide6

from tests.house.sources import ROOT, modules

FOLDER = ROOT / "resources" / "translations"
MARKS = ("tr", "marked")  # of client.text


@dataclass(frozen=True, slots=True)
class Sentence:
    """What is marked: the sentence, and what tells it from another of the same words."""

    source: str
    about: str = ""


def marked(module: ast.Module) -> Iterator[Sentence]:
    """Every marked literal; literals that Python joins are one."""
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKS:
            words = [part.value for part in node.args if isinstance(part, ast.Constant)]
            if len(words) == len(node.args):
                yield Sentence(*map(str, words))


def in_file(path: Path) -> Mapping[Sentence, str]:
    """What a .ts says; "" where it is unfinished, vanished or obsolete."""
    found = {}
    for message in ET.parse(path).iter("message"):
        target = message.find("translation")
        done = target is not None and target.get("type") is None
        sentence = Sentence(message.findtext("source", ""), message.findtext("comment", ""))
        found[sentence] = (target.text or "") if target is not None and done else ""
    return found


def update(path: Path) -> None:
    """Bring a .ts up to date. Without the lines of the code, which change with every commit."""
    marks = [option for mark in MARKS[1:] for option in ("-tr-function-alias", f"{MARKS[0]}+={mark}")]
    options = ["-silent", "-no-obsolete", "-locations", "none", "-source-language", "zh_CN", *marks]
    _run("lupdate", *options, *map(str, modules().values()), "-ts", str(path))


def release(source: Path, target: Path) -> None:
    """Make the .qm of a .ts."""
    _run("lrelease", "-silent", str(source), "-qm", str(target))


def _run(tool: str, *words: str) -> None:
    suffix = ".exe" if sys.platform == "win32" else ""
    subprocess.run([Path(PySide6.__file__).parent / (tool + suffix), *words], check=True)


def main() -> None:
    for path in sorted(FOLDER.glob("*.ts")):
        update(path)
        release(path, path.with_suffix(".qm"))
        left = [sentence.source for sentence, told in in_file(path).items() if not told]
        print(f"{path.name}: {len(left)} unfinished", *left, sep="\n  ")  # noqa: T201 - its result


if __name__ == "__main__":
    main()
