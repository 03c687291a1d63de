"""Papers in the store: facts frozen with the act, each print once, each first print announced once."""

import json
from datetime import datetime, timedelta

import pytest
from cryptography.hazmat.primitives.hashes import SM3, Hash
from sqlalchemy import func, select, update

from client.ports.papers import PaperKind
from client.rules.papers import PAPER_RULES, Voice
from client.store import papers, prints, seals
from client.store.engine import Database
from client.store.papers import PAPER_STATE_WORDS, PaperRecord, PaperSpool, PaperState
from client.store.sealed import SealedFiles
from client.store.tables import cases, items, outbox, seal_ledger
from client.store.tables import papers as paper_rows
from client.store.tables import spool as spool_rows
from client.store.times import stamp
from tests.printing.facts import paper as facts_of
from tests.store.conftest import NOW, fill

PDF = b"%PDF-1.7 a page"
CASE = "110101-01-07-20260302-0001-1"


@pytest.fixture
def spool(database: Database, files: SealedFiles) -> PaperSpool:
    with database.begin() as connection:
        fill(connection, items, id=1)
        fill(connection, cases, id=1, item_id=1, state="accepted", number=CASE)
    return PaperSpool(database, files, lambda: NOW, "urn:yichuang:window:110101-01-07:epoch")


def issue(database: Database, kind: PaperKind = PaperKind.ACCEPTANCE_NOTICE, at: datetime = NOW) -> int:
    with database.begin() as connection:
        return papers.issue(connection, 1, facts_of(kind, issued_at=at))


def get(database: Database, paper_id: int) -> PaperRecord:
    with database.read() as connection:
        record = papers.get(connection, paper_id)
    assert record is not None
    return record


def announced(database: Database) -> list[tuple[str, dict[str, object], list[str]]]:
    with database.read() as connection:
        rows = connection.execute(select(outbox).order_by(outbox.c.sequence)).all()
    return [(row.type, json.loads(row.data), json.loads(row.files)) for row in rows]


def test_a_paper_states_what_was_frozen(database: Database, spool: PaperSpool) -> None:
    paper_id = issue(database)
    (order,) = spool.waiting()
    assert order.facts.model_dump(mode="json") == facts_of(issued_at=NOW).model_dump(mode="json")
    assert (order.paper_id, order.reprint_no) == (paper_id, 0)
    with database.read() as connection:
        assert papers.facts(connection, paper_id) == order.facts
        assert papers.print_name(connection, paper_id, 0) is None
        assert papers.get(connection, 404) is None
    record = get(database, paper_id)
    assert (record.state, record.number, record.issued_at) == (PaperState.UNRENDERED, "示市监许受〔2026〕43号", NOW)


def test_a_paper_of_an_act_that_failed_was_never_issued(database: Database, spool: PaperSpool) -> None:
    def act() -> None:
        with database.begin() as connection:
            papers.issue(connection, 1, facts_of())
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        act()
    assert spool.waiting() == []


def test_the_oldest_paper_is_drawn_first(database: Database, spool: PaperSpool) -> None:
    later = issue(database, PaperKind.ACCEPTANCE_NOTICE, NOW + timedelta(seconds=1))
    first = issue(database, PaperKind.CORRECTION_NOTICE)
    slip = issue(database, PaperKind.RECEIVING_SLIP)
    assert [order.paper_id for order in spool.waiting()] == [first, slip, later]
    assert {order.issued_page for order in spool.waiting()} == {None}
    assert [order.paper_id for order in spool.waiting(limit=1)] == [first]


@pytest.mark.parametrize("kind", PaperKind)
def test_a_rendered_page_is_sealed_away_and_announced(
    database: Database, spool: PaperSpool, files: SealedFiles, kind: PaperKind
) -> None:
    paper_id = issue(database, kind)
    spool.rendered(paper_id, PDF, "a4-test")
    record = get(database, paper_id)
    assert files.get(record.sealed_name or "") == PDF
    assert record.state is (PaperState.AWAITING_SEAL if PAPER_RULES[kind].sealed else PaperState.READY)
    if PAPER_RULES[kind].voice is Voice.APPLICANT:
        assert announced(database) == []  # theirs goes up as a material, once it is signed
        return
    ((event_type, data, named),) = announced(database)
    sm3 = Hash(SM3())
    sm3.update(PDF)
    assert event_type == "paper.issued"
    assert data["case_number"] == CASE
    assert data["paper"] == {
        "kind": kind,
        "number": record.number,
        "issued_at": "2026-03-02T09:30:00.000000+00:00",
        "sha256": record.sha256,
        "sm3": sm3.finalize().hex(),
        "template": "a4-test",
    }
    assert data["files"] == [{"sha256": record.sha256, "size": len(PDF), "media_type": "application/pdf"}]
    assert named == [record.sha256]


