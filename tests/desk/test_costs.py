"""What a page costs depends on what it shows, not on what the window has kept; and an accept pays for no list."""

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import event
from sqlalchemy.pool import Pool

from client.desk.finding import find
from client.desk.sending import Sending, Show
from client.desk.today import figures, queue
from client.rules.case import State
from tests.desk.counter import CLERK, FOOD, Blank, Desk
from tests.desk.crowd import crowd

STEP = 20  # operations of SQLite's machine
ACCEPTS = 20
MOST_PAGES = 16.3  # it is 15.6; one tree more is one page more
LOG_HEADER, FRAME = 32, 24 + 4096  # bytes


def _newest(desk: Desk) -> str:
    return Sending(desk.counter).entries(limit=1)[0].event_id


READS: dict[str, Callable[[Desk], object]] = {
    "newest": lambda desk: find(desk.counter),
    "next page": lambda desk: find(desk.counter, before=100),
    "drafts": lambda desk: find(desk.counter, state=State.DRAFT),
    "voided": lambda desk: find(desk.counter, state=State.VOIDED),
    "finished": lambda desk: find(desk.counter, state=State.FINISHED),
    "case number": lambda desk: find(desk.counter, str(desk.record(1).number)),
    "paper number": lambda desk: find(desk.counter, str(desk.papers(1)[0].number)),
    "figures": lambda desk: figures(desk.counter),
    "owed": lambda desk: queue(desk.counter),
    "unprinted": lambda desk: desk.prints.waiting(),
    "outbox": lambda desk: Sending(desk.counter).entries(),
    "unsent": lambda desk: Sending(desk.counter).entries(Show.UNSETTLED),
    "held": lambda desk: Sending(desk.counter).entries(Show.HELD),
    "arrived acceptances": lambda desk: Sending(desk.counter).entries(Show.STORED, "case.accepted"),
    "arrived withdrawals": lambda desk: Sending(desk.counter).entries(Show.STORED, "case.withdrawn"),
    "receipts of all states": lambda desk: Sending(desk.counter).entries(Show.ALL, "case.received"),
    "tries": lambda desk: Sending(desk.counter).history(str(_newest(desk))),
    "last trouble": lambda desk: Sending(desk.counter).last_trouble(),
}

# Every index that 0002 brought and that an accept might have to keep up, with a row it holds.
LISTS = {
    "ix_cases_moved": "cases INDEXED BY ix_cases_moved WHERE state NOT IN ('draft', 'accepted')",
    "ix_outbox_held": "outbox INDEXED BY ix_outbox_held WHERE held IS NOT NULL",
    "ix_outbox_rare": "outbox INDEXED BY ix_outbox_rare WHERE type NOT IN ('case.accepted', 'paper.issued')",
    "ix_outbox_stored": "outbox INDEXED BY ix_outbox_stored WHERE state = 'stored'",
    "ix_papers_awaiting_seal": "papers INDEXED BY ix_papers_awaiting_seal WHERE state = 'awaiting_seal'",
    "ix_slots_supply_due": "slots INDEXED BY ix_slots_supply_due WHERE state = 'deferred' AND supply_due IS NOT NULL",
    "ix_spool_unasked": "spool INDEXED BY ix_spool_unasked"
    " WHERE reprint_no = 0 AND state = 'rendered' AND print_state IS NULL",
    "ix_spool_unfinished": "spool INDEXED BY ix_spool_unfinished WHERE print_state != 'done'",
}


def _steps(desk: Desk, read: Callable[[Desk], object]) -> int:
    """How much SQLite works for it."""
    done: list[int] = []

    def count() -> int:
        done.append(STEP)
        return 0

    def watch(raw: object, *_rest: object) -> None:
        raw.set_progress_handler(count, STEP)  # type: ignore[attr-defined]  # the driver has no types

    read(desk)  # an item is parsed, and a statement compiled, once
    event.listen(Pool, "checkout", watch)
    try:
        read(desk)
    finally:
        event.remove(Pool, "checkout", watch)
    return sum(done)


@pytest.fixture(scope="module")
def desks(blank: Blank, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Desk, Desk]]:
    """A window that kept 200 cases, and one that kept ten times as many."""
    made = []
    for count in (200, 2000):
        desk = Desk(blank, tmp_path_factory.mktemp("crowd") / "window")
        crowd(desk, count)
        made.append(desk)
    yield made[0], made[1]
    for desk in made:
        desk.close()


@pytest.mark.parametrize("name", READS)
def test_a_page_costs_the_same_however_much_is_kept(desks: tuple[Desk, Desk], name: str) -> None:
    few, many = (_steps(desk, READS[name]) for desk in desks)
    assert few
    assert many <= few * 1.2 + 2 * STEP


def test_a_search_in_names_is_seen_to_cost_more(desks: tuple[Desk, Desk]) -> None:
    few, many = (_steps(desk, lambda desk: find(desk.counter, "没有此人")) for desk in desks)
    assert many > 5 * few  # known, and small; the measure sees it


def test_an_accept_keeps_up_no_list(desk: Desk) -> None:
    case_id = desk.draft(FOOD)
    before = {name: _held(desk, where) for name, where in LISTS.items()}
    desk.intake.accept(case_id, CLERK)
    assert {name: _held(desk, where) for name, where in LISTS.items()} == before
    assert set(before.values()) == {0}


def test_an_accept_writes_few_pages(desk: Desk) -> None:
    """Each is encrypted, authenticated and synced while a citizen waits; one too many is one tree too many."""
    drafts = [desk.draft(FOOD) for _ in range(2 * ACCEPTS)]
    for case_id in drafts[:ACCEPTS]:
        desk.intake.accept(case_id, CLERK)
    desk.reopen()  # what was written so far is in the file, and the log begins anew
    before = _frames(desk)
    for case_id in drafts[ACCEPTS:]:
        desk.intake.accept(case_id, CLERK)
    assert (_frames(desk) - before) / ACCEPTS < MOST_PAGES


def _frames(desk: Desk) -> int:
    """Pages in the log."""
    log = desk.memory.database.path.with_name(f"{desk.memory.database.path.name}-wal")
    return (log.stat().st_size - LOG_HEADER) // FRAME if log.exists() else 0


def _held(desk: Desk, where: str) -> int:
    with desk.memory.read() as connection:
        return int(connection.exec_driver_sql(f"SELECT count(*) FROM {where}").scalar_one())
