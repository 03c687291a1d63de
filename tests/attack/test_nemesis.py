"""R14: eight windows at one hub, and all at once: windows and hub killed, a line that fails, clocks that are set.

What was accepted is at the platform, each case once; no case goes back there; after a quiet end nothing is stuck.
"""

import random
import sys
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path
from threading import Thread

from tests.attack.hall import Hall
from tests.attack.history import Held, Outcome, Watch, complaints
from tests.attack.nursery import Nursery
from tests.attack.siege import Fresh
from tests.attack.soak import MINUTES, SEED, SOAKING, Tally
from tests.hubs import WITHOUT_KEYS, HubProcess
from tests.sync.proxy import FaultProxy, Trick, at_random

WINDOWS = 8
SECONDS = 60.0 if SOAKING and not MINUTES else 20.0 if MINUTES else 30.0  # of a round
STEPS = (timedelta(days=-1), timedelta(days=400), timedelta(minutes=-3), timedelta())
STRIKES = ("window", "window", "window", "clock", "clock", "line", "hub")
# A 413 of a machine in between is final (tests/sync/test_platform.py).
TRICKS = tuple(trick for trick in Trick if trick is not Trick.TOO_LARGE_PAGE)
LINES = ((TRICKS, 0.25), (TRICKS, 0.25), (TRICKS, 0.0), ((Trick.UNAVAILABLE, Trick.RESET_BEFORE), 1.0))
"""What may go wrong with the line, and the share of requests with which it does."""


class Nemesis:
    """Strikes at random at a hall, its hub and the line between; in seven strikes each kind has its turn."""

    def __init__(self, hall: Hall, hub: HubProcess, proxy: FaultProxy, luck: random.Random) -> None:
        self._hall = hall
        self._hub = hub
        self._proxy = proxy
        self._luck = luck
        self._next: list[str] = []
        self._coming: Thread | None = None
        self.struck: Counter[str] = Counter()

    def strike(self) -> None:
        self._next = self._next or self._luck.sample(STRIKES, len(STRIKES))
        kind = self._next.pop()
        self.struck[kind] += 1
        match kind:
            case "window":
                self._hall.kill_one()
            case "clock":
                self._hall.set_a_clock(self._luck.choice(STEPS))
            case "line":
                tricks, share = self._luck.choice(LINES)
                self._proxy.plan = at_random(self._luck.getrandbits(32), tricks, share)
            case _:
                self._wait_for_hub()
                self._hub.kill()
                self._coming = Thread(target=self._hub.start)  # what else happens meanwhile happens without it
                self._coming.start()

    def rest(self) -> None:
        """The line is good again, the hub there."""
        self._proxy.plan = quiet
        self._wait_for_hub()

    def _wait_for_hub(self) -> None:
        if self._coming is not None:
            self._coming.join()

    @property
    def faults(self) -> int:
        return self.struck.total() - self.struck["line"] + self._proxy.played.total()


def test_eight_windows_lose_and_double_nothing_whatever_happens(
    nursery: Nursery, fresh: Fresh, tally: Tally, tmp_path: Path
) -> None:
    attack = tally.attack("R14")
    for seed, _, folder in attack.sieges(tmp_path):
        luck = random.Random(seed)
        with HubProcess(folder) as hub, FaultProxy(hub.url) as proxy:
            hall = Hall(nursery, fresh, folder, WINDOWS, luck, proxy.url)
            nemesis, watch = Nemesis(hall, hub, proxy, luck), Watch(hub.store_url)
            hall.wait_until_all_accept()
            until = time.monotonic() + SECONDS
            while time.monotonic() < until:
                hall.listen(luck.uniform(0.05, 0.4))
                nemesis.strike()
                attack.judge(watch.look(), f"seed {seed}, after {dict(nemesis.struck)}")
            nemesis.rest()
            history = hall.end()
            attack.faults += nemesis.faults
            wrong = hall.settle(hub) + watch.look() + complaints(history, Held.by(hub.store_url))
            outcomes = Counter(f"{each.act} {each.outcome.value}" for each in history)
            sys.stdout.write(f"{dict(nemesis.struck)}, {proxy.played.total()} of the line, {dict(outcomes)}\n")
            attack.judge(wrong, f"seed {seed}, after {dict(nemesis.struck)}")
        assert {each.window for each in history if each.outcome is Outcome.OK} == {seat.number for seat in hall.seats}
        assert nemesis.struck.keys() == set(STRIKES), "the round was too short for every kind"


def quiet(_method: str, _path: str) -> None:
    """Nothing goes wrong any more."""


def test_a_hub_that_forgets_its_keys_is_caught(nursery: Nursery, fresh: Fresh, tally: Tally, tmp_path: Path) -> None:
    """The control arm: the same windows and judge, a line that repeats, and a hub broken on purpose."""
    with HubProcess(tmp_path, program=WITHOUT_KEYS) as hub, FaultProxy(hub.url, repeating) as proxy:
        hall = Hall(nursery, fresh, tmp_path, 2, random.Random(SEED), proxy.url)
        hall.wait_until_all_accept()
        history = hall.end()
        assert {window.status for window in hall.send_all()} == {0}
        wrong = complaints(history, Held.by(hub.store_url))
    assert any(sentence.startswith("doubled: event") for sentence in wrong), wrong
    tally.attack("R14").caught()


def repeating(method: str, path: str) -> Trick | None:
    return Trick.TWICE if (method, path) == ("POST", "/v1/events") else None
