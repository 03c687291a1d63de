"""What a window and its platform must agree on about their cases, as sums that each end keeps while it works.

Every fact has a mark, the SHA-256 of its words. The marks of many cases add up modulo 2²⁵⁶ in any order, and what no
longer holds is subtracted again: a sum costs as much as what changed, never as much as what is kept. Such a sum finds
what was lost or left out; against somebody who makes up facts until sums meet it is no proof.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

SERIAL = 7
"""Characters at the end of a 办件编号 that tell the cases of one day apart: serial and check digit, -0043-6."""

DAY = 8
"""Characters before them: yyyymmdd, the end of a head."""

BEFORE, BEHIND = "!", "~"
"""No character of a number sorts before the one or behind the other (both printable ASCII)."""

_MODULUS = 1 << 256


@dataclass(frozen=True, slots=True)
class Sum:
    """How many cases, and the sum of the marks of all that is held of them."""

    cases: int = 0
    digest: int = 0

    def __add__(self, other: "Sum") -> "Sum":
        return Sum(self.cases + other.cases, (self.digest + other.digest) % _MODULUS)

    def __sub__(self, other: "Sum") -> "Sum":
        return Sum(self.cases - other.cases, (self.digest - other.digest) % _MODULUS)

    @property
    def hex(self) -> str:
        """The digest as it is kept and sent: 64 hex digits."""
        return f"{self.digest:064x}"

    @classmethod
    def of(cls, cases: int, digest: str) -> "Sum":
        """A sum as it was kept. Raises ValueError for a digest that is none."""
        return cls(cases, int(digest, 16))


NOTHING = Sum()


@dataclass(frozen=True, slots=True, order=True)
class Range:
    """The heads from `first` on and before `end`, by their characters."""

    first: str
    end: str


class Fact(NamedTuple):
    """An event that was taken: `(source, event_id)` is its permanent key, `sequence` its window's own order."""

    source: str
    event_id: str
    sequence: int


@dataclass(frozen=True, slots=True)
class Held:
    """What one end has of a case. `told`: the state the platform told of last; None while it told of none.

    `papers` are the 文书编号 its events name, as the platform tells them; nothing is compared of them.
    """

    number: str
    key: str | None
    told: str | None
    events: frozenset[Fact]
    files: frozenset[str]
    papers: frozenset[str] = frozenset()

    @property
    def sum(self) -> Sum:
        """Nothing while no event is held: a case of which the platform has not heard."""
        if not self.events:
            return NOTHING
        marks = [event_sum(self.number, fact) for fact in self.events]
        marks += [file_sum(self.number, digest) for digest in self.files]
        return total([case_sum(self.number, self.key, self.told), *marks])


def head_of(number: str) -> str:
    """The window and day of a case, which it shares with the others of that day: what sums are kept by."""
    return number[:-SERIAL]


def window_of_number(number: str) -> str:
    """The window in a case's number: what its head begins with, before the day."""
    return head_of(number)[:-DAY]


def case_sum(number: str, key: str | None, told: str | None) -> Sum:
    """That there is such a case, and where the platform moved it."""
    return Sum(1, _mark("case", number, key or "", told or ""))


def event_sum(number: str, fact: Fact) -> Sum:
    """That an event of a case was taken."""
    return Sum(0, _mark("event", number, fact.source, fact.event_id, str(fact.sequence)))


def file_sum(number: str, digest: str) -> Sum:
    """That a case has a file, by its SHA-256."""
    return Sum(0, _mark("file", number, digest))


def total(sums: Iterable[Sum]) -> Sum:
    cases = digest = 0
    for each in sums:
        cases += each.cases
        digest += each.digest
    return Sum(cases, digest % _MODULUS)


def parts(whole: Range, heads: list[str], most: int) -> list[Range]:
    """`whole` cut before heads in it, into at most `most` parts of about as many heads; [whole] when it cannot be.

    `heads` are those that one end knows, in order. Of the other's nothing is known: parts leave no gap, and a single
    head gets a part of its own, so that what lies before and behind it stands apart.
    """
    if len(heads) == 1:
        borders = [heads[0], heads[0] + BEFORE]
    else:
        step = -(-len(heads) // most) or 1
        borders = heads[::step]
    inside = [border for border in borders if whole.first < border < whole.end]
    edges = [whole.first, *inside, whole.end]
    return [Range(first, end) for first, end in pairwise(edges)]


def _mark(*words: str) -> int:
    # Joined by a character that stands in none of them: no word can move over a border unseen.
    return int.from_bytes(hashlib.sha256("\n".join(words).encode()).digest())
