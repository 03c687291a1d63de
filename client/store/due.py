"""What the window owes and until when: running clocks, 容缺 materials, papers without their seal."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, func, select, text

from client.ports.papers import PaperKind
from client.rules.case import State
from client.rules.items import USCC_LENGTH
from client.store.numbers import ISSUED
from client.store.tables import cases, numbers, papers, slots
from client.store.times import moment

# As their indexes say, or they would not be used.
_AWAITING_SEAL = text("papers.state = 'awaiting_seal'")
_DEFERRED = text("slots.state = 'deferred' AND slots.supply_due IS NOT NULL")


@dataclass(frozen=True, slots=True)
class ClockRecord:
    """A case whose own clock, or one of whose 容缺 materials (`slot`), ends on `due`."""

    case_id: int
    case_number: str
    state: State
    due: date
    slot: str = ""


@dataclass(frozen=True, slots=True)
class UnsealedRecord:
    """A notice that waits for its seal."""

    paper_id: int
    case_id: int
    case_number: str
    kind: PaperKind
    number: str | None
    organ: str  # 统一社会信用代码 of whose paper it is
    organ_name: str
    issued_at: datetime


def clocks(connection: Connection, until: date) -> Sequence[ClockRecord]:
    """The running clocks that end by then, the nearest first."""
    statement = select(cases.c.id, cases.c.number, cases.c.state, cases.c.clock_due).where(
        cases.c.clock_due <= until.isoformat()
    )
    rows = connection.execute(statement.order_by(cases.c.clock_due, cases.c.id))
    return [ClockRecord(r.id, r.number or "", State(r.state), date.fromisoformat(r.clock_due)) for r in rows]


def deferrals(connection: Connection, until: date, states: Collection[State]) -> Sequence[ClockRecord]:
    """The 容缺 materials still awaited by then, of cases in one of `states`, the nearest first."""
    statement = (
        select(slots.c.case_id, slots.c.key, slots.c.supply_due, cases.c.number, cases.c.state)
        .join(cases, cases.c.id == slots.c.case_id)
        .where(_DEFERRED, slots.c.supply_due <= until.isoformat(), cases.c.state.in_(states))
    )
    rows = connection.execute(statement.order_by(slots.c.supply_due, slots.c.id))
    return [
        ClockRecord(r.case_id, r.number or "", State(r.state), date.fromisoformat(r.supply_due), r.key) for r in rows
    ]


def unsealed(connection: Connection, limit: int) -> Sequence[UnsealedRecord]:
    """Notices that wait for their seal, oldest first."""
    statement = (
        select(
            papers.c.id,
            papers.c.case_id,
            papers.c.kind,
            papers.c.number,
            papers.c.issued_at,
            cases.c.number.label("of"),
            func.json_extract(papers.c.facts, "$.task_code").label("task_code"),
            func.json_extract(papers.c.facts, "$.organ.name").label("organ_name"),
        )
        .join(cases, cases.c.id == papers.c.case_id)
        .where(_AWAITING_SEAL)
    )
    rows = connection.execute(statement.order_by(papers.c.id).limit(limit))
    return [
        UnsealedRecord(
            r.id,
            r.case_id,
            r.of or "",
            PaperKind(r.kind),
            r.number,
            r.task_code[:USCC_LENGTH],
            r.organ_name,
            moment(r.issued_at),
        )
        for r in rows
    ]


def count_unsealed(connection: Connection) -> int:
    return connection.execute(select(func.count()).select_from(papers).where(_AWAITING_SEAL)).scalar_one()


def count_numbers(connection: Connection, series: str) -> int:
    """How many numbers of a series are out and stand."""
    out = numbers.c.series == series, numbers.c.state == ISSUED
    return connection.execute(select(func.count()).select_from(numbers).where(*out)).scalar_one()
