"""P3, P4 and P5: a backlog drained, durable at both ends; the same over a line of 50 milliseconds; files put up."""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from client.demo import DEMO_SETTINGS
from client.store import outbox as events
from client.store.memory import Memory
from client.store.opening import open_memory
from client.store.profile import Profile
from client.store.tables import cases, items
from sync.drain import drain
from sync.platform import HttpPlatform
from tests.bench import others
from tests.bench.rows import Goal, row
from tests.hubs import HubProcess
from tests.store.conftest import fill
from tests.sync.memory import TestInbox, TestOutbox
from tests.sync.sample import Window, number, sha256

ROUNDS = 5
EVENTS = 5_000
SIZE = 3_700  # bytes of padding: about 4 KiB an event on the wire
FAR = 0.05  # seconds, there and back
FILES = 100
FILE_SIZE = 300 << 10  # bytes: a page
MEGABYTE = 1_000_000


def rows() -> list[dict[str, Any]]:
    """Rounds in turns; a side that cannot be had here is a row with its reason, and is not met."""
    with (
        tempfile.TemporaryDirectory(dir=Path("build")) as folder,
        HubProcess(Path(folder)) as hub,
        _memory(Path(folder)) as memory,
    ):
        backlogs = _Backlogs(memory)
        backlogs.drained(hub.url)  # a round to warm up
        return [_against_pouchdb(backlogs, hub), _far_and_near(backlogs, hub), _against_tuspy(hub)]


def _against_pouchdb(backlogs: "_Backlogs", hub: HubProcess) -> dict[str, Any]:
    what = f"{EVENTS} events of 4 KiB drained, durable at both ends, against PouchDB to express-pouchdb"
    goal = Goal(2.0, at_least=True)
    try:
        with others.pouchdb() as side:
            side.measured(EVENTS)
            turns = [(backlogs.drained(hub.url), side.measured(EVENTS)) for _ in range(ROUNDS)]
    except others.UNAVAILABLE as error:
        return _alone("P3", what, "1/s", goal, [backlogs.drained(hub.url) for _ in range(ROUNDS)], error)
    ours, theirs = (statistics.median(side) for side in zip(*turns, strict=True))
    return {**row("P3", what, ours, theirs, "1/s", ours / theirs, goal)}


def _far_and_near(backlogs: "_Backlogs", hub: HubProcess) -> dict[str, Any]:
    """Through the same relay, with and without its delay."""
    with _line(hub.url, 0.0) as line, _line(hub.url, FAR) as far_line:
        turns = [(backlogs.drained(line), backlogs.drained(far_line)) for _ in range(ROUNDS)]
    near, far = (statistics.median(side) for side in zip(*turns, strict=True))
    return {**row("P4", "the same at 50 ms ÷ at 0 ms", far, near, "1/s", far / near, Goal(0.80, at_least=True))}


def _against_tuspy(hub: HubProcess) -> dict[str, Any]:
    what = f"{FILES} files of {FILE_SIZE >> 10} KiB put up in a pass, checked and fsynced there, against tuspy"
    goal = Goal(1.5, at_least=True)
    files = _Files(hub.url)
    files.put_up()
    try:
        with others.tuspy(FILE_SIZE) as side:
            side.measured(FILES)
            turns = [(files.put_up(), side.measured(FILES)) for _ in range(ROUNDS)]
    except others.UNAVAILABLE as error:
        return _alone("P5", what, "MB/s", goal, [files.put_up() / MEGABYTE for _ in range(ROUNDS)], error)
    ours, theirs = (statistics.median(side) / MEGABYTE for side in zip(*turns, strict=True))
    return {**row("P5", what, ours, theirs, "MB/s", ours / theirs, goal)}


def _alone(number: str, what: str, unit: str, goal: Goal, ours: Sequence[float], error: Exception) -> dict[str, Any]:
    figures = {"ours": round(statistics.median(ours), 3), "other": None, "ratio": None}
    told = {"id": number, "what": what, "unit": unit, "goal": str(goal), "met": False}
    return {**told, **figures, "detail": f"the other side could not be set up: {error}"}


class _Files:
    """Cases with ten files each, new ones each time."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._window = Window("urn:yichuang:window:bench-files")
        self._serial = 9_000_000

    def put_up(self) -> float:
        """Bytes a second, questions and events of the pass included."""
        contents = [os.urandom(FILE_SIZE) for _ in range(FILES)]
        outbox = TestOutbox(contents={sha256(content): content for content in contents})
        for start in range(0, FILES, 10):
            self._serial += 1
            outbox.put([self._window.event(number(self._serial), files=contents[start : start + 10])])
        with closing(HttpPlatform(self._url)) as platform, closing(outbox):
            began = time.perf_counter()
            report = drain(outbox, TestInbox(), platform, lambda: datetime.now(UTC))
            took = time.perf_counter() - began
        if report.files != FILES:
            raise AssertionError(report)
        return FILES * FILE_SIZE / took


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
                events.put(
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
