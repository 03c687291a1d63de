"""What a test must not leave behind: a warning nobody expected, a thread or timer, a process."""

import logging
import os
import re
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

GRACE = 1.0  # seconds for what is already ending
HOUSEHOLD: set[int] = set()  # processes that stay for the whole run: it is their children that a test must not leave


class LoudLines(logging.Handler):
    """Keeps every line of WARNING and above, from the standard library's loggers and from structlog's."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.levelname} {record.name}: {record.getMessage()}")


def complaints(lines: Iterable[str], expected: Iterable[str]) -> list[str]:
    """Lines that no pattern of `expected` finds itself in, and patterns that no line fulfilled."""
    lines, patterns = list(lines), [re.compile(each) for each in expected]
    unexpected = [f"not expected: {line}" for line in lines if not any(each.search(line) for each in patterns)]
    unmet = [f"expected, not seen: {each.pattern}" for each in patterns if not any(map(each.search, lines))]
    return unexpected + unmet


def children() -> frozenset[int]:
    """Ids of this process's children, ended ones nobody waited for included; empty where the system has no /proc."""
    found: set[int] = set()
    for parent in ("self", *HOUSEHOLD):
        with suppress(FileNotFoundError), os.scandir(f"/proc/{parent}/task") as threads:
            for each in threads:
                with suppress(FileNotFoundError), open(f"{each.path}/children", "rb") as told:  # noqa: PTH123 - twice for each test, and three times as fast
                    found.update(map(int, told.read().split()))  # a thread may have ended just now
    return frozenset(found - HOUSEHOLD)


@dataclass(frozen=True)
class Before:
    """The threads and child processes that were there before a test."""

    threads: frozenset[threading.Thread] = field(default_factory=lambda: frozenset(threading.enumerate()))
    processes: frozenset[int] = field(default_factory=children)

    def leftovers(self) -> list[str]:
        """What came since and has not ended, after a moment's grace."""
        return [*self._lasting(self._threads), *self._lasting(self._processes)]

    def _lasting(self, look: Callable[[], list[str]]) -> list[str]:
        until = time.monotonic() + GRACE
        while (found := look()) and time.monotonic() < until:
            time.sleep(0.01)
        return found

    def _threads(self) -> list[str]:
        # A timer is a thread too; pytest-timeout keeps one of its own where there is no SIGALRM.
        new = (each for each in threading.enumerate() if each not in self.threads and each.name != "pytest_timeout")
        return [f"thread {each.name}" for each in new]

    def _processes(self) -> list[str]:
        return [f"process {pid} {_command(pid)}" for pid in sorted(children() - self.processes)]


def _command(pid: int) -> str:
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return "(ended)"
    return " ".join(word.decode(errors="replace") for word in words)[:200] or "(ended, not waited for)"
