"""The stock of leased 文书编号: what is left of each series, when more is asked for, and what goes back.

A paper that was made without is numbered as soon as there is a block: both numbers stay, the printed one as printed.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from client.desk.counter import PLATFORM, Counter
from client.desk.staff import Staff
from client.ports.numbers import Block, BlockRest, BlockWish
from client.rules.numbering import PaperNumber, ProvisionalNumber, is_of_year, number_in, run_low
from client.rules.rights import Right
from client.store import audit, number_blocks, numbers, papers
from client.text import tr

DECEMBER = 12
"""From this month on the next year's numbers are leased too: the line may be cut over New Year."""


@dataclass(frozen=True, slots=True)
class Stock:
    """What there is of one series. `held` counts the blocks in use whole, `waiting` papers without a number of it."""

    series: str
    held: int
    left: int
    waiting: int
    asked: bool  # a wish is on its way
    given_up: bool  # the newest block went back: no more is wanted until a paper needs one
    over: bool  # of an earlier year: only what waits is numbered from it
    early: bool = False  # of the next year: asked for, and nobody's concern before it begins

    @property
    def low(self) -> bool:
        """Whether somebody should know: a fifth or less is left, or papers wait."""
        return self.waiting > 0 or (run_low(self.left, self.held) and not (self.given_up or self.over or self.early))

    @property
    def wanting(self) -> bool:
        """Whether a block is to be asked for."""
        due = self.low or (self.early and not self.given_up)
        return due and run_low(self.left, self.held) and not self.asked


def stocks(counter: Counter, connection: Connection) -> tuple[Stock, ...]:
    """The stock of each word of the catalogue, of this year and the last, in December of the next one too.

    None where numbers are not leased.
    """
    if counter.settings.paper_block is None:
        return ()
    asked = {series for _, series, _ in number_blocks.asked(connection)}
    today = counter.today()
    years = [today.year - 1, today.year, *([today.year + 1] if today.month == DECEMBER else [])]
    words = sorted({word for item in counter.catalogue.items for word in item.organ.organ_words.values()})
    return tuple(
        _stock(counter, connection, word, each, asked=PaperNumber(word, each, 1).series in asked)
        for each in years
        for word in words
    )


def _stock(counter: Counter, connection: Connection, word: str, year: int, *, asked: bool) -> Stock:
    series, this_year = PaperNumber(word, year, 1).series, counter.today().year
    blocks = number_blocks.held(connection, series)
    in_use = [block for block in blocks if block.left]
    return Stock(
        series=series,
        held=sum(block.size for block in in_use),
        left=sum(block.left for block in in_use),
        waiting=len(number_blocks.waiting_papers(connection, _provisional(counter, word, year).series)),
        asked=asked,
        given_up=bool(blocks) and blocks[-1].back_from is not None,
        over=year < this_year,
        early=year > this_year,
    )


def _provisional(counter: Counter, word: str, year: int) -> ProvisionalNumber:
    settings = counter.settings
    return ProvisionalNumber(word, year, settings.hall_code, settings.window_no, 1)


def stock_words(stock: Stock) -> str:
    """How a short stock stands, for a person."""
    words = tr("{series}号段剩{left}个").format(series=stock.series, left=stock.left)
    return words + (tr("，{count}份文书用的是临时编号").format(count=stock.waiting) if stock.waiting else "")


