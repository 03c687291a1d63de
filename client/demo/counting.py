"""Counts what the demo left: what the window holds, what the platform holds, what the printer put out."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from client.desk.sheet import PaperKind, sheet
from client.house import House
from client.ports.printer import PrintState
from client.rules.case import State

PAGE = 500


def held(house: House) -> dict[str, Any]:
    """`{"cases": [{"number", "state", "papers": [{"kind", "print_state"}]}], "events": {case number: count}}`."""
    counter = house.counter
    cases: list[dict[str, Any]] = []
    with counter.memory.read() as connection:
        after = 0
        while lines := counter.memory.cases.lines(connection, after=after, limit=PAGE):
            after = lines[-1].case_id
            cases += [_case(house, line.case_id) for line in lines if line.number]
    made: Counter[str] = Counter()
    entries, after = counter.memory.outbox(), 0
    while found := entries.entries(after=after):
        after = found[-1].sequence
        made.update(entry.case for entry in found)
    counts = entries.counts()
    return {"cases": cases, "events": made, "unsent": counts.waiting + counts.unknown + counts.refused}


def _case(house: House, case_id: int) -> dict[str, Any]:
    found = sheet(house.counter, case_id)
    papers = [{"kind": paper.kind, "print_state": paper.print_state} for paper in found.papers]
    return {"number": found.number, "state": found.state, "item": found.item.name, "papers": papers}


@dataclass(frozen=True, slots=True)
class Count:
    """`told`: the numbers the window acknowledged, heard outside it."""

    told: Sequence[str]
    held: Mapping[str, Any]
    platform: Sequence[Mapping[str, Any]]

    def summary(self) -> dict[str, object]:
        local = {case["number"]: case for case in self.held["cases"]}
        accepted = [number for number, case in local.items() if case["state"] == State.ACCEPTED]
        there = Counter(case["number"] for case in self.platform if case["state"] == State.ACCEPTED)
        made = self.held["events"]
        surplus = sum(max(case["events"] - made.get(case["number"], 0), 0) for case in self.platform)
        at_platform = sum(number in there for number in accepted)
        return {
            "accepted": len(accepted),
            "at_platform": at_platform,
            "duplicates": sum(count - 1 for count in there.values()) + surplus,
            "lost": len(set(self.told) | set(accepted)) - at_platform,
            "papers": sum(len(case["papers"]) for case in local.values()),
            "printed": sum(_is_out(local[number]) for number in accepted),
        }


def _is_out(case: Mapping[str, Any]) -> bool:
    """Whether its acceptance notice came out of the printer."""
    notices = [
        paper for paper in case["papers"] if paper["kind"] in {PaperKind.ACCEPTANCE_NOTICE, PaperKind.DEFERRAL_NOTICE}
    ]
    return bool(notices) and all(paper["print_state"] == PrintState.DONE for paper in notices)
