"""What the window knows of its clock beside the platform's: kept for an outage, and not written at each pass."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from client.store import migrations
from client.store.compared import STALE, ComparedClock, Comparison
from client.store.engine import Database
from client.store.memory import window_source
from client.store.tables import window
from client.store.times import stamp
from tests.store.conftest import NOW
from tests.store.old import alembic

SLOW = timedelta(seconds=-95)


@pytest.fixture
def compared(database: Database) -> ComparedClock:
    window_source(database, "urn:yichuang:window:110101-01-07")
    return ComparedClock(database)


def kept_at(database: Database) -> str | None:
    with database.read() as connection:
        return connection.scalar(select(window.c.clock_compared_at))


def test_nothing_is_known_before_they_were_compared(compared: ComparedClock) -> None:
    assert compared.last is None


def test_the_newest_comparison_is_known_at_once_and_after_a_restart(
    compared: ComparedClock, database: Database
) -> None:
    compared.heard(SLOW, NOW)
    assert compared.last == Comparison(-95, NOW)
    assert ComparedClock(database).last == Comparison(-95, NOW)


@pytest.mark.parametrize(
    ("drift", "later", "is_written"),
    [
        (SLOW, timedelta(seconds=10), False),
        (SLOW + timedelta(seconds=1), timedelta(seconds=10), True),
        (SLOW, STALE, True),
        (SLOW, -STALE, True),  # this clock was set back meanwhile
    ],
)
def test_the_disk_hears_of_what_is_new_alone(
    compared: ComparedClock, database: Database, drift: timedelta, later: timedelta, *, is_written: bool
) -> None:
    compared.heard(SLOW, NOW)
    compared.heard(drift, NOW + later)
    assert compared.last == Comparison(round(drift.total_seconds()), NOW + later)
    assert kept_at(database) == stamp(NOW + later if is_written else NOW)


def test_a_store_of_before_knows_nothing_of_it_and_goes_back(empty: Database) -> None:
    alembic(empty, "upgrade", "0007")
    with empty.begin() as connection:
        connection.exec_driver_sql("INSERT INTO window (id, epoch, place) VALUES (1, 'e', '{}')")
    migrations.upgrade(empty)
    compared = ComparedClock(empty)
    assert compared.last is None
    compared.heard(SLOW, NOW)
    alembic(empty, "downgrade", "0007")
    with empty.read() as connection:
        assert connection.exec_driver_sql("SELECT epoch, place FROM window").one() == ("e", "{}")
