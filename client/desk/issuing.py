"""Papers that no act of the window brings along: which may be made for a case now, what is asked, and their issue."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection

from client.desk.completeness import require_people
from client.desk.counter import Counter, case_name
from client.desk.lettering import issue
from client.desk.numbers import blank_number, take_paper_number
from client.desk.paperwork import NO_PAPER
from client.desk.staff import Staff
from client.desk.wording import PaperFrame, deferred_lines, listed_materials, organ_facts, paper_facts
from client.errors import CaseError, Fault
from client.ports.entries import MANNERS, WRONG_ENTRY, Bundle, Entries, entries_in, entries_model
from client.ports.papers import DeliveredLine, OtherCaseLine, PaperFacts, PaperKind
from client.rules.deadlines import extended_date
from client.rules.identity import Capacity
from client.rules.numbering import CaseNumber
from client.rules.paper_days import CaseDays
from client.rules.papers import PAPER_RULES, PAPER_WORDS, issuable, require_state
from client.rules.regimes import Regime, paper_title
from client.rules.rights import Right
from client.store import audit, papers
from client.store.cases import CaseRecord
from client.store.papers import PaperRecord, PaperState
from client.text import chinese, source_of, tr

NOTHING_TO_STATE = Fault(
    "PAPER-342",
    tr("办件 {case} 没有可写入{paper}的内容"),
    tr("请先在办件中登记：容缺或者承诺的材料、退还的原件、委托代理人、已出具的文书；没有的不需要出具"),
)

_NO_OTHER = tr("没有本办件以外的办件编号")
_APART = re.compile(r"[\s,，、;；/]+")

_OF_TODAY: Mapping[PaperKind, str] = MappingProxyType(
    {
        PaperKind.SPECIAL_PROCEDURE_NOTICE: "begins_on",
        PaperKind.GRANT: "decided_on",
        PaperKind.DENIAL: "decided_on",
        PaperKind.TERMINATION_NOTICE: "ended_on",
        PaperKind.WITHDRAWAL_NOTICE: "withdrawn_on",
    }
)


@dataclass(frozen=True, slots=True)
class Offer:
    """A paper that may be made for a case now; `schema` (JSON Schema) is the form of what is asked for it.

    `suggested`: what of it is known already.
    """

    kind: PaperKind
    title: str
    schema: Mapping[str, Any]
    suggested: Mapping[str, str]
    days: CaseDays  # what the days of its entries are held against


class Issuing:
    """Use cases of papers by themselves; each is one transaction."""

    def __init__(self, counter: Counter) -> None:
        self._counter = counter

    def offers(self, case_id: int) -> Sequence[Offer]:
        """What may be made for this case as it stands, by its regime and item. Raises CaseError for no such case."""
        counter = self._counter
        with counter.memory.read() as connection:
            record = counter.case(connection, case_id)
            kinds = [kind for kind in issuable(record.state) if self._has_content(connection, record, kind)]
        regime = counter.regime(record)
        titled = [kind for kind in kinds if kind in record.item.paper_titles or kind in regime.titles]
        return [
            Offer(
                kind,
                paper_title(record.item, regime, kind),
                entries_model(kind).model_json_schema(),
                suggestions(counter, record, kind),
                _days(counter, record),
            )
            for kind in titled
        ]

    def preview(self, case_id: int, by: Staff, kind: PaperKind, given: Mapping[str, Any]) -> PaperFacts:
        """What `issue` would freeze now, with a blank for its number: nothing is written, and no number is used.

        Raises CaseError as `issue` does, but that numbers may run out.
        """
        counter = self._counter
        counter.permit(by, Right.INTAKE, f"case:{case_id}")
        now = counter.clock()
        with counter.memory.read() as connection:
            record = counter.case(connection, case_id)
            entries = entries_in(kind, given, _days(counter, record))
            facts = self._facts(connection, record, PaperFrame(kind, now), by, entries)
        return facts.model_copy(update={"paper_number": blank_number(counter, record, kind, now)})

    def issue(self, case_id: int, by: Staff, kind: PaperKind, given: Mapping[str, Any]) -> int:
        """Make a paper of `kind` with what a person gave (by the names of its model); its id.

        Raises CaseError: not now, not under this regime, an entry that is wrong, nothing to state, no number. Nothing
        is written then.
        """
        counter = self._counter
        counter.permit(by, Right.INTAKE, f"case:{case_id}")
        now = counter.clock()
        with counter.memory.begin() as connection:
            record = counter.case(connection, case_id)
            entries = entries_in(kind, given, _days(counter, record))
            facts = self._facts(connection, record, PaperFrame(kind, now), by, entries)
            number = take_paper_number(counter, connection, record, kind, now)
            facts = facts.model_copy(update={"paper_number": number})
            paper_id = issue(counter, connection, case_id, facts, by)
            subject = number or case_name(record)
            audit.add(connection, now, by.staff_no, "issue_paper", subject, "done", {"kind": kind, "paper": paper_id})
        return paper_id

    def paper(self, paper_id: int) -> PaperRecord:
        """The paper of that id. Raises CaseError when there is none."""
        with self._counter.memory.read() as connection:
            paper = papers.get(connection, paper_id)
        if paper is None:
            raise CaseError(NO_PAPER)
        return paper

    def _facts(
        self, connection: Connection, record: CaseRecord, frame: PaperFrame, by: Staff, entries: Entries
    ) -> PaperFacts:
        """All that such a paper states but its number. Raises CaseError where it may not be made."""
        kind = frame.kind
        require_state(kind, record.state)
        require_people(case_name(record), record)
        if not self._has_content(connection, record, kind):
            raise CaseError(NOTHING_TO_STATE, case=case_name(record), paper=PAPER_WORDS[kind])
        regime = self._counter.regime(record)
        cited = replace(frame, article=_article(regime, kind))
        facts = paper_facts(record, cited, by, self._counter.settings, regime)
        return facts.model_copy(update={**self._added(connection, record, kind, entries), "entries": entries})

    def _has_content(self, connection: Connection, record: CaseRecord, kind: PaperKind) -> bool:
        """Whether the case has what such a paper tells of."""
        if kind is PaperKind.DEFERRAL_PLEDGE:
            return bool(deferred_lines(record))
        if kind is PaperKind.POWER_OF_ATTORNEY:
            return record.attendee is not None and record.attendee.capacity is Capacity.AGENT
        if kind is PaperKind.DELIVERY_RECORD:
            return bool(self._delivered(connection, record))
        if kind in {PaperKind.DECLARATION, PaperKind.ORIGINALS_RECEIPT}:
            return bool(listed_materials(record, kind))
        return True

    def _added(
        self, connection: Connection, record: CaseRecord, kind: PaperKind, entries: Entries
    ) -> Mapping[str, object]:
        """What such a paper states beside the case's own facts."""
        if kind is PaperKind.DELIVERY_RECORD:
            return {"delivered": self._delivered(connection, record)}
        if isinstance(entries, Bundle):
            return {"other_cases": self._others(connection, record, entries)}
        return {}

    def _delivered(self, connection: Connection, record: CaseRecord) -> tuple[DeliveredLine, ...]:
        """The organ's papers of the case that are ready to be handed out."""
        ready = [
            papers.facts(connection, paper.paper_id)
            for paper in papers.of_case(connection, record.case_id)
            if paper.state is PaperState.READY and PAPER_RULES[paper.kind].sealed
        ]
        return tuple(DeliveredLine(title=facts.title, number=facts.paper_number or "") for facts in ready)

    def _others(self, connection: Connection, record: CaseRecord, entries: Bundle) -> tuple[OtherCaseLine, ...]:
        """Every case of the matter once, this one first.

        Raises CaseError for a number that is none, or unknown here, and where no other case is named.
        """
        counter = self._counter
        typed = dict.fromkeys(str(CaseNumber.parse(each)) for each in _APART.split(entries.others) if each)
        numbers = [number for number in typed if number != record.number]
        if not numbers:
            place = Bundle.model_fields["others"].title or ""
            raise CaseError(WRONG_ENTRY, paper=PAPER_WORDS[PaperKind.BUNDLE_SLIP], place=place, reason=_NO_OTHER)
        cases = [record, *(counter.case_of(connection, number) for number in numbers)]
        return tuple(
            OtherCaseLine(
                item=each.item.name,
                organ=organ_facts(each, PaperKind.BUNDLE_SLIP, counter.settings).name,
                case_number=each.number or "",
                state=source_of(counter.state_words(each)),
            )
            for each in cases
        )


