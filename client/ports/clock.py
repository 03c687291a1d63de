"""The time of day, asked for and never read: rules, desk and tests share one clock."""

from collections.abc import Callable
from datetime import datetime

Clock = Callable[[], datetime]
"""Returns now, aware, in the hall's time zone."""
