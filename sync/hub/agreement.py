"""The hub's books as a window compares them with its own: sums by window and day, kept with the effect."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Select, and_, bindparam, delete, insert, literal, or_, select, true, update

from client.rules.agreement import NOTHING, Fact, Range, Sum, case_sum, event_sum, file_sum, head_of, total
from sync.hub.judging import CaseRow
from sync.hub.problems import Kind, Rejection
from sync.hub.store import Store
from sync.hub.tables import case_files, cases, events, tallies
from sync.protocol import FactMessage, HeldMessage, HeldMessages, SumMessage, SumsMessage

PAGE = 200  # cases of one answer
MOST_DAYS = 100_000  # of windows, that one question may add up: a window's own are some 250 a year

_WITH_PAPERS = ("paper.issued", "paper.numbered")
_NAMED = ("number", "central_number")  # in the data of these: a paper may bear two

_NEW = insert(tallies)
_MOVED = (
    update(tallies)
    .where(tallies.c.head == bindparam("of"))
    .values({name: bindparam(name) for name in ("cases", "digest")})
)


def add(connection: Connection, changes: Iterable[tuple[str, Sum]]) -> None:
    """Add what changed of cases, (number, sum) each, in the transaction of the effect; the sums' rows are locked."""
    moved: dict[str, Sum] = {}
    for number, change in changes:
        head = head_of(number)
        moved[head] = moved.get(head, NOTHING) + change
    statement = select(tallies).where(tallies.c.head.in_(list(moved))).order_by(tallies.c.head).with_for_update()
    known = {row.head: Sum.of(row.cases, row.digest) for row in connection.execute(statement)}
    after = {head: known.get(head, NOTHING) + moved[head] for head in sorted(moved)}
    if old := [{"of": head, **_kept(each)} for head, each in after.items() if head in known]:
        connection.execute(_MOVED, old)
    if new := [{"head": head, **_kept(each)} for head, each in after.items() if head not in known]:
        connection.execute(_NEW, new)


def renumber(connection: Connection, second: Mapping[str, str]) -> None:
    """Cases that were taken under their printed number stand under a second one from here on, with all they have.

    The rows are locked by the caller; nothing stands under the second numbers.
    """
    columns = [column for column in cases.c if column.name not in {"number", "head", "case_key"}]
    for printed, number in second.items():
        key = connection.scalar(select(cases.c.case_key).where(cases.c.number == printed))
        before = _sum_of(connection, printed)
        connection.execute(update(cases).where(cases.c.number == printed).values(case_key=None))
        row = select(literal(number), literal(head_of(number)), literal(key), *columns).where(cases.c.number == printed)
        connection.execute(insert(cases).from_select(["number", "head", "case_key", *columns], row))
        connection.execute(update(case_files).where(case_files.c.number == printed).values(number=number))
        connection.execute(delete(cases).where(cases.c.number == printed))
        connection.execute(update(events).where(events.c.subject == printed).values(subject=number))
        add(connection, [(printed, NOTHING - before), (number, _sum_of(connection, number))])


def _sum_of(connection: Connection, number: str) -> Sum:
    case = connection.execute(select(cases.c.case_key, cases.c.told).where(cases.c.number == number)).one()
    taken = select(events.c.source, events.c.event_id, events.c.sequence).where(events.c.subject == number)
    named = select(case_files.c.sha256).where(case_files.c.number == number)
    return total(
        [
            case_sum(number, case.case_key, case.told),
            *(event_sum(number, Fact(*row)) for row in connection.execute(taken)),
            *(file_sum(number, digest) for digest in connection.scalars(named)),
        ]
    )


def case_change(before: CaseRow | None, after: CaseRow) -> Sum:
    """What the books say more of a case that was, or was not, there before."""
    known = NOTHING if before is None else case_sum(before.number, before.case_key, before.told)
    return case_sum(after.number, after.case_key, after.told) - known


def sums(store: Store, ranges: Sequence[Range]) -> SumsMessage:
    """One sum for each range. Raises Rejection when they are about too much at once."""
    found = [NOTHING] * len(ranges)
    left = MOST_DAYS
    with store.read() as connection:
        for at, within in enumerate(ranges):
            statement = select(tallies.c.cases, tallies.c.digest).where(
                tallies.c.head >= within.first, tallies.c.head < within.end
            )
            rows = connection.execute(statement.limit(left + 1)).all()
            left -= len(rows)
            if left < 0:
                raise Rejection(Kind.TOO_LARGE)
            found[at] = total(Sum.of(*row) for row in rows)
    return SumsMessage(sums=[SumMessage(cases=each.cases, digest=each.hex) for each in found])


def held(store: Store, within: Range, after: str) -> HeldMessages:
    """Cases of a range behind the number `after`, a page of them, with all that is compared of each."""
    head = head_of(after)
    behind = or_(cases.c.head > head, and_(cases.c.head == head, cases.c.number > after)) if after else true()
    page = (
        select(cases.c.number, cases.c.case_key, cases.c.told)
        .where(cases.c.head >= within.first, cases.c.head < within.end, behind)
        .order_by(cases.c.head, cases.c.number)
        .limit(PAGE)
    )
    with store.read() as connection:
        rows = connection.execute(page).all()
        numbers = [row.number for row in rows]
        taken = select(events.c.subject, events.c.source, events.c.event_id, events.c.sequence)
        facts = _by_number(connection, taken.where(events.c.subject.in_(numbers)))
        named = select(case_files.c.number, case_files.c.sha256)
        digests = _by_number(connection, named.where(case_files.c.number.in_(numbers)))
        told = select(events.c.subject, events.c.data).where(events.c.type.in_(_WITH_PAPERS))
        papers = _by_number(connection, told.where(events.c.subject.in_(numbers)))
    return HeldMessages(
        cases=[
            HeldMessage(
                number=row.number,
                key=row.case_key,
                told=row.told,
                events=[FactMessage(source=s, id=i, sequence=n) for s, i, n in sorted(facts.get(row.number, ()))],
                files=sorted(digest for (digest,) in digests.get(row.number, ())),
                papers=sorted({number for (data,) in papers.get(row.number, ()) for number in _papers_in(data)}),
            )
            for row in rows
        ]
    )


def _papers_in(data: str) -> list[str]:
    """The 文书编号 an event names; the slip of a case has none."""
    said = json.loads(data)
    paper = said.get("paper") if isinstance(said, dict) else None
    named = [paper.get(name) for name in _NAMED] if isinstance(paper, dict) else []
    return [number for number in named if isinstance(number, str)]


def _by_number(connection: Connection, statement: Select[Any]) -> dict[str, list[tuple[Any, ...]]]:
    found: dict[str, list[tuple[Any, ...]]] = {}
    for number, *rest in connection.execute(statement):
        found.setdefault(number, []).append(tuple(rest))
    return found


def _kept(each: Sum) -> dict[str, object]:
    return {"cases": each.cases, "digest": each.hex}
