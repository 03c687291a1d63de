"""How far a window's numbers have come, as it travels with what is unsent: a rescued window goes on behind that.

The numbers of acknowledged cases do not travel otherwise, and would be given again.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import Connection, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert

from client.config import Settings
from client.store.tables import number_blocks, numbers

DAYS = 7  # the newest, of which the ends of the case numbers travel: every day has a series of its own
BLOCKS = 8  # the newest of a series: numbers are given block after block, so that older ones are spent

_BEHIND_DIGITS = ":"  # the series of case numbers begin with a digit, those of papers with a word
_BEHIND_WORDS = "\U0010ffff"
_ANY_SERIAL = (1, (1 << 62) - 1)

Row = dict[str, Any]


def ends(connection: Connection, settings: Settings) -> Mapping[str, tuple[Row, ...]]:
    """Rows by table: the last number of each range that numbers are given from, and the blocks leased of late.

    Costs a few looks into an index for each series, however many numbers were given.
    """
    head = f"{settings.region}-{settings.hall_code}-{settings.window_no}-"
    of_cases = islice(_series(connection, head, head + _BEHIND_DIGITS), DAYS)
    given: dict[tuple[str, int], Row] = {}
    leased: list[Row] = []
    for series in (*of_cases, *_series(connection, _BEHIND_DIGITS, _BEHIND_WORDS)):
        blocks = _blocks(connection, series)
        leased += blocks
        for first, last in (_ANY_SERIAL, settings.paper_serials, *((each["first"], each["last"]) for each in blocks)):
            given |= {(series, row["serial"]): row for row in _last(connection, series, first, last)}
    return {numbers.name: tuple(given.values()), number_blocks.name: tuple(leased)}


def enter(connection: Connection, rows: Mapping[str, Sequence[Row]], *, blocks: bool) -> None:
    """Put the ends on the books of a store that has none but those its cases brought, in the caller's transaction.

    `blocks`: the store is for the window that leased them; the platform takes them back from no other.
    """
    if given := rows.get(numbers.name):
        connection.execute(upsert(numbers).on_conflict_do_nothing(), given)
    if blocks and (leased := rows.get(number_blocks.name)):
        connection.execute(insert(number_blocks), leased)


def _series(connection: Connection, first: str, end: str) -> Iterator[str]:
    """The series from `first` on and before `end`, backwards: newest day or year first."""
    newest = select(numbers.c.series).where(numbers.c.series >= first).order_by(numbers.c.series.desc()).limit(1)
    while (found := connection.scalar(newest.where(numbers.c.series < end))) is not None:
        yield found
        end = found


def _last(connection: Connection, series: str, first: int, last: int) -> Sequence[Row]:
    """The row of the highest serial given between `first` and `last`; none where nothing was."""
    statement = select(numbers).where(numbers.c.series == series, numbers.c.serial.between(first, last))
    found = connection.execute(statement.order_by(numbers.c.serial.desc()).limit(1))
    return [dict(row) for row in found.mappings()]


def _blocks(connection: Connection, series: str) -> Sequence[Row]:
    statement = select(number_blocks).where(number_blocks.c.series == series, number_blocks.c.first.is_not(None))
    found = connection.execute(statement.order_by(number_blocks.c.first.desc()).limit(BLOCKS))
    return [dict(row) for row in found.mappings()]
