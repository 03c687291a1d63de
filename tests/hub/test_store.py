"""The hub's store on each database: made, brought up from older programs, and shared by several processes."""

import threading
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, select, text

from client.errors import PlatformError
from sync.faults import HUB_STORE_REVISION
from sync.hub import changes, intake, migrations
from sync.hub.cases import list_cases
from sync.hub.intake import Brought, take
from sync.hub.judging import CaseRow, Ledger
from sync.hub.store import Store
from sync.hub.tables import cases, metadata
from sync.protocol import Result, encode_batch
from tests import hub_stores
from tests.postgres import Postgres
from tests.sync.sample import Window, number

NOW = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
SCRIPTS = Path(migrations.__file__).parent


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    with opened(store_url) as made:
        yield made


@contextmanager
def opened(url: str) -> Iterator[Store]:
    made = Store(url)
    try:
        made.prepare()
        yield made
    finally:
        made.close()


@contextmanager
def altering(url: str) -> Iterator[Connection]:
    """A store's tables, laid open."""
    store = Store(url)
    with store.write() as connection:
        yield connection
    store.close()


LATER_TABLES = (
    "relayed", "access_tokens", "clients", "enrolment_tokens", "number_blocks", "number_series", "tallies", "items",
    "online", "packs",
)  # fmt: skip
LATER_COLUMNS = (
    ("events", "decisions"), ("cases", "head"), ("cases", "told"), ("hub", "upstream"), ("hub", "upstream_cursor"),
    ("changes", "hall"), ("hub", "upstream_reached"),
)  # fmt: skip


def without_sums(connection: Connection) -> None:
    """Take away what revisions behind 0004 made."""
    for table in LATER_TABLES:
        connection.execute(text(f"DROP TABLE {table}"))
    for index in ("ix_events_source_sequence", "ix_cases_head", "ix_changes_hall"):
        connection.execute(text(f"DROP INDEX {index}"))
    for table, column in LATER_COLUMNS:
        connection.execute(text(f"ALTER TABLE {table} DROP COLUMN {column}"))


def without_notes(connection: Connection) -> None:
    """Take away what revisions behind 0001 made, and the note of the revision."""
    without_sums(connection)
    for table in ("sources", "alembic_version"):
        connection.execute(text(f"DROP TABLE {table}"))
    connection.execute(text("DROP INDEX ix_cases_case_key"))


def as_before_notes(url: str) -> None:
    """Make a store what the hubs of before `case_key` left behind: their tables, and no note of a revision."""
    with opened(url), altering(url) as connection:
        without_notes(connection)
        connection.execute(text("ALTER TABLE cases DROP COLUMN case_key"))


def put_case(connection: Connection, case: str, **more: str) -> None:
    row = dict.fromkeys((c.name for c in cases.c if c.name not in {"case_key", "last_sequence", "told", "head"}), "x")
    names = [*row, "last_sequence", *more]
    values = row | {"number": case, "state": "received", "last_sequence": 1} | more
    columns, marks = ", ".join(names), ", ".join(f":{name}" for name in names)
    connection.execute(text(f"INSERT INTO cases ({columns}) VALUES ({marks})"), values)


