"""The organs' seals and the 用印登记簿: one entry a paper; the sealed page is printed and sent."""

import json

import pytest
from sqlalchemy import select

from client.ports.papers import PaperKind
from client.ports.printer import PrintState
from client.store import due, papers, prints, seals
from client.store.engine import Database
from client.store.outbox import StoredOutbox
from client.store.papers import PaperSpool, PaperState
from client.store.prints import StoredPrints
from client.store.sealed import SealedFiles
from client.store.seals import KeptSeal, KeySeal
from client.store.sweep import names_in_use
from client.store.tables import cases, items, outbox
from tests.printing.facts import paper as facts_of
from tests.store.conftest import NOW, fill

ORGAN = "11110101000000001D"
PDF, SEALED = b"%PDF-1.7 a page", b"%PDF-1.7 a page, sealed"
SOURCE = "urn:yichuang:window:110101-01-07:epoch"


@pytest.fixture
def paper_id(database: Database, files: SealedFiles) -> int:
    """A notice that waits for its seal."""
    with database.begin() as connection:
        fill(connection, items, id=1)
        fill(connection, cases, id=1, item_id=1, state="accepted", number="110101-01-07-20260302-0001-1")
        found = papers.issue(connection, 1, facts_of(PaperKind.ACCEPTANCE_NOTICE, issued_at=NOW))
    PaperSpool(database, files, lambda: NOW, SOURCE).rendered(found, PDF, "a4-test")
    return found


def by_key(files: SealedFiles) -> KeySeal:
    return KeySeal("seal-1", "示例市市场监督管理局", "ab12", "5" * 64, files.put(SEALED))


def enter(database: Database, paper_id: int, by: KeySeal | None = None) -> bool:
    with database.begin() as connection:
        return seals.enter(connection, paper_id, "行政许可专用章", "1001", NOW, by)


def state(database: Database, paper_id: int) -> PrintState | None:
    with database.read() as connection:
        found = prints.get(connection, paper_id, 0)
    assert found is not None
    return found.state


def test_a_seal_is_kept_replaced_and_withdrawn(database: Database) -> None:
    other = "11110101000000002G"
    with database.begin() as connection:
        for seal in (KeptSeal(ORGAN, "seal-1", b"der"), KeptSeal(other, "seal-1", b"der")):
            seals.keep(connection, seal)
        seals.keep(connection, KeptSeal(ORGAN, "seal-1", b"renewed"))
    with database.read() as connection:
        renewed = KeptSeal(ORGAN, "seal-1", b"renewed")
        assert seals.kept(connection) == [renewed, KeptSeal(other, "seal-1", b"der")]
        assert seals.kept(connection, ORGAN) == [renewed]
    with database.begin() as connection:
        assert seals.withdraw(connection, ORGAN, "seal-1")
        assert not seals.withdraw(connection, ORGAN, "seal-1")
    with database.read() as connection:
        assert seals.kept(connection, ORGAN) == []


def test_a_paper_is_entered_once_whoever_comes_second(database: Database, files: SealedFiles, paper_id: int) -> None:
    assert enter(database, paper_id, by_key(files))
    assert not enter(database, paper_id, by_key(files))
    assert not enter(database, paper_id)
    with database.read() as connection:
        (entry,) = seals.ledger(connection, 9)
        record = papers.get(connection, paper_id)
        assert seals.sealed_page(connection, paper_id)
    assert record is not None
    assert record.state is PaperState.READY
    assert (entry.paper_id, entry.kind, entry.staff_no) == (paper_id, PaperKind.ACCEPTANCE_NOTICE, "1001")
    assert (entry.es_id, entry.holder, entry.certificate, entry.sm3) == (
        "seal-1",
        "示例市市场监督管理局",
        "ab12",
        "5" * 64,
    )