def suggestions(counter: Counter, record: CaseRecord, kind: PaperKind) -> Mapping[str, str]:
    """What of the entries is known, by their names and as a form holds them; a person may write otherwise."""
    if kind is PaperKind.EXTENSION_NOTICE:
        return _extension(counter, record)
    if kind is PaperKind.DELIVERY_RECORD:
        settings, applicant = counter.settings, record.applicant
        place = chinese("{hall}{window}号窗口").format(hall=settings.hall_name, window=settings.window_no)
        return {"manner": MANNERS[0], "recipient": applicant.name if applicant is not None else "", "place": place}
    name = _OF_TODAY.get(kind)
    return {} if name is None else {name: counter.today().isoformat()}


def _days(counter: Counter, record: CaseRecord) -> CaseDays:
    received = record.received_at.date() if record.received_at is not None else None
    return CaseDays(counter.today(), received, record.accepted_on, record.promised_date)


def _extension(counter: Counter, record: CaseRecord) -> Mapping[str, str]:
    """As long as the law lets the item have it, and the last day that makes, where the law's time is known."""
    more, accepted_on = record.item.statutory_extension, record.accepted_on
    if more is None:
        return {}
    until = extended_date(record.item, accepted_on, counter.calendar) if accepted_on is not None else None
    return {"extended_by": more.words, **({"new_date": until.date.isoformat()} if until is not None else {})}


def _article(regime: Regime, kind: PaperKind) -> str:
    """The article such a paper cites; empty where none is on the books, and the paper then cites none."""
    basis = regime.paper_articles.get(kind)
    return basis.citation if basis else ""
