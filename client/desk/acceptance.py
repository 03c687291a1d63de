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


def keep_slot(
    counter: Counter, connection: Connection, record: CaseRecord, slot: SlotRecord, state: SlotState, due: date | None
) -> SlotRecord:
    """Write another state of a material, and the last day to hand it in; the rest stays as it was taken in."""
    facts = SlotFacts(
        state,
        slot.copies_original,
        slot.copies_photocopy,
        slot.compared,
        slot.original_returned,
        slot.substitute,
        due,
    )
    counter.memory.cases.set_slot(connection, record.case_id, slot.key, facts)
    return replace(slot, state=state, supply_due=due)


def _with_supply_dates(
    counter: Counter, connection: Connection, record: CaseRecord, on: date, promised: DueDate | None
) -> CaseRecord:
    slots = dict(record.slots)
    for material in record.item.materials:
        slot, rule = slots.get(material.key), material.deferral_rule
        if slot is None or slot.state != SlotState.DEFERRED or rule is None:
            continue
        limit = promised or deadlines.due_date(on, rule.supply_limit, counter.calendar)
        due = deadlines.supply_due(on, rule, limit, counter.calendar).date
        slots[material.key] = keep_slot(counter, connection, record, slot, SlotState.DEFERRED, due)
    return replace(record, slots=slots)
