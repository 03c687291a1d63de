"""When to try again."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.schedule import CAP, FLOOR, LONGEST_RETRY_AFTER, backoff, retry_after

NOW = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)


@given(st.integers(0, 10_000_000), st.floats(0, 1))
def test_a_pause_is_never_shorter_than_the_floor_nor_longer_than_the_cap(attempts: int, luck: float) -> None:
    assert FLOOR <= backoff(attempts, lambda low, high: low + (high - low) * luck) <= CAP


@given(st.integers(7, 10_000))
def test_a_platform_long_away_is_asked_at_most_once_a_minute(attempts: int) -> None:
    assert backoff(attempts, lambda low, _: low) >= 60


def test_each_failure_doubles_the_step_and_the_pause_lies_in_its_upper_half() -> None:
    assert [backoff(n, lambda _, high: high) for n in range(8)] == [2, 4, 8, 16, 32, 64, 120, 120]
    assert [backoff(n, lambda low, _: low) for n in range(8)] == [1, 2, 4, 8, 16, 32, 60, 60]


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("7", 7.0),
        (" 120 ", 120.0),
        ("86400", LONGEST_RETRY_AFTER),
        (format_datetime(NOW + timedelta(seconds=30), usegmt=True), 30.0),
        (format_datetime(NOW - timedelta(seconds=30), usegmt=True), 0.0),
        ("Mon, 30 Nov 2026 09:00:05 -0000", 5.0),
        ("soon", None),
        ("-3", None),
        ("²", None),
        (None, None),
    ],
)
def test_retry_after_is_read_as_seconds_or_as_a_date(header: str | None, seconds: float | None) -> None:
    assert retry_after(header, NOW) == seconds