def test_the_ledger_is_read_from_its_newest_line_on(database: Database, files: SealedFiles, paper_id: int) -> None:
    enter(database, paper_id)
    with database.begin() as connection:
        second = papers.issue(connection, 1, facts_of(PaperKind.CORRECTION_NOTICE, issued_at=NOW))
    PaperSpool(database, files, lambda: NOW, SOURCE).rendered(second, b"%PDF-1.7 second", "a4-test")
    enter(database, second)
    with database.read() as connection:
        newest, oldest = seals.ledger(connection, 9)
        assert (newest.paper_id, oldest.paper_id) == (second, paper_id)
        assert seals.ledger(connection, 1) == [newest]
        assert seals.ledger(connection, 9, before=newest.entry_id) == [oldest]
    assert (oldest.es_id, oldest.sm3) == (None, None)


def test_a_paper_that_waits_for_none_is_not_entered(database: Database, files: SealedFiles, paper_id: int) -> None:
    with database.begin() as connection:
        papers.void(connection, paper_id, "打印模糊")
    assert not enter(database, paper_id, by_key(files))
    with database.read() as connection:
        assert seals.ledger(connection, 9) == []
        assert seals.sealed_page(connection, paper_id) is None


def test_the_sealed_page_is_what_is_printed_sent_and_kept(
    database: Database, files: SealedFiles, paper_id: int
) -> None:
    sealed = by_key(files)
    enter(database, paper_id, sealed)
    with database.begin() as connection:
        seals.announce(connection, paper_id, source=SOURCE, at=NOW)
        assert prints.ask(connection, paper_id, 0, NOW)
    (order,) = StoredPrints(database, files, lambda: NOW).asked()
    assert StoredPrints(database, files, lambda: NOW).page(order) == SEALED
    assert StoredOutbox(database, files).content(sealed.page.sha256) == SEALED
    with database.read() as connection:
        row = connection.execute(select(outbox).where(outbox.c.type == "paper.sealed")).one()
        assert sealed.page.name in names_in_use(connection)
    told = json.loads(row.data)
    assert json.loads(row.files) == [sealed.page.sha256]
    assert told["files"] == [{"sha256": sealed.page.sha256, "size": len(SEALED), "media_type": "application/pdf"}]
    assert told["paper"]["seal"] == {
        "name": "行政许可专用章",
        "es_id": "seal-1",
        "holder": "示例市市场监督管理局",
        "certificate": "ab12",
    }


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (None, None),
        (PrintState.DONE, None),
        (PrintState.FAILED, None),
        (PrintState.QUEUED, PrintState.QUEUED),
        (PrintState.PRINTING, PrintState.PRINTING),
    ],
)
def test_a_sheet_without_its_seal_was_none_unless_the_printer_is_at_it(
    database: Database, files: SealedFiles, paper_id: int, before: PrintState | None, after: PrintState | None
) -> None:
    with database.begin() as connection:
        prints.ask(connection, paper_id, 0, NOW)
        if before is not None:
            prints.settle(connection, paper_id, 0, before, NOW)
    if before is None:
        with database.begin() as connection:
            connection.exec_driver_sql("UPDATE spool SET print_state = NULL")
    enter(database, paper_id, by_key(files))
    assert state(database, paper_id) is after


def test_a_wet_seal_leaves_the_print_as_it_is(database: Database, paper_id: int) -> None:
    with database.begin() as connection:
        prints.ask(connection, paper_id, 0, NOW)
        prints.settle(connection, paper_id, 0, PrintState.DONE, NOW)
    enter(database, paper_id)
    assert state(database, paper_id) is PrintState.DONE


def test_what_is_owed_says_whose_seal(database: Database, paper_id: int) -> None:
    with database.read() as connection:
        (owed,) = due.unsealed(connection, 9)
    facts = facts_of(PaperKind.ACCEPTANCE_NOTICE, issued_at=NOW)
    assert (owed.organ, owed.organ_name) == (facts.task_code[:18], facts.organ.name)
    assert owed.issued_at == NOW
    enter(database, paper_id)
    with database.read() as connection:
        assert due.unsealed(connection, 9) == []