@pytest.fixture
def _by_the_scripts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing that was written down of them."""
    monkeypatch.setattr(migrations, "upgrade", hub_stores.SCRIPTS)


@pytest.mark.usefixtures("_by_the_scripts")
def test_the_scripts_make_what_the_program_works_with(store_url: str) -> None:
    with opened(store_url) as store, store.read() as connection:
        assert migrations.revision_of(connection) == migrations.HEAD
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_what_was_written_down_of_the_scripts_makes_the_same(store_url: str) -> None:
    with opened(store_url), altering(store_url) as connection:
        metadata.drop_all(connection)
        connection.execute(text("DROP TABLE alembic_version"))
    with opened(store_url) as store, store.read() as connection:
        assert migrations.revision_of(connection) == migrations.HEAD
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_every_revision_is_known() -> None:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    scripts = ScriptDirectory.from_config(config)
    assert [script.revision for script in scripts.walk_revisions()][::-1] == list(migrations.REVISIONS)


def test_a_store_made_before_is_brought_up_with_all_its_cases(store_url: str) -> None:
    as_before_notes(store_url)
    with altering(store_url) as connection:
        put_case(connection, number(1))
        put_case(connection, number(2))
    with pytest.raises(PlatformError) as caught:
        list_cases(store_url)
    assert caught.value.fault is HUB_STORE_REVISION
    with opened(store_url):
        pass
    assert [case["number"] for case in list_cases(store_url)] == [number(1), number(2)]


def test_a_key_that_stood_under_two_numbers_stays_with_the_first(store_url: str) -> None:
    with opened(store_url), altering(store_url) as connection:
        without_notes(connection)
        for serial, key in ((1, "a"), (2, "a"), (3, "b")):
            put_case(connection, number(serial), case_key=key)
    with opened(store_url) as store, store.read() as connection:
        keys = connection.scalars(select(cases.c.case_key).order_by(cases.c.number)).all()
    assert keys == ["a", None, "b"]


def test_a_store_of_a_newer_program_is_left_alone(store_url: str) -> None:
    with opened(store_url), altering(store_url) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    for use in (lambda: opened(store_url).__enter__(), lambda: list_cases(store_url)):
        with pytest.raises(PlatformError) as caught:
            use()
        assert caught.value.fault is HUB_STORE_REVISION


@pytest.mark.usefixtures("_by_the_scripts")
def test_processes_that_start_at_once_make_one_store(store_url: str) -> None:
    def epoch(_nth: int) -> str:
        with opened(store_url) as store:
            return changes.page(store, "").cursor

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(epoch, range(4)))) == 1


@pytest.fixture
def shared(postgres_server: Postgres) -> Iterator[tuple[Store, Store]]:
    """Two processes' stores on one database: they share nothing in memory."""
    url = postgres_server.store()
    with opened(url) as one, opened(url) as other:
        yield one, other


def test_a_case_is_judged_by_one_process_at_a_time(
    shared: tuple[Store, Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second process waits for what the first makes of the case, and judges by that: it is accepted once."""
    window, another = Window(), Window("urn:yichuang:window:another")
    take(shared[0], encode_batch([window.event(number(1), "received")]), NOW)
    waits, go_on = _pause_the_first(monkeypatch)
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(take, shared[0], encode_batch([window.event(number(1))]), NOW)
        assert waits.wait(5)
        second = pool.submit(take, shared[1], encode_batch([another.event(number(1))]), NOW)
        threading.Event().wait(0.3)
        go_on.set()
        assert [verdicts(first.result(5)), verdicts(second.result(5))] == [["accepted"], ["refused"]]


def test_a_new_case_is_made_by_one_process(shared: tuple[Store, Store], monkeypatch: pytest.MonkeyPatch) -> None:
    """There is no row to lock yet: the key stops the second process, and it looks again."""
    event = Window().event(number(1))
    waits, go_on = _pause_the_first(monkeypatch)
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(take, shared[0], encode_batch([event]), NOW)
        assert waits.wait(5)
        assert verdicts(take(shared[1], encode_batch([event]), NOW)) == ["accepted"]
        go_on.set()
        assert verdicts(first.result(5)) == ["duplicate"]


def test_sqlite_has_an_answer_on_the_disk_before_it_is_given(tmp_path: Path) -> None:
    with opened(f"sqlite:///{tmp_path / 'hub.db'}") as store, store.write() as connection:
        found = {name: connection.scalar(text(f"PRAGMA {name}")) for name in ("journal_mode", "synchronous")}
    assert found == {"journal_mode": "wal", "synchronous": 2}  # FULL


def test_no_cursor_passes_over_a_change_that_is_committed_later(shared: tuple[Store, Store]) -> None:
    one, other = shared

    def act() -> None:
        with other.write() as connection:
            changes.put(connection, "case.state", number(2), {}, NOW)

    with ThreadPoolExecutor(1) as pool:
        with one.write() as connection:
            changes.put(connection, "case.state", number(1), {}, NOW)
            later = pool.submit(act)
            threading.Event().wait(0.3)
            assert not later.done(), "a larger id would be seen before a smaller one"
            before = changes.page(other, "")
            assert before.changes == []
        later.result(5)
    assert [change.subject for change in changes.page(other, before.cursor).changes] == [number(1), number(2)]


def verdicts(results: list[Result]) -> list[str]:
    return [str(result.verdict) for result in results]


def _pause_the_first(monkeypatch: pytest.MonkeyPatch) -> tuple[threading.Event, threading.Event]:
    """The first batch stops between judging and writing: set when it does, and to be set for it to go on."""
    waits, go_on, write = threading.Event(), threading.Event(), intake._write

    def paused(connection: Connection, ledger: Ledger, known: Mapping[str, CaseRow], now: datetime) -> Brought:
        if not waits.is_set():
            waits.set()
            assert go_on.wait(5)
        return write(connection, ledger, known, now)

    monkeypatch.setattr(intake, "_write", paused)
    return waits, go_on
