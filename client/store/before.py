"""Cases the platform has from the disk before: what a rescued or restored window knows of them, and no more.

They count among the sums as acknowledged cases do, so that what was written down once costs no question again.
"""

import json
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from client.rules.agreement import NOTHING, Fact, Held, Sum, head_of
from client.store import summed
from client.store.tables import cases, cases_before

PORTION = 500  # of one question, far below what SQLite allows a statement


def put(connection: Connection, held: Sequence[Held]) -> Sequence[Held]:
    """Write down what the platform holds, in the caller's transaction; returns what of it was taken.

    A case whose number is borne here is left out: its own events say what the platform has of it.
    """
    taken: list[Held] = []
    for start in range(0, len(held), PORTION):
        portion = held[start : start + PORTION]
        numbers = [each.number for each in portion]
        own = set(connection.scalars(select(cases.c.number).where(cases.c.number.in_(numbers))))
        new = [each for each in portion if each.number not in own]
        if new:
            _replace(connection, new)
        taken += new
    return taken


def hear(connection: Connection, number: str, told: str) -> bool:
    """The platform moved such a case; False when it is none of these."""
    (known,) = _of(connection, [number]) or (None,)
    if known is None:
        return False
    connection.execute(update(cases_before).where(cases_before.c.number == number).values(told=told))
    after = Held(number, known.key, told, known.events, known.files)
    summed.add(connection, {head_of(number): after.sum - known.sum})
    return True


def page(connection: Connection, first: str, end: str, after: str, limit: int) -> Sequence[Held]:
    """At most `limit` of them from the number `first` on and before `end`, behind the number `after`."""
    number = cases_before.c.number
    statement = select(cases_before).where(number >= first, number < end, number > after).order_by(number)
    return [_held(row) for row in connection.execute(statement.limit(limit))]


def among(connection: Connection, numbers: Collection[str]) -> frozenset[str]:
    """Which of these numbers are of such cases."""
    wanted = list(numbers)
    return frozenset(
        number
        for start in range(0, len(wanted), PORTION)
        for number in connection.scalars(
            select(cases_before.c.number).where(cases_before.c.number.in_(wanted[start : start + PORTION]))
        )
    )


def _replace(connection: Connection, held: Sequence[Held]) -> None:
    changes: dict[str, Sum] = {}
    known = {each.number: each.sum for each in _of(connection, [each.number for each in held])}
    for each in held:
        head = head_of(each.number)
        changes[head] = changes.get(head, NOTHING) + each.sum - known.get(each.number, NOTHING)
    new = upsert(cases_before)
    columns = ("case_key", "told", "events", "files")
    statement = new.on_conflict_do_update(
        index_elements=["number"], set_={name: new.excluded[name] for name in columns}
    )
    connection.execute(statement, [_row(each) for each in held])
    summed.add(connection, changes)


def _of(connection: Connection, numbers: Iterable[str]) -> Sequence[Held]:
    found = connection.execute(select(cases_before).where(cases_before.c.number.in_(list(numbers))))
    return [_held(row) for row in found]


def _row(held: Held) -> dict[str, object]:
    return {
        "number": held.number,
        "case_key": held.key,
        "told": held.told,
        "events": json.dumps(sorted(held.events)),
        "files": json.dumps(sorted(held.files)),
    }


def _held(row: Any) -> Held:  # noqa: ANN401 - a row of `cases_before`
    facts = frozenset(Fact(*each) for each in json.loads(row.events))
    return Held(row.number, row.case_key, row.told, facts, frozenset(json.loads(row.files)))
