"""What acceptance means for a case, whoever accepts it: the window, the department behind it, or silence."""

from dataclasses import replace
from datetime import date

from sqlalchemy import Connection

from client.desk.completeness import SlotState
from client.desk.counter import Counter
from client.rules import deadlines
from client.rules.case import State
from client.rules.deadlines import DueDate
from client.store.cases import CaseRecord, SlotFacts, SlotRecord


def accepted(
    counter: Counter, connection: Connection, record: CaseRecord, state: State, on: date
) -> tuple[CaseRecord, DueDate | None]:
    """The case as accepted on that day, and its promised date. No clock of intake runs any more.

    The last day of every 容缺 material is written at once; the case itself is for the caller to save.
    """
    promised = deadlines.promised_date(record.item, on, counter.calendar)
    due = promised.date if promised else None
    record = replace(record, state=state, accepted_on=on, promised_date=due, clock_due=None)
    return _with_supply_dates(counter, connection, record, on, promised), promised


def acceptance_day(record: CaseRecord, today: date) -> date:
    """The day the handling clock starts: of the correction, of a paper acceptance typed in later, or today."""
    if record.corrected_on:
        return record.corrected_on
    if record.state is State.DRAFT and record.late_entry and record.received_at:
        return record.received_at.date()
    return today


def keep_slot(counter: Counter, connection: Connection, record: CaseRecord, slot: SlotRecord) -> SlotRecord:
    """Write a material as `slot` now says it is; returns it."""
    facts = SlotFacts(
        slot.state,
        slot.copies_original,
        slot.copies_photocopy,
        slot.compared,
        slot.original_returned,
        slot.substitute,
        slot.supply_due,
    )
    counter.memory.cases.set_slot(connection, record.case_id, slot.key, facts)
    return slot


def given_back(counter: Counter, connection: Connection, record: CaseRecord) -> CaseRecord:
    """The case with every original back in the applicant's hands."""
    slots = {
        key: keep_slot(counter, connection, record, replace(slot, original_returned=True))
        if slot.copies_original and not slot.original_returned
        else slot
        for key, slot in record.slots.items()
    }
    return replace(record, slots=slots)


def _with_supply_dates(
    counter: Counter, connection: Connection, record: CaseRecord, on: date, promised: DueDate | None
) -> CaseRecord:
    slots = dict(record.slots)
    if not any(slot.state == SlotState.DEFERRED for slot in slots.values()):
        return record
    for material in record.item.materials:
        slot, rule = slots.get(material.key), material.deferral_rule
        if slot is None or slot.state != SlotState.DEFERRED or rule is None:
            continue
        limit = promised or deadlines.due_date(on, rule.supply_limit, counter.calendar)
        due = deadlines.supply_due(on, rule, limit, counter.calendar).date
        slots[material.key] = keep_slot(counter, connection, record, replace(slot, supply_due=due))
    return replace(record, slots=slots)
