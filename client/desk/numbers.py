"""Giving out the window's numbers: 办件编号 and 文书编号，each in the transaction of its act."""

import secrets
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, select

from client.config import Settings
from client.desk.counter import Counter
from client.desk.wording import organ_facts
from client.errors import CaseError, Fault
from client.ports.papers import PAPER_WORDS, PaperKind
from client.rules.numbering import (
    LAST_SERIAL,
    NUMBERS_EXHAUSTED,
    CaseNumber,
    PaperNumber,
    ProvisionalNumber,
    new_query_code,
    paper_number_of,
)
from client.rules.papers import PAPER_RULES
from client.store import number_blocks, numbers
from client.store.cases import CaseRecord
from client.store.papers import PaperRecord
from client.store.tables import numbers as ledger
from client.text import chinese, marked, tr

RESERVE = 200
"""Serials a restored window leaves out: more than one window gives of a series between a backup and its loss.

A window takes some 60 cases on its busiest day, and its backup is a day's work old, or two.
"""
LAST_PROVISIONAL = 999_999
BLANK = "\u3000\u3000"  # where a number is not given yet
RESTORED = marked("恢复备份：备份之后可能已经发出，不再使用")

NO_WORD = Fault(
    "CASE-217",
    tr("“{organ}”没有“{paper}”的机关代字，不能编文书编号"),
    tr("请大厅管理员在事项目录中补上机关代字；此前可先收件并出具申请材料接收凭证"),
)
BLOCK_SPENT = Fault(
    "CASE-216",
    tr("“{word}”{year}年的文书编号已用完（{first}至{last}）"),
    tr("请联系大厅管理员为本窗口分配新的号段；收件凭证不受影响"),
)


def set_aside(connection: Connection, settings: Settings, words: Iterable[str], now: datetime) -> None:
    """Leave out, in a restored store, the numbers its window may have put on paper after the backup was made.

    `words` are the organs' words (机关代字) of the catalogue; those the ledger knows of this year are added. The
    serials stay on the books as one voided row at their end. Where a block has no `RESERVE` left it counts as
    spent, and the hall gives the window another one.
    """
    first = CaseNumber(settings.region, settings.hall_code, settings.window_no, now.date(), 1)
    _skip(connection, first, LAST_SERIAL, now)
    for word in sorted({*words, *_words_of(connection, now.year)}):
        if settings.paper_block is None:
            begin, last = settings.paper_serials
            _skip(connection, PaperNumber(word, now.year, begin), last, now)
        else:
            _skip_in_blocks(connection, PaperNumber(word, now.year, 1), now)
            provisional = ProvisionalNumber(word, now.year, settings.hall_code, settings.window_no, 1)
            _skip(connection, provisional, LAST_PROVISIONAL, now)


def _skip(
    connection: Connection,
    first: CaseNumber | PaperNumber | ProvisionalNumber,
    last: int,
    now: datetime,
    reserve: int = RESERVE,
) -> int:
    """Leave out the next `reserve` serials up to `last`; returns how many there were."""
    next_one = numbers.next_serial(connection, first.series, first.serial, last)
    if next_one is None:
        return 0
    serial = min(next_one + reserve - 1, last)
    numbers.record(connection, first.series, serial, str(replace(first, serial=serial)), now)
    numbers.void(connection, first.series, serial, RESTORED)
    return serial - next_one + 1


def _skip_in_blocks(connection: Connection, number: PaperNumber, now: datetime) -> None:
    """The reserve is taken of one block after another, as the lost window took its numbers."""
    reserve = RESERVE
    for block in number_blocks.held(connection, number.series):
        if reserve and block.left:
            reserve -= _skip(connection, replace(number, serial=block.first), block.last, now, reserve)


def _words_of(connection: Connection, year: int) -> set[str]:
    """The organs' words under which papers were numbered in `year`."""
    ending = PaperNumber("", year, 1).series
    found = connection.scalars(select(ledger.c.series).where(ledger.c.series.endswith(ending)).distinct())
    return {series.removesuffix(ending) for series in found}


