"""What the platform has of the disk before, written down: its cases count as agreed, its numbers as given."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import datetime

from sqlalchemy import Connection

from client.desk.counter import PLATFORM, Counter
from client.desk.numbers import RESTORED
from client.errors import CaseError
from client.rules.agreement import Held
from client.rules.numbering import CaseNumber, PaperNumber, ProvisionalNumber, number_in, paper_number_of
from client.store import audit, before, number_blocks, numbers

PORTION = 50  # cases of one transaction

Number = CaseNumber | PaperNumber | ProvisionalNumber


def take_note(counter: Counter, connection: Connection, held: Sequence[Held]) -> int:
    """Write these cases down as the platform's, and their numbers as given; returns how many there were.

    From then on they agree, no number of theirs is given again, and the gap report knows where they went.
    """
    taken = before.put(connection, held)
    enter_given(counter, connection, taken, counter.clock())
    return len(taken)


def learn_given(counter: Counter, held: Sequence[Held]) -> None:
    """The platform was reached: what the disk before gave is on the books before this one gives on.

    In portions, so that a clerk who accepts a case meanwhile does not wait; what is known already costs no write.
    """
    with counter.memory.read() as connection:
        news = [each for each in held if _has_news(connection, each)]
    for start in range(0, len(news), PORTION):
        with counter.memory.begin() as connection:
            enter_given(counter, connection, news[start : start + PORTION], counter.clock())
    if news:
        with counter.memory.begin() as connection:
            detail = {"cases": len(news), "last": max(each.number for each in news)}
            audit.add(connection, counter.clock(), PLATFORM, "numbers_before", counter.memory.source, "done", detail)


def _has_news(connection: Connection, held: Held) -> bool:
    found = [(each, numbers.at_or_behind(connection, each.series, each.serial)) for each in _numbers_of([held])]
    return any(row is None or row.serial != each.serial or not row.before for each, row in found)


def enter_given(counter: Counter, connection: Connection, held: Iterable[Held], now: datetime) -> None:
    """Enter the numbers of cases and papers the platform has as given by the disk before."""
    for number in _numbers_of(held):
        series, serial = number.series, number.serial
        known = numbers.at_or_behind(connection, series, serial)
        if known is not None and known.reason == RESTORED:
            _keep_left_out(connection, number, _first(counter, connection, number), now)
        elif known is not None and known.serial == serial and numbers.is_borne(connection, str(number)):
            continue  # given twice: here it stands on a paper, and the books may not say otherwise
        numbers.enter_before(connection, series, serial, str(number), now)


def _numbers_of(held: Iterable[Held]) -> Iterable[Number]:
    for each in held:
        with suppress(CaseError):  # a number of another form is in no series of the ledger
            yield CaseNumber.parse(each.number)
        for written in sorted(each.papers):
            with suppress(CaseError):
                yield paper_number_of(written)


def _keep_left_out(connection: Connection, number: Number, first: int, now: datetime) -> None:
    """Of the serials left out at the rescue those below this one stay so: their row stands at their end."""
    below = number.serial - 1
    if below < first or numbers.is_given(connection, number.series, below):
        return
    numbers.record(connection, number.series, below, number_in(number.series, below), now)
    numbers.void(connection, number.series, below, RESTORED)


def _first(counter: Counter, connection: Connection, number: Number) -> int:
    """The first serial of the range this number was given from."""
    if not isinstance(number, PaperNumber):
        return 1
    blocks = number_blocks.held(connection, number.series)
    for block in blocks:
        if block.first <= number.serial <= block.last:
            return block.first
    first, last = counter.settings.paper_serials
    return first if not blocks and first <= number.serial <= last else number.serial
