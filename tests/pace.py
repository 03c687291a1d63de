"""How slow this machine is just now: promises in seconds are those of a quiet one, and tests do not have it alone."""

import statistics
import time
from collections.abc import Callable

QUIET = 0.010  # seconds a sum takes on two cores of a quiet server


def slowness(clock: Callable[[], float] = time.perf_counter, times: int = 9) -> float:
    """How many times as long as on a quiet machine something takes, by `clock`; 1 where it is as quick or quicker."""
    return max(1.0, statistics.median(_sum(clock) for _ in range(times)) / QUIET)


def _sum(clock: Callable[[], float]) -> float:
    began = clock()
    sum(number * number for number in range(200_000))
    return clock() - began
