"""The documents tell the truth about what can be looked up: links lead somewhere, every command is told of."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer

import yichuang
from sync.hub.tables import metadata
from tests.house.sources import ROOT

DOCUMENTS = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "resources").rglob("*.md")]
LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)")


def commands() -> Iterator[str]:
    """Every command people may type, groups with their members: `cases`, `paper render`."""
    group = typer.main.get_command(yichuang.program())
    for name, command in getattr(group, "commands", {}).items():
        members = getattr(command, "commands", {})
        if not command.hidden:
            yield from (f"{name} {member}" for member in members) if members else (name,)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(document: Path) -> None:
    links = LINK.findall(document.read_text(encoding="utf-8"))
    assert [link for link in links if not (document.parent / link).exists()] == []


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_every_command_is_told_of(readme: str) -> None:
    told = (ROOT / readme).read_text(encoding="utf-8")
    missing = [command for command in commands() if not re.search(rf"`{command}(`|[^`a-z-][^`]*`)", told)]
    assert missing == []
    assert {"intake", "hub serve", "paper render"} <= set(commands())


@pytest.mark.parametrize("target", ["run", "test", "demo", "bench", "build", "soak", "lint", "clean"])
def test_make_knows_what_was_promised(target: str) -> None:
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(), re.MULTILINE)


def test_the_plan_past_one_machine_knows_every_table_of_the_hub() -> None:
    told = (ROOT / "docs" / "scale.md").read_text(encoding="utf-8")
    assert [name for name in metadata.tables if f"`{name}`" not in told] == []
