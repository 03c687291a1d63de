"""Books of the imagination, of a window or a platform, for whoever compares them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice

from client.ports.platform import Event
from client.rules.agreement import DAY, Fact, Held, Range, Sum, head_of, parts, total
from tests.sync.memory import TestOutbox

OWN = "110101-01-07-"
PAGE = 3


@dataclass
class Paper:
    """Books on paper: `cases` by number, and whatever whole days are only summed up."""

    cases_by_number: dict[str, Held] = field(default_factory=dict)
    days: dict[str, Sum] = field(default_factory=dict)
    waiting: frozenset[str] = frozenset()
    sources_before: frozenset[str] = frozenset()
    questions: int = 0

    def put(self, *cases: Held) -> None:
        self.cases_by_number |= {case.number: case for case in cases}

    def heads(self) -> dict[str, Sum]:
        heads = dict(self.days)
        for case in self.cases_by_number.values():
            head = head_of(case.number)
            heads[head] = heads.get(head, Sum()) + case.sum
        return heads

    def whole(self) -> Sequence[Range]:
        return [Range(OWN, OWN + "~")]

    def split(self, whole: Range, most: int) -> Sequence[Range]:
        return parts(whole, sorted(head for head in self.heads() if whole.first <= head < whole.end), most)

    def sums(self, ranges: Sequence[Range]) -> Sequence[Sum]:
        self.questions += 1
        heads = self.heads()
        return [total(each for head, each in heads.items() if r.first <= head < r.end) for r in ranges]

    def cases(self, within: Range, after: str) -> Sequence[Held]:
        self.questions += 1
        behind = (n for n in sorted(self.cases_by_number) if within.first <= head_of(n) < within.end and n > after)
        return [self.cases_by_number[number] for number in islice(behind, PAGE)]

    def on_the_way(self, event_ids: Sequence[str]) -> frozenset[str]:
        return self.waiting.intersection(event_ids)

    def of_another_disk(self, theirs: Held) -> bool:
        return self.sources_before.issuperset(fact.source for fact in theirs.events)


class OutboxBooks(Paper):
    """Of a window that knows no more of its cases than their events, before the platform moved any."""

    def __init__(self, outbox: TestOutbox) -> None:
        super().__init__()
        self._outbox = outbox

    def whole(self) -> Sequence[Range]:
        """Read anew: whoever compares begins here."""
        self.cases_by_number = {case.number: case for case in _held(self._outbox.stored())}
        return [Range(each, each + "~") for each in sorted({head[:-DAY] for head in self.heads()})]


def _held(events: Sequence[Event]) -> list[Held]:
    of_case: dict[str, list[Event]] = defaultdict(list)
    for event in events:
        of_case[event.subject].append(event)
    return [
        Held(
            number,
            None,
            None,
            frozenset(Fact(each.source, each.event_id, each.sequence) for each in each_of),
            frozenset(digest for each in each_of for digest in each.files),
        )
        for number, each_of in of_case.items()
    ]
