"""Several that want the disk at once share one writing; nobody goes on before what he brought is written."""

import threading
import time
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor

from sync.hub.together import Together


class Disk:
    """Takes its time with the first set, and cannot write `broken`."""

    def __init__(self, broken: str = "") -> None:
        self.sets: list[list[str]] = []
        self.written: set[str] = set()
        self.begun = threading.Event()
        self.go_on = threading.Event()
        self._broken = broken

    def write(self, brought: Sequence[str]) -> None:
        self.sets.append(sorted(brought))
        self.begun.set()
        assert self.go_on.wait(10)
        if self._broken in brought:
            raise OSError(self._broken)
        self.written.update(brought)


def bring_three(disk: Disk) -> dict[str, BaseException | None]:
    """Bring "first", and "second" and "third" while it is being written; what each was told."""
    together = Together(disk.write)
    with ThreadPoolExecutor(3) as helpers:
        told: dict[str, Future[None]] = {"first": helpers.submit(together.put, "first")}
        assert disk.begun.wait(10)
        for name in ("second", "third"):
            told[name] = helpers.submit(together.put, name)
        until = time.monotonic() + 10
        while len(together._waiting) < 2:
            assert time.monotonic() < until
            time.sleep(0.001)
        assert not any(each.done() for each in told.values())
        disk.go_on.set()
        return {name: each.exception(10) for name, each in told.items()}


def test_what_came_while_another_wrote_is_written_in_one() -> None:
    disk = Disk()
    assert set(bring_three(disk).values()) == {None}
    assert disk.sets == [["first"], ["second", "third"]]


def test_nobody_is_told_that_it_is_written_when_it_is_not() -> None:
    """Whoever wrote for the others hears of the failure; they try for themselves."""
    disk = Disk(broken="second")
    told = bring_three(disk)
    assert {name for name, error in told.items() if error is None} == disk.written
    assert isinstance(told["second"], OSError)
    assert disk.sets[:2] == [["first"], ["second", "third"]]
    assert len(disk.sets) == 3
