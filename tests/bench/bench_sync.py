"""P3 and P4: a backlog drained, durable at both ends, and the same over a line of 50 milliseconds."""

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from client.demo import DEMO_SETTINGS
from client.store import outbox
from client.store.memory import Memory
from client.store.opening import open_memory
from client.store.profile import Profile
from client.store.tables import cases, items
from sync.drain import drain
from sync.platform import HttpPlatform
from tests.bench.rows import Goal, Row, row
from tests.hubs import HubProcess
from tests.store.conftest import fill
from tests.sync.memory import TestInbox
from tests.sync.sample import Window, number

ROUNDS = 5
EVENTS = 5_000
SIZE = 3_700  # bytes of padding: about 4 KiB an event on the wire
FAR = 0.05  # seconds, there and back


def rows() -> list[Row]:
    """Rounds in turns, each of a backlog of its own; through the same relay, with and without its delay."""
    near, far, straight = [], [], []
    with (
        tempfile.TemporaryDirectory(dir=Path("build")) as folder,
        HubProcess(Path(folder)) as hub,
        _memory(Path(folder)) as memory,
        _line(hub.url, 0.0) as line,
        _line(hub.url, FAR) as far_line,
    ):
        backlogs = _Backlogs(memory)
        backlogs.drained(hub.url)  # a round to warm up
        for _ in range(ROUNDS):
            straight.append(backlogs.drained(hub.url))
            near.append(backlogs.drained(line))
            far.append(backlogs.drained(far_line))
    ours, close, away = statistics.median(straight), statistics.median(near), statistics.median(far)
    what = f"{EVENTS} events of 4 KiB drained, durable at both ends (other: seconds it took)"
    return [
        row("P3", what, ours, EVENTS / ours, "1/s", ours, None),
        row("P4", "the same at 50 ms ÷ at 0 ms", away, close, "1/s", away / close, Goal(0.80, at_least=True)),
    ]


class _Backlogs:
    """Puts a backlog into the window's outbox and drains it, again and again."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._cases = 0
        self._window = Window(memory.source)
        with memory.begin() as connection:
            fill(connection, items, id=1)

    def drained(self, url: str) -> float:
        """Events a second."""
        self._put()
        with closing(HttpPlatform(url)) as platform:
            began = time.perf_counter()
            report = drain(self._memory.outbox(), TestInbox(), platform, lambda: datetime.now(UTC))
            took = time.perf_counter() - began
        if report.sent != EVENTS:
            raise AssertionError(report)
        return EVENTS / took

    def _put(self) -> None:
        with self._memory.begin() as connection:
            for case_id in range(self._cases + 1, self._cases + EVENTS + 1):
                fill(connection, cases, id=case_id, item_id=1, state="draft")
                event = self._window.event(number(case_id), size=SIZE)
                outbox.put(
                    connection,
                    source=self._memory.source,
                    case_id=case_id,
                    subject=event.subject,
                    event_type=event.type,
                    time=event.time,
                    data=event.data,
                )
        self._cases += EVENTS


@contextmanager
def _memory(folder: Path) -> Iterator[Memory]:
    with open_memory(
        Profile(folder / "profile"),
        DEMO_SETTINGS.source_uri,
        passphrase="benchmark",
        program="bench",
        now=datetime.now(UTC),
    ) as memory:
        yield memory


@contextmanager
def _line(url: str, round_trip: float) -> Iterator[str]:
    """A relay to the hub; its own URL."""
    upstream = url.rpartition(":")[2]
    words = [sys.executable, "-m", "tests.bench.delay", upstream, str(round_trip)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as relay:
        assert relay.stdout is not None
        try:
            yield f"http://127.0.0.1:{relay.stdout.readline().strip()}"
        finally:
            relay.kill()
