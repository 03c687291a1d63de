"""What each kind of paper says, and in which order; the article it cites comes with the facts of the item."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from client.ports.papers import PaperFacts, PaperKind
from client.text import listed
from printing.faults import INCOMPLETE, PaperError
from printing.papers.flow import MEASURE, Piece
from printing.papers.letter import GAP, labelled, paragraph, received_materials, remarks, salutation
from printing.papers.signing import ending
from printing.papers.tables import Cell, rows
from printing.papers.text import Span
from printing.papers.wording import bracketed, clause, day, full_width, minute, sentence, spans, wording

_DEFECTS = (36.0, 128.0, 155.0, MEASURE - 36.0 - 128.0 - 155.0)


def body(facts: PaperFacts) -> list[Piece]:
    """All pieces of a paper below its letterhead. Raises PaperError naming what the facts lack.

    The last of the text stays with the place of the seal: a seal alone on a page could be put under any text.
    """
    *text, last = _KINDS[facts.kind](facts)
    return [*text, replace(last, with_next=True), *ending(facts)]


def _receiving_slip(facts: PaperFacts) -> list[Piece]:
    words, received = wording()[facts.kind], minute(facts.received_at)
    notes = _notes(facts, facts.notes)
    if not any("收件不等于" in note for note in facts.notes):
        notes.insert(0, spans(words["meaning"]))
    text = spans(words["received"], **_common(facts), received_at=received)
    window = f"{facts.hall_name}{facts.window_no}号窗口"
    return [
        *salutation(facts),
        *paragraph([*text, *spans(words["basis"], basis=clause(facts.basis))]),
        *labelled(
            [
                ("item", facts.item_name),
                ("department", facts.organ.department),
                ("received_at", received),
                ("query_code", facts.query_code),
                ("window", window),
                ("fee", facts.fee),
                ("task_code", facts.task_code),
            ]
        ),
        *received_materials(facts),
        *remarks(notes),
    ]


def _acceptance_notice(facts: PaperFacts) -> list[Piece]:
    _require(facts, paper_number="文书编号")
    words = wording()[facts.kind]
    finding, notes = _finding(facts)
    text = spans(words["received"], **_common(facts), finding=finding or words["finding"])
    text += spans(words["decided"], basis=clause(facts.basis))
    if facts.promised_date is not None:
        text += spans(words["promised"], promised_date=day(facts.promised_date))
    return [
        *salutation(facts),
        *paragraph([*text, Span(bracketed(_conditions(facts)) + "。")]),
        *labelled(
            [
                ("item", facts.item_name),
                ("department", facts.organ.department),
                ("task_code", facts.task_code),
                ("accepted_on", day(facts.accepted_on or facts.issued_at)),
                ("limit", facts.limit_text),
                ("fee", facts.fee),
                ("collection", facts.collection),
                ("query_code", facts.query_code),
            ]
        ),
        *received_materials(facts),
        *remarks(_notes(facts, notes)),
    ]


def _finding(facts: PaperFacts) -> tuple[str, Sequence[str]]:
    """The regime's own words on competence and completeness, as a clause, and the other notes."""
    if not facts.notes or "申请材料" not in facts.notes[0]:
        return "", facts.notes
    finding = clause(facts.notes[0]).removeprefix("经审查，")
    return finding.removesuffix("予以受理").removesuffix("决定").rstrip("，"), facts.notes[1:]


def _conditions(facts: PaperFacts) -> list[str]:
    """What limits the promised date: a forecast calendar, and the times the law does not count."""
    parts = [wording()["shared"]["forecast"]] if facts.promised_date and facts.promised_is_forecast else []
    if facts.excluded_time:
        times = clause(facts.excluded_time)
        words = wording()[facts.kind]["excluded_time" if times.endswith("时间") else "excluded"]
        parts.append(times if "不计入" in times else words.format(excluded_time=times))
    return parts


def _correction_notice(facts: PaperFacts) -> list[Piece]:
    _require(facts, paper_number="文书编号", defects="补正内容")
    words = wording()[facts.kind]
    return [
        *salutation(facts),
        *paragraph(spans(words["received"], **_common(facts), basis=clause(facts.basis))),
        *_defects(facts),
        *paragraph(_how_to_correct(facts), space=GAP),
        *labelled(_which_case(facts)),
        *received_materials(facts),
        *remarks(_notes(facts, facts.notes)),
    ]


def _how_to_correct(facts: PaperFacts) -> list[Span]:
    """Until when, what otherwise, where the materials are, whom to ask."""
    words = wording()[facts.kind]
    forecast = bracketed([wording()["shared"]["forecast"]] if facts.correction_due_is_forecast else [])
    text = spans(words["due_open"])
    if facts.correction_due is not None:
        text = spans(words["due"], correction_due=day(facts.correction_due), forecast=forecast)
    if facts.lapse_text:
        text.append(Span(sentence(facts.lapse_text)))
    if facts.materials_kept is not None:
        text += spans(words["kept" if facts.materials_kept else "returned"])
    text += spans(words["window"], hall_name=full_width(facts.hall_name), window_no=facts.window_no)
    return text + spans(words["advice"], advice_phone=facts.organ.advice_phone)


def _non_acceptance_notice(facts: PaperFacts) -> list[Piece]:
    _require(facts, paper_number="文书编号", ground="不予受理理由")
    words = wording()[facts.kind]
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
        *salutation(facts),
        *paragraph(decision),
        *_defects(facts),
        *paragraph(rights, space=GAP if facts.defects else 0.0),
        *labelled(_which_case(facts)),
        *received_materials(facts),
        *remarks(_notes(facts, facts.notes)),
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


def _defects(facts: PaperFacts) -> list[Piece]:
    """All that must be corrected, in one table."""
    header = [Cell(label, shaded=True) for label in wording()["labels"]["defects"]]
    table = [
        [Cell(full_width(text)) for text in (str(number), defect.material, defect.problem, defect.requirement)]
        for number, defect in enumerate(facts.defects, start=1)
    ]
    return rows(_DEFECTS, table, header=header, space=GAP) if table else []


def _notes(facts: PaperFacts, notes: Sequence[str]) -> list[list[Span]]:
    """The regime's further sentences and, for a back-entry, the number of the paper-pad sheet."""
    sentences = [[Span(sentence(note))] for note in notes]
    if facts.late_entry_pad_number:
        sentences.append(spans(wording()["shared"]["late_entry"], pad_number=facts.late_entry_pad_number))
    return sentences


def _require(facts: PaperFacts, **fields: str) -> None:
    missing = [name for field, name in fields.items() if not getattr(facts, field)]
    if missing:
        raise PaperError(INCOMPLETE, missing=listed(missing))


_KINDS: Mapping[PaperKind, Callable[[PaperFacts], list[Piece]]] = {
    PaperKind.RECEIVING_SLIP: _receiving_slip,
    PaperKind.ACCEPTANCE_NOTICE: _acceptance_notice,
    PaperKind.CORRECTION_NOTICE: _correction_notice,
    PaperKind.NON_ACCEPTANCE_NOTICE: _non_acceptance_notice,
}
