"""How long each attack goes on: few faults in the suite, thousands in a soak, or what its share of the minutes allows.

And what came of it: one row an attack, kept for the table at the end of a soak.
"""

import json
import os
import secrets
import shutil
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from types import MappingProxyType

SOAKING = "YICHUANG_SOAK" in os.environ
MINUTES = float(os.environ.get("YICHUANG_SOAK_MINUTES") or 0)  # 0: by counts
SEED = secrets.randbits(32) if SOAKING else 20261124  # the same instants are drawn each time in the suite
HEAD = ("attack", "faults", "lost", "doubled", "stuck", "else", "control", "seed")


@dataclass(frozen=True)
class Scale:
    """Faults in the suite, in a soak by counts, and at most at a time; the part of a soak's minutes; its controls."""

    usual: int
    soaked: int
    each: int
    part: float
    controls: int


SCALES: Mapping[str, Scale] = MappingProxyType(
    {
        "R1": Scale(40, 10_000, 40, 0.12, controls=1),
        "R1 making": Scale(8, 500, 500, 0.02, controls=0),
        "R1 window": Scale(2, 40, 40, 0.15, controls=1),
        "R2": Scale(2_000, 50_000, 50_000, 0.06, controls=2),
        "R3": Scale(60, 1_200, 60, 0.10, controls=1),
        "R6": Scale(20, 2_000, 20, 0.04, controls=1),
        "R6 old copy": Scale(2, 300, 2, 0.02, controls=1),
        "R7": Scale(1, 1, 1, 0.05, controls=1),
        "R8": Scale(20, 1_000, 40, 0.05, controls=2),
        "R9": Scale(10, 500, 10, 0.06, controls=1),
        "R10": Scale(200, 20_000, 20_000, 0.06, controls=2),
        "R12": Scale(50, 2_000, 50, 0.05, controls=2),
        "R12 on paper": Scale(1, 67, 67, 0.02, controls=1),
        "R14": Scale(1, 240, 1, 0.14, controls=1),
    }
)
"""R7 counts outages and R14 rounds. The parts leave a tenth for what is made once, and for the controls."""


def rounds(
    scale: Scale, minutes: float = MINUTES, now: Callable[[], float] = time.monotonic
) -> Iterator[tuple[int, int]]:
    """Seed and number of faults of each round, printed as it begins.

    By counts, `YICHUANG_SOAK_KILLS` goes over both. By minutes: rounds of the suite's size, at least what the suite
    does, and no other that would not end within the part of them.
    """
    usual_only = minutes or not SOAKING
    total = int(os.environ.get("YICHUANG_SOAK_KILLS", scale.usual if usual_only else scale.soaked))
    each = min(scale.each, scale.usual) if minutes else scale.each
    until = now() + 60 * minutes * scale.part
    done, place, longest = 0, 0, 0.0
    while done < total or now() + longest < until:
        began = now()
        faults = min(each, total - done) if done < total else each
        sys.stdout.write(f"seed {SEED + place}\n")
        yield SEED + place, faults
        done, place, longest = done + faults, place + 1, max(longest, now() - began)


@dataclass
class Attack:
    """One row of the table: what was injected, what was wrong after it, and how many of its controls were caught."""

    name: str
    faults: int = 0
    lost: int = 0
    doubled: int = 0
    stuck: int = 0
    other: int = 0
    red: int = 0
    seed: int | None = None

    def rounds(self) -> Iterator[tuple[int, int]]:
        """Of the scale that has its name: seed and number of faults, which the attack counts as it injects them."""
        self.seed = SEED
        yield from rounds(SCALES[self.name])

    def sieges(self, folder: Path) -> Iterator[tuple[int, int, Path]]:
        """The same with a folder for each. What was withstood is cleared away."""
        for seed, faults in self.rounds():
            mine = folder / str(seed)
            mine.mkdir()
            yield seed, faults, mine
            shutil.rmtree(mine)

    def judge(self, wrong: Iterable[str], where: str) -> None:
        """Count what is wrong by its kind. Raises AssertionError, with `where`, unless all is well."""
        found = list(wrong)
        for sentence in found:
            kind = kind_of(sentence)
            setattr(self, kind, getattr(self, kind) + 1)
        assert found == [], where

    def caught(self) -> None:
        """One of its control arms was seen to be broken."""
        self.red += 1

    def words(self) -> tuple[str, ...]:
        """As a line of the table."""
        expected = SCALES[self.name].controls
        control = f"{self.red} of {expected} red" if expected else "none"
        figures = (self.faults, self.lost, self.doubled, self.stuck, self.other)
        return (self.name, *map(str, figures), control, str(self.seed))


def kind_of(sentence: str) -> str:
    """Which of the table's columns a complaint belongs to."""
    if sentence.startswith(("lost", "only on one side")) or "no good file" in sentence or "is not there" in sentence:
        return "lost"
    if " times" in sentence or sentence.startswith("doubled"):
        return "doubled"
    return "stuck" if sentence.startswith("stuck") else "other"


@dataclass
class Tally:
    """The rows of a run, in the order in which their attacks began."""

    rows: dict[str, Attack] = field(default_factory=dict)

    def attack(self, name: str) -> Attack:
        return self.rows.setdefault(name, Attack(name))

    def table(self) -> list[str]:
        """Lines of one width for each column."""
        lines = [HEAD, *(row.words() for row in self.rows.values())]
        widths = [max(len(line[column]) for line in lines) for column in range(len(HEAD))]
        return ["  ".join(word.ljust(width) for word, width in zip(line, widths, strict=True)) for line in lines]

    def write(self, path: Path) -> None:
        """The same for machines: the minutes (0: by counts) and every row."""
        path.parent.mkdir(exist_ok=True)
        told = {"minutes": MINUTES, "attacks": [asdict(row) for row in self.rows.values()]}
        path.write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")
