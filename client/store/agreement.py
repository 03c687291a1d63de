"""What the platform acknowledged, summed by window and day in the transaction that changes it.

The sums say what this window believes the platform to hold. An accept writes nothing of it: only answers, changes that
came down, and what is found forgotten move it.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

from sqlalchemy import Column, Connection, exists, select, text

from client.rules.agreement import BEFORE, BEHIND, DAY, NOTHING, Fact, Held, Range, Sum, head_of, parts, total
from client.store import before, many, summed
from client.store.engine import Database
from client.store.prepared import Prepared
from client.store.tables import cases, number_above, outbox, tallies

PORTION = 500  # cases or events of one question, far below what SQLite allows a statement

_Each = TypeVar("_Each")

_STORED = text("outbox.state = 'stored'")  # as its index says, or it would not be used
_NUMBERS = (cases.c.number, cases.c.second_number)
_CASES_OF = Prepared(select(outbox.c.case_id).where(outbox.c.event_id.in_(many.values())))
_HELD = Prepared(
    select(
        outbox.c.case_id,
        outbox.c.subject.label("number"),
        cases.c.key,
        cases.c.told,
        outbox.c.source,
        outbox.c.event_id,
        outbox.c.sequence,
        outbox.c.files,
    )
    .join(cases, cases.c.id == outbox.c.case_id)
    .where(_STORED, outbox.c.case_id.in_(many.values()))
)


@contextmanager
def followed(connection: Connection, case_ids: Collection[int]) -> Iterator[None]:
    """The sums follow whatever the block changes of these cases' acknowledged events, or of what was told of them."""
    before = _sum_by_head(connection, case_ids)
    yield
    after = _sum_by_head(connection, case_ids)
    moved = {head: after.get(head, NOTHING) - before.get(head, NOTHING) for head in {*before, *after}}
    summed.add(connection, {head: change for head, change in moved.items() if change != NOTHING})


def cases_of_events(connection: Connection, event_ids: Sequence[str]) -> set[int]:
    """The cases these events are about."""
    return {row.case_id for row in _CASES_OF.rows(connection, given=many.given(event_ids))}


class StoredBooks:
    """The desk's side of `client.ports.agreement.OwnBooks`.

    `own` is how this window's numbers begin, `source` whose its events are.
    """

    def __init__(self, database: Database, own: str, source: str) -> None:
        self._database = database
        self._own = own
        self._source = source

    def whole(self) -> Sequence[Range]:
        with self._database.read() as connection:
            heads = connection.scalars(select(tallies.c.head)).all()
        return [Range(each, each + BEHIND) for each in sorted({self._own, *(head[:-DAY] for head in heads)})]

    def split(self, whole: Range, most: int) -> Sequence[Range]:
        within = select(tallies.c.head).where(tallies.c.head >= whole.first, tallies.c.head < whole.end)
        with self._database.read() as connection:
            heads = connection.scalars(within.order_by(tallies.c.head)).all()
        return parts(whole, list(heads), most)

    def sums(self, ranges: Sequence[Range]) -> Sequence[Sum]:
        with self._database.read() as connection:
            return [_sum_of(connection, each) for each in ranges]

    def cases(self, within: Range, after: str) -> Sequence[Held]:
        first, end = _edge(within.first), _edge(within.end)
        with self._database.read() as connection:
            some, others = (_numbered(connection, each, first, end, after) for each in _NUMBERS)
            found = held(connection, [case_id for _, case_id in sorted([*some, *others])[:PORTION]])
            known = before.page(connection, first, end, after, PORTION)
        return sorted([*found.values(), *known], key=lambda each: each.number)[:PORTION]

    def of_another_disk(self, theirs: Held) -> bool:
        if any(fact.source == self._source for fact in theirs.events):
            return False
        borne = select(cases.c.id).where(cases.c.number == theirs.number)
        with self._database.read() as connection:
            return connection.execute(borne).first() is None

    def on_the_way(self, event_ids: Sequence[str]) -> frozenset[str]:
        with self._database.read() as connection:
            return frozenset(
                event_id
                for portion in _portions(event_ids)
                for event_id in connection.scalars(
                    select(outbox.c.event_id).where(outbox.c.event_id.in_(portion), outbox.c.state != "stored")
                )
            )


def _numbered(
    connection: Connection, number: Column[str], first: str, end: str, after: str
) -> Sequence[tuple[str, int]]:
    """Cases the platform keeps under a number of that column, in its order: each column has an index of its own."""
    statement = (
        select(number, cases.c.id)
        .where(
            number >= first,
            number < end,
            number > after,
            number == number_above,
            exists().where(_STORED, outbox.c.case_id == cases.c.id),
        )
        .order_by(number)
        .limit(PORTION)
    )
    return [(row[0], row.id) for row in connection.execute(statement)]


def held(connection: Connection, case_ids: Collection[int]) -> Mapping[int, Held]:
    """What the platform acknowledged of each of these cases; one without any event it has is left out."""
    of_case: dict[int, list[Any]] = {}
    for row in _HELD.rows(connection, given=many.given(list(case_ids))):
        of_case.setdefault(row.case_id, []).append(row)
    return {case_id: _held(rows) for case_id, rows in of_case.items()}


def _held(rows: Sequence[Any]) -> Held:
    first = rows[0]
    return Held(
        number=first.number,
        key=first.key,
        told=first.told,
        events=frozenset(Fact(row.source, row.event_id, row.sequence) for row in rows),
        files=frozenset(digest for row in rows if row.files != "[]" for digest in json.loads(row.files)),
    )


def _edge(border: str) -> str:
    """Where the numbers begin whose heads begin at `border`: those of the head before it sort behind it."""
    return border.removesuffix(BEFORE) + BEHIND if border.endswith(BEFORE) else border


def _sum_by_head(connection: Connection, case_ids: Collection[int]) -> dict[str, Sum]:
    sums: dict[str, Sum] = {}
    for each in held(connection, case_ids).values():
        head = head_of(each.number)
        sums[head] = sums.get(head, NOTHING) + each.sum
    return sums


def _sum_of(connection: Connection, within: Range) -> Sum:
    rows = connection.execute(
        select(tallies.c.cases, tallies.c.digest).where(tallies.c.head >= within.first, tallies.c.head < within.end)
    )
    return total(Sum.of(*row) for row in rows)


def _portions(found: Iterable[_Each]) -> Iterator[list[_Each]]:
    some = list(found)
    return (some[start : start + PORTION] for start in range(0, len(some), PORTION))