def numbered(counter: Counter, connection: Connection, record: CaseRecord, now: datetime) -> CaseRecord:
    """The case with its 办件编号, query code and the time it came in; each given once, never changed."""
    if record.number is not None:
        return record
    number = take_case_number(counter, connection, now)
    received_at = record.received_at or now
    return replace(record, number=number, query_code=new_query_code(secrets.randbelow), received_at=received_at)


def take_case_number(counter: Counter, connection: Connection, now: datetime) -> str:
    """The next 办件编号 of this window's day, entered as issued. Raises CaseError when the day has no more."""
    settings = counter.settings
    first = CaseNumber(settings.region, settings.hall_code, settings.window_no, now.date(), 1)
    series = first.series
    serial = numbers.next_serial(connection, series, first.serial, LAST_SERIAL)
    if serial is None:
        raise CaseError(NUMBERS_EXHAUSTED)
    number = str(CaseNumber(first.region, first.hall, first.window, first.day, serial))
    numbers.record(connection, series, serial, number, now)
    return number


def take_paper_number(
    counter: Counter, connection: Connection, record: CaseRecord, kind: PaperKind, now: datetime
) -> str | None:
    """The next 文书编号 of the organ's word and year, from this window's part of the series; None for a slip.

    Where numbers are leased and none is left it is a provisional one: the citizen does not wait for the platform.
    Raises CaseError where the organ has no word for such a paper, or the block is spent: a notice without number
    could never be drawn.
    """
    if not PAPER_RULES[kind].sealed:
        return None
    word = _organ_word(counter, record, kind)
    if counter.settings.paper_block is not None:
        return _take_leased(counter, connection, PaperNumber(word, now.year, 1), now)
    first, last = counter.settings.paper_serials
    paper_number = PaperNumber(word, now.year, first)
    serial = numbers.next_serial(connection, paper_number.series, first, last)
    if serial is None:
        raise CaseError(BLOCK_SPENT, word=word, year=now.year, first=first, last=last)
    number = str(replace(paper_number, serial=serial))
    numbers.record(connection, paper_number.series, serial, number, now)
    return number


def blank_number(counter: Counter, record: CaseRecord, kind: PaperKind, now: datetime) -> str | None:
    """How the 文书编号 of such a paper will read, a blank for its serial: 示市监许受〔2026〕　　号; None for a slip.

    Raises CaseError where the organ has no word for it.
    """
    if not PAPER_RULES[kind].sealed:
        return None
    series = PaperNumber(_organ_word(counter, record, kind), now.year, 1).series
    return chinese("{series}{blank}号").format(series=series, blank=BLANK)


def _organ_word(counter: Counter, record: CaseRecord, kind: PaperKind) -> str:
    word = organ_facts(record, kind, counter.settings).organ_word
    if not word:
        raise CaseError(NO_WORD, organ=record.item.organ.name, paper=PAPER_WORDS[kind])
    return word


def _take_leased(counter: Counter, connection: Connection, number: PaperNumber, now: datetime) -> str:
    serial = number_blocks.next_serial(connection, number.series)
    if serial is not None:
        taken: PaperNumber | ProvisionalNumber = replace(number, serial=serial)
    else:
        settings = counter.settings
        first = ProvisionalNumber(number.organ_word, number.year, settings.hall_code, settings.window_no, 1)
        serial = numbers.next_serial(connection, first.series, 1, LAST_PROVISIONAL)
        if serial is None:
            raise CaseError(BLOCK_SPENT, word=number.organ_word, year=number.year, first=1, last=LAST_PROVISIONAL)
        taken = replace(first, serial=serial)
    numbers.record(connection, taken.series, taken.serial, str(taken), now)
    return str(taken)


def void_numbers(connection: Connection, paper: PaperRecord, reason: str) -> None:
    """Void the numbers of a paper that never left the window: the printed one, and the platform's for it."""
    for written in filter(None, (paper.number, paper.central_number)):
        number = paper_number_of(written)
        numbers.void(connection, number.series, number.serial, reason)
