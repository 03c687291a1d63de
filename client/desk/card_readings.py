"""The documents that were read for a case, kept with its people; what a clerk settled by eye is on record."""

from collections.abc import Sequence

from sqlalchemy import Connection

from client.desk.counter import Counter
from client.desk.staff import Staff
from client.rules.cards import CardReading, reading_of
from client.rules.identity import Person
from client.store import audit, cards


def keep_readings(
    counter: Counter,
    connection: Connection,
    case_id: int,
    by: Staff,
    people: Sequence[Person],
    readings: Sequence[CardReading],
) -> None:
    """Keep what was read of `people`, of nobody else; each character settled since is an entry of the audit."""
    before = cards.of_case(connection, case_id)
    newest = {person.identifier: reading_of(readings, person) for person in people}
    for reading in filter(None, newest.values()):
        known = {one for each in before if each.identifier == reading.identifier for one in each.settled}
        if reading not in before:
            cards.keep(connection, case_id, reading, counter.clock())
        for settled in reading.settled:
            if settled not in known:
                subject = f"draft:{case_id}"
                audit.add(connection, counter.clock(), by.staff_no, "settle_name", subject, "done", settled.codes)
