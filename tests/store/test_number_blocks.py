"""Blocks of numbers: each wish under one key, each serial in one block, nothing given of what went back."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import select

from client.store import migrations, number_blocks, numbers, tables
from client.store.engine import Database, open_database
from client.store.keys import Purpose, StoreKey
from client.store.profile import Profile
from tests.store.conftest import NOW, fill

SERIES = "示市监许受〔2026〕"
PROVISIONAL = f"{SERIES}临0107-"


def lease(database: Database, first: int, last: int, series: str = SERIES) -> str:
    with database.begin() as connection:
        number_blocks.ask(connection, series, last - first + 1, NOW)
        key = number_blocks.asked(connection)[-1][0]
        assert number_blocks.enter(connection, key, first, last, NOW)
    return key


def give(database: Database, series: str = SERIES) -> int | None:
    with database.begin() as connection:
        serial = number_blocks.next_serial(connection, series)
        if serial is not None:
            numbers.record(connection, series, serial, numbers_text(series, serial), NOW)
    return serial


def numbers_text(series: str, serial: int) -> str:
    return f"{series}{serial}号"


def test_a_wish_keeps_its_key_until_it_is_answered_once(database: Database) -> None:
    with database.begin() as connection:
        number_blocks.ask(connection, SERIES, 5, NOW)
        number_blocks.ask(connection, "b", 7, NOW)
        (first, second) = number_blocks.asked(connection)
        assert (first[1:], second[1:]) == ((SERIES, 5), ("b", 7))
        assert number_blocks.held(connection, SERIES) == []
        assert number_blocks.enter(connection, first[0], 1, 5, NOW)
        assert not number_blocks.enter(connection, first[0], 6, 10, NOW)
        assert number_blocks.asked(connection) == [second]
        number_blocks.drop(connection, second[0])
        number_blocks.drop(connection, first[0])  # it has its answer: it stays
        assert number_blocks.asked(connection) == []
        assert [(b.first, b.last) for b in number_blocks.held(connection, SERIES)] == [(1, 5)]
        assert number_blocks.all_series(connection) == [SERIES]


def test_numbers_are_given_block_after_block(database: Database) -> None:
    lease(database, 11, 12)
    lease(database, 3, 4)
    assert [give(database) for _ in range(5)] == [3, 4, 11, 12, None]
    assert give(database, "b") is None
    with database.read() as connection:
        assert [block.left for block in number_blocks.held(connection, SERIES)] == [0, 0]


def test_what_goes_back_is_given_no_more_and_told_until_it_is_heard(database: Database) -> None:
    key = lease(database, 1, 5)
    lease(database, 6, 8)
    assert give(database) == 1
    with database.begin() as connection:
        number_blocks.give_back(connection, key, 2)
        assert number_blocks.to_give_back(connection) == [(key, 2, SERIES)]
        first, second = number_blocks.held(connection, SERIES)
        assert (first.left, first.size, first.back_from, second.left) == (0, 5, 2, 3)
    assert give(database) == 6
    with database.begin() as connection:
        number_blocks.given_back(connection, key, NOW)
        number_blocks.given_back(connection, key, NOW)
        assert number_blocks.to_give_back(connection) == []


@pytest.mark.parametrize(
    ("first", "last", "over"), [(1, 4, False), (1, 5, True), (8, 8, True), (10, 12, False), (18, 30, True)]
)
def test_a_block_that_reaches_into_another_or_the_books_is_seen(
    database: Database, first: int, last: int, *, over: bool
) -> None:
    lease(database, 5, 9)
    with database.begin() as connection:
        numbers.record(connection, SERIES, 20, numbers_text(SERIES, 20), NOW)
        assert number_blocks.overlaps(connection, SERIES, first, last) is over
        assert not number_blocks.overlaps(connection, "b", first, last)


def test_papers_wait_for_the_platforms_number_in_their_order(database: Database) -> None:
    with database.begin() as connection:
        fill(connection, tables.items, id=1)
        fill(connection, tables.cases, id=1, item_id=1)
        for serial in (1, 2, 3):
            numbers.record(connection, PROVISIONAL, serial, numbers_text(PROVISIONAL, serial), NOW)
            fill(connection, tables.papers, id=serial, case_id=1, number=numbers_text(PROVISIONAL, serial))
        numbers.void(connection, PROVISIONAL, 2, "打印模糊")
        assert number_blocks.waiting_papers(connection, PROVISIONAL) == [1, 3]
        connection.execute(tables.papers.update().where(tables.papers.c.id == 1).values(central_number="x"))
        assert number_blocks.waiting_papers(connection, PROVISIONAL) == [3]
        assert number_blocks.waiting_papers(connection, SERIES) == []


@pytest.fixture
def old(profile: Profile, key: StoreKey, fresh_store: Path) -> Iterator[Database]:
    """A store as 0002 made it, with a paper in it."""
    shutil.copy(fresh_store, profile.database)
    opened = open_database(profile.database, key.subkey(Purpose.DATABASE))
    alembic(opened, "downgrade", "0002")
    with opened.begin() as connection:
        connection.exec_driver_sql("INSERT INTO items (id, task_handle_item, version, body) VALUES (1, 'T', 1, '{}')")
        connection.exec_driver_sql(
            "INSERT INTO cases (id, key, state, item_id, opened_by, opened_at) VALUES (1, 'k', 'accepted', 1, '1', 't')"
        )
        connection.exec_driver_sql(
            "INSERT INTO papers (id, case_id, kind, number, state, facts, issued_at)"
            " VALUES (1, 1, 'acceptance_notice', 'n', 'ready', '{}', 't')"
        )
    yield opened
    opened.close()


def alembic(database: Database, step: str, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent).replace("%", "%%"))
    with database.alter() as connection:
        config.attributes["connection"] = connection
        getattr(command, step)(config, revision)


def test_an_older_store_keeps_its_papers(old: Database) -> None:
    with old.read() as connection:
        before = connection.exec_driver_sql("SELECT * FROM papers").one()
    migrations.upgrade(old)
    with old.read() as connection:
        assert tuple(connection.execute(select(tables.papers)).one()) == (*before, None)
        assert number_blocks.all_series(connection) == []
    alembic(old, "downgrade", "0002")
    with old.read() as connection:
        assert connection.exec_driver_sql("SELECT * FROM papers").one() == before