def test_papers_just_issued_wait_before_and_after_their_first_prints_have_a_row(
    database: Database, spool: PaperSpool
) -> None:
    """Each is told of the same way, whether its row is there or not, and the row is made once."""

    def told() -> list[object]:
        with database.read() as connection:
            newest = prints.newest_of_case(connection, 1), prints.newest_of_cases(connection, [1])[1]
            listed = prints.unasked(connection, 9), prints.count_unprinted(connection)
            single = [prints.get(connection, paper_id, 0) for paper_id in (paper_id, later)]
        return [spool.waiting(), *newest, *listed, single]

    paper_id, later = issue(database), issue(database, PaperKind.RECEIVING_SLIP)
    before = told()
    with database.begin() as connection:
        assert connection.scalar(select(func.count()).select_from(spool_rows)) == 0
        papers.fill_spool(connection)
        papers.fill_spool(connection)
    assert told() == before
    with database.read() as connection:
        rows = connection.execute(select(spool_rows.c.paper_id, spool_rows.c.state, spool_rows.c.asked_at)).all()
        assert prints.get(connection, paper_id, 1) is None
        assert prints.get(connection, 404, 0) is None
    assert [tuple(row) for row in rows] == [(each, "waiting", stamp(NOW)) for each in (paper_id, later)]


def test_a_later_paper_that_is_drawn_leaves_the_earlier_one_waiting(database: Database, spool: PaperSpool) -> None:
    paper_id, later = issue(database), issue(database, PaperKind.RECEIVING_SLIP)
    spool.rendered(later, PDF, "a4-test")
    assert [order.paper_id for order in spool.waiting()] == [paper_id]
    with database.read() as connection:
        assert [record.print.paper_id for record in prints.unasked(connection, 9)] == [paper_id, later]


def test_a_reprint_asked_before_anything_is_drawn_takes_no_first_print_away(
    database: Database, spool: PaperSpool
) -> None:
    paper_id, later = issue(database), issue(database, PaperKind.RECEIVING_SLIP)
    with database.begin() as connection:
        papers.ask_reprint(connection, later, "补打", NOW + timedelta(seconds=1))
    waiting = [(order.paper_id, order.reprint_no) for order in spool.waiting()]
    assert waiting == [(paper_id, 0), (later, 0), (later, 1)]


def test_rendering_twice_is_harmless(database: Database, spool: PaperSpool, files: SealedFiles) -> None:
    paper_id = issue(database)
    spool.rendered(paper_id, PDF, "a4-test")
    first = get(database, paper_id)
    spool.rendered(paper_id, b"%PDF-1.7 another page", "a4-other")
    assert get(database, paper_id) == first
    assert len(announced(database)) == 1
    assert spool.waiting() == []


