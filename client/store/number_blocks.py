"""The blocks this window leased: asked for, held, spent, given back. What is given of each stands in the ledger."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from sqlalchemy import Connection, Select, bindparam, delete, func, insert, select, update

from client.store.numbers import ISSUED
from client.store.prepared import Prepared
from client.store.tables import number_blocks, numbers, papers
from client.store.times import stamp


@dataclass(frozen=True, slots=True)
class BlockRecord:
    """A block that was leased. `given`: the highest serial given in it; `back_from`: where its returned rest begins."""

    key: str
    first: int
    last: int
    given: int | None
    back_from: int | None

    @property
    def next(self) -> int | None:
        """The next serial to give; None when it is spent or its rest is given back."""
        serial = self.first if self.given is None else self.given + 1
        return serial if serial <= self.last and self.back_from is None else None

    @property
    def size(self) -> int:
        return self.last - self.first + 1

    @property
    def left(self) -> int:
        """How many can still be given."""
        return 0 if self.next is None else self.last - self.next + 1


_GIVEN = (
    select(func.max(numbers.c.serial))
    .where(
        numbers.c.series == number_blocks.c.series,
        numbers.c.serial.between(number_blocks.c.first, number_blocks.c.last),
    )
    .scalar_subquery()
)
_BLOCKS: Select[tuple[str, int, int, int | None, int | None]] = (
    select(
        number_blocks.c.key,
        number_blocks.c.first,
        number_blocks.c.last,
        _GIVEN.label("given"),
        number_blocks.c.back_from,
    )
    .where(number_blocks.c.series == bindparam("of"), number_blocks.c.first.is_not(None))
    .order_by(number_blocks.c.first)
)
_HELD = Prepared(_BLOCKS)


def held(connection: Connection, series: str) -> Sequence[BlockRecord]:
    """The blocks of a series, spent and given back ones included, by their first serial."""
    return [
        BlockRecord(row.key, row.first, row.last, row.given, row.back_from) for row in _HELD.rows(connection, of=series)
    ]


def next_serial(connection: Connection, series: str) -> int | None:
    """The next serial of a series in the blocks held; None when there is none. The caller records it."""
    return next((block.next for block in held(connection, series) if block.next is not None), None)


def all_series(connection: Connection) -> Sequence[str]:
    """Every series a block was asked for, by name."""
    return connection.scalars(select(number_blocks.c.series).distinct().order_by(number_blocks.c.series)).all()


def ask(connection: Connection, series: str, size: int, at: datetime, key: str | None = None) -> None:
    """Put a wish on the books under a key of its own, or under that of a block the platform gives unasked."""
    row = {"key": key or str(uuid4()), "series": series, "size": size, "asked_at": stamp(at)}
    connection.execute(insert(number_blocks), row)


def is_known(connection: Connection, key: str) -> bool:
    """Whether a block of that key is on the books, or a wish for it."""
    return connection.execute(select(number_blocks.c.id).where(number_blocks.c.key == key)).first() is not None


def asked(connection: Connection) -> Sequence[tuple[str, str, int]]:
    """Wishes without answer, oldest first: key, series, size."""
    statement = select(number_blocks.c.key, number_blocks.c.series, number_blocks.c.size)
    rows = connection.execute(statement.where(number_blocks.c.first.is_(None)).order_by(number_blocks.c.id))
    return [(row.key, row.series, row.size) for row in rows]


def highest(connection: Connection, series: str) -> int:
    """The highest serial of a series that is in a block; 0 without any."""
    return connection.scalar(select(func.max(number_blocks.c.last)).where(number_blocks.c.series == series)) or 0


def enter(connection: Connection, key: str, first: int, last: int, at: datetime) -> bool:
    """Write the answer to a wish; False when it is not open any more."""
    open_wish = number_blocks.c.key == key, number_blocks.c.first.is_(None)
    answer = {"first": first, "last": last, "leased_at": stamp(at)}
    return connection.execute(update(number_blocks).where(*open_wish).values(answer)).rowcount == 1


def drop(connection: Connection, key: str) -> None:
    """Forget a wish that has no answer."""
    connection.execute(delete(number_blocks).where(number_blocks.c.key == key, number_blocks.c.first.is_(None)))


def overlaps(connection: Connection, series: str, first: int, last: int) -> bool:
    """Whether serials of that range are in a block or on the ledger already."""
    of_blocks = number_blocks.c.series == series, number_blocks.c.first <= last, number_blocks.c.last >= first
    of_ledger = numbers.c.series == series, numbers.c.serial.between(first, last)
    found = (select(number_blocks.c.key).where(*of_blocks), select(numbers.c.number).where(*of_ledger))
    return any(connection.execute(statement.limit(1)).first() is not None for statement in found)


def give_back(connection: Connection, key: str, first: int) -> None:
    """From serial `first` on nothing of that block is given any more."""
    connection.execute(update(number_blocks).where(number_blocks.c.key == key).values(back_from=first))


def to_give_back(connection: Connection) -> Sequence[tuple[str, int, str]]:
    """Rests the platform has not heard of: key, first serial and series."""
    owed = number_blocks.c.back_from.is_not(None), number_blocks.c.back_at.is_(None)
    columns = number_blocks.c.key, number_blocks.c.back_from, number_blocks.c.series
    rows = connection.execute(select(*columns).where(*owed))
    return [(row.key, row.back_from, row.series) for row in rows]


def given_back(connection: Connection, key: str, at: datetime) -> None:
    """The platform has the rest of that block."""
    unsaid = number_blocks.c.key == key, number_blocks.c.back_at.is_(None)
    connection.execute(update(number_blocks).where(*unsaid).values(back_at=stamp(at)))


def waiting_papers(connection: Connection, provisional_series: str) -> Sequence[int]:
    """Papers in force under a provisional number of that series that have no other yet, oldest first."""
    statement = (
        select(papers.c.id)
        .join(numbers, numbers.c.number == papers.c.number)
        .where(numbers.c.series == provisional_series, numbers.c.state == ISSUED, papers.c.central_number.is_(None))
        .order_by(papers.c.id)
    )
    return connection.scalars(statement).all()
