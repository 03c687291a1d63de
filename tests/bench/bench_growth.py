"""P13: an accept, and the first page of the list, in a store of a million cases beside one of a thousand.

The stored cases are rows as the desk writes them, made by the database itself, but their events say nothing; the audit
chain has not grown with them.
"""

import statistics
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from client.desk.finding import find
from tests.bench.rows import Goal, Row, row
from tests.desk.counter import CLERK, FOOD, Blank, Desk
from tests.desk.crowd import crowd

FEW, MANY = 1_000, 1_000_000
ROUNDS = 7
ACCEPTS, LOOKS = 40, 20  # in a round
LIMIT = Goal(1.3, at_least=False)


def rows(many: int = MANY) -> list[Row]:
    with tempfile.TemporaryDirectory(dir=Path("build")) as folder:
        blank = Blank.prepare(Path(folder) / "blank")
        desks = [_grown(blank, Path(folder) / str(count), count) for count in (FEW, many)]
        accepts, looks = _in_turns(desks, _accept), _in_turns(desks, _look)
        for desk in desks:
            desk.close()
    what = f"at {many} stored cases ÷ at {FEW}"
    return [
        row("P13", f"an accept {what}", accepts[1], accepts[0], "ms", accepts[1] / accepts[0], LIMIT),
        row("P13", f"first page of the list {what}", looks[1], looks[0], "ms", looks[1] / looks[0], LIMIT),
    ]


def _grown(blank: Blank, folder: Path, count: int) -> Desk:
    desk = Desk(blank, folder)
    crowd(desk, count, thin=True)
    desk.reopen()  # as in the morning: the log of the growth is in the file
    return desk


def _in_turns(desks: list[Desk], act: Callable[[Desk], list[float]]) -> tuple[float, ...]:
    """Milliseconds at each, the median of all rounds but the first."""
    took: list[list[float]] = [[] for _ in desks]
    for number in range(ROUNDS + 1):
        for desk, times in zip(desks, took, strict=True):
            found = act(desk)
            if number:
                times.extend(found)
    return tuple(statistics.median(times) * 1000 for times in took)


def _accept(desk: Desk) -> list[float]:
    drafts = [desk.draft(FOOD) for _ in range(ACCEPTS)]
    return [_timed(partial(desk.intake.accept, case_id, CLERK)) for case_id in drafts]


def _look(desk: Desk) -> list[float]:
    return [_timed(partial(find, desk.counter)) for _ in range(LOOKS)]


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
