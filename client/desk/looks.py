"""How the papers of a case are set: as the hall decides it, and larger for whoever is old."""

from datetime import date

from client.config import LargePapers, Settings
from client.ports.papers import PaperLook
from client.rules.identifiers import Identifier
from client.rules.identity import ApplicantKind, Person, is_elder
from client.store.cases import CaseRecord


def look_of(record: CaseRecord, settings: Settings, on: date) -> PaperLook:
    """Decided at the act, before the first print: it is frozen with the facts."""
    large = settings.large_papers is LargePapers.ALWAYS
    if settings.large_papers is LargePapers.ELDERS:
        large = any(_is_old(person, on) for person in _readers(record))
    return PaperLook(large=large, second=settings.paper_language)


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
