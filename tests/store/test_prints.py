"""Prints in the store: what was on its way when the window died, or was restored, is in doubt, and nothing else is."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from client.errors import StoreError
from client.ports.papers import PaperKind
from client.ports.printer import JobReport, PrintOrder, PrintState
from client.store import faults, papers, prints
from client.store.engine import Database
from client.store.memory import begin_new_epoch
from client.store.opening import open_memory
from client.store.papers import PaperSpool
from client.store.prints import BROKEN_OFF, RESTORED, StoredPrints
from client.store.profile import Profile
from client.store.sealed import SealedFiles
from client.store.tables import cases, items, window
from tests.printing.facts import paper as facts_of
from tests.store.conftest import NOW, fill

URI = "urn:yichuang:window:110101-01-07"
PASSPHRASE = "示例口令"
PDF = b"%PDF-1.7 a page"


def issue(database: Database, files: SealedFiles, count: int, *, rendered: bool = True) -> Sequence[int]:
    """Papers of one case; their ids."""
    with database.begin() as connection:
        fill(connection, items, id=1)
        fill(connection, cases, id=1, item_id=1, state="accepted", number="n")
        ids = [
            papers.issue(connection, 1, facts_of(paper_number=f"示市监许受〔2026〕{n}号")) for n in range(1, count + 1)
        ]
    for paper_id in ids if rendered else ():
        PaperSpool(database, files, lambda: NOW, URI).rendered(paper_id, PDF, "a4-test")
    return ids


def states(database: Database) -> dict[int, tuple[PrintState | None, str]]:
    with database.read() as connection:
        return {paper_id: (p.state, p.reason) for paper_id, p in prints.newest_of_case(connection, 1).items()}


def one_in_each_state(database: Database, files: SealedFiles) -> dict[PrintState, int]:
    """A paper for each state a print may be in."""
    ids = dict(zip(PrintState, issue(database, files, len(PrintState)), strict=True))
    queue = StoredPrints(database, files, lambda: NOW)
    for state, paper_id in ids.items():
        with database.begin() as connection:
            assert prints.ask(connection, paper_id, 0, NOW)
        if state is not PrintState.ASKED:
            queue.sending(PrintOrder(paper_id, 0, "", PaperKind.ACCEPTANCE_NOTICE))
        if state not in {PrintState.ASKED, PrintState.SENDING}:
            queue.sent(PrintOrder(paper_id, 0, "", PaperKind.ACCEPTANCE_NOTICE), "job")
            queue.reported(paper_id, 0, JobReport(state, "why"))
    assert {paper_id: state for state, paper_id in ids.items()} == {n: s for n, (s, _) in states(database).items()}
    return ids


def test_a_start_doubts_what_was_being_handed_over_alone(database: Database, files: SealedFiles) -> None:
    ids = one_in_each_state(database, files)
    before = states(database)
    assert prints.doubt_broken_off(database) == 1
    assert states(database) == {**before, ids[PrintState.SENDING]: (PrintState.UNKNOWN, BROKEN_OFF)}
    assert prints.doubt_broken_off(database) == 0


def test_a_restored_window_doubts_all_that_was_on_its_way(database: Database, files: SealedFiles) -> None:
    ids = one_in_each_state(database, files)
    with database.begin() as connection:
        fill(connection, window, id=1, epoch="old")
        before = states(database)
        begin_new_epoch(connection)
    settled = {ids[each] for each in (PrintState.DONE, PrintState.FAILED, PrintState.CANCELLED, PrintState.UNKNOWN)}
    for paper_id, told in states(database).items():
        assert told == (before[paper_id] if paper_id in settled else (PrintState.UNKNOWN, RESTORED))


def test_opening_a_window_asks_about_what_its_death_left_open(profile: Profile) -> None:
    def opened() -> tuple[PrintState | None, str]:
        with open_memory(profile, URI, passphrase=PASSPHRASE, program="test", now=NOW) as memory:
            return states(memory.database)[1]

    with open_memory(profile, URI, passphrase=PASSPHRASE, program="test", now=NOW) as memory:
        issue(memory.database, memory.files, 1)
        with memory.begin() as connection:
            prints.ask(connection, 1, 0, NOW)
        memory.prints(lambda: NOW).sending(PrintOrder(1, 0, "", PaperKind.ACCEPTANCE_NOTICE))
    assert opened() == opened() == (PrintState.UNKNOWN, BROKEN_OFF)


def test_what_was_asked_for_first_is_printed_first(database: Database, files: SealedFiles) -> None:
    first, second, third = issue(database, files, 3)
    with database.begin() as connection:
        for late, paper_id in enumerate((third, first, second)):
            prints.ask(connection, paper_id, 0, NOW + timedelta(seconds=late))
    queue = StoredPrints(database, files, lambda: NOW)
    assert [order.paper_id for order in queue.asked()] == [third, first, second]
    assert [order.paper_id for order in queue.asked(limit=1)] == [third]


def test_a_page_that_is_not_there_is_said(database: Database, files: SealedFiles) -> None:
    (paper_id,) = issue(database, files, 1, rendered=False)
    with pytest.raises(StoreError) as refused:
        StoredPrints(database, files, lambda: NOW).page(PrintOrder(paper_id, 0, "", PaperKind.ACCEPTANCE_NOTICE))
    assert refused.value.fault is faults.FILE_MISSING


def test_a_job_is_sent_once(database: Database, files: SealedFiles) -> None:
    (paper_id,) = issue(database, files, 1)
    queue, order = StoredPrints(database, files, lambda: NOW), PrintOrder(paper_id, 0, "", PaperKind.ACCEPTANCE_NOTICE)
    queue.sent(order, "never begun")
    assert queue.underway() == []
    with database.begin() as connection:
        prints.ask(connection, paper_id, 0, NOW)
    queue.sending(order)
    queue.sent(order, "job-1")
    queue.sent(order, "job-2")
    assert [job.job for job in queue.underway()] == ["job-1"]
