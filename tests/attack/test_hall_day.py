"""The line out of a hall is cut for a day, by injected clock: eight windows work on at its node, which is killed twice.

The node's own passing on is kept from its turn; the test makes it, by the same loop, whenever that says it is time.
"""

import heapq
import random
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from filelock import FileLock

from client.ports.platform import DrainReport
from sync.drain import drain
from sync.hub.relayed import RelayInbox, RelayOutbox
from sync.hub.shelf import Shelf
from sync.hub.store import opened
from sync.loop import Loop
from sync.platform import HttpPlatform
from sync.schedule import CAP
from tests.attack.history import Held, Operation, Outcome, complaints
from tests.attack.soak import SEED
from tests.conftest import SOAK
from tests.hubs import FORGETFUL_NODE, SERVE, HubProcess
from tests.sync.memory import TestInbox, TestOutbox
from tests.sync.sample import NOW, Window, sha256

HOURS = 24 if SOAK else 2
WINDOWS = 8
BETWEEN = timedelta(minutes=12)  # two cases of a window
RAMP = 8  # knocks until the pauses have grown to their cap


@dataclass
class Hall:
    """What is there of it, and what was done."""

    platform: HubProcess
    node: HubProcess
    luck: random.Random
    now: datetime = NOW
    history: list[Operation] = field(default_factory=list)
    pages: dict[str, bytes] = field(default_factory=dict)
    knocks: list[datetime] = field(default_factory=list)
    reports: list[DrainReport] = field(default_factory=list)


class Seat:
    """A window of the hall: takes a case with a page, and sends it to the node at once."""

    def __init__(self, hall: Hall, nth: int, folder: Path) -> None:
        self.name = f"{nth:02}"
        self._hall = hall
        self._window = Window(f"urn:yichuang:window:{nth}")
        self.outbox = TestOutbox(folder / f"outbox-{nth}.db")
        self.outbox.contents = hall.pages
        self._serial = 0

    def work(self) -> DrainReport:
        hall, self._serial = self._hall, self._serial + 1
        page = f"page {self._serial} of {self.name}".encode() * 900
        case = f"110101-01-{self.name}-20261130-{self._serial:04}-1"
        hall.pages[sha256(page)] = page
        events = [self._window.event(case, "received"), self._window.event(case, files=[page])]
        self.outbox.put(events)
        hall.history.append(Operation(self.name, "accept", self._serial, Outcome.OK, case))
        with closing(HttpPlatform(hall.node.url)) as platform:
            return drain(self.outbox, TestInbox(), platform, lambda: hall.now)


@contextmanager
def passing_on(hall: Hall) -> Iterator[Loop]:
    """The node's loop, as a process of the node would have it from its start."""
    with opened(hall.node.store_url) as store, closing(HttpPlatform(hall.platform.url)) as above:
        outbox, inbox = RelayOutbox(store, Shelf(hall.node.files)), RelayInbox(store)
        yield Loop(outbox, inbox, above, lambda: hall.now, heard=hall.reports.append, uniform=hall.luck.uniform)


def spend(hall: Hall, seats: list[Seat], hours: int, kills: int) -> None:
    """The hours without a line; at so many moments of them the node is killed, and comes back."""
    end = hall.now + timedelta(hours=hours)
    deaths = sorted(hall.now + (end - hall.now) * hall.luck.uniform(0.2, 0.9) for _ in range(kills))
    due = [(hall.now + BETWEEN * hall.luck.random(), nth) for nth in range(len(seats))]
    knock = hall.now
    heapq.heapify(due)
    with ExitStack() as stack:
        loop = stack.enter_context(passing_on(hall))
        while hall.now < end:
            if deaths and hall.now >= deaths[0]:
                deaths.pop(0)
                stack.close()
                hall.node.restart()
                loop, knock = stack.enter_context(passing_on(hall)), hall.now
            if knock <= due[0][0]:
                hall.now = knock
                hall.knocks.append(hall.now)
                knock += timedelta(seconds=loop.step())
                continue
            hall.now, nth = heapq.heappop(due)
            assert seats[nth].work().outage is None, "a window was turned away by its own node"
            heapq.heappush(due, (hall.now + BETWEEN, nth))


def besiege(folder: Path, hours: int, kills: int, program: str = SERVE) -> tuple[Hall, list[str]]:
    """A day, and the evening on which the line is back; what is wrong then."""
    for name in ("platform", "node"):
        (folder / name).mkdir()
    with ExitStack() as stack:
        platform = stack.enter_context(HubProcess(folder / "platform"))
        (folder / "node" / "hub-files").mkdir()
        stack.enter_context(FileLock(folder / "node" / "hub-files" / "upstream.lock"))
        node = stack.enter_context(HubProcess(folder / "node", upstream=platform.url, program=program))
        platform.kill()
        hall = Hall(platform, node, random.Random(SEED))
        seats = [Seat(hall, nth, folder) for nth in range(1, WINDOWS + 1)]
        spend(hall, seats, hours, kills)
        platform.start()
        with passing_on(hall) as loop:
            for _ in range(10):
                hall.now += timedelta(seconds=loop.step())
        wrong = complaints(hall.history, Held.by(platform.store_url))
        there = {path.name: path.read_bytes() for path in platform.files.glob("??/*") if not path.suffix}
        wrong += [f"lost: file {digest[:8]}" for digest in hall.pages.keys() - there.keys()]
        wrong += [f"stuck: {each.outbox.states()}" for each in seats if set(each.outbox.states()) != {"stored"}]
        wrong += [f"stuck: {hall.reports[-1].waiting} at the node"] if hall.reports[-1].waiting else []
        for seat in seats:
            seat.outbox.close()
    return hall, wrong


def test_a_hall_works_on_for_a_day_without_its_line_and_all_of_it_arrives_once(tmp_path: Path) -> None:
    hall, wrong = besiege(tmp_path, HOURS, kills=2)
    assert wrong == []
    assert len(hall.history) >= WINDOWS * HOURS * 60 // 12 - WINDOWS
    assert all(report.outage for report in hall.reports[: len(hall.knocks)])
    gaps = [later - sooner for sooner, later in zip(hall.knocks, hall.knocks[1:], strict=False)]
    assert max(gaps) <= timedelta(seconds=CAP)
    calm = [gap for gap in gaps if gap >= timedelta(seconds=CAP / 2)]
    assert len(gaps) - len(calm) <= 3 * RAMP  # at the start, and after each death of the node


def test_a_node_that_forgets_what_it_answered_for_is_caught(tmp_path: Path) -> None:
    _, wrong = besiege(tmp_path, 1, kills=1, program=FORGETFUL_NODE)
    assert any(sentence.startswith("lost") for sentence in wrong)
