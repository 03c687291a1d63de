"""The sums of what was acknowledged follow every answer, every change told, and all that is found forgotten."""

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest
from sqlalchemy import Connection, select, update

from client.ports.platform import EventAnswer, Verdict
from client.rules.agreement import Range, Sum, head_of, total
from client.store import agreement, outbox, tables
from client.store.agreement import StoredBooks
from client.store.engine import Database
from client.store.outbox import StoredOutbox
from client.store.sealed import SealedFiles
from tests.store.conftest import fill

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
OWN = "110101-01-07-"
EVERYTHING = Range(OWN, OWN + "~")


def number(serial: int, day: int = 20260302) -> str:
    return f"{OWN}{day}-{serial:04}-0"


class Window:
    """Three cases of two days; the second has two events that name one file twice."""

    def __init__(self, database: Database, files: SealedFiles) -> None:
        self.database = database
        self.outbox = StoredOutbox(database, files)
        self.books = StoredBooks(database, OWN, "urn:this-store")
        named = [(1, ["a" * 64]), (2, ["b" * 64]), (2, ["b" * 64, "c" * 64]), (3, [])]
        with database.begin() as connection:
            fill(connection, tables.items, id=1)
            for case_id, case in ((1, number(1)), (2, number(2)), (3, number(1, 20260303))):
                fill(connection, tables.cases, id=case_id, item_id=1, key=f"k{case_id}", number=case)
            self.events = [self._put(connection, case_id, digests) for case_id, digests in named]

    def _put(self, connection: Connection, case_id: int, digests: Sequence[str]) -> str:
        case = connection.scalars(select(tables.cases.c.number).where(tables.cases.c.id == case_id)).one()
        return outbox.put(
            connection,
            source="urn:w",
            case_id=case_id,
            subject=case,
            event_type="case.accepted",
            time=NOW,
            data=b"{}",
            files=digests,
        )

    def answer(self, *at: int, verdict: Verdict = Verdict.ACCEPTED) -> None:
        self.outbox.answered([EventAnswer(self.events[each], verdict, ack="A") for each in at], NOW)

    def counted(self) -> dict[str, Sum]:
        """Every case counted anew, by head."""
        with self.database.read() as connection:
            found = agreement.held(connection, [1, 2, 3]).values()
        heads = {head_of(each.number) for each in found}
        return {head: total(each.sum for each in found if head_of(each.number) == head) for head in heads}

    def kept(self) -> dict[str, Sum]:
        """The sums as they are kept, those of nothing left out."""
        with self.database.read() as connection:
            rows = connection.execute(select(tables.tallies)).all()
        return {row.head: Sum.of(row.cases, row.digest) for row in rows if row.cases or int(row.digest, 16)}


@pytest.fixture
def window(database: Database, files: SealedFiles) -> Window:
    return Window(database, files)


def test_nothing_is_agreed_before_the_platform_answers(window: Window) -> None:
    window.answer(0, verdict=Verdict.REFUSED)
    window.answer(1, verdict=Verdict.RETRY)
    assert window.kept() == window.counted() == {}
    assert window.books.cases(EVERYTHING, "") == []


def test_the_sums_follow_every_answer(window: Window) -> None:
    for at in (1, 0, 2, 3, 2):
        window.answer(at)
        assert window.kept() == window.counted()
    assert {head: each.cases for head, each in window.kept().items()} == {f"{OWN}20260302": 2, f"{OWN}20260303": 1}


def test_what_the_platform_forgot_is_taken_back_and_comes_again(window: Window) -> None:
    window.answer(0, 1, 2, 3)
    before = window.kept()
    window.outbox.reopen([window.events[2], window.events[3]], "forgotten")
    assert window.kept() == window.counted()
    assert window.kept().keys() == {f"{OWN}20260302"}
    window.answer(2, 3)
    assert window.kept() == before
    window.outbox.reopen([], "nothing")
    assert window.kept() == before


def test_what_the_platform_told_of_a_case_is_in_its_sum(window: Window) -> None:
    window.answer(0)
    before = window.kept()
    with window.database.begin() as connection, agreement.followed(connection, [1]):
        connection.execute(update(tables.cases).where(tables.cases.c.id == 1).values(told="review"))
    assert window.kept() == window.counted() != before


def test_the_books_say_what_is_held(window: Window) -> None:
    window.answer(0, 1, 2, 3)
    first, second, third = window.books.cases(EVERYTHING, "")
    assert [each.number for each in (first, second, third)] == [number(1), number(2), number(1, 20260303)]
    assert (second.key, second.told, second.files) == ("k2", None, frozenset({"b" * 64, "c" * 64}))
    assert {fact.event_id for fact in second.events} == {window.events[1], window.events[2]}
    assert window.books.cases(EVERYTHING, number(2)) == [third]
    assert window.books.cases(EVERYTHING, third.number) == []
    day = Range(f"{OWN}20260302", f"{OWN}20260302!")
    assert window.books.cases(day, "") == [first, second]
    assert window.books.cases(Range(day.end, EVERYTHING.end), "") == [third]
    assert window.books.sums([day, EVERYTHING]) == [total([first.sum, second.sum]), total(window.kept().values())]


def test_ranges_begin_with_this_windows_numbers_and_those_it_once_had(window: Window) -> None:
    window.answer(0, 3)
    renumbered = StoredBooks(window.database, "110101-01-08-", "urn:this-store")
    assert renumbered.whole() == [EVERYTHING, Range("110101-01-08-", "110101-01-08-~")]
    assert window.books.whole() == [EVERYTHING]
    assert window.books.split(EVERYTHING, 16) == [
        Range(OWN, f"{OWN}20260302"),
        Range(f"{OWN}20260302", f"{OWN}20260303"),
        Range(f"{OWN}20260303", f"{OWN}~"),
    ]


def test_an_event_that_waits_for_its_answer_is_on_the_way(window: Window) -> None:
    window.answer(0)
    assert window.books.on_the_way([*window.events, "another"]) == frozenset(window.events[1:])
