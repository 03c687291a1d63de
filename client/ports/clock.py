"""The time of day, asked for and never read: rules, desk and tests share one clock."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

Clock = Callable[[], datetime]
"""Returns now, aware, in the hall's time zone."""


def clock_of(zone: ZoneInfo) -> Clock:
    """This machine's clock, told in the hall's zone."""
    return lambda: datetime.now(zone)
