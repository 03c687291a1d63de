"""容缺补齐: a material that was let follow is handed in after acceptance, before the decision."""

from dataclasses import replace

from client.desk.acceptance import keep_slot
from client.desk.completeness import SlotState
from client.desk.counter import Counter, case_name
from client.desk.drafting import material_of
from client.desk.staff import Staff
from client.desk.telling import tell
from client.errors import CaseError, Fault
from client.rules.case import State
from client.rules.items import OriginalStays
from client.rules.rights import Right
from client.store import audit
from client.store.cases import CaseRecord
from client.text import tr

BEFORE_DECISION = frozenset(
    {State.ACCEPTED, State.DEEMED_ACCEPTED, State.REVIEW, State.SPECIAL_PROCEDURE, State.SUSPENDED}
)

NOT_AWAITED = Fault(
    "CASE-221",
    tr("办件 {case} 的材料“{material}”不在容缺待补之列"),
    tr("受理后只能补交承诺容缺后补的材料；请核对容缺受理通知书所列材料"),
)


def supply(counter: Counter, case_id: int, by: Staff, slot: str, pages: dict[str, bytes]) -> int:
    """Take in the pages (name → content) of a deferred material, whole; returns how many are still awaited.

    Late is taken too: what follows from the lapsed day is the department's to decide. Raises CaseError.
    """
    counter.permit(by, Right.INTAKE, f"case:{case_id}")
    facts = {name: counter.inspect(content, name) for name, content in pages.items()}
    sealed = {name: counter.memory.files.put(content) for name, content in pages.items()}
    cases = counter.memory.cases
    with counter.memory.begin() as connection:
        record = counter.case(connection, case_id)
        material = material_of(record.item, slot)
        known = record.slots.get(slot)
        if record.state not in BEFORE_DECISION or known is None or known.state != SlotState.DEFERRED or not pages:
            raise CaseError(NOT_AWAITED, case=case_name(record), material=material.name)
        complete = replace(
            known,
            state=SlotState.COMPLETE,
            copies_original=material.copies_original,
            copies_photocopy=material.copies_photocopy,
            original_returned=material.original is OriginalStays.RETURNED,
        )
        keep_slot(counter, connection, record, complete)
        now = counter.clock()
        for name in pages:
            cases.add_page(connection, known.slot_id, name, sealed[name], facts[name], now)
        record = counter.case(connection, case_id)
        files = {file.sha256 for file in sealed.values()}
        tell(counter, connection, record, by, "supply", event_type="case.supplied", files=files, more={"slot": slot})
        audit.add(connection, now, by.staff_no, "supply", case_name(record), "done", {"slot": slot})
    return awaited(record)


def awaited(record: CaseRecord) -> int:
    """How many materials are still to follow."""
    return sum(slot.state == SlotState.DEFERRED for slot in record.slots.values())
