"""What a page costs depends on what it shows, not on what the window has kept; and an accept pays for no list."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from sqlalchemy import event
from sqlalchemy.pool import Pool

from client.desk.finding import find
from client.desk.paper_finding import PaperWish
from client.desk.paper_finding import Show as Papers
from client.desk.paper_finding import find as find_papers
from client.desk.sending import Sending, Show
from client.desk.today import figures, queue
from client.ports.papers import PaperKind
from client.rules.case import State
from client.store import paper_search
from tests.desk.counter import CLERK, FOOD, Blank, Desk
from tests.desk.crowd import crowd

STEP = 20  # operations of SQLite's machine
ASKED_AT = 6  # steps: SQLite counts where it jumps, so that of a short read some are not seen
ACCEPTS = 20
MOST_PAGES = 16.3  # it is 15.6; one tree more is one page more
LOG_HEADER, FRAME = 32, 24 + 4096  # bytes


def _papers(words: str = "", **wish: object) -> Callable[[Desk], object]:
    """A page of the list of papers; in both crowds there is more than one page, or nothing."""
    return lambda desk: find_papers(desk.counter, replace(PaperWish(words), **wish))  # type: ignore[arg-type]  # its fields


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
    "papers": _papers(),
    "papers behind a page": lambda desk: find_papers(
        desk.counter, PaperWish(), find_papers(desk.counter, PaperWish()).more
    ),
    "papers by number": lambda desk: find_papers(desk.counter, PaperWish(str(desk.papers(1)[0].number))),
    "papers by case": lambda desk: find_papers(desk.counter, PaperWish(str(desk.record(1).number))),
    "papers by serial": _papers("1"),
    "papers of a kind": _papers(kind=PaperKind.NON_ACCEPTANCE_NOTICE),
    "papers of a kind in a state": _papers(kind=PaperKind.ACCEPTANCE_NOTICE, show=Papers.READY),
    "papers voided": _papers(show=Papers.VOIDED),
    "papers ready": _papers(show=Papers.READY),
    "papers not out": _papers(show=Papers.NOT_OUT),
    "papers to print": _papers(show=Papers.TO_PRINT),
    "papers of a day": _papers(days="2026-03-01"),
    "papers of a year": _papers(days="2026"),
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

# Every index that 0002 or 0022 brought and that an accept might have to keep up, with a row it holds.
LISTS = {
    "ix_cases_moved": "cases INDEXED BY ix_cases_moved WHERE state NOT IN ('draft', 'accepted')",
    "ix_outbox_held": "outbox INDEXED BY ix_outbox_held WHERE held IS NOT NULL",
    "ix_outbox_rare": "outbox INDEXED BY ix_outbox_rare WHERE type NOT IN ('case.accepted', 'paper.issued')",
    "ix_outbox_stored": "outbox INDEXED BY ix_outbox_stored WHERE state = 'stored'",
    "ix_papers_kind": "papers INDEXED BY ix_papers_kind WHERE state != 'unrendered'",
    "ix_papers_standing": "papers INDEXED BY ix_papers_standing WHERE state != 'unrendered'",
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
    assert many <= few * 1.2 + ASKED_AT * STEP


def test_a_search_in_names_is_seen_to_cost_more(desks: tuple[Desk, Desk]) -> None:
    few, many = (_steps(desk, lambda desk: find(desk.counter, "没有此人")) for desk in desks)
    assert many > 5 * few  # known, and small; the measure sees it


def test_a_part_of_a_name_is_looked_for_among_the_newest_alone(
    desks: tuple[Desk, Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    few, many = (_steps(desk, _papers("没有此人")) for desk in desks)
    assert many > 5 * few  # the measure sees what grows
    monkeypatch.setattr(paper_search, "NEAR", 150)
    monkeypatch.setattr(paper_search, "MANY", 50)
    for words in ("没有此人", "示例食品有限公司1", "0043-6"):
        few, many = (_steps(desk, _papers(words)) for desk in desks)
        assert many <= few * 1.5  # more of them fit, by the way they are made


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
