"""A clerk without a screen: card, item, form, materials, accept, paper, one case after the other.

He goes through the same desk as the window does, faster than anybody presses keys. When he was killed he looks, like
anybody, for what lies unfinished.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from client.catalogue import Example
from client.demo import CLERK_NO, DEMO_PIN
from client.demo.people import seat_demo_people
from client.desk.drafting import Drafting
from client.desk.intake import Intake, Outcome
from client.desk.paperwork import Paperwork
from client.desk.staff import Staff
from client.errors import CaseError
from client.house import House
from client.ports.id_card import IdCardReader, IdentityDocument
from client.ports.papers import PAPER_WORDS
from client.rules.cards import known_words
from client.rules.case import State
from client.rules.identity import Applicant, Attendee, Capacity, PersonMatch
from client.rules.items import Item, slots_needed
from client.store.cases import CaseLine, CaseRecord

RECEIVE_FIRST = 3  # every third case is taken in (F7) before it is accepted (F9)
TOO_EARLY = 4  # a clumsy clerk tries every fourth before anything of it is there
UNFINISHED = frozenset({State.DRAFT, State.RECEIVED})
PAGE_NAMES = (".jpg", ".png", ".pdf")


@dataclass(frozen=True, slots=True)
class Sample:
    """A page that ships with the program, as it is scanned."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Taken:
    """One accepted case, as it is told to the hall."""

    number: str
    item: str
    papers: tuple[str, ...]


class DemoClerk:
    """Takes sample cases until the hall has enough."""

    def __init__(
        self, house: House, readers: Sequence[IdCardReader], samples: Sequence[Sample], wake: Callable[[], None]
    ) -> None:
        self._house = house
        self._readers = readers
        self._samples = samples
        self._wake = wake
        self.clumsy = False
        self._drafting = Drafting(house.counter)
        self._intake = Intake(house.counter)
        self._paperwork = Paperwork(house.counter)
        self._by = self._sign_in()

    def accepted(self) -> list[str]:
        """Numbers of the cases accepted so far, oldest first."""
        return [line.number for line in self._lines() if line.number and line.state not in UNFINISHED]

    def take_next(self) -> Taken:
        """Take one case from card to paper: the unfinished one, if there is one."""
        lines = self._lines()
        unfinished = next((line for line in lines if line.state in UNFINISHED), None)
        place = sum(line.state not in UNFINISHED for line in lines)
        items = self._house.counter.catalogue.newest()
        item = items[place % len(items)]
        card = self._readers[place % len(self._readers)].read()
        case_id = unfinished.case_id if unfinished else self._open(item, place)
        self._gather(case_id, item, card)
        if place % RECEIVE_FIRST == 1 and self._record(case_id).state is State.DRAFT:
            self._intake.receive(case_id, self._by)
        outcome = self._intake.accept(case_id, self._by)
        self._house.render_waiting()
        self._wake()
        return self._told(outcome, item)

    def _open(self, item: Item, place: int) -> int:
        case_id = self._drafting.open(self._by, item)
        if self.clumsy and place % TOO_EARLY == 1:
            with suppress(CaseError):
                self._intake.accept(case_id, self._by)
        return case_id

    def _gather(self, case_id: int, item: Item, card: IdentityDocument) -> None:
        example = self._house.counter.catalogue.example(item)
        applicant, attendee = people(example, card)
        by = self._by
        self._drafting.set_people(case_id, by, applicant, attendee)
        self._drafting.choose(case_id, by, example.situations, example.collection)
        self._drafting.fill(case_id, by, answers(item, example, applicant))
        record = self._record(case_id)
        for place, material in enumerate(slots_needed(item, record.situations)):
            if material.key not in record.slots:
                sample = self._samples[(case_id + place) % len(self._samples)]
                self._drafting.attach(case_id, by, material.key, sample.name, sample.content)

    def _told(self, outcome: Outcome, item: Item) -> Taken:
        papers = self._paperwork.of_case(self._record(outcome.case_id))
        return Taken(outcome.number, item.name, tuple(paper.number or PAPER_WORDS[paper.kind] for paper in papers))

    def _record(self, case_id: int) -> CaseRecord:
        counter = self._house.counter
        with counter.memory.read() as connection:
            return counter.case(connection, case_id)

    def _lines(self) -> Sequence[CaseLine]:
        memory = self._house.counter.memory
        with memory.read() as connection:
            return memory.cases.lines(connection, limit=10_000)

    def _sign_in(self) -> Staff:
        seat_demo_people(self._house.roster)
        return self._house.roster.sign_in(CLERK_NO, DEMO_PIN)


def people(example: Example, card: IdentityDocument) -> tuple[Applicant, Attendee]:
    """The example's applicant and attendee, with the person on the card at the window."""
    applicant = Applicant.model_validate(dict(example.applicant))
    attendee = Attendee.model_validate(dict(example.attendee)).model_copy(
        update={
            "name": card.name or "",
            "identifier_kind": card.identifier_kind,
            "identifier": card.number,
            "card_read": True,
            "person_matches_card": PersonMatch.BY_EYE,
        }
    )
    if attendee.capacity is Capacity.SELF:
        same = {"name": attendee.name, "identifier_kind": attendee.identifier_kind, "identifier": attendee.identifier}
        applicant = applicant.model_copy(update=same)
    return applicant, attendee


def answers(item: Item, example: Example, applicant: Applicant) -> Mapping[str, Any]:
    """The example's answers, with the fields the form takes from the applicant (`x-from`)."""
    filled, words = dict(example.answers), known_words(applicant, None)
    for name, schema in item.form["properties"].items():
        source = schema.get("x-from", "")
        if source.startswith("applicant.") and name in filled:
            filled[name] = words[source.removeprefix("applicant.")] or filled[name]
    return filled


def sample_pages(folder: Path) -> list[Sample]:
    """The page files that ship with the program, by name."""
    paths = sorted(path for path in folder.iterdir() if path.suffix in PAGE_NAMES)
    return [Sample(path.name, path.read_bytes()) for path in paths]
