"""Papers as lists show them: newest first, a page at a time by key, however many are kept.

Whole numbers, kinds, states and days are found by indexes that hold no row of a paper just issued: no act keeps them
up. The papers without a page yet stand in none of them, and are few. Parts of names and ends of numbers are looked for
among the newest cases alone; the beginning of a name is found in all.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Row, Select, func, select, text, tuple_, union_all

from client.ports.papers import PaperKind
from client.ports.printer import PrintState
from client.rules.identity import Applicant
from client.store import prints
from client.store.papers import NOT_IN_SPOOL, PaperRecord, PaperState, record_of
from client.store.prints import NEWEST, UNASKED, UNDRAWN, UNFINISHED, PrintRecord
from client.store.search import applicants_of
from client.store.tables import applicants, cases, numbers, papers, spool
from client.store.times import stamp

NEAR: Final = 20_000
"""So many of the newest cases are looked through for part of a name or the end of a number."""

MANY: Final = 2_000
"""So many cases of one name are looked at, the newest ones."""

_DRAWN = text("papers.state != 'unrendered'")  # as the indexes say, or they would not be used
_ALL_DRAWN: Final = (PaperState.READY, PaperState.AWAITING_SEAL, PaperState.VOIDED)
_LAST_CHARACTER = "\U0010ffff"

_SERIES = text(
    "WITH RECURSIVE found(series) AS ("
    "SELECT min(series) FROM numbers WHERE series > ':' "  # those of cases begin with a digit, and there is one a day
    "UNION ALL SELECT (SELECT min(series) FROM numbers WHERE series > found.series) FROM found "
    "WHERE found.series IS NOT NULL) SELECT series FROM found WHERE series IS NOT NULL"
).columns(numbers.c.series)
"""Each series of papers by one step in the index, not by walking all numbers."""


@dataclass(frozen=True, slots=True)
class Words:
    """What is looked for in numbers and names; a paper that fits one of them fits."""

    paper_number: str | None = None
    case_number: str | None = None
    serial: int | None = None  # of a 文书编号, in whatever series
    tail: str | None = None  # the end of a 办件编号 without its hyphens
    name: str | None = None

    def __bool__(self) -> bool:
        return self != Words()


@dataclass(frozen=True, slots=True)
class PapersSought:
    """All of it must fit. `prints`: of papers in force, how the newest print stands; None in it: nobody asked."""

    words: Words = Words()
    kind: PaperKind | None = None
    state: PaperState | None = None
    prints: frozenset[PrintState | None] = frozenset()
    since: datetime | None = None
    before: datetime | None = None


@dataclass(frozen=True, slots=True)
class PaperKey:
    """Where a page of the list begins: behind the paper issued then."""

    issued_at: datetime
    paper_id: int


@dataclass(frozen=True, slots=True)
class PaperHit:
    """A paper in a list, with its case, its applicant and its newest print."""

    paper: PaperRecord
    case_number: str
    applicant: Applicant | None
    print: PrintRecord
    void_reason: str

    @property
    def key(self) -> PaperKey:
        return PaperKey(self.paper.issued_at, self.paper.paper_id)


def newest(connection: Connection, sought: PapersSought, after: PaperKey | None, limit: int) -> Sequence[PaperHit]:
    """At most `limit` papers behind `after`, the newest first."""
    rows = [row for walk in _walks(sought) for row in connection.execute(_in_order(walk, sought, after, limit))]
    chosen = sorted({(row.issued_at, row.id) for row in rows}, reverse=True)[:limit]
    return _hits(connection, [paper_id for _, paper_id in chosen])


def get(connection: Connection, paper_id: int) -> PaperHit | None:
    """That paper as the list has it."""
    return next(iter(_hits(connection, [paper_id])), None)


def _walks(sought: PapersSought) -> Iterator[Select[Any]]:
    """What is to be walked through; each in the order of its index, or few."""
    papers_of = select(papers.c.issued_at, papers.c.id)
    if sought.words:
        found = papers_of.where(papers.c.id.in_(_candidates(sought.words)))
        yield _standing(found, sought)
    elif sought.prints:
        yield _standing(papers_of, sought)
    else:
        states = _ALL_DRAWN if sought.state is None else (sought.state,)
        for state in states:
            if state is not PaperState.UNRENDERED:
                yield papers_of.where(_DRAWN, papers.c.state == state)
        if sought.state in {None, PaperState.UNRENDERED}:
            undrawn = select(spool.c.paper_id).where(text("spool.state = 'waiting'"), spool.c.reprint_no == 0)
            waiting = papers_of.where(papers.c.state == PaperState.UNRENDERED)
            yield waiting.where(papers.c.id.in_(undrawn))
            yield waiting.where(NOT_IN_SPOOL)


def _standing(found: Select[Any], sought: PapersSought) -> Select[Any]:
    if sought.state is not None:
        found = found.where(papers.c.state == sought.state)
    if sought.prints:
        in_force = papers.c.state != PaperState.VOIDED
        found = found.where(in_force, papers.c.id.in_(_printed(sought.prints)))
    return found


def _in_order(walk: Select[Any], sought: PapersSought, after: PaperKey | None, limit: int) -> Select[Any]:
    if sought.kind is not None:
        walk = walk.where(papers.c.kind == sought.kind)
    if sought.since is not None:
        walk = walk.where(papers.c.issued_at >= stamp(sought.since))
    if sought.before is not None:
        walk = walk.where(papers.c.issued_at < stamp(sought.before))
    if after is not None:
        key = tuple_(papers.c.issued_at, papers.c.id)
        walk = walk.where(key < (stamp(after.issued_at), after.paper_id))
    return walk.order_by(papers.c.issued_at.desc(), papers.c.id.desc()).limit(limit)


def _candidates(words: Words) -> Select[Any]:
    """Ids of the papers that fit one of the words."""
    of_cases: list[Select[Any]] = []
    found: list[Select[Any]] = []
    if words.paper_number:
        found += [select(papers.c.id).where(each == words.paper_number) for each in _NUMBERS]
    if words.serial is not None:
        of_serial = numbers.c.series.in_(select(_SERIES.subquery().c.series)), numbers.c.serial == words.serial
        found.append(select(papers.c.id).where(papers.c.number.in_(select(numbers.c.number).where(*of_serial))))
    if words.case_number:
        of_cases += [
            select(cases.c.id).where(each == words.case_number) for each in (cases.c.number, cases.c.second_number)
        ]
    if words.tail:
        near = select(cases.c.id, cases.c.number).where(cases.c.number.is_not(None))
        last = near.order_by(cases.c.number.desc()).limit(NEAR).subquery()
        of_cases.append(
            select(last.c.id).where(func.replace(last.c.number, "-", "").endswith(words.tail, autoescape=True))
        )
    if words.name:
        of_cases += _named(words.name)
    found += [select(papers.c.id).where(papers.c.case_id.in_(select(each.subquery()))) for each in of_cases]
    return union_all(*found)  # type: ignore[return-value]  # a compound select serves as one


_NUMBERS: Final = (papers.c.number, papers.c.central_number)


def _named(name: str) -> Sequence[Select[Any]]:
    """Of that name, of one that begins so, and of the newest cases those with it anywhere."""
    person = select(applicants.c.case_id)
    whole = person.where(applicants.c.name == name).order_by(applicants.c.case_id.desc()).limit(MANY)
    begins = person.where(applicants.c.name > name, applicants.c.name < name + _LAST_CHARACTER).limit(MANY)
    newest_case = select(func.max(cases.c.id)).scalar_subquery()
    near: ColumnElement[bool] = applicants.c.case_id > newest_case - NEAR
    return whole, begins, person.where(near, applicants.c.name.contains(name, autoescape=True))


def _printed(states: frozenset[PrintState | None]) -> Select[Any]:
    """Ids of the papers whose newest print stands so."""
    of = select(spool.c.paper_id).join(papers, NEWEST)
    asked = [state for state in states if state is not None]
    found = [of.where(UNFINISHED, spool.c.print_state.in_(asked))] if asked else []
    if None in states:
        found += [of.where(UNDRAWN), of.where(UNASKED), select(papers.c.id).where(NOT_IN_SPOOL)]
    return union_all(*found)  # type: ignore[return-value]  # a compound select serves as one


def _hits(connection: Connection, paper_ids: Sequence[int]) -> Sequence[PaperHit]:
    statement = select(papers, cases.c.number.label("case_number")).join(cases, cases.c.id == papers.c.case_id)
    rows = {row.id: row for row in connection.execute(statement.where(papers.c.id.in_(paper_ids)))}
    people = applicants_of(connection, list({row.case_id for row in rows.values()}))
    printed = prints.newest_of(connection, list(rows))
    return [_hit(rows[each], people, printed[each]) for each in paper_ids if each in rows]


def _hit(row: Row[Any], people: dict[int, Applicant], printed: PrintRecord) -> PaperHit:
    return PaperHit(
        paper=record_of(row),
        case_number=row.case_number or "",
        applicant=people.get(row.case_id),
        print=printed,
        void_reason=row.void_reason or "",
    )
