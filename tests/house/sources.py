"""The house's own files and modules, for the tests that look at all of them."""

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROOMS = ("client", "devices", "printing", "sync", "ui", "resources")
FRONT_DOOR = "yichuang"


@cache
def modules() -> dict[str, Path]:
    """Every module of the rooms and the front door, by its dotted name."""
    found = {FRONT_DOOR: ROOT / f"{FRONT_DOOR}.py"}
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
            found[name.removesuffix(".__init__")] = path
    return found


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def place(path: Path, line: int = 1) -> str:
    return f"{path.relative_to(ROOT)}:{line}"
