"""How a case is said in lists and beside them: tones of its states, its people masked, times that are short."""

from collections.abc import Mapping
from types import MappingProxyType

from client.desk.finding import OutboxState, PrintState
from client.rules.case import State
from client.rules.identifiers import IDENTIFIER_WORDS, IdentifierKind
from client.rules.identity import CAPACITY_WORDS, Applicant, ApplicantKind, Attendee, Person
from client.rules.masking import masked_identifier, masked_name, masked_phone
from client.text import bracketed, tr
from ui.widgets.chips import Tone

STATE_TONES: Mapping[State, Tone] = MappingProxyType(
    {
        State.DRAFT: Tone.PLAIN,
        State.AWAITING_CORRECTION: Tone.WARN,
        State.SUSPENDED: Tone.WARN,
        State.SPECIAL_PROCEDURE: Tone.WARN,
        State.CORRECTION_LAPSED: Tone.BAD,
        State.NOT_ACCEPTED: Tone.BAD,
        State.TERMINATED: Tone.BAD,
        State.ACCEPTED: Tone.GOOD,
        State.DEEMED_ACCEPTED: Tone.GOOD,
        State.FINISHED: Tone.GOOD,
        State.DELIVERED: Tone.GOOD,
        State.WITHDRAWN: Tone.PLAIN,
        State.VOIDED: Tone.PLAIN,
        State.ARCHIVED: Tone.PLAIN,
    }
)
"""Of what is under way there is none here: it is `Tone.BRAND`."""

UPLOAD_TONES: Mapping[OutboxState | None, Tone] = MappingProxyType(
    {
        OutboxState.WAITING: Tone.BRAND,
        OutboxState.SENDING: Tone.BRAND,
        OutboxState.UNKNOWN: Tone.WARN,
        OutboxState.STORED: Tone.GOOD,
        OutboxState.REFUSED: Tone.BAD,
    }
)
PRINT_TONES: Mapping[PrintState | None, Tone] = MappingProxyType(
    {
        PrintState.DONE: Tone.GOOD,
        PrintState.UNKNOWN: Tone.WARN,
        PrintState.STOPPED: Tone.WARN,
        PrintState.FAILED: Tone.BAD,
        PrintState.CANCELLED: Tone.BAD,
        None: Tone.PLAIN,
    }
)


def people_words(applicant: Applicant | None, attendee: Attendee | None, *, clear: bool) -> list[tuple[str, str]]:
    """What is said of the people of a case, by name of the fact; masked unless `clear`."""
    if applicant is None:
        return [(tr("申请人"), tr("还没有填写"))]
    facts = _person(tr("申请人"), applicant, named=clear or applicant.kind is not ApplicantKind.PERSON, clear=clear)
    if attendee is not None:
        facts += _person(tr("经办人"), attendee, named=clear, clear=clear)
        facts.append((tr("到场身份"), CAPACITY_WORDS[attendee.capacity]))
    return facts


def _person(part: str, person: Person, *, named: bool, clear: bool) -> list[tuple[str, str]]:
    kind, number = person.identifier_kind, person.identifier
    shown = number if clear else masked_identifier(kind, number)
    usual = kind in {IdentifierKind.RESIDENT_ID, IdentifierKind.USCC}
    facts = [
        (part, person.name if named else masked_name(person.name)),
        (
            tr("代码") if kind is IdentifierKind.USCC else tr("证件号码"),
            shown if usual else shown + bracketed(IDENTIFIER_WORDS[kind]),
        ),
    ]
    if person.phone:
        facts.append((tr("电话"), person.phone if clear else masked_phone(person.phone)))
    return facts
