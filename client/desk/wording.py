"""What a case says on paper and on the wire: its facts, gathered once, in the transaction of the act."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from pydantic_core import to_json

from client.config import Settings
from client.desk.completeness import SlotState, state_of
from client.desk.looks import look_of
from client.desk.staff import Staff
from client.ports.papers import (
    DefectLine,
    DeferredLine,
    MaterialLine,
    OrganFacts,
    PaperFacts,
    PaperKind,
)
from client.rules.case import State
from client.rules.identity import CAPACITY_WORDS, Applicant, ApplicantKind, Attendee, Capacity
from client.rules.items import Material, Substitute, slots_needed
from client.rules.masking import identifier_line
from client.rules.regimes import INSTEAD, Ground, Regime, paper_title
from client.store.cases import CaseRecord, SlotRecord
from client.text import chinese, source_of

NOTHING = "—"
RETURNED = chinese("已退还")
_OF_DEFERRALS = frozenset({PaperKind.DEFERRAL_NOTICE, PaperKind.DEFERRAL_PLEDGE})
SUBSTITUTE_FORMS: Mapping[str, str] = {
    Substitute.ELICENCE: chinese("电子证照"),
    Substitute.SHARED_DATA: chinese("数据共享核验"),
    Substitute.DECLARATION: chinese("告知承诺"),
    Substitute.GENERATED: chinese("表单生成"),
    Substitute.CARD_READ: chinese("已读卡"),
}


@dataclass(frozen=True, slots=True)
class PaperFrame:
    """What the act adds to the case on its paper."""

    kind: PaperKind
    at: datetime
    number: str | None = None
    defects: Sequence[DefectLine] = ()
    materials_kept: bool | None = None
    correction_due: date | None = None
    ground: Ground | None = None
    explanation: str = ""
    competent_organ: str | None = None
    promised_is_forecast: bool = False
    correction_is_forecast: bool = False
    article: str = ""
    refers_to: str | None = None


def paper_facts(record: CaseRecord, frame: PaperFrame, by: Staff, settings: Settings, regime: Regime) -> PaperFacts:
    """Freeze what the paper of `frame.kind` will state; `record` is the case as the act leaves it."""
    applicant, attendee = _people(record)
    item = record.item
    received_at = record.received_at or frame.at
    return PaperFacts(
        kind=frame.kind,
        title=paper_title(item, regime, frame.kind, frame.ground),
        paper_number=frame.number,
        case_number=record.number or "",
        query_code=record.query_code or "",
        issued_at=frame.at,
        organ=organ_facts(record, frame.kind, settings),
        hall_name=settings.hall_name,
        window_no=settings.window_no,
        clerk_name=by.name,
        clerk_no=by.staff_no,
        clerk_phone=settings.clerk_phone,
        applicant_name=applicant.name,
        addressed_as=chinese("你") if applicant.kind is ApplicantKind.PERSON else chinese("你单位"),
        applicant_identifier=identifier_line(applicant.identifier_kind, applicant.identifier),
        attendee=_attendee_words(attendee),
        item_name=item.name,
        task_code=item.task_code,
        applied_on=received_at.date(),
        received_at=received_at,
        accepted_on=record.accepted_on,
        basis=frame.article,
        limit_text=item.limit_words,
        promised_date=record.promised_date,
        promised_is_forecast=frame.promised_is_forecast,
        excluded_time=item.excluded_time or None,
        fee=item.fee,
        collection=collection_words(record),
        materials=listed_materials(record, frame.kind),
        defects=frame.defects,
        correction_due=frame.correction_due,
        correction_due_is_forecast=frame.correction_is_forecast,
        lapse_text=item.lapse_text or None,
        materials_kept=frame.materials_kept,
        ground=_ground_words(frame),
        competent_organ=frame.competent_organ,
        refers_to=frame.refers_to,
        deferred=deferred_lines(record) if frame.kind in _OF_DEFERRALS else (),
        notes=_notes(record, frame, regime),
        late_entry_pad_number=record.pad_number,
        look=look_of(record, settings, frame.at.date()),
    )


def organ_facts(record: CaseRecord, kind: PaperKind, settings: Settings) -> OrganFacts:
    """The organ's letterhead and phones: the catalogue's, as the hall's settings correct them."""
    organ = record.item.organ
    facts = {
        "uscc": organ.uscc,
        "name": organ.name,
        "department": organ.department,
        "organ_word": organ.organ_words.get(kind) or organ.organ_words.get(INSTEAD.get(kind, ""), ""),
        "advice_phone": organ.advice_phone,
        "supervision_phone": organ.supervision_phone,
        "review_organ": organ.review_organ,
        "court": organ.court,
    }
    return OrganFacts(**{**facts, **settings.organs.get(organ.uscc, {})})


