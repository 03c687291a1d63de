"""Cases as lists show them: newest first, a page at a time by key, by what people remember of them.

Without words the first page costs the same however many cases are kept. Words are looked for in the narrow indexes of
names and numbers, of which a hundred thousand cases fill a few megabytes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Connection, Select, func, select, text, union_all

from client.rules.case import State
from client.rules.identity import Applicant
from client.store.cases import CaseLine, Cases
from client.store.tables import applicants, cases, papers
from client.store.times import day

# As their indexes say, or they would not be used.
_DRAFT = text("cases.state = 'draft'")
_MOVED = text("cases.state NOT IN ('draft', 'accepted')")


@dataclass(frozen=True, slots=True)
class Sought:
    """What is looked for; a case that fits one of them fits. `tail` ends a number: 办件编号 without its hyphens."""

    case_number: str | None = None
    paper_number: str | None = None
    tail: str | None = None
    name_part: str | None = None

    def __bool__(self) -> bool:
        return bool(self.case_number or self.paper_number or self.tail or self.name_part)


@dataclass(frozen=True, slots=True)
class FoundRecord:
    """A case in a list, with its applicant."""

    line: CaseLine
    accepted_on: date | None
    applicant: Applicant | None


def newest(
    connection: Connection, rows: Cases, sought: Sought, *, state: State | None, before: int | None, limit: int
) -> Sequence[FoundRecord]:
    """At most `limit` cases older than the one of id `before`, newest first."""
    statement = select(cases).order_by(cases.c.id.desc()).limit(limit)
    if before is not None:
        statement = statement.where(cases.c.id < before)
    if state is not None:
        statement = statement.where(*_standing(state))
    if sought:
        statement = statement.where(cases.c.id.in_(_candidates(sought)))
    found = connection.execute(statement).all()
    people = applicants_of(connection, [row.id for row in found])
    return [FoundRecord(rows.line(connection, row), day(row.accepted_on), people.get(row.id)) for row in found]


def count_drafts(connection: Connection) -> int:
    return connection.execute(select(func.count()).select_from(cases).where(_DRAFT)).scalar_one()


def _standing(state: State) -> Sequence[ColumnElement[bool]]:
    if state is State.DRAFT:
        return (_DRAFT,)  # type: ignore[return-value]  # words of SQL are a condition
    wanted = cases.c.state == state
    return (wanted,) if state is State.ACCEPTED else (wanted, _MOVED)  # type: ignore[return-value]  # same


def _candidates(sought: Sought) -> CompoundSelect[Any]:
    found: list[Select[Any]] = []
    if sought.case_number:
        found.append(select(cases.c.id).where(cases.c.number == sought.case_number))
        found.append(select(cases.c.id).where(cases.c.second_number == sought.case_number))
    if sought.paper_number:
        found.append(select(papers.c.case_id).where(papers.c.number == sought.paper_number))
        found.append(select(papers.c.case_id).where(papers.c.central_number == sought.paper_number))
    if sought.tail:
        for column in (cases.c.number, cases.c.second_number):
            number = func.replace(column, "-", "")
            wanted = number.endswith(sought.tail, autoescape=True)
            found.append(select(cases.c.id).where(column.is_not(None), wanted))
        identifier = applicants.c.identifier.endswith(sought.tail, autoescape=True)
        found.append(select(applicants.c.case_id).where(identifier))
    if sought.name_part:
        found.append(select(applicants.c.case_id).where(applicants.c.name.contains(sought.name_part, autoescape=True)))
    return union_all(*found)  # not `union`: to leave out twins SQLite would read whole tables in another order


def applicants_of(connection: Connection, case_ids: Sequence[int]) -> dict[int, Applicant]:
    """The applicants of these cases, by case."""
    statement = select(applicants.c.case_id, applicants.c.body)
    rows = connection.execute(statement.where(applicants.c.case_id.in_(case_ids), applicants.c.part == "applicant"))
    return {row.case_id: Applicant.model_validate_json(row.body) for row in rows}
