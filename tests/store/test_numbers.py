"""Every serial of a series is given once, and stays on the books."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from client.store import numbers
from client.store.driver_errors import DRIVER_ERRORS
from client.store.engine import Database
from client.store.tables import numbers as ledger
from tests.store.conftest import NOW


def give(database: Database, series: str, first: int = 1, last: int = 9999) -> int | None:
    with database.begin() as connection:
        serial = numbers.next_serial(connection, series, first, last)
        if serial is not None:
            numbers.record(connection, series, serial, f"{series}{serial}", NOW)
    return serial


def test_each_series_counts_for_itself(database: Database) -> None:
    assert [give(database, series) for series in "abaab"] == [1, 1, 2, 3, 2]


BLOCK = st.tuples(st.integers(1, 12), st.integers(0, 4)).map(lambda block: (block[0], block[0] + block[1]))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20)
@given(st.lists(BLOCK, max_size=12))
def test_no_serial_is_given_twice_or_outside_its_block(database: Database, blocks: list[tuple[int, int]]) -> None:
    with database.begin() as connection:
        connection.execute(ledger.delete())
    given: list[int] = []
    for first, last in blocks:
        serial = give(database, "a", first, last)
        if serial is None:
            assert last in given  # spent: its last one is out
            continue
        assert first <= serial <= last
        given.append(serial)
    assert len(given) == len(set(given))


def test_the_books_refuse_a_serial_that_is_given(database: Database) -> None:
    give(database, "a")
    with pytest.raises(DRIVER_ERRORS), database.begin() as connection:
        numbers.record(connection, "a", 1, "a1", NOW)


def test_a_number_not_kept_is_given_again(database: Database) -> None:
    def act() -> None:
        with database.begin() as connection:
            numbers.record(connection, "a", 1, "a1", NOW)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        act()
    assert give(database, "a") == 1


def test_a_voided_serial_is_never_given_again(database: Database) -> None:
    give(database, "a")
    with database.begin() as connection:
        assert numbers.void(connection, "a", 1, "打印模糊")
        assert not numbers.void(connection, "a", 1, "打印模糊")
        assert not numbers.void(connection, "a", 2, "从未给出")
    assert give(database, "a") == 2
    with database.read() as connection:
        rows = connection.execute(select(ledger.c.serial, ledger.c.state, ledger.c.reason).order_by(ledger.c.serial))
        assert [tuple(row) for row in rows] == [(1, numbers.VOIDED, "打印模糊"), (2, numbers.ISSUED, None)]
