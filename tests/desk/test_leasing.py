"""Leased numbers at the counter: asked for in time, warned of, provisional without, never changed on paper."""

from collections.abc import Sequence

import pytest

from client.desk.finding import find
from client.desk.inbox import StoredInbox
from client.desk.leasing import LeasedNumbers, put_back
from client.desk.numbers import RESERVE, set_aside
from client.desk.today import ToDo, ToDoKind, queue
from client.errors import RightsError
from client.ports.numbers import Block, BlockRest, BlockWish
from client.ports.papers import PaperKind
from client.ports.platform import Change, ChangeKind, ChangePage
from client.store import number_blocks, wholeness
from tests.desk.counter import CLERK, COLLEAGUE, FOOD, SUPERVISOR, Desk, MovableClock

SIZE = 10
NOTICE = PaperKind.ACCEPTANCE_NOTICE


@pytest.fixture
def leasing(desk: Desk) -> Desk:
    desk.configure(paper_block=SIZE)
    return desk


def books(desk: Desk) -> LeasedNumbers:
    return LeasedNumbers(desk.counter)


def word(desk: Desk) -> str:
    return desk.item(FOOD).organ.organ_words[NOTICE]


def series(desk: Desk, year: int = 0) -> str:
    return f"{word(desk)}〔{year or desk.clock().year}〕"


def wish(desk: Desk, year: int = 0) -> BlockWish:
    (found,) = (each for each in books(desk).wishes() if each.series == series(desk, year))
    return found


def lease(desk: Desk, first: int, last: int, year: int = 0) -> None:
    books(desk).leased(Block(wish(desk, year).key, series(desk, year), first, last))


def accept(desk: Desk) -> int:
    return desk.intake.accept(desk.draft(FOOD), CLERK).case_id


def number(desk: Desk, case_id: int) -> str:
    return desk.facts(case_id, NOTICE).paper_number or ""


def warned(desk: Desk) -> Sequence[ToDo]:
    return [todo for todo in queue(desk.counter) if todo.kind is ToDoKind.NUMBERS_LOW]


def wished(desk: Desk) -> set[str]:
    return {each.series for each in books(desk).wishes()}


def test_a_window_with_a_range_of_its_own_asks_for_nothing(desk: Desk) -> None:
    assert books(desk).wishes() == ()
    assert warned(desk) == []
    assert number(desk, accept(desk)) == f"{series(desk)}1号"


def test_a_new_window_asks_for_a_block_of_every_word_and_asks_again_with_the_same_key(leasing: Desk) -> None:
    words = {w for item in leasing.counter.catalogue.items for w in item.organ.organ_words.values()}
    first = books(leasing).wishes()
    assert {each.series for each in first} == {f"{each}〔2026〕" for each in words}
    assert {(each.source, each.size) for each in first} == {(leasing.memory.source, SIZE)}
    leasing.reopen()
    assert books(leasing).wishes() == first


def test_numbers_come_from_the_block_and_more_is_asked_for_at_a_fifth(leasing: Desk) -> None:
    lease(leasing, 41, 50)
    assert [number(leasing, accept(leasing)) for _ in range(7)] == [f"{series(leasing)}{n}号" for n in range(41, 48)]
    assert series(leasing) not in wished(leasing)
    accept(leasing)
    (todo,) = warned(leasing)
    assert f"{series(leasing)}号段剩2个" in todo.words
    assert wish(leasing).held == 50, "a platform that was put back hears what is on the books here"
    assert (todo.verb, todo.case_id, todo.case_number) == ("立即同步", 0, "")
    lease(leasing, 91, 100)
    assert not any(series(leasing) in each.words for each in warned(leasing))
    assert [number(leasing, accept(leasing)) for _ in range(3)] == [f"{series(leasing)}{n}号" for n in (49, 50, 91)]


def test_without_numbers_a_paper_gets_a_provisional_one_and_both_stay_searchable(leasing: Desk) -> None:
    first, second = accept(leasing), accept(leasing)
    provisional = [f"{series(leasing)}临0107-{n}号" for n in (1, 2)]
    assert [number(leasing, case_id) for case_id in (first, second)] == provisional
    assert "2份文书用的是临时编号" in warned(leasing)[0].words
    lease(leasing, 7, 16)
    (paper,) = leasing.papers(first)
    assert (paper.number, paper.central_number) == (provisional[0], f"{series(leasing)}7号")
    assert number(leasing, first) == provisional[0]  # as it is printed
    for words in (provisional[0], f"{series(leasing)}7号"):
        assert [case.case_id for case in find(leasing.counter, words).cases] == [first]
    told = [event["paper"] for event in leasing.events("paper.numbered")]
    assert told == [
        {"kind": "acceptance_notice", "number": old, "central_number": f"{series(leasing)}{new}号"}
        for old, new in zip(provisional, (7, 8), strict=True)
    ]
    assert number(leasing, accept(leasing)) == f"{series(leasing)}9号"
    assert wholeness.look(leasing.memory, read=False).flaws == ()  # both are in the ledger, and on this paper


