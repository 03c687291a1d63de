"""The table of forged seals and signatures for docs/seals.md, out of a run: `python -m tests.seals.table`."""

import re
import sys
from collections.abc import Iterator

from client.ports.seals import CheckName
from tests.house.sources import ROOT
from tests.seals.forged import FORGERIES, found
from tests.seals.forging import Forgery

DOCUMENT = ROOT / "docs" / "seals.md"
HEAD = ("| what was done | versions | what finds it | what is said |", "|---|---|---|---|")
_PART = re.compile(r"(<!-- forged -->\n).*(<!-- end -->)", re.DOTALL)


def table() -> Iterator[str]:
    """A line for each way to forge, as it was found just now."""
    ways: dict[str, list[Forgery]] = {}
    for forgery in FORGERIES:
        ways.setdefault(forgery.words, []).append(forgery)
    yield from HEAD
    for words, tried in ways.items():
        versions = ", ".join(str(forgery.version) for forgery in tried)
        by, told = found(tried[0])
        names = by if isinstance(by, str) else ", ".join(f"`{name}`" for name in CheckName if name in by)
        yield f"| {words} | {versions} | {names} | {told} |"
    yield ""
    yield f"{len(ways)} ways, {len(FORGERIES)} variants; no other check fails in any of them."


def main() -> None:
    lines = "".join(f"{line}\n" for line in table())
    text = DOCUMENT.read_text(encoding="utf-8")
    DOCUMENT.write_text(_PART.sub(lambda part: part[1] + lines + part[2], text), encoding="utf-8")
    sys.stdout.write(lines)


if __name__ == "__main__":
    main()
