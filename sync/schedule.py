"""When to try again: pure arithmetic, so that a thousand windows never knock in step."""

from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

Uniform = Callable[[float, float], float]
"""A random number between two bounds, e.g. `random.SystemRandom().uniform`."""

FLOOR = 1.0  # seconds; nothing is tried again sooner
CAP = 120.0  # seconds; with delays in [cap/2, cap] a dead platform is asked at most once a minute
LONGEST_RETRY_AFTER = 600.0  # seconds; a platform's typing error must not silence a window for a day


def backoff(attempts: int, uniform: Uniform) -> float:
    """Seconds to wait after `attempts` earlier failures: uniform in [step/2, step], step doubling up to the cap."""
    step = min(CAP, 2 * FLOOR * 2 ** min(attempts, 16))
    return uniform(step / 2, step)


def retry_after(header: str | None, now: datetime) -> float | None:
    """Seconds a Retry-After header asks for (RFC 9110 §10.2.3: seconds or a date); None when it says nothing."""
    if header is None:
        return None
    value = header.strip()
    if value.isascii() and value.isdigit():
        return min(float(value), LONGEST_RETRY_AFTER)
    until = http_date(value)
    if until is None:
        return None
    return min(max((until - now).total_seconds(), 0.0), LONGEST_RETRY_AFTER)


def http_date(value: str) -> datetime | None:
    """The instant of an HTTP date (RFC 9110 §5.6.7), None when it is none."""
    try:
        date = parsedate_to_datetime(value)
    except ValueError:
        return None
    return date if date.tzinfo else date.replace(tzinfo=UTC)  # "-0000": UTC, said without a zone
