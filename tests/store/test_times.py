"""Times are kept so that text order is time order, and read back as the moment they were."""

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from client.store.times import day, iso, moment, stamp

ZONES = st.sampled_from([UTC, ZoneInfo("Asia/Shanghai"), timezone(timedelta(hours=-9, minutes=-30))])
MOMENTS = st.datetimes(min_value=datetime(1980, 1, 1), max_value=datetime(2200, 1, 1), timezones=ZONES)  # noqa: DTZ001 - bounds are naive by contract


@given(MOMENTS, MOMENTS)
def test_text_order_is_time_order_whatever_the_zone(one: datetime, other: datetime) -> None:
    assert (stamp(one) < stamp(other)) == (one.astimezone(UTC) < other.astimezone(UTC))


@given(MOMENTS)
def test_a_moment_comes_back_as_itself(told: datetime) -> None:
    assert moment(stamp(told)) == told.astimezone(UTC)


def test_a_moment_without_zone_is_not_kept() -> None:
    with pytest.raises(ValueError, match="zone"):
        stamp(datetime(2026, 3, 2, 9, 30))  # noqa: DTZ001 - that is the point


@given(st.none() | st.dates())
def test_a_day_comes_back_as_itself(told: date | None) -> None:
    assert day(iso(told)) == told
