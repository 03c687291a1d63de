"""The 办件 page: every case of this window, found by what people remember of it, masked as strangers may see it."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from client.desk.counter import Counter
from client.desk.prints import print_words
from client.desk.sending import NOTHING_TO_SEND, OutboxState, Upload, uploads
from client.errors import CaseError
from client.ports.printer import PrintState
from client.rules.case import State
from client.rules.characters import compact
from client.rules.identity import Applicant, ApplicantKind
from client.rules.masking import masked_identifier, masked_name
from client.rules.numbering import CaseNumber, PaperNumber, ProvisionalNumber, paper_number_of
from client.store import prints, search
from client.store.prints import PrintRecord
from client.store.search import FoundRecord, Sought

__all__ = ["CaseFound", "FoundPage", "OutboxState", "PrintState", "find"]

_TAIL = re.compile(r"(?=.*[0-9])[0-9A-Z]{4,}")  # the end of a number; shorter ones would fit half of all cases
_WORST_FIRST = (
    PrintState.UNKNOWN,
    PrintState.FAILED,
    PrintState.CANCELLED,
    PrintState.STOPPED,
    None,
    PrintState.ASKED,
    PrintState.SENDING,
    PrintState.QUEUED,
    PrintState.PRINTING,
    PrintState.DONE,
)


@dataclass(frozen=True, slots=True)
class CaseFound:
    """A case in the list; name and identifier are masked."""

    case_id: int
    number: str | None
    state: State
    state_words: str
    item_name: str
    applicant_name: str
    identifier: str
    opened_at: datetime
    received_at: datetime | None
    accepted_on: date | None
    promised_date: date | None
    late_entry: bool
    upload_state: OutboxState | None
    upload_words: str
    print_state: PrintState | None
    print_words: str  # empty where there is no paper


@dataclass(frozen=True, slots=True)
class FoundPage:
    """Cases, newest first; `more` is the key to ask the next page with, None on the last."""

    cases: tuple[CaseFound, ...]
    more: int | None


def find(
    counter: Counter, words: str = "", state: State | None = None, before: int | None = None, limit: int = 50
) -> FoundPage:
    """Cases that fit `words`: 办件编号 or its last digits, 文书编号, part of a name, identifier or its end.

    Nothing in `words` is everything. A page is asked for by the key of the one before it.
    """
    with counter.memory.read() as connection:
        found = search.newest(
            connection, counter.memory.cases, _sought(words), state=state, before=before, limit=limit + 1
        )
        shown = found[:limit]
        case_ids = [record.line.case_id for record in shown]
        sent = uploads(connection, case_ids)
        printed = prints.newest_of_cases(connection, case_ids)
    cases = tuple(
        _case(counter, r, sent.get(r.line.case_id, NOTHING_TO_SEND), printed.get(r.line.case_id, ())) for r in shown
    )
    return FoundPage(cases, more=case_ids[-1] if len(found) > limit else None)


def _sought(words: str) -> Sought:
    words = words.strip()
    whole = Sought(case_number=case_number_in(words), paper_number=paper_number_in(words))
    if whole or not words:
        return whole
    key = compact(words)
    return Sought(tail=key if _TAIL.fullmatch(key) else None, name_part=words)


def case_number_in(words: str) -> str | None:
    """The 办件编号 that is meant, however it is typed or scanned; None where it is none."""
    return _parsed(CaseNumber.parse, words)


def paper_number_in(words: str) -> str | None:
    """The 文书编号 that is meant, in any brackets; None where it is none."""
    return _parsed(paper_number_of, words)


def _parsed(parse: Callable[[str], CaseNumber | PaperNumber | ProvisionalNumber], words: str) -> str | None:
    try:
        return str(parse(words))
    except CaseError:  # it is not such a number: something else is meant
        return None


def _case(counter: Counter, record: FoundRecord, upload: Upload, printed: Sequence[PrintRecord]) -> CaseFound:
    line = record.line
    worst = min((each.state for each in printed), key=_WORST_FIRST.index, default=None)
    return CaseFound(
        case_id=line.case_id,
        number=line.number,
        state=line.state,
        state_words=counter.state_words(line),
        item_name=line.item_name,
        applicant_name=applicant_name(record.applicant),
        identifier=_identifier(record.applicant),
        opened_at=line.opened_at,
        received_at=line.received_at,
        accepted_on=record.accepted_on,
        promised_date=line.promised_date,
        late_entry=line.late_entry,
        upload_state=upload.state,
        upload_words=upload.words,
        print_state=worst,
        print_words=print_words(worst) if printed else "",
    )


def applicant_name(applicant: Applicant | None) -> str:
    """As strangers may see it; empty while there is none."""
    if applicant is None:
        return ""
    return masked_name(applicant.name) if applicant.kind is ApplicantKind.PERSON else applicant.name


def _identifier(applicant: Applicant | None) -> str:
    return masked_identifier(applicant.identifier_kind, applicant.identifier) if applicant else ""
