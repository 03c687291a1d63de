"""What was asked of the windows and what came of it, held against all the platform took: the set checker.

An act begins, and is then ok, failed, or unknown: its window died before anybody heard. Unknown is never failed.
Each rule yields sentences, one for each thing that is wrong; nothing said is nothing wrong.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from sqlalchemy import Row, select

from sync.hub.store import Store
from sync.hub.tables import cases, events
from tests.attack.orders import Mark

BEGINS = {"receiving": "receive", "accepting": "accept"}
ENDS = {"received": "receive", "accepted": "accept"}
TAKEN = "case.accepted"


class Outcome(Enum):
    OK = "ok"
    FAILED = "failed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Operation:
    """One act at one window: `case` is the store's own id, `number` is known when it is ok."""

    window: str
    act: str
    case: int
    outcome: Outcome
    number: str = ""


def operations(window: str, life: Iterable[Mark]) -> Iterator[Operation]:
    """The acts of one life of a window, as it told them."""
    begun: list[tuple[str, int]] = []
    for mark in life:
        if mark.what in BEGINS:
            begun.append((BEGINS[mark.what], mark.facts["case"]))
        elif mark.what in ENDS and begun:
            act, case = begun.pop()
            yield Operation(window, act, case, Outcome.OK, mark.facts["number"])
        elif mark.what == "refused":
            act, case = begun.pop()
            yield Operation(window, act, case, Outcome.FAILED)
    for act, case in begun:
        yield Operation(window, act, case, Outcome.UNKNOWN)


@dataclass(frozen=True)
class Held:
    """All a platform took: its events in the order it took them, and the state of each case by number."""

    events: Sequence[Row[Any]]
    states: Mapping[str, str]

    @classmethod
    def by(cls, hub_store: str) -> "Held":
        with closing(Store(hub_store)) as store, store.read() as connection:
            taken = connection.execute(select(events).order_by(events.c.id)).all()
            states = connection.execute(select(cases.c.number, cases.c.state)).all()
        return cls(taken, {row.number: row.state for row in states})


def complaints(history: Sequence[Operation], held: Held) -> list[str]:
    """Every accepted case at the platform, each event once, in its window's order, and nothing nobody did."""
    return [sentence for rule in (_lost, _given_twice, _invented) for sentence in rule(history, held)] + [
        sentence for rule in (_doubled, _falling) for sentence in rule(held)
    ]


def _lost(history: Sequence[Operation], held: Held) -> Iterator[str]:
    for each in history:
        if each.act == "accept" and each.outcome is Outcome.OK and held.states.get(each.number) != "accepted":
            yield f"lost: {each.number}, accepted, is {held.states.get(each.number)} at the platform"


def _given_twice(history: Sequence[Operation], _held: Held) -> Iterator[str]:
    owners = defaultdict(set)
    for each in history:
        if each.outcome is Outcome.OK:
            owners[each.number].add((each.window, each.case))
    for number, its in owners.items():
        if len(its) > 1:
            yield f"doubled: {number} was given to {sorted(its)}"


def _invented(history: Sequence[Operation], held: Held) -> Iterator[str]:
    """What nobody was told of is at the platform only as often as an outcome is unknown."""
    told = {each.number for each in history if each.act == "accept" and each.outcome is Outcome.OK}
    unknown = Counter(each.window for each in history if each.act == "accept" and each.outcome is Outcome.UNKNOWN)
    untold = Counter(
        window_of(number) for number, state in held.states.items() if state == "accepted" and number not in told
    )
    for window, count in untold.items():
        if count > unknown[window]:
            yield f"{count} cases of window {window} are accepted, {unknown[window]} outcomes are unknown"


def _doubled(held: Held) -> Iterator[str]:
    for (source, event_id), count in Counter((row.source, row.event_id) for row in held.events).items():
        if count > 1:
            yield f"doubled: event {event_id} of {source} was taken {count} times"
    for number, count in Counter(row.subject for row in held.events if row.type == TAKEN).items():
        if count > 1:
            yield f"doubled: {number} was accepted {count} times"


def _falling(held: Held) -> Iterator[str]:
    """A case moves in the order of its window."""
    last: dict[tuple[str, str], int] = {}
    for row in held.events:
        before = last.get((row.source, row.subject), -1)
        if row.sequence <= before:
            yield f"{row.subject} fell from version {before} to {row.sequence}"
        last[row.source, row.subject] = row.sequence


def window_of(number: str) -> str:
    """The window in a 办件编号."""
    return number.split("-")[2]


@dataclass
class Watch:
    """Looks at a platform again and again while it is attacked: no version that was seen there may fall."""

    hub_store: str
    seen: dict[str, int] = field(default_factory=dict)

    def look(self) -> list[str]:
        with closing(Store(self.hub_store)) as store, store.read() as connection:
            rows = connection.execute(select(cases.c.number, cases.c.last_sequence)).all()
        now = {row.number: row.last_sequence for row in rows}
        fallen = [
            f"lost: {number} was at version {before}, is at {now.get(number)}"
            for number, before in self.seen.items()
            if now.get(number, -1) < before
        ]
        self.seen = now
        return fallen
