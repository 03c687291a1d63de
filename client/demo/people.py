"""The people of the demo hall."""

from client.demo import CLERK_NAME, CLERK_NO, DEMO_PIN, SUPERVISOR_NAME, SUPERVISOR_NO
from client.desk.staff import Roster
from client.rules.rights import Role
from client.text import chinese

FIRST_NO = "admin"
PEOPLE = ((CLERK_NO, CLERK_NAME, Role.CLERK), (SUPERVISOR_NO, SUPERVISOR_NAME, Role.SUPERVISOR))


def seat_demo_people(roster: Roster) -> None:
    """Put them on the roster, those that are not there yet: a kill may have come between two of them."""
    known = {person.staff_no for person in roster.everyone()}
    if not known:
        roster.make_first_administrator(FIRST_NO, chinese("大厅管理员"), DEMO_PIN)
    for staff_no, name, role in PEOPLE:
        if staff_no not in known:
            roster.add(roster.sign_in(FIRST_NO, DEMO_PIN), staff_no, name, role, DEMO_PIN)
