"""容缺补齐: a material that was let follow is handed in after acceptance, before the decision."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from sqlalchemy import Connection

from client.desk.acceptance import keep_slot
from client.desk.completeness import SlotState
from client.desk.counter import Counter, case_name
from client.desk.drafting import material_of
from client.desk.keeping import KeptPage
from client.desk.staff import Staff
from client.desk.telling import tell
from client.errors import CaseError, Fault
from client.rules.case import State
from client.rules.items import OriginalStays
from client.rules.rights import Right
from client.store import audit, pages
from client.store.cases import CaseRecord, SlotRecord
from client.text import tr

BEFORE_DECISION = frozenset(
    {State.ACCEPTED, State.DEEMED_ACCEPTED, State.REVIEW, State.SPECIAL_PROCEDURE, State.SUSPENDED}
)

NOT_AWAITED = Fault(
    "CASE-221",
    tr("办件 {case} 的材料“{material}”不在容缺待补之列"),
    tr("受理后只能补交承诺容缺后补的材料；请核对容缺受理通知书所列材料"),
)
NOTHING_THERE = Fault("CASE-227", tr("办件 {case} 的材料“{material}”还没有扫描"), tr("请先扫描要补齐的材料，再收下"))


def lay(counter: Counter, case_id: int, by: Staff, slot: str, page: KeptPage) -> int:
    """Put a page of a deferred material, whose file is on disk, there; returns how many of it wait to be handed in.

    Until then it is no part of the case, and the platform hears nothing of it. Raises CaseError.
    """
    with _awaited_slot(counter, case_id, by, slot) as (connection, _, known):
        named = replace(page, name=f"{slot}-{len(known.pages) + 1:03}.jpg")
        named.append(connection, known.slot_id, counter.clock(), pending=True)
    return len(known.pending) + 1


def take_away(counter: Counter, case_id: int, by: Staff, slot: str) -> None:
    """What was scanned of it and not handed in is wrong: it is forgotten. Raises CaseError."""
    with _awaited_slot(counter, case_id, by, slot) as (connection, _, known):
        pages.drop_pending(connection, known.slot_id)


def supply(counter: Counter, case_id: int, by: Staff, slot: str) -> int:
    """Take in what was scanned of a deferred material, whole; returns how many materials are still awaited.

    Late is taken too: what follows from the lapsed day is the department's to decide. Raises CaseError.
    """
    with _awaited_slot(counter, case_id, by, slot) as (connection, record, known):
        material = material_of(record.item, slot)
        if not known.pending:
            raise CaseError(NOTHING_THERE, case=case_name(record), material=material.name)
        complete = replace(
            known,
            state=SlotState.COMPLETE,
            copies_original=material.copies_original,
            copies_photocopy=material.copies_photocopy,
            original_returned=material.original is OriginalStays.RETURNED,
        )
        keep_slot(counter, connection, record, complete)
        pages.hand_in(connection, known.slot_id)
        whole = counter.case(connection, case_id)
        files = {page.sha256 for page in known.pending}
        tell(counter, connection, whole, by, "supply", event_type="case.supplied", files=files, more={"slot": slot})
        now, subject = counter.clock(), case_name(whole)
        audit.add(connection, now, by.staff_no, "supply", subject, "done", {"slot": slot})
    return awaited(whole)


def awaited(record: CaseRecord) -> int:
    """How many materials are still to follow."""
    return sum(slot.state == SlotState.DEFERRED for slot in record.slots.values())


@contextmanager
def _awaited_slot(
    counter: Counter, case_id: int, by: Staff, slot: str
) -> Iterator[tuple[Connection, CaseRecord, SlotRecord]]:
    """One transaction over a material that may still be handed in."""
    counter.permit(by, Right.INTAKE, f"case:{case_id}")
    with counter.memory.begin() as connection:
        record = counter.case(connection, case_id)
        material = material_of(record.item, slot)
        known = record.slots.get(slot)
        if record.state not in BEFORE_DECISION or known is None or known.state != SlotState.DEFERRED:
            raise CaseError(NOT_AWAITED, case=case_name(record), material=material.name)
        yield connection, record, known
