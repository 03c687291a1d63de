"""What is masked is shown to who says why, and that is in the books."""

import pytest

from client.desk.reveal import reveal
from client.errors import CaseError
from tests.desk.counter import CLERK, Desk


def test_each_look_has_a_reason_and_an_entry(desk: Desk) -> None:
    case_id = desk.draft()
    found = reveal(desk.counter, case_id, CLERK, "核对联系电话")
    applicant, attendee = desk.people("食品经营许可")
    assert (found.applicant, found.attendee) == (desk.record(case_id).applicant, desk.record(case_id).attendee)
    assert found.applicant is not None
    assert found.applicant.identifier == applicant.identifier
    assert attendee.name not in repr(found)
    assert desk.audited("reveal") == [("1001", f"draft:{case_id}", "done")]


def test_without_a_reason_nothing_is_shown(desk: Desk) -> None:
    case_id = desk.draft()
    with pytest.raises(CaseError, match="CASE-214"):
        reveal(desk.counter, case_id, CLERK, " ")
    with pytest.raises(CaseError, match="CASE-201"):
        reveal(desk.counter, 404, CLERK, "核对联系电话")
    assert desk.audited("reveal") == []
