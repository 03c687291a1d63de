"""The ledger of numbers: every serial of a series is given once, and stays on the books when it is voided."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, insert, select, update

from client.store.prepared import Prepared
from client.store.tables import numbers
from client.store.times import stamp

ISSUED = "issued"
VOIDED = "voided"

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
    """A number on the books: issued, or voided for a reason."""

    serial: int
    number: str
    voided: bool
    reason: str


def every_series(connection: Connection) -> Sequence[str]:
    """The series something was given of, by name."""
    return connection.scalars(select(numbers.c.series).distinct().order_by(numbers.c.series)).all()


def rows(connection: Connection, series: str) -> Sequence[LedgerRow]:
    """What was given of a series, by serial."""
    statement = select(numbers).where(numbers.c.series == series).order_by(numbers.c.serial)
    return [
        LedgerRow(row.serial, row.number, row.state == VOIDED, row.reason or "")
        for row in connection.execute(statement)
    ]


def void(connection: Connection, series: str, serial: int, reason: str) -> bool:
    """Void an issued number; its serial is never used again. False when there is no such issued number."""
    statement = (
        update(numbers)
        .where(numbers.c.series == series, numbers.c.serial == serial, numbers.c.state == ISSUED)
        .values(state=VOIDED, reason=reason)
    )
    return connection.execute(statement).rowcount == 1