def collection_words(record: CaseRecord) -> str | None:
    return next((way.label for way in record.item.collection if way.key == record.collection), None)


def material_lines(record: CaseRecord) -> tuple[MaterialLine, ...]:
    """The table of materials received, in the catalogue's order; what is not there is not listed."""
    return tuple(
        _material_line(material, slot)
        for material in slots_needed(record.item, record.situations)
        if (slot := record.slots.get(material.key)) and slot.state not in {SlotState.MISSING, SlotState.DEFERRED}
    )


def listed_materials(record: CaseRecord, kind: PaperKind) -> tuple[MaterialLine, ...]:
    """What of the materials a paper lists."""
    lines = material_lines(record)
    if kind is PaperKind.DECLARATION:
        return tuple(line for line in lines if line.form == SUBSTITUTE_FORMS[Substitute.DECLARATION])
    if kind is PaperKind.ORIGINALS_RECEIPT:
        return returned_originals(record)
    return lines


def returned_originals(record: CaseRecord) -> tuple[MaterialLine, ...]:
    """The originals that went back, without the copies of them that stayed."""
    return tuple(
        MaterialLine(
            name=material.name, form=chinese("原件"), copies=str(slot.copies_original), pages=NOTHING, original=RETURNED
        )
        for material in slots_needed(record.item, record.situations)
        if (slot := record.slots.get(material.key)) and slot.original_returned and slot.copies_original
    )


def _material_line(material: Material, slot: SlotRecord) -> MaterialLine:
    if slot.state in {SlotState.WAIVED, SlotState.DECLARED} and slot.substitute:
        original = chinese("免提交") if slot.state == SlotState.WAIVED else NOTHING
        form = SUBSTITUTE_FORMS[slot.substitute]
        return MaterialLine(name=material.name, form=form, copies=NOTHING, pages=NOTHING, original=original)
    return MaterialLine(
        name=material.name,
        form=_form_words(slot),
        copies=_copies_words(slot),
        pages=str(slot.sheets or NOTHING),
        original=_original_words(slot),
    )


def _form_words(slot: SlotRecord) -> str:
    if slot.substitute:
        return SUBSTITUTE_FORMS[slot.substitute]
    kinds = [
        word
        for count, word in ((slot.copies_original, chinese("原件")), (slot.copies_photocopy, chinese("复印件")))
        if count
    ]
    return "／".join(kinds) or chinese("电子文件")


def _copies_words(slot: SlotRecord) -> str:
    originals, photocopies = slot.copies_original, slot.copies_photocopy
    if originals and photocopies:
        return f"各{originals}" if originals == photocopies else f"{originals}／{photocopies}"
    return str(originals or photocopies or NOTHING)


def _original_words(slot: SlotRecord) -> str:
    if not slot.copies_original:
        return chinese("与原件核对无误") if slot.compared else NOTHING
    return RETURNED if slot.original_returned else chinese("留存")


