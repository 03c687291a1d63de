"""R8: the clock goes back a day, ahead by 400, or steps while a case is committed or sent: the window's order holds.

Events go in the order in which they were made, numbers and keys are given once, nothing waits for a time that never
comes, and a difference of two minutes to the platform is told.
"""

import random
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from client.commands.checks import check_clock
from client.desk.inbox import StoredInbox
from client.ports.platform import DrainReport, Event
from client.store import outbox
from client.store.times import moment
from sync.drain import drain
from sync.platform import HttpPlatform
from tests.attack.checker import at_the_platform, violations
from tests.attack.history import Held, Operation, Outcome, complaints
from tests.attack.ledger import Ledger
from tests.attack.soak import SEED, Tally
from tests.desk.counter import CLERK, ZONE, Blank, Desk, MovableClock
from tests.hubs import HubProcess
from tests.sync.proxy import FaultProxy, Trick, at_random

STEPS = (timedelta(days=-1), timedelta(days=400), timedelta(minutes=-3), timedelta())
BANNER = timedelta(minutes=2)
LONGEST_DELAY = timedelta(seconds=130)
PASSES = 8  # in which all is through once nothing goes wrong any more
ASKS = 3  # times that an act asks for the time, at most
TRICKS = (Trick.LOST_ANSWER, Trick.RESET_BEFORE, Trick.UNAVAILABLE, Trick.FAILED_AFTER, Trick.TWICE)
SHARE = 0.2


class Unsteady(MovableClock):
    """This machine's clock, and by how much it was set wrong: at once, or when it is asked so many times more."""

    def __init__(self) -> None:
        super().__init__()
        self.ahead = timedelta()
        self.waited = timedelta()  # time a test lets pass in no time
        self._asks = 0
        self._then = timedelta()

    def __call__(self) -> datetime:
        if self._asks:
            self._asks -= 1
            self.ahead = self.ahead if self._asks else self._then
        self.now = datetime.now(ZONE) + self.off
        return self.now

    @property
    def off(self) -> timedelta:
        """By how much it differs from the platform's."""
        return self.ahead + self.waited

    def step(self, ahead: timedelta, asks: int = 0) -> None:
        """Be `ahead` from now on, or from the `asks`-th time that somebody asks."""
        self._asks, self._then = asks, ahead
        if not asks:
            self.ahead = ahead


class Unsettled:
    """A window whose clock somebody sets while it works, and what it accepted."""

    def __init__(self, desk: Desk, url: str, luck: random.Random) -> None:
        self.desk = desk
        self.clock = Unsteady()
        desk.clock = self.clock
        desk.counter = replace(desk.counter, clock=self.clock)
        desk.configure(hub_url=url)
        self._luck = luck
        self._platform = HttpPlatform(url, clock=self.clock)
        self.accepted: list[Operation] = []

    def close(self) -> None:
        self._platform.close()
        self.desk.close()

    def take_a_case(self) -> None:
        """Received, then accepted, then sent; the clock is set somewhere on that way."""
        where, ahead = self._luck.choice(("before", "between", "within", "sending")), self._another_time()
        desk = self.desk
        case = desk.draft()
        if where == "before":
            self.clock.step(ahead)
        desk.intake.receive(case, CLERK)
        if where in {"between", "within"}:
            self.clock.step(ahead, self._luck.randint(1, ASKS) if where == "within" else 0)
        outcome = desk.intake.accept(case, CLERK)
        self.accepted.append(Operation(desk.counter.settings.window_no, "accept", case, Outcome.OK, outcome.number))
        desk.render()
        if where == "sending":
            self.send()
            self.clock.step(ahead)

    def send(self) -> DrainReport:
        counter = self.desk.counter
        return drain(
            counter.memory.outbox(), StoredInbox(counter), self._platform, self.clock, uniform=self._luck.uniform
        )

    def untold(self, report: DrainReport) -> Iterator[str]:
        """A difference that the platform's answer showed, and that nobody would be told of; or a false alarm."""
        drift = self._platform.drift
        if report.outage is not None or drift is None:
            return
        told = check_clock(self.desk.counter.settings, lambda _url: drift)
        if told.ok != (abs(self.clock.off) < BANNER):
            yield f"the clock is {self.clock.off} ahead, and it is said: {told}"

    def end_quietly(self) -> Iterator[str]:
        for _ in range(PASSES):
            report = self.send()
            yield from self.untold(report)
            if not report.waiting + report.unknown:
                return
            self.clock.waited += LONGEST_DELAY
        yield f"stuck: {report}"

    def _another_time(self) -> timedelta:
        return self._luck.choice([step for step in STEPS if step != self.clock.ahead])


@pytest.fixture(scope="module")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Blank:
    return Blank.prepare(tmp_path_factory.mktemp("blank") / "window")


def test_a_clock_that_is_set_disturbs_neither_order_nor_numbers(blank: Blank, tally: Tally, tmp_path: Path) -> None:
    attack = tally.attack("R8")
    for seed, steps, folder in attack.sieges(tmp_path):
        luck = random.Random(seed)
        with HubProcess(folder) as hub, FaultProxy(hub.url, at_random(seed, TRICKS, SHARE)) as proxy:
            with closing(Unsettled(Desk(blank, folder / "window"), proxy.url, luck)) as window:
                for _ in range(steps):
                    window.take_a_case()
                    attack.faults += 1
                    attack.judge(window.untold(window.send()), f"seed {seed}")
                proxy.plan = lambda _method, _path: None
                attack.judge(window.end_quietly(), f"seed {seed}")
            attack.judge(wrong_with(window, blank, hub), f"seed {seed}")


def wrong_with(window: Unsettled, blank: Blank, hub: HubProcess) -> list[str]:
    profile, held = window.desk.profile, Held.by(hub.store_url)
    at_home = violations(profile, blank.key, Ledger())
    return at_home + at_the_platform(profile, blank.key, hub.store_url) + complaints(window.accepted, held)


@pytest.mark.parametrize("ahead", [timedelta(days=400), timedelta(minutes=3)])
def test_a_window_that_orders_by_the_clock_is_caught(
    blank: Blank, tally: Tally, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ahead: timedelta
) -> None:
    """The control arm: the same judge, and events in the order of their times."""
    in_order: Callable[[Any], Event] = outbox._event

    def by_the_clock(row: Any) -> Event:
        return replace(in_order(row), sequence=int(moment(row.time).timestamp()))

    monkeypatch.setattr(outbox, "_event", by_the_clock)
    with HubProcess(tmp_path) as hub:
        with closing(Unsettled(Desk(blank, tmp_path / "window"), hub.url, random.Random(SEED))) as window:
            case = window.desk.draft()
            window.clock.step(ahead)
            window.desk.intake.receive(case, CLERK)
            window.clock.step(timedelta())
            number = window.desk.intake.accept(case, CLERK).number
            window.accepted.append(Operation("07", "accept", case, Outcome.OK, number))
            list(window.end_quietly())
        wrong = wrong_with(window, blank, hub)
    assert any(sentence.startswith("stuck") for sentence in wrong), wrong
    tally.attack("R8").caught()