def test_a_reprint_bears_the_number_of_the_first_print(leasing: Desk) -> None:
    case_id = accept(leasing)
    leasing.render()
    lease(leasing, 1, 10)
    (paper,) = leasing.papers(case_id)
    leasing.paperwork.reprint(paper.paper_id, CLERK, "申请人遗失")
    (order,) = leasing.memory.spool(leasing.clock).waiting()
    assert order.facts.paper_number == f"{series(leasing)}临0107-1号"


def test_voiding_a_paper_voids_both_its_numbers(leasing: Desk) -> None:
    case_id = accept(leasing)
    lease(leasing, 1, 10)
    (paper,) = leasing.papers(case_id)
    leasing.paperwork.replace(paper.paper_id, CLERK, COLLEAGUE, "打印模糊")
    assert number(leasing, case_id) == f"{series(leasing)}2号"
    with leasing.memory.read() as connection:
        rows = connection.exec_driver_sql("SELECT number FROM numbers WHERE reason = '打印模糊' ORDER BY number")
        assert set(rows.scalars()) == {paper.number, paper.central_number}


def test_a_voided_provisional_paper_takes_no_number_of_the_platforms(leasing: Desk) -> None:
    case_id = accept(leasing)
    (paper,) = leasing.papers(case_id)
    leasing.paperwork.replace(paper.paper_id, CLERK, COLLEAGUE, "打印模糊")
    lease(leasing, 1, 10)
    assert [each.central_number for each in leasing.papers(case_id)] == [None, f"{series(leasing)}1号"]


def test_a_block_too_small_for_all_that_wait_is_followed_by_another(leasing: Desk) -> None:
    cases = [accept(leasing) for _ in range(3)]
    lease(leasing, 1, 2)
    lease(leasing, 5, 6)
    central = [leasing.papers(case_id)[0].central_number for case_id in cases]
    assert central == [f"{series(leasing)}{n}号" for n in (1, 2, 5)]


def test_an_answer_that_comes_twice_counts_once(leasing: Desk) -> None:
    block = Block(wish(leasing).key, series(leasing), 1, 10)
    books(leasing).leased(block)
    before = leasing.everything()
    books(leasing).leased(block)
    assert leasing.everything() == before


def test_a_block_that_holds_what_was_given_already_is_not_taken(leasing: Desk) -> None:
    lease(leasing, 1, 10)
    while series(leasing) not in wished(leasing):
        accept(leasing)
    old = wish(leasing)
    lease(leasing, 5, 14)
    assert ("platform", series(leasing), "overlaps") in leasing.audited("lease_block")
    assert wish(leasing).key != old.key
    lease(leasing, 15, 24)
    with leasing.memory.read() as connection:
        assert [block.first for block in number_blocks.held(connection, series(leasing))] == [1, 15]


def test_what_is_put_back_is_used_no_more_and_none_is_asked_for_until_a_paper_needs_it(leasing: Desk) -> None:
    lease(leasing, 1, 10)
    accept(leasing)
    with pytest.raises(RightsError):
        put_back(leasing.counter, CLERK, None)
    (rest,) = put_back(leasing.counter, SUPERVISOR, series(leasing))
    assert (rest.first, rest.source) == (2, leasing.memory.source)
    assert books(leasing).rests() == [rest]
    assert series(leasing) not in wished(leasing)
    books(leasing).given_back(rest.key)
    assert books(leasing).rests() == []
    assert put_back(leasing.counter, SUPERVISOR, None) == []
    assert number(leasing, accept(leasing)) == f"{series(leasing)}临0107-1号"
    lease(leasing, 11, 20)
    assert leasing.audited("put_back_numbers") == [(SUPERVISOR.staff_no, series(leasing), "done")]


def test_at_the_years_end_the_rest_goes_back_by_itself(leasing: Desk, clock: MovableClock) -> None:
    clock.now = clock.now.replace(month=12, day=31)
    lease(leasing, 1, 10)
    accept(leasing)
    assert books(leasing).rests() == []
    clock.now = clock.now.replace(year=2027, month=1, day=1)
    (rest,) = books(leasing).rests()
    assert isinstance(rest, BlockRest)
    assert rest.first == 2
    assert series(leasing, 2026) not in wished(leasing)
    assert series(leasing, 2027) in wished(leasing)


