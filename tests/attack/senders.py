"""Windows as a hub meets them: each a backlog in a file, and one pass after the other at whichever hub it finds.

They run on threads of the test, many to a second of a real window's work. A case is promised once it is in the outbox.
"""

import random
import threading
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from types import TracebackType
from typing import Self

from sync.comparing import Comparing
from sync.drain import nothing, one_pass
from sync.platform import HttpPlatform
from tests.attack.history import Held, Operation, Outcome, complaints
from tests.hubs import HubProcess
from tests.sync.books import OutboxBooks
from tests.sync.memory import TestInbox, TestOutbox
from tests.sync.sample import NOW, Window, sha256

PASS = timedelta(seconds=130)  # from pass to pass by the windows' clock: whatever was put off is due
MOST_PASSES = 60  # with everything well again, until nothing may wait any more


class Sender:
    """The `nth` window: takes a case and makes a pass, again and again, until it is told to stop; then sends the rest.

    `urls` are the ways to the platform; each pass takes one by luck. `doubting`: whether it asks, after an outage, if
    the platform still knows what it took.
    """

    def __init__(self, nth: int, folder: Path, urls: Sequence[str], seed: int, *, doubting: bool = True) -> None:
        self.name = f"{nth:02}"
        self.history: list[Operation] = []
        self.contents: dict[str, bytes] = {}
        self.tries: list[str] = []
        self.forgotten = 0
        self.overlooked = 0  # and found by a comparison
        self.outages = 0  # passes that found the platform away
        self._urls = urls
        self._luck = random.Random(seed * 100 + nth)
        self._window = Window(f"urn:yichuang:window:{nth}")
        self._outbox = TestOutbox(folder / f"outbox-{nth}.db")
        self._outbox.contents = self.contents
        self._inbox = TestInbox()
        self._doubting = doubting
        self._doubt = doubting
        self._owes = False  # a comparison of what both ends hold
        self._recent = 0
        self._now = NOW

    def work(self, ending: threading.Event) -> list[str]:
        """Returns what is wrong at its end: what never went."""
        while not ending.is_set():
            self._take()
            self._pass()
            ending.wait(self._luck.uniform(0.0, 0.2))
        left = MOST_PASSES
        self._doubt = self._doubting  # as a window that is opened anew
        while self._pass() and left:
            left -= 1
        self.tries = [outcome for _, outcome, _, _ in self._outbox.tries]
        stuck = [f"stuck: {count} are {state}" for state, count in self._outbox.states().items() if state != "stored"]
        self._outbox.close()
        return stuck

    def _take(self) -> None:
        serial = len(self.history) + 1
        case, page = f"110101-01-{self.name}-20261130-{serial:04}-1", f"page {serial} of {self.name}".encode() * 500
        self.contents[sha256(page)] = page
        received = self._window.event(case, "received")
        self._outbox.put([received, self._window.event(case, "accepted", files=[page])])
        self.history.append(Operation(self.name, "accept", serial, Outcome.OK, case))

    def _pass(self) -> int:
        """Returns how many events have not arrived."""
        self._now += PASS
        with closing(HttpPlatform(self._luck.choice(self._urls), piece=1 << 12)) as platform:
            comparing = Comparing(self._outbox, OutboxBooks(self._outbox), platform, lambda: self._now)

            def ahead() -> int:
                self._owes = True
                again = comparing.ahead()
                self.overlooked += again
                return again

            outcome = one_pass(
                self._outbox,
                self._inbox,
                platform,
                self._now,
                uniform=self._luck.uniform,
                doubt=self._doubt,
                recent=self._recent,
                ahead=ahead if self._doubting else nothing,
            )
            if self._owes and outcome.outage is None:
                self.overlooked += comparing.make()
                self._owes = comparing.owed
        self._doubt, self._recent = self._doubting and outcome.doubt, outcome.recent
        self.forgotten += outcome.report.forgotten
        self.outages += outcome.outage is not None
        return outcome.report.waiting + outcome.report.unknown + self._doubt + self._owes


class Senders:
    """`with Senders(...) as senders:` has them all at work; `end()` lets them send what they have."""

    def __init__(self, senders: Sequence[Sender]) -> None:
        self.each = senders
        self._ending = threading.Event()
        self._pool = ThreadPoolExecutor(len(senders))
        self._works: list[Future[list[str]]] = []

    def end(self) -> list[str]:
        """What is wrong at any of them."""
        self._ending.set()
        return [f"{sentence} (window {one.name})" for one, work in self._pairs() for sentence in work.result()]

    def complaints(self, hub: HubProcess) -> list[str]:
        """What of all they promised is not at the platform once and whole, and what is there beside it."""
        history = [each for sender in self.each for each in sender.history]
        wanted = {digest: content for sender in self.each for digest, content in sender.contents.items()}
        there = {path.name: path.read_bytes() for path in hub.files.glob("??/*") if not path.suffix}
        files = [f"lost: file {digest[:8]}" for digest in wanted.keys() - there.keys()]
        files += [f"file {name[:8]} is not what its name says" for name in there if sha256(there[name]) != name]
        return complaints(history, Held.by(hub.store_url)) + files

    def _pairs(self) -> list[tuple[Sender, "Future[list[str]]"]]:
        return list(zip(self.each, self._works, strict=True))

    def __enter__(self) -> Self:
        self._works = [self._pool.submit(sender.work, self._ending) for sender in self.each]
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ending.set()
        self._pool.shutdown()
