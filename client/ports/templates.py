"""A hall's own words for its papers: a pack that IT makes, what is wrong with one, and how papers look by it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol

from client.ports.papers import PaperFacts, PaperKind, PaperLook
from client.text import tr

LARGEST_PACK = 1 << 18  # bytes: ten times the shipped words


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is wrong with a pack, at which key, and in which line; 0 where no line is to blame alone."""

    line: int
    key: str
    why: str

    @property
    def told(self) -> str:
        where = tr("第 {line} 行").format(line=self.line) if self.line else ""
        return " ".join(part for part in (where, self.key, self.why) if part)


@dataclass(frozen=True, slots=True)
class InForce:
    """By what the papers of this window are drawn; `pack` is None for the words the program came with.

    `refused` is a pack that lies where one is looked for and is not taken, with what is wrong with it.
    """

    name: str  # as it goes into the record of a paper: a4-2026.4+szmarket-3
    pack: Path | None = None
    made_on: date | None = None
    languages: Sequence[str] = ()
    refused: Path | None = None
    troubles: Sequence[Trouble] = ()


class Templates(Protocol):
    """Who keeps the words of the papers. All of it reads files or draws: never on the GUI thread."""

    def in_force(self) -> InForce:
        """What counts at this moment; raises nothing."""
        ...

    def check(self, content: bytes) -> tuple[InForce, Sequence[Trouble]]:
        """How a pack calls itself, and all that is wrong with it; empty where it may be taken."""
        ...

    def sample(self, kind: PaperKind, look: PaperLook, content: bytes | None = None) -> bytes:
        """PDF of a sample paper by that pack, without one by what is in force.

        Raises PaperError for a pack that is refused.
        """
        ...

    def preview(self, facts: PaperFacts) -> bytes:
        """PDF of a paper that is not issued yet, by what is in force; each page says that it is nobody's.

        Raises PaperError for what cannot be drawn.
        """
        ...

    def take(self, content: bytes) -> tuple[InForce, str]:
        """Have a pack count for the next paper; what counts then, and what the pack is called.

        Raises PaperError for one that is wrong, and where it cannot be written: the one before goes on.
        """
        ...

    def read(self, path: Path) -> bytes:
        """The content of a pack's file. Raises PaperError."""
        ...