def test_a_page_is_on_disk_before_its_paper_says_so(
    database: Database, spool: PaperSpool, files: SealedFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper_id = issue(database)

    def dying(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr("client.store.outbox.put", dying)
        with pytest.raises(KeyboardInterrupt):
            spool.rendered(paper_id, PDF, "a4-test")
    assert len(list(files.names())) == 1
    assert get(database, paper_id).state is PaperState.UNRENDERED
    assert [order.paper_id for order in spool.waiting()] == [paper_id]
    spool.rendered(paper_id, PDF, "a4-test")
    assert len(announced(database)) == 1


def test_a_paper_nobody_issued_is_not_announced(database: Database, spool: PaperSpool) -> None:
    spool.rendered(404, PDF, "a4-test")
    assert announced(database) == []


def test_a_reprint_is_a_print_of_its_own_and_no_new_paper(
    database: Database, spool: PaperSpool, files: SealedFiles
) -> None:
    paper_id = issue(database)
    spool.rendered(paper_id, PDF, "a4-test")
    before = get(database, paper_id)
    with database.begin() as connection:
        assert [papers.ask_reprint(connection, paper_id, "遗失", NOW) for _ in range(2)] == [1, 2]
    assert [(order.paper_id, order.reprint_no) for order in spool.waiting()] == [(paper_id, 1), (paper_id, 2)]
    assert {order.issued_page for order in spool.waiting()} == {PDF}  # copied, whatever the words are by now
    spool.rendered(paper_id, b"%PDF-1.7 first reprint", "a4-test", reprint_no=1)
    with database.read() as connection:
        name = papers.print_name(connection, paper_id, 1)
        assert papers.print_name(connection, paper_id, 2) is None
        assert papers.print_name(connection, paper_id, 3) is None
    assert files.get(name or "") == b"%PDF-1.7 first reprint"
    after = get(database, paper_id)
    assert (after.sha256, after.sealed_name, after.reprints) == (before.sha256, before.sealed_name, 2)
    assert len(announced(database)) == 1


def test_a_seal_makes_the_paper_ready_and_is_on_the_books(database: Database, spool: PaperSpool) -> None:
    paper_id = issue(database)
    spool.rendered(paper_id, PDF, "a4-test")
    with database.begin() as connection:
        assert seals.enter(connection, paper_id, "受理专用章", "1001", NOW)
    assert get(database, paper_id).state is PaperState.READY
    with database.read() as connection:
        (row,) = connection.execute(select(seal_ledger)).all()
    assert (row.paper_id, row.seal, row.staff_no) == (paper_id, "受理专用章", "1001")


def test_a_voided_paper_is_not_drawn_even_when_the_press_has_it_already(database: Database, spool: PaperSpool) -> None:
    paper_id, other = issue(database), issue(database, PaperKind.RECEIVING_SLIP)
    assert len(spool.waiting()) == 2
    with database.begin() as connection:
        papers.void(connection, paper_id, "打印模糊")
    assert [order.paper_id for order in spool.waiting()] == [other]
    spool.rendered(paper_id, PDF, "a4-test")  # drawn in the meantime
    record = get(database, paper_id)
    assert (record.state, record.sealed_name) == (PaperState.VOIDED, None)
    assert announced(database) == []


def test_the_voiding_of_a_paper_is_announced_with_its_reason(database: Database, spool: PaperSpool) -> None:
    paper = get(database, issue(database))
    with database.begin() as connection:
        papers.announce_void(
            connection, paper, case_number=CASE, above=CASE, case_key="a-key", source="urn:x", at=NOW, reason="打印模糊"
        )
    ((event_type, data, named),) = announced(database)
    assert (event_type, data["reason"], named) == ("paper.voided", "打印模糊", [])
    assert (data["case_number"], data["case_key"]) == (CASE, "a-key")
    assert data["paper"] == {"kind": PaperKind.ACCEPTANCE_NOTICE, "number": "示市监许受〔2026〕43号"}


def test_the_papers_of_a_case_come_in_the_order_they_were_issued(database: Database, spool: PaperSpool) -> None:
    ids = [issue(database, kind) for kind in (PaperKind.RECEIVING_SLIP, PaperKind.ACCEPTANCE_NOTICE)]
    with database.read() as connection:
        assert [paper.paper_id for paper in papers.of_case(connection, 1)] == ids
        assert papers.of_case(connection, 2) == []


def test_old_facts_are_read_whole_or_not_at_all(database: Database, spool: PaperSpool) -> None:
    paper_id = issue(database)
    with database.begin() as connection:
        body = json.loads(connection.scalars(select(paper_rows.c.facts)).one())
        odd = json.dumps(body | {"a later field": 1})
        connection.execute(update(paper_rows).where(paper_rows.c.id == paper_id).values(facts=odd))
    with pytest.raises(ValueError, match="extra"), database.read() as connection:
        papers.facts(connection, paper_id)


def test_every_state_has_its_word() -> None:
    assert set(PAPER_STATE_WORDS) == set(PaperState)
    assert PAPER_STATE_WORDS[PaperState.AWAITING_SEAL] == "待用印"


def test_which_papers_want_a_seal_before_they_are_handed_out(database: Database, spool: PaperSpool) -> None:
    notice, slip = issue(database), issue(database, PaperKind.RECEIVING_SLIP)

    def wanting() -> list[bool]:
        with database.read() as connection:
            return [papers.wants_seal(connection, paper_id) for paper_id in (notice, slip, 404)]

    assert wanting() == [True, False, False], "not drawn yet"
    for paper_id in (notice, slip):
        spool.rendered(paper_id, PDF, "a4-test")
    assert wanting() == [True, False, False]
    with database.begin() as connection:
        assert seals.enter(connection, notice, "受理专用章", "1001", NOW)
    assert wanting() == [False, False, False]
