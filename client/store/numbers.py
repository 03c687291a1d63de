"""The ledger of numbers: every serial of a series is given once, and stays on the books when it is voided."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, bindparam, func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from client.store.prepared import Prepared
from client.store.tables import cases, numbers, papers
from client.store.times import stamp

ISSUED = "issued"
VOIDED = "voided"
BEFORE = "before"  # given by the disk before this one, and at the platform

_LAST = Prepared(
    select(func.max(numbers.c.serial)).where(
        numbers.c.series == bindparam("of"), numbers.c.serial.between(bindparam("first"), bindparam("last"))
    )
)
_INSERT = Prepared(insert(numbers), ["series", "serial", "number", "state", "given_at"])


def next_serial(connection: Connection, series: str, first: int, last: int) -> int | None:
    """The next serial of `series` in the block from `first` to `last`; None when the block is spent.

    What was given outside the block does not count: a new block begins at its own first. The caller records it.
    """
    given: int | None = _LAST.scalar(connection, of=series, first=first, last=last)
    serial = first if given is None else given + 1
    return serial if serial <= last else None


def record(connection: Connection, series: str, serial: int, number: str, at: datetime) -> None:
    """Enter a number as issued, in the transaction of its act: it cannot be given again."""
    _INSERT.run(connection, series=series, serial=serial, number=number, state=ISSUED, given_at=stamp(at))


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """A number on the books: issued, voided for a reason, or given by the disk `before` this one."""

    serial: int
    number: str
    voided: bool
    reason: str
    before: bool = False


def every_series(connection: Connection) -> Sequence[str]:
    """The series something was given of, by name."""
    return connection.scalars(select(numbers.c.series).distinct().order_by(numbers.c.series)).all()


def rows(connection: Connection, series: str) -> Sequence[LedgerRow]:
    """What was given of a series, by serial."""
    statement = select(numbers).where(numbers.c.series == series).order_by(numbers.c.serial)
    return [_row(row) for row in connection.execute(statement)]


def at_or_behind(connection: Connection, series: str, serial: int) -> LedgerRow | None:
    """The row of that serial, or of the next one behind it that is on the books."""
    of_these = numbers.c.series == series, numbers.c.serial >= serial
    found = connection.execute(select(numbers).where(*of_these).order_by(numbers.c.serial).limit(1)).one_or_none()
    return None if found is None else _row(found)


def is_given(connection: Connection, series: str, serial: int) -> bool:
    return connection.execute(select(numbers.c.state).where(*_of(series, serial))).first() is not None


def is_borne(connection: Connection, number: str) -> bool:
    """Whether a case or a paper here bears it."""
    on_papers = select(papers.c.id).where((papers.c.number == number) | (papers.c.central_number == number))
    on_cases = select(cases.c.id).where(cases.c.number == number)
    return connection.execute(on_cases.union_all(on_papers).limit(1)).first() is not None


def enter_before(connection: Connection, series: str, serial: int, number: str, at: datetime) -> None:
    """A number the platform has of the disk before: it stays out of use, whatever was known of it."""
    row = {"series": series, "serial": serial, "number": number, "state": BEFORE, "given_at": stamp(at)}
    known = {"state": BEFORE, "reason": None}
    connection.execute(upsert(numbers).on_conflict_do_update(index_elements=["series", "serial"], set_=known), row)


def void(connection: Connection, series: str, serial: int, reason: str) -> bool:
    """Void an issued number; its serial is never used again. False when there is no such issued number."""
    statement = (
        update(numbers).where(*_of(series, serial), numbers.c.state == ISSUED).values(state=VOIDED, reason=reason)
    )
    return connection.execute(statement).rowcount == 1


def _of(series: str, serial: int) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return numbers.c.series == series, numbers.c.serial == serial


def _row(row: Any) -> LedgerRow:  # noqa: ANN401 - a row of `numbers`
    return LedgerRow(row.serial, row.number, row.state == VOIDED, row.reason or "", before=row.state == BEFORE)
