"""What a restored window leaves out, so that no number is on two papers."""

from dataclasses import replace

from sqlalchemy import select

from client.desk.numbers import RESERVE, RESTORED, set_aside
from client.rules.numbering import CaseNumber, PaperNumber
from client.store import numbers
from client.store.tables import numbers as ledger
from tests.desk.counter import Desk

WORD, OTHER = "示市监许受", "示市监许补"


def given(desk: Desk, word: str, *serials: int, year: int = 0) -> None:
    now = desk.clock()
    with desk.memory.begin() as connection:
        for serial in serials:
            number = PaperNumber(word, year or now.year, serial)
            numbers.record(connection, number.series, serial, str(number), now)


def restored(desk: Desk, *words: str) -> None:
    with desk.memory.begin() as connection:
        set_aside(connection, desk.counter.settings, words, desk.clock())


def next_paper(desk: Desk, word: str) -> int | None:
    first, last = desk.counter.settings.paper_serials
    with desk.memory.read() as connection:
        return numbers.next_serial(connection, PaperNumber(word, desk.clock().year, first).series, first, last)


def test_papers_go_on_behind_the_reserve_of_every_word_the_books_or_the_catalogue_know(desk: Desk) -> None:
    given(desk, WORD, 1, 2, 3)
    restored(desk, OTHER)
    assert (next_paper(desk, WORD), next_paper(desk, OTHER)) == (3 + RESERVE + 1, RESERVE + 1)


def test_the_books_say_why(desk: Desk) -> None:
    given(desk, WORD, 1)
    restored(desk)
    with desk.memory.read() as connection:
        rows = connection.execute(select(ledger).where(ledger.c.state == numbers.VOIDED)).all()
    year, settings = desk.clock().year, desk.counter.settings
    case = CaseNumber(settings.region, settings.hall_code, settings.window_no, desk.clock().date(), RESERVE)
    assert {row.number for row in rows} == {str(case), f"{WORD}〔{year}〕{RESERVE + 1}号"}
    assert {row.reason for row in rows} == {RESTORED}


def test_an_earlier_year_is_left_as_it_is(desk: Desk) -> None:
    given(desk, WORD, 1, year=desk.clock().year - 1)
    restored(desk)
    with desk.memory.read() as connection:
        assert connection.scalars(select(ledger.c.series).where(ledger.c.series.contains(WORD))).all() == [
            f"{WORD}〔{desk.clock().year - 1}〕"
        ]


def test_a_block_without_the_reserve_is_spent(desk: Desk) -> None:
    desk.configure(paper_serials=(1, RESERVE))
    given(desk, WORD, 1)
    restored(desk)
    assert next_paper(desk, WORD) is None
    restored(desk)  # from the next backup: nothing is left to leave out
    assert next_paper(desk, WORD) is None


def test_the_cases_of_today_go_on_behind_the_reserve(desk: Desk) -> None:
    restored(desk)
    settings, today = desk.counter.settings, desk.clock().date()
    first = CaseNumber(settings.region, settings.hall_code, settings.window_no, today, 1)
    with desk.memory.read() as connection:
        assert numbers.next_serial(connection, first.series, 1, 9999) == RESERVE + 1
        tomorrow = replace(first, day=today.replace(day=today.day + 1))
        assert numbers.next_serial(connection, tomorrow.series, 1, 9999) == 1
