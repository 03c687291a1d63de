"""Papers whose text is words and facts alone: what each consists of, filled in from the words of its section.

A sentence with a place that the facts leave empty is not printed: of what is unknown a paper says nothing.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from client.ports.papers import PaperFacts, PaperKind
from printing.papers.flow import Piece
from printing.papers.galley import Galley, places_in
from printing.papers.letter import (
    addressed,
    identity,
    labelled,
    listing,
    paragraph,
    received_materials,
    remarks,
    salutation,
)
from printing.papers.text import Span
from printing.papers.wording import clause, day, full_width, minute, sentence, spans

_ENDINGS = ("通知书", "决定书", "告知书", "确认书")
_DECIDES = re.compile("不予.+|准予.+")
_BLANK = "　"


@dataclass(frozen=True, slots=True)
class Layout:
    """What a paper consists of, from above: salutation, text, labels beside values, tables, the text behind, notes."""

    labels: Sequence[str]
    tables: Sequence[Callable[[Galley], list[Piece]]] = ()
    addressed: bool = True  # it speaks to the applicant; the applicant's own papers say themselves to whom


def further(galley: Galley) -> list[Piece]:
    """The pieces of a paper below its letterhead, without its end."""
    facts, words, known = galley.facts, galley.words, said_of(galley.facts)
    layout = LAYOUTS[facts.kind]
    notes = [*filled(words.get("notes", ()), known), *([Span(sentence(note))] for note in facts.notes)]
    if facts.late_entry_pad_number:
        notes.append(spans(galley.shared["late_entry"], pad_number=facts.late_entry_pad_number))
    return [
        *(salutation(galley) if layout.addressed else ()),
        *(addressed(galley, spans(words["to"], **known)) if "to" in words else ()),
        *_paragraphs(galley, words["text"], known),
        *labelled(galley, [(key, known.get(key)) for key in layout.labels]),
        *(piece for table in layout.tables for piece in table(galley)),
        *_paragraphs(galley, words.get("after", ()), known, space=galley.measures.gap),
        *remarks(galley, notes),
    ]


def deferred_materials(galley: Galley) -> list[Piece]:
    """What is to follow, until when, by which rule."""
    lines = [(line.material, line.due, line.rule) for line in galley.facts.deferred]
    return listing(galley, "deferred", galley.measures.deferred, lines)


def _declared(galley: Galley) -> list[Piece]:
    lines = [(line.name,) for line in galley.facts.materials]
    return listing(galley, "declared", galley.measures.declared, lines)


def _returned(galley: Galley) -> list[Piece]:
    lines = [(line.name, line.copies) for line in galley.facts.materials]
    return listing(galley, "returned", galley.measures.returned, lines)


def _delivered(galley: Galley) -> list[Piece]:
    lines = [(line.title, line.number) for line in galley.facts.delivered]
    return listing(galley, "delivered", galley.measures.delivered, lines)


def _other_cases(galley: Galley) -> list[Piece]:
    lines = [(line.item, line.organ, line.case_number, line.state) for line in galley.facts.other_cases]
    return listing(galley, "other_cases", galley.measures.other_cases, lines)


def said_of(facts: PaperFacts) -> Mapping[str, str | None]:
    """All that a sentence of these papers may name, as it is printed; None or empty where the facts leave it open."""
    return {
        **{f"organ_{name}": full_width(value) for name, value in facts.organ},
        "addressed": facts.addressed_as,
        "applicant": facts.applicant_name,
        "identity": identity(facts),
        "identifier": full_width(facts.applicant_identifier),
        "attendee": full_width(facts.attendee).rpartition("：")[2] if facts.attendee else None,
        "item": full_width(facts.item_name),
        "task_code": facts.task_code,
        "department": facts.organ.department,
        "case_number": facts.case_number,
        "query_code": facts.query_code,
        "hall": full_width(facts.hall_name),
        "window": f"{facts.hall_name}{facts.window_no}号窗口",
        "clerk": f"{facts.clerk_name}（工号{facts.clerk_no}）",
        "applied_on": day(facts.applied_on),
        "received_at": minute(facts.received_at),
        "issued_at": minute(facts.issued_at),
        "accepted_on": _said(facts.accepted_on),
        "promised_date": _said(facts.promised_date),
        "collection": facts.collection,
        "basis": clause(facts.basis),
        "refers_to": facts.refers_to,
        "outcome": _outcome(facts.title),
        "title_kind": facts.title[-3:],
        "agent_number": _BLANK,  # written in by hand: no paper of the window bears an identifier in the open
        **{name: _said(value) for name, value in facts.entries},
    }


def _outcome(title: str) -> str:
    """What is decided, as the title of a decision says it: 不予登记 of 不动产不予登记告知书."""
    words = next((title.removesuffix(end) for end in _ENDINGS if title.endswith(end)), title)
    found = _DECIDES.search(words)
    return words if found is None else found[0]


def _said(value: object) -> str | None:
    if isinstance(value, date):
        return day(value)
    if isinstance(value, Decimal):
        return f"{value:,.2f}元"
    return None if value is None else clause(str(value))


def filled(sentences: Iterable[str], known: Mapping[str, str | None]) -> list[list[Span]]:
    """Each sentence whose places are all known, filled in."""
    return [spans(each, **known) for each in sentences if all(known.get(name) for name in places_in(each))]


def _paragraphs(
    galley: Galley, paragraphs: Iterable[Sequence[str]], known: Mapping[str, str | None], *, space: float = 0.0
) -> list[Piece]:
    pieces: list[Piece] = []
    for sentences in paragraphs:
        text = [span for said in filled(sentences, known) for span in said]
        if text:
            pieces += paragraph(galley, text, space=0.0 if pieces else space)
    return pieces


_CASE = ("item", "department", "query_code")
LAYOUTS: Mapping[PaperKind, Layout] = MappingProxyType(
    {
        PaperKind.CORRECTION_SLIP: Layout((*_CASE, "window"), [received_materials]),
        PaperKind.DEFERRAL_PLEDGE: Layout((), [deferred_materials], addressed=False),
        PaperKind.DECLARATION: Layout(("item", "department"), [_declared], addressed=False),
        PaperKind.POWER_OF_ATTORNEY: Layout(
            ("item", "attendee", "agent_number", "scope", "valid_until"), addressed=False
        ),
        PaperKind.PRIVACY_NOTICE: Layout((), addressed=False),
        PaperKind.SPECIAL_PROCEDURE_NOTICE: Layout((*_CASE, "procedure", "begins_on", "time_needed", "promised_date")),
        PaperKind.HEARING_NOTICE: Layout((*_CASE, "matter")),
        PaperKind.EXTENSION_NOTICE: Layout((*_CASE, "promised_date", "extended_by", "new_date", "approved_by")),
        PaperKind.FEE_NOTICE: Layout(
            (*_CASE, "fee_name", "amount", "pay_by", "pay_where", "payment_code", "fee_basis")
        ),
        PaperKind.GRANT: Layout((*_CASE, "decided_on", "licence", "valid_until", "collection")),
        PaperKind.DENIAL: Layout((*_CASE, "decided_on")),
        PaperKind.TERMINATION_NOTICE: Layout((*_CASE, "ended_on")),
        PaperKind.WITHDRAWAL_NOTICE: Layout((*_CASE, "withdrawn_on")),
        PaperKind.ORIGINALS_RECEIPT: Layout(("item", "department"), [_returned]),
        PaperKind.DELIVERY_RECORD: Layout(
            ("recipient", "manner", "place", "tracking_number", "item", "clerk"), [_delivered], addressed=False
        ),
        PaperKind.BUNDLE_SLIP: Layout(("theme", "received_at", "window"), [_other_cases]),
    }
)
