"""The gap report: of every series where each number went, so that a missing one is seen and must be explained.

A number is issued, voided for a reason, given back to the platform, given by the disk before this one, or still free.
Numbers of a block are given in their order: one that is missing below the highest that was given is a gap.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import Connection

from client.desk.counter import Counter, require_reason
from client.desk.numbers import LAST_PROVISIONAL, RESTORED
from client.desk.staff import Staff
from client.errors import CaseError, Fault
from client.rules.numbering import LAST_SERIAL, is_case_series, is_of_year, is_provisional_series, number_in
from client.rules.rights import Right
from client.store import audit, number_blocks, numbers
from client.store.numbers import LedgerRow
from client.text import tr

NO_GAP = Fault(
    "CASE-222",
    tr("“{series}”的第{first}至{last}号不是缺号"),
    tr("请先用 yichuang numbers report 查看缺号；已发出和已作废的编号不用说明"),
)


@dataclass(frozen=True, slots=True)
class Serials:
    """All serials from `first` to `last`."""

    first: int
    last: int

    def __str__(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first}–{self.last}"


@dataclass(frozen=True, slots=True)
class Voided:
    """Numbers that are on no paper in force, and why."""

    first: int
    last: int
    reason: str


@dataclass(frozen=True, slots=True)
class SeriesReport:
    """Where the numbers of a series are. `blocks` are those the window may give, or might have."""

    series: str
    blocks: tuple[Serials, ...]
    issued: int
    voided: tuple[Voided, ...]
    returned: tuple[Serials, ...]
    free: int
    gaps: tuple[Serials, ...]
    before: tuple[Serials, ...] = ()  # at the platform, from the disk before


def report(counter: Counter, year: int) -> tuple[SeriesReport, ...]:
    """Every series of that year something was given or leased of, by name."""
    with counter.memory.read() as connection:
        found = {*numbers.every_series(connection), *number_blocks.all_series(connection)}
        return tuple(_series(counter, connection, each) for each in sorted(found) if is_of_year(each, year))


def explain(counter: Counter, by: Staff, series: str, serials: Serials, reason: str) -> None:
    """Enter missing numbers as voided, each of them, with the reason. Raises CaseError where they are no gap."""
    counter.permit(by, Right.KEEP_NUMBERS, series)
    require_reason(reason)
    now = counter.clock()
    with counter.memory.begin() as connection:
        gaps = _series(counter, connection, series).gaps
        if not any(gap.first <= serials.first <= serials.last <= gap.last for gap in gaps):
            raise CaseError(NO_GAP, series=series, first=serials.first, last=serials.last)
        for serial in range(serials.first, serials.last + 1):
            numbers.record(connection, series, serial, number_in(series, serial), now)
            numbers.void(connection, series, serial, reason)
        detail = {"first": serials.first, "last": serials.last, "reason": reason}
        audit.add(connection, now, by.staff_no, "explain_numbers", series, "done", detail)


def _series(counter: Counter, connection: Connection, series: str) -> SeriesReport:
    rows = numbers.rows(connection, series)
    leased = number_blocks.held(connection, series)
    blocks = [Serials(block.first, block.last) for block in leased] or _own_blocks(counter, series)
    inside = [[row for row in rows if block.first <= row.serial <= block.last] for block in blocks]
    before = [row.serial for row in rows if row.before]
    strays = [
        row for row in rows if not row.before and not any(block.first <= row.serial <= block.last for block in blocks)
    ]
    holes = [hole for block, its in zip(blocks, inside, strict=True) for hole in _holes(block.first, its)]
    if strays:  # of a range the settings had before, whose ends nobody knows any more
        elsewhere = [*blocks, *(Serials(serial, serial) for serial in before)]
        holes += [part for hole in _holes(strays[0].serial, strays) for part in _outside(hole, elsewhere)]
    returned = tuple(Serials(b.back_from, b.last) for b in leased if b.back_from is not None)
    used = [its[-1].serial - block.first + 1 if its else 0 for block, its in zip(blocks, inside, strict=True)]
    size = sum(block.last - block.first + 1 for block in blocks)
    return SeriesReport(
        series=series,
        blocks=tuple(blocks),
        issued=sum(not row.voided and not row.before for row in rows),
        voided=tuple(_voided(rows, holes)),
        returned=returned,
        free=size - sum(used) - sum(each.last - each.first + 1 for each in returned),
        gaps=tuple(sorted((hole for hole in holes if not _left_out(rows, hole)), key=lambda hole: hole.first)),
        before=tuple(_together(before)),
    )


def _own_blocks(counter: Counter, series: str) -> list[Serials]:
    """What the window may give without asking anybody."""
    if is_case_series(series):
        return [Serials(1, LAST_SERIAL)]
    if is_provisional_series(series):
        return [Serials(1, LAST_PROVISIONAL)]
    return [] if counter.settings.paper_block else [Serials(*counter.settings.paper_serials)]


def _holes(first: int, rows: Sequence[LedgerRow]) -> Iterator[Serials]:
    """The serials that are missing between `first` and the last of the rows."""
    for row in rows:
        if row.serial > first:
            yield Serials(first, row.serial - 1)
        first = row.serial + 1


def _together(serials: Iterable[int]) -> Iterator[Serials]:
    """Serials in their order, those without a gap between them as one."""
    for _, run in groupby(enumerate(serials), key=lambda each: each[1] - each[0]):
        its = [serial for _, serial in run]
        yield Serials(its[0], its[-1])


def _outside(hole: Serials, blocks: Sequence[Serials]) -> Iterator[Serials]:
    """What of a hole is in no block."""
    first = hole.first
    for block in sorted(blocks, key=lambda block: block.first):
        if first <= block.last and block.first <= hole.last:
            if first < block.first:
                yield Serials(first, block.first - 1)
            first = block.last + 1
    if first <= hole.last:
        yield Serials(first, hole.last)


def _left_out(rows: Sequence[LedgerRow], hole: Serials) -> bool:
    """Whether a restored window left these numbers out: one row at their end stands for all of them."""
    return any(row.serial == hole.last + 1 and row.reason == RESTORED for row in rows)


def _voided(rows: Sequence[LedgerRow], holes: Sequence[Serials]) -> Iterator[Voided]:
    before = {hole.last + 1: hole.first for hole in holes}
    for row in rows:
        if row.voided:
            first = before.get(row.serial, row.serial) if row.reason == RESTORED else row.serial
            yield Voided(first, row.serial, row.reason)
