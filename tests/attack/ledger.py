"""What the windows have promised so far, as heard over the pipe: the attacker's own books."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from statistics import median

from tests.attack.orders import Mark
from tests.attack.telling import digest_of


@dataclass
class Ledger:
    """Promises of all lives of one profile; case and page are the store's own ids."""

    accepted: dict[int, str] = field(default_factory=dict)
    received: dict[int, str] = field(default_factory=dict)
    papers: dict[str, tuple[str, ...]] = field(default_factory=dict)  # by 办件编号, as handed over
    pages: dict[int, tuple[int, str]] = field(default_factory=dict)  # page: case and SHA-256
    rendered: set[tuple[int, int]] = field(default_factory=set)  # paper and 补打 number
    answers: dict[int, list[str]] = field(default_factory=lambda: defaultdict(lambda: [digest_of({})]))
    """By case, the digests its form may have: the last acknowledged one, and any that was begun after it."""

    def hear(self, marks: Iterable[Mark]) -> None:
        for mark in marks:
            facts = mark.facts
            match mark.what:
                case "accepted":
                    self.accepted[facts["case"]] = facts["number"]
                case "received":
                    self.received[facts["case"]] = facts["number"]
                case "handed over":
                    self.papers[facts["number"]] = tuple(facts["papers"])
                case "attached":
                    self.pages[facts["page"]] = (facts["case"], facts["sha256"])
                case "rendered":
                    self.rendered |= {(paper, reprint) for paper, reprint in facts["papers"]}
                case "filling":
                    self.answers[facts["case"]].append(facts["answers"])
                case "filled":
                    self.answers[facts["case"]] = [facts["answers"]]


STEPS = {
    "opening": "opened",
    "attaching": "attached",
    "receiving": "received",
    "accepting": "accepted",
    "rendering": "rendered",
    "sending": "sent",
    "ready": "handed over",
}
"""Where a step begins and where it ends."""

GUESSES = {
    "opening": 0.15,
    "attaching": 0.01,
    "receiving": 0.01,
    "accepting": 0.01,
    "rendering": 0.05,
    "sending": 0.1,
    "ready": 0.2,
}
"""Seconds, for the first kills."""


def cut_short(marks: Iterable[Mark]) -> set[str]:
    """The steps a life died in: begun, not ended."""
    open_steps: set[str] = set()
    for mark in marks:
        open_steps -= {step for step, end in STEPS.items() if end == mark.what}
        open_steps |= {mark.what} & STEPS.keys() - {"ready"}
    return open_steps


@dataclass
class Durations:
    """How long the steps of a case were seen to take."""

    seen: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    def hear(self, marks: Iterable[Mark]) -> None:
        begun: dict[str, float] = {}
        for mark in marks:
            if mark.what in STEPS:
                begun.setdefault(mark.what, mark.at)
            for step, end in STEPS.items():
                if mark.what == end and step in begun:
                    self.seen[step].append(mark.at - begun.pop(step))

    def of(self, step: str) -> float:
        """Seconds `step` usually takes."""
        return median(self.seen[step]) if self.seen[step] else GUESSES[step]
