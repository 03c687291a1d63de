"""Giving out the window's numbers: 办件编号 and 文书编号，each in the transaction of its act."""

import secrets
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from client.desk.counter import Counter
from client.desk.wording import organ_facts
from client.errors import CaseError, Fault
from client.ports.papers import PaperKind
from client.rules.numbering import LAST_SERIAL, NUMBERS_EXHAUSTED, CaseNumber, PaperNumber, new_query_code
from client.store import numbers
from client.store.cases import CaseRecord
from client.text import tr

BLOCK_SPENT = Fault(
    "CASE-216",
    tr("“{word}”{year}年的文书编号已用完（{first}至{last}）"),
    tr("请联系大厅管理员为本窗口分配新的号段；收件凭证不受影响"),
)


def numbered(counter: Counter, connection: Connection, record: CaseRecord, now: datetime) -> CaseRecord:
    """The case with its 办件编号 and query code; given once, never changed."""
    if record.number is not None:
        return record
    settings = counter.settings
    first = CaseNumber(settings.region, settings.hall_code, settings.window_no, now.date(), 1)
    serial = numbers.next_serial(connection, first.series, first.serial, LAST_SERIAL)
    if serial is None:
        raise CaseError(NUMBERS_EXHAUSTED)
    number = str(replace(first, serial=serial))
    numbers.record(connection, first.series, serial, number, now)
    return replace(record, number=number, query_code=new_query_code(secrets.choice))


def take_paper_number(
    counter: Counter, connection: Connection, record: CaseRecord, kind: PaperKind, now: datetime
) -> str | None:
    """The next 文书编号 of the organ's word and year, from this window's part of the series; None without a word."""
    word = organ_facts(record, kind, counter.settings).organ_word
    if not word:
        return None
    first, last = counter.settings.paper_serials
    paper_number = PaperNumber(word, now.year, first)
    serial = numbers.next_serial(connection, paper_number.series, first, last)
    if serial is None:
        raise CaseError(BLOCK_SPENT, word=word, year=now.year, first=first, last=last)
    number = str(replace(paper_number, serial=serial))
    numbers.record(connection, paper_number.series, serial, number, now)
    return number