def test_the_next_years_numbers_are_there_before_the_year_and_nobody_is_warned_of_them(
    leasing: Desk, clock: MovableClock
) -> None:
    clock.now = clock.now.replace(month=11, day=30)
    assert {each.partition("〔")[2] for each in wished(leasing)} == {"2026〕"}
    clock.now = clock.now.replace(month=12, day=1)
    assert {each.partition("〔")[2] for each in wished(leasing)} == {"2026〕", "2027〕"}
    assert all("2027" not in todo.words for todo in warned(leasing))
    lease(leasing, 101, 110, year=2027)
    assert series(leasing, 2027) not in wished(leasing)
    assert books(leasing).rests() == [], "it is no year that is over"
    clock.now = clock.now.replace(year=2027, month=1, day=1)
    assert number(leasing, accept(leasing)) == f"{series(leasing, 2027)}101号"


def test_next_years_numbers_that_were_given_back_are_not_asked_for_again(leasing: Desk, clock: MovableClock) -> None:
    clock.now = clock.now.replace(month=12, day=1)
    lease(leasing, 101, 110, year=2027)
    put_back(leasing.counter, SUPERVISOR, series(leasing, 2027))
    assert series(leasing, 2027) not in wished(leasing)


def test_a_paper_of_last_year_gets_a_number_of_last_year(leasing: Desk, clock: MovableClock) -> None:
    clock.now = clock.now.replace(month=12, day=31)
    case_id = accept(leasing)
    clock.now = clock.now.replace(year=2027, month=1, day=1)
    lease(leasing, 3, 12, year=2026)
    assert leasing.papers(case_id)[0].central_number == f"{series(leasing, 2026)}3号"
    assert [rest.first for rest in books(leasing).rests()] == [4]
    assert series(leasing, 2026) not in wished(leasing)


def test_a_restored_window_leaves_out_what_it_may_have_given_of_its_blocks(leasing: Desk) -> None:
    lease(leasing, 1, 10)
    accept(leasing)
    lacking = RESERVE - 9
    with leasing.memory.begin() as connection:
        number_blocks.ask(connection, series(leasing), 500, leasing.clock())
        key = number_blocks.asked(connection)[-1][0]
        number_blocks.enter(connection, key, 101, 600, leasing.clock())
        set_aside(connection, leasing.counter.settings, [word(leasing)], leasing.clock())
    assert number(leasing, accept(leasing)) == f"{series(leasing)}{101 + lacking}号"


def grant(desk: Desk, key: str, first: int, last: int, window: str = "", **wrong: object) -> int:
    told = {"window": window or desk.counter.settings.source_uri, "key": key, "series": series(desk)}
    change = Change(ChangeKind.NUMBER_BLOCK, series(desk), told | {"first": first, "last": last} | wrong, desk.clock())
    return StoredInbox(desk.counter).apply(ChangePage([change], "1"))


def test_a_block_the_platform_gives_unasked_is_used_and_counts_once(leasing: Desk) -> None:
    first = accept(leasing)
    assert numbered(leasing, first) != f"{series(leasing)}101号"
    assert grant(leasing, "granted-1", 101, 110) == 1
    assert numbered(leasing, first, central=True) == f"{series(leasing)}101号"  # what waited has it now
    assert grant(leasing, "granted-1", 101, 110) == 0  # a replay
    assert grant(leasing, "granted-2", 105, 120) == 0  # overlaps what is on the books: not entered
    with leasing.memory.read() as connection:
        assert [(b.first, b.last) for b in number_blocks.held(connection, series(leasing))] == [(101, 110)]
    assert ("platform", series(leasing), "overlaps") in leasing.audited("lease_block")
    second = accept(leasing)
    assert numbered(leasing, second) == f"{series(leasing)}102号"


def test_a_block_of_another_window_and_one_that_is_none_change_nothing(leasing: Desk) -> None:
    assert grant(leasing, "k", 1, 9, window="urn:yichuang:window:110101-01-99") == 0
    assert grant(leasing, "k", 9, 1) == 0
    for odd in (None, "", "示", "110101-01-07-2026-03-02", "示〔2026〕43号"):
        assert grant(leasing, "k", 1, 9, series=odd) == 0
    with leasing.memory.read() as connection:
        assert number_blocks.held(connection, series(leasing)) == []


def numbered(desk: Desk, case_id: int, *, central: bool = False) -> str | None:
    (paper,) = (each for each in desk.papers(case_id) if each.kind is NOTICE)
    return paper.central_number if central else paper.number
