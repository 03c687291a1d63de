"""The gap report: where every number of a series is, and that a missing one is found until somebody explains it."""

import pytest
from sqlalchemy import delete

from client.desk.leasing import LeasedNumbers, put_back
from client.desk.number_report import NO_GAP, Serials, SeriesReport, Voided, explain, report
from client.desk.numbers import RESERVE, RESTORED, set_aside
from client.errors import CaseError, RightsError
from client.ports.numbers import Block
from client.ports.papers import PaperKind
from client.store.tables import numbers as ledger
from tests.desk.counter import CLERK, COLLEAGUE, FOOD, SUPERVISOR, Desk, MovableClock

YEAR = 2026


def word(desk: Desk) -> str:
    return desk.item(FOOD).organ.organ_words[PaperKind.ACCEPTANCE_NOTICE]


def series(desk: Desk) -> str:
    return f"{word(desk)}〔{YEAR}〕"


def of(desk: Desk, name: str = "") -> SeriesReport:
    return next(each for each in report(desk.counter, YEAR) if each.series == (name or series(desk)))


def accept(desk: Desk) -> int:
    return desk.intake.accept(desk.draft(FOOD), CLERK).case_id


def lose(desk: Desk, *serials: int, name: str = "") -> None:
    """Rows that somebody took out of the books."""
    with desk.memory.begin() as connection:
        of_these = ledger.c.series == (name or series(desk)), ledger.c.serial.in_(serials)
        connection.execute(delete(ledger).where(*of_these))


def lease(desk: Desk, first: int, last: int) -> None:
    books = LeasedNumbers(desk.counter)
    key = next(wish.key for wish in books.wishes() if wish.series == series(desk))
    books.leased(Block(key, series(desk), first, last))


def test_an_idle_window_has_nothing_to_report(desk: Desk) -> None:
    assert report(desk.counter, YEAR) == ()


def test_every_number_is_issued_voided_or_free(desk: Desk) -> None:
    desk.configure(paper_serials=(41, 60))
    cases = [accept(desk) for _ in range(3)]
    (paper,) = desk.papers(cases[1])
    desk.paperwork.replace(paper.paper_id, CLERK, COLLEAGUE, "打印模糊")
    found = of(desk)
    assert found.blocks == (Serials(41, 60),)
    assert (found.issued, found.voided, found.free) == (3, (Voided(42, 42, "打印模糊"),), 16)
    assert (found.returned, found.gaps) == ((), ())
    day = of(desk, f"110101-01-07-{desk.clock():%Y%m%d}")
    assert (day.issued, day.free, day.gaps) == (3, 9996, ())


def test_another_year_is_reported_for_itself(desk: Desk, clock: MovableClock) -> None:
    accept(desk)
    assert report(desk.counter, YEAR - 1) == ()
    clock.now = clock.now.replace(year=YEAR + 1)
    accept(desk)
    assert [each.issued for each in report(desk.counter, YEAR)] == [1, 1]


def test_a_missing_number_is_a_gap_until_it_is_explained(desk: Desk) -> None:
    for _ in range(6):
        accept(desk)
    lose(desk, 2, 3, 5)
    assert of(desk).gaps == (Serials(2, 3), Serials(5, 5))
    with pytest.raises(RightsError):
        explain(desk.counter, CLERK, series(desk), Serials(2, 3), "纸张损毁")
    with pytest.raises(CaseError):
        explain(desk.counter, SUPERVISOR, series(desk), Serials(2, 3), " ")
    explain(desk.counter, SUPERVISOR, series(desk), Serials(2, 3), "纸张损毁")
    found = of(desk)
    assert found.gaps == (Serials(5, 5),)
    assert found.voided == (Voided(2, 2, "纸张损毁"), Voided(3, 3, "纸张损毁"))
    explain(desk.counter, SUPERVISOR, series(desk), Serials(5, 5), "纸张损毁")
    assert of(desk).gaps == ()
    assert desk.audited("explain_numbers") == [(SUPERVISOR.staff_no, series(desk), "done")] * 2


@pytest.mark.parametrize("serials", [Serials(1, 2), Serials(2, 4), Serials(3, 2), Serials(7, 7)])
def test_only_what_is_missing_is_explained(desk: Desk, serials: Serials) -> None:
    for _ in range(4):
        accept(desk)
    lose(desk, 2, 3)
    with pytest.raises(CaseError) as caught:
        explain(desk.counter, SUPERVISOR, series(desk), serials, "纸张损毁")
    assert caught.value.fault is NO_GAP


def test_what_a_restored_window_leaves_out_is_explained_by_its_row(desk: Desk) -> None:
    accept(desk)
    with desk.memory.begin() as connection:
        set_aside(connection, desk.counter.settings, (), desk.clock())
    accept(desk)
    found = of(desk)
    assert (found.gaps, found.voided, found.issued) == ((), (Voided(2, RESERVE + 1, RESTORED),), 2)


def test_leased_blocks_are_reported_with_what_went_back(desk: Desk) -> None:
    desk.configure(paper_block=10)
    accept(desk)
    lease(desk, 11, 20)
    for _ in range(8):
        accept(desk)
    lease(desk, 31, 40)
    for _ in range(2):
        accept(desk)
    put_back(desk.counter, SUPERVISOR, series(desk))
    found = of(desk)
    assert found.blocks == (Serials(11, 20), Serials(31, 40))
    assert (found.issued, found.returned, found.free, found.gaps) == (11, (Serials(32, 40),), 0, ())
    assert of(desk, f"{series(desk)}临0107-").issued == 1
    lose(desk, 11, 15)
    assert of(desk).gaps == (Serials(11, 11), Serials(15, 15))


def test_a_range_the_settings_had_before_is_looked_at_too(desk: Desk) -> None:
    desk.configure(paper_serials=(41, 50))
    for _ in range(3):
        accept(desk)
    desk.configure(paper_serials=(101, 200))
    accept(desk)
    found = of(desk)
    assert (found.issued, found.free, found.gaps) == (4, 99, ())
    lose(desk, 42)
    assert of(desk).gaps == (Serials(42, 42),)


def test_a_hole_between_two_earlier_ranges_leaves_out_the_block_between_them(desk: Desk) -> None:
    for first in (41, 301):
        desk.configure(paper_serials=(first, first + 9))
        accept(desk)
    desk.configure(paper_serials=(101, 200))
    accept(desk)
    assert of(desk).gaps == (Serials(42, 100), Serials(201, 300))


def test_a_series_whose_block_was_only_asked_for_is_empty(desk: Desk) -> None:
    desk.configure(paper_block=10)
    LeasedNumbers(desk.counter).wishes()
    assert of(desk) == SeriesReport(series(desk), (), 0, (), (), 0, ())
