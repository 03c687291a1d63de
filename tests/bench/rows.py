"""One row of the benchmark table: our figure, the other side's, and the ratio the goal is set on."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypedDict


class Row(TypedDict):
    id: str
    what: str
    ours: float
    other: float
    unit: str
    ratio: float
    goal: str
    met: bool | None


@dataclass(frozen=True, slots=True)
class Goal:
    """A bound on the ratio: at least, or at most."""

    bound: float
    at_least: bool

    def met_by(self, ratio: float) -> bool:
        return ratio >= self.bound if self.at_least else ratio <= self.bound

    def __str__(self) -> str:
        return f"{'≥' if self.at_least else '≤'} {self.bound}"


def row(number: str, what: str, ours: float, other: float, unit: str, ratio: float, goal: Goal | None) -> Row:
    """Without a goal it is told, and is neither met nor missed."""
    return Row(
        id=number,
        what=what,
        ours=round(ours, 3),
        other=round(other, 3),
        unit=unit,
        ratio=round(ratio, 3),
        goal="–" if goal is None else str(goal),
        met=None if goal is None else goal.met_by(ratio),
    )


def verdict(row: Mapping[str, object]) -> str:
    """In words, for the table; of a row without a goal nothing."""
    met = row["met"]
    return "" if met is None else ("met" if met else "NOT MET")
