"""What each kind of paper says, and in which order; the article it cites comes with the facts of the item."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from client.ports.papers import PaperFacts, PaperKind
from client.rules.papers import PAPER_RULES
from client.text import listed
from printing.faults import INCOMPLETE, PaperError
from printing.papers.flow import Piece
from printing.papers.further import LAYOUTS, deferred_materials, further
from printing.papers.galley import Galley
from printing.papers.letter import beside, labelled, listing, paragraph, received_materials, remarks, salutation
from printing.papers.signing import ending
from printing.papers.text import Span
from printing.papers.wording import bracketed, clause, day, full_width, minute, sentence, spans

_HELD = 160.0  # points: what stands below the text, a few lines at most, is not torn apart


def body(galley: Galley) -> list[Piece]:
    """All pieces of a paper below its letterhead. Raises PaperError naming what the facts lack.

    The last of the text stays with the place of the seal: a seal alone on a page could be put under any text.
    """
    kind = galley.facts.kind
    if PAPER_RULES[kind].sealed:
        _require(galley.facts, paper_number="文书编号")
    written = further(galley) if kind in LAYOUTS else _KINDS[kind](galley)
    *text, last = written
    below = beside(galley)
    if sum(piece.height for piece in below) > _HELD:
        *text, last = [*written, *below]
        below = []
    return [*text, *(replace(piece, with_next=True) for piece in (last, *below)), *ending(galley)]


def _receiving_slip(galley: Galley) -> list[Piece]:
    facts, words = galley.facts, galley.words
    received = minute(facts.received_at)
    notes = _notes(galley, facts.notes)
    if not any("收件不等于" in note for note in facts.notes):
        notes.insert(0, spans(words["meaning"]))
    text = spans(words["received"], **_common(facts), received_at=received)
    window = f"{facts.hall_name}{facts.window_no}号窗口"
    return [
        *salutation(galley),
        *paragraph(galley, [*text, *spans(words["basis"], basis=clause(facts.basis))]),
        *labelled(
            galley,
            [
                ("item", facts.item_name),
                ("department", facts.organ.department),
                ("received_at", received),
                ("query_code", facts.query_code),
                ("window", window),
                ("fee", facts.fee),
                ("task_code", facts.task_code),
            ],
        ),
        *received_materials(galley),
        *remarks(galley, notes),
    ]


def _acceptance_notice(galley: Galley) -> list[Piece]:
    facts, words = galley.facts, galley.words
    finding, notes = _finding(facts)
    text = spans(words["received"], **_common(facts), finding=finding or words["finding"])
    text += spans(words["decided"], basis=clause(facts.basis))
    if facts.promised_date is not None:
        text += spans(words["promised"], promised_date=day(facts.promised_date))
    return [
        *salutation(galley),
        *paragraph(galley, [*text, Span(bracketed(_conditions(galley)) + "。")]),
        *labelled(
            galley,
            [
                ("item", facts.item_name),
                ("department", facts.organ.department),
                ("task_code", facts.task_code),
                ("accepted_on", day(facts.accepted_on or facts.issued_at)),
                ("limit", facts.limit_text),
                ("fee", facts.fee),
                ("collection", facts.collection),
                ("query_code", facts.query_code),
            ],
        ),
        *received_materials(galley),
        *deferred_materials(galley),
        *remarks(galley, _notes(galley, notes)),
    ]


def _finding(facts: PaperFacts) -> tuple[str, Sequence[str]]:
    """The regime's own words on competence and completeness, as a clause, and the other notes."""
    if not facts.notes or "申请材料" not in facts.notes[0]:
        return "", facts.notes
    finding = clause(facts.notes[0]).removeprefix("经审查，")
    return finding.removesuffix("予以受理").removesuffix("决定").rstrip("，"), facts.notes[1:]


def _conditions(galley: Galley) -> list[str]:
    """What limits the promised date: a forecast calendar, and the times the law does not count."""
    facts = galley.facts
    parts = [galley.shared["forecast"]] if facts.promised_date and facts.promised_is_forecast else []
    if facts.excluded_time:
        times = clause(facts.excluded_time)
        words = galley.words["excluded_time" if times.endswith("时间") else "excluded"]
        parts.append(times if "不计入" in times else words.format(excluded_time=times))
    return parts