def _notes(record: CaseRecord, frame: PaperFrame, regime: Regime) -> tuple[str, ...]:
    """The sentences of the regime and of the ground; those of a 容缺受理通知书 name the last day."""
    notes = tuple(regime.notes.get(frame.kind, ()))
    if frame.kind is not PaperKind.DEFERRAL_NOTICE:
        return (*notes, *(frame.ground.notes if frame.ground else ()))
    due = max(slot.supply_due or frame.at.date() for slot in record.slots.values() if _is_deferred(slot))
    return tuple(note.format_map({"due": _day(due)}) for note in notes)


def deferral_rules(record: CaseRecord) -> str:
    """By what a case is accepted with materials to follow: the local rules, for no law of the state knows 容缺."""
    return "、".join(dict.fromkeys(line.rule for line in deferred_lines(record)))


def deferred_lines(record: CaseRecord) -> tuple[DeferredLine, ...]:
    """The 容缺 materials of a case, in the catalogue's order."""
    return tuple(
        DeferredLine(
            material=material.name,
            due=_day(slot.supply_due) if slot.supply_due else NOTHING,
            rule=material.deferral_rule.citation,
        )
        for material in record.item.materials
        if (slot := record.slots.get(material.key)) and _is_deferred(slot) and material.deferral_rule
    )


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _is_deferred(slot: SlotRecord) -> bool:
    return slot.state == SlotState.DEFERRED


def _attendee_words(attendee: Attendee) -> str | None:
    if attendee.capacity is Capacity.SELF:
        return None
    return f"{source_of(CAPACITY_WORDS[attendee.capacity])}：{attendee.name}"


def _ground_words(frame: PaperFrame) -> str | None:
    if frame.ground is None:
        return None
    return frame.ground.words + (f"：{frame.explanation}" if frame.explanation else "")


def _people(record: CaseRecord) -> tuple[Applicant, Attendee]:
    if record.applicant is None or record.attendee is None:  # require_people ran before
        raise ValueError("a paper without applicant or attendee")
    return record.applicant, record.attendee


def event_data(record: CaseRecord, state: State, by: Staff, settings: Settings, **act: object) -> bytes:
    """The case as the platform is told of it: JSON text, whole, so that one event alone rebuilds the case."""
    files = [
        {
            "sha256": p.sha256,
            "size": p.size,
            "media_type": p.media_type,
            "name": p.name,
            "slot": key,
            "sheets": p.sheets,
        }
        for key, slot in record.slots.items()
        for p in slot.taken_in
    ]
    data: dict[str, Any] = {
        "case_number": record.number,
        "case_key": record.key,
        "state": state,
        "item": {
            "task_code": record.item.task_code,
            "task_handle_item": record.item.task_handle_item,
            "version": record.item.version,
            "name": record.item.name,
        },
        "hall": settings.hall_code,
        "window": settings.window_no,
        "clerk": by.staff_no,
        "applicant": record.applicant,
        "attendee": record.attendee,
        "situations": record.situations,
        "answers": record.answers,
        "materials": [_material_data(record, material) for material in slots_needed(record.item, record.situations)],
        "files": files,
        "query_code": record.query_code,
        "received_at": record.received_at and record.received_at.isoformat(),  # in the hall's zone, not UTC
        "corrected_on": record.corrected_on,
        "accepted_on": record.accepted_on,
        "promised_date": record.promised_date,
        "collection": record.collection,
        "late_entry": record.late_entry,
        "pad_number": record.pad_number,
        **act,
    }
    return to_json(data)


def _material_data(record: CaseRecord, material: Material) -> dict[str, object]:
    slot = record.slots.get(material.key)
    if slot is None:
        return {"key": material.key, "name": material.name, "state": state_of(record, material.key)}
    return {
        "key": material.key,
        "name": material.name,
        "state": slot.state,
        "copies_original": slot.copies_original,
        "copies_photocopy": slot.copies_photocopy,
        "compared": slot.compared,
        "original_returned": slot.original_returned,
        "substitute": slot.substitute,
        "supply_due": slot.supply_due,
        "pages": slot.sheets,
    }
