"""The clocks that run by themselves: silence becomes 视为受理, a correction that never came lapses.

Run when the window opens and when the day turns; late is harmless, for the dates are reckoned, not observed.
"""

from dataclasses import replace

import structlog
from sqlalchemy import Connection

from client.desk.acceptance import accepted
from client.desk.counter import Counter
from client.desk.staff import Staff
from client.desk.telling import tell
from client.errors import CaseError
from client.rules.case import Act, Actor, State, move
from client.rules.items import AcceptanceMode
from client.rules.rights import Role
from client.store import audit
from client.store.cases import CaseRecord
from client.text import chinese

log = structlog.get_logger(__name__)

CALENDAR = Staff("calendar", chinese("期限届满"), Role.CLERK)


def run_clocks(counter: Counter) -> int:
    """Move every case whose own clock ran out before today; returns how many. Each is one transaction.

    A case that cannot be moved is logged and left: it never holds up another.
    """
    with counter.memory.read() as connection:
        overdue = counter.memory.cases.overdue(connection, counter.today())
    return sum(_tried(counter, case_id) for case_id in overdue)


def _tried(counter: Counter, case_id: int) -> bool:
    try:
        with counter.memory.begin() as connection:
            record = counter.case(connection, case_id)
            if not _runs_by_itself(counter, record):
                return False
            _run_out(counter, connection, record)
    except CaseError as error:
        log.warning("clock not run", case=case_id, code=error.code)
        return False
    return True


def _runs_by_itself(counter: Counter, record: CaseRecord) -> bool:
    """Whether the end of this clock is an act: where the department accepts, it alone knows whether it answered."""
    if record.state is State.AWAITING_CORRECTION:
        return True
    at_window = record.item.acceptance_mode is AcceptanceMode.WINDOW
    return record.state is State.RECEIVED and at_window and counter.regime(record).deems_acceptance


def _run_out(counter: Counter, connection: Connection, record: CaseRecord) -> None:
    awaiting = record.state is State.AWAITING_CORRECTION
    act = Act.LAPSE_CORRECTION if awaiting else Act.DEEM_ACCEPTED
    state = move(counter.standing(record), act, Actor.CALENDAR).state
    record = replace(record, state=state, clock_due=None)
    now = counter.clock()
    if act is Act.DEEM_ACCEPTED and record.received_at:
        # 行政许可法 第三十二条第一款第四项: deemed accepted from the day the materials were received.
        record, _ = accepted(counter, connection, record, state, record.received_at.date())
    counter.memory.cases.save(connection, record)
    tell(counter, connection, record, CALENDAR, act)
    audit.add(connection, now, CALENDAR.staff_no, act, record.number or "", "done", {})
