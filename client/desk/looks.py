"""How the papers of a case are set: as the hall decides it, larger for whoever is old, and otherwise where they ask."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from client.config import LargePapers, Settings
from client.desk.counter import Counter
from client.desk.staff import Staff
from client.ports.papers import OwnLook, PaperLook
from client.rules.identifiers import Identifier
from client.rules.identity import ApplicantKind, Person, is_elder
from client.rules.rights import Right
from client.store.cases import CaseRecord


def look_of(record: CaseRecord, settings: Settings, on: date) -> PaperLook:
    """Decided at the act, before the first print: it is frozen with the facts."""
    usual, own = usual_look(record, settings, on), record.own_look
    return PaperLook(
        large=usual.large if own.large is None else own.large,
        second=usual.second if own.second is None else own.second or None,
    )


def usual_look(record: CaseRecord, settings: Settings, on: date) -> PaperLook:
    """The same where the citizen asked for nothing else."""
    large = settings.large_papers is LargePapers.ALWAYS
    if settings.large_papers is LargePapers.ELDERS:
        large = any(_is_old(person, on) for person in _readers(record))
    return PaperLook(large=large, second=settings.paper_language)


class Looks:
    """Use cases of what a citizen asks for the papers of their case: for those that are still to be issued."""

    def __init__(self, counter: Counter) -> None:
        self._counter = counter

    def want(self, case_id: int, by: Staff, own: OwnLook) -> PaperLook:
        """Have the papers look so from now on; how they will. Raises CaseError when there is no such case."""
        counter = self._counter
        counter.permit(by, Right.INTAKE, f"case:{case_id}")
        with counter.memory.begin() as connection:
            record = counter.case(connection, case_id)
            counter.memory.cases.change(connection, case_id, own_look=own.kept)
        return look_of(replace(record, own_look=own), counter.settings, counter.today())

    def turn_large(self, case_id: int, by: Staff) -> None:
        """Large type where it would be usual type, and back."""
        record, usual, now = self._now(case_id)
        large = not now.large
        own = record.own_look.model_copy(update={"large": None if large is usual.large else large})
        self.want(case_id, by, own)

    def turn_language(self, case_id: int, by: Staff, languages: Sequence[str]) -> None:
        """The Chinese alone, and with each of `languages` in turn."""
        record, usual, now = self._now(case_id)
        ways = ["", *languages]
        place = ways.index(now.second) if now.second in ways else 0
        second = ways[(place + 1) % len(ways)]
        own = record.own_look.model_copy(update={"second": None if second == (usual.second or "") else second})
        self.want(case_id, by, own)

    def _now(self, case_id: int) -> tuple[CaseRecord, PaperLook, PaperLook]:
        """The case, how its papers would look by themselves, and how they do."""
        counter = self._counter
        with counter.memory.read() as connection:
            record = counter.case(connection, case_id)
        on = counter.today()
        return record, usual_look(record, counter.settings, on), look_of(record, counter.settings, on)


def _readers(record: CaseRecord) -> list[Person]:
    """Who is to read the paper: who stands at the window, and a person who applies by another."""
    readers: list[Person] = [] if record.attendee is None else [record.attendee]
    if record.applicant is not None and record.applicant.kind is ApplicantKind.PERSON:
        readers.append(record.applicant)
    return readers


def _is_old(person: Person, on: date) -> bool:
    """Of documents whose number carries no birth nobody knows: their papers are of the usual size."""
    birth = Identifier(person.identifier_kind, person.identifier).birth
    return birth is not None and is_elder(birth, on)