class LeasedNumbers:
    """The desk's side of `client.ports.numbers.NumberBooks`."""

    def __init__(self, counter: Counter) -> None:
        self._counter = counter

    def rests(self) -> Sequence[BlockRest]:
        """Of an earlier year nothing is given any more: what is left of it goes back by itself."""
        memory, year = self._counter.memory, self._counter.today().year
        with memory.read() as connection:
            every = number_blocks.all_series(connection)
            over = [each for each in every if not (is_of_year(each, year) or is_of_year(each, year + 1))]
            left = [each for series in over for each in number_blocks.held(connection, series) if each.left]
        if left:
            with memory.begin() as connection:
                for series in over:
                    _put_back(connection, series)
        with memory.read() as connection:
            owed = number_blocks.to_give_back(connection)
        return [BlockRest(memory.source, *rest) for rest in owed]

    def given_back(self, key: str) -> None:
        with self._counter.memory.begin() as connection:
            number_blocks.given_back(connection, key, self._counter.clock())

    def wishes(self) -> Sequence[BlockWish]:
        counter, memory = self._counter, self._counter.memory
        size = counter.settings.paper_block
        if size is None:
            return ()
        with memory.read() as connection:
            wanting = any(stock.wanting for stock in stocks(counter, connection))
        if wanting:
            with memory.begin() as connection:
                for stock in stocks(counter, connection):
                    if stock.wanting:
                        number_blocks.ask(connection, stock.series, size, counter.clock())
        with memory.read() as connection:
            return [
                BlockWish(memory.source, key, series, size, number_blocks.highest(connection, series))
                for key, series, size in number_blocks.asked(connection)
            ]

    def leased(self, block: Block) -> None:
        """A block of which something is on our books already is not entered: a platform that was restored leases again.

        The wish goes, and the next one gets another block.
        """
        with self._counter.memory.begin() as connection:
            if block.key in {key for key, _, _ in number_blocks.asked(connection)}:
                _enter(self._counter, connection, block)


def granted(counter: Counter, connection: Connection, block: Block) -> bool:
    """Enter a block the platform gives unasked; whether it came on the books by that."""
    if number_blocks.is_known(connection, block.key):
        return False
    number_blocks.ask(connection, block.series, block.last - block.first + 1, counter.clock(), block.key)
    _enter(counter, connection, block)
    return number_blocks.is_known(connection, block.key)


def _enter(counter: Counter, connection: Connection, block: Block) -> None:
    """Enter the block of a wish, or forget the wish where something of the block is on the books already."""
    now, detail = counter.clock(), {"first": block.first, "last": block.last}
    if number_blocks.overlaps(connection, block.series, block.first, block.last):
        number_blocks.drop(connection, block.key)
        audit.add(connection, now, PLATFORM, "lease_block", block.series, "overlaps", detail)
        return
    number_blocks.enter(connection, block.key, block.first, block.last, now)
    audit.add(connection, now, PLATFORM, "lease_block", block.series, "done", detail)
    _number_waiting(counter, connection, block.series)


def _number_waiting(counter: Counter, connection: Connection, series: str) -> None:
    now, any_of_it = counter.clock(), PaperNumber.parse(number_in(series, 1))
    provisional = _provisional(counter, any_of_it.organ_word, any_of_it.year)
    for paper_id in number_blocks.waiting_papers(connection, provisional.series):
        serial = number_blocks.next_serial(connection, series)
        if serial is None:
            return
        number = number_in(series, serial)
        numbers.record(connection, series, serial, number, now)
        papers.number_centrally(connection, paper_id, number, source=counter.memory.source, at=now)
        audit.add(connection, now, PLATFORM, "number_paper", f"paper:{paper_id}", "done", {"number": number})


def put_back(counter: Counter, by: Staff, series: str | None) -> Sequence[BlockRest]:
    """Give the unused numbers of a series back, None: of all; they go with the next sending.

    Nothing of them is used from here on. Raises RightsError.
    """
    counter.permit(by, Right.KEEP_NUMBERS, series or "numbers")
    with counter.memory.begin() as connection:
        every = number_blocks.all_series(connection)
        for each in every if series is None else [series]:
            if _put_back(connection, each):
                audit.add(connection, counter.clock(), by.staff_no, "put_back_numbers", each, "done", {})
        owed = number_blocks.to_give_back(connection)
    return [BlockRest(counter.memory.source, *rest) for rest in owed]


def _put_back(connection: Connection, series: str) -> bool:
    """Whether there was something to put back."""
    rests = [(block.key, block.next) for block in number_blocks.held(connection, series) if block.next is not None]
    for key, first in rests:
        number_blocks.give_back(connection, key, first)
    return bool(rests)
