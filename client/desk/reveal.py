"""查看完整信息: what the screen masks, shown to a person who says why; each time is in the books."""

from dataclasses import dataclass, field

from client.desk.counter import Counter, case_name, require_reason
from client.desk.staff import Staff
from client.rules.identity import Applicant, Attendee
from client.rules.rights import Right
from client.store import audit


@dataclass(frozen=True, slots=True)
class Revealed:
    """The people of one case, unmasked."""

    applicant: Applicant | None = field(repr=False)
    attendee: Attendee | None = field(repr=False)


def reveal(counter: Counter, case_id: int, by: Staff, reason: str) -> Revealed:
    """The people of a case as they are; who looked and why is noted before anything is shown.

    Raises CaseError without a reason, RightsError.
    """
    counter.permit(by, Right.INTAKE, f"case:{case_id}")
    require_reason(reason)
    with counter.memory.begin() as connection:
        record = counter.case(connection, case_id)
        audit.add(connection, counter.clock(), by.staff_no, "reveal", case_name(record), "done", {"reason": reason})
    return Revealed(record.applicant, record.attendee)