def _correction_notice(galley: Galley) -> list[Piece]:
    facts, words = galley.facts, galley.words
    _require(facts, defects="补正内容")
    return [
        *salutation(galley),
        *paragraph(galley, spans(words["received"], **_common(facts), basis=clause(facts.basis))),
        *_defects(galley),
        *paragraph(galley, _how_to_correct(galley), space=galley.measures.gap),
        *labelled(galley, _which_case(facts)),
        *received_materials(galley),
        *remarks(galley, _notes(galley, facts.notes)),
    ]


def _how_to_correct(galley: Galley) -> list[Span]:
    """Until when, what otherwise, where the materials are, whom to ask."""
    facts, words = galley.facts, galley.words
    forecast = bracketed([galley.shared["forecast"]] if facts.correction_due_is_forecast else [])
    text = spans(words["due_open"])
    if facts.correction_due is not None:
        text = spans(words["due"], correction_due=day(facts.correction_due), forecast=forecast)
    if facts.lapse_text:
        text.append(Span(sentence(facts.lapse_text)))
    if facts.materials_kept is not None:
        text += spans(words["kept" if facts.materials_kept else "returned"])
    text += spans(words["window"], hall_name=full_width(facts.hall_name), window_no=facts.window_no)
    return text + spans(words["advice"], advice_phone=facts.organ.advice_phone)


def _non_acceptance_notice(galley: Galley) -> list[Piece]:
    facts, words = galley.facts, galley.words
    _require(facts, ground="不予受理理由")
    outcome = "不受理" if "不受理" in facts.title else "不予受理"
    title_kind = facts.title[-3:] if facts.title.endswith(("通知书", "决定书", "告知书")) else "通知书"
    decision = spans(
        words["decided"],
        **_common(facts),
        ground=clause(facts.ground or ""),
        basis=clause(facts.basis),
        outcome=outcome,
    )
    if facts.competent_organ:
        decision += spans(words["competent"], competent_organ=full_width(facts.competent_organ))
    rights = spans(
        words["rights"],
        title_kind=title_kind,
        review_organ=full_width(facts.organ.review_organ),
        court=full_width(facts.organ.court),
    )
    return [
        *salutation(galley),
        *paragraph(galley, decision),
        *_defects(galley),
        *paragraph(galley, rights, space=galley.measures.gap if facts.defects else 0.0),
        *labelled(galley, _which_case(facts)),
        *received_materials(galley),
        *remarks(galley, _notes(galley, facts.notes)),
    ]


def _which_case(facts: PaperFacts) -> list[tuple[str, str | None]]:
    return [
        ("item", facts.item_name),
        ("department", facts.organ.department),
        ("task_code", facts.task_code),
        ("query_code", facts.query_code),
    ]


def _common(facts: PaperFacts) -> dict[str, str]:
    item = full_width(facts.item_name)
    return {"addressed": facts.addressed_as, "applied_on": day(facts.applied_on), "item": item}


def _defects(galley: Galley) -> list[Piece]:
    """All that must be corrected, in one table."""
    lines = [(defect.material, defect.problem, defect.requirement) for defect in galley.facts.defects]
    return listing(galley, "defects", galley.measures.defects, lines)


def _notes(galley: Galley, notes: Sequence[str]) -> list[list[Span]]:
    """The regime's further sentences and, for a back-entry, the number of the paper-pad sheet."""
    sentences = [[Span(sentence(note))] for note in notes]
    if pad_number := galley.facts.late_entry_pad_number:
        sentences.append(spans(galley.shared["late_entry"], pad_number=pad_number))
    return sentences


def _require(facts: PaperFacts, **fields: str) -> None:
    missing = [name for field, name in fields.items() if not getattr(facts, field)]
    if missing:
        raise PaperError(INCOMPLETE, missing=listed(missing))


_KINDS: Mapping[PaperKind, Callable[[Galley], list[Piece]]] = {
    PaperKind.RECEIVING_SLIP: _receiving_slip,
    PaperKind.ACCEPTANCE_NOTICE: _acceptance_notice,
    PaperKind.DEFERRAL_NOTICE: _acceptance_notice,
    PaperKind.CORRECTION_NOTICE: _correction_notice,
    PaperKind.NON_ACCEPTANCE_NOTICE: _non_acceptance_notice,
}
