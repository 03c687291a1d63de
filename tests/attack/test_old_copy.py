"""R6: a hub is put back from an old copy of its store and files, under windows at work; what it forgot it gets again.

Two of eight windows are offline while it happens, the line of all fails now and then, and all are somewhere in a pass.
Numbers it leased since its copy: what it hears of it leases to nobody; the rest is a known gap, and is shown here too.
"""

import random
import shutil
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sync.hub.numbers import lease
from sync.hub.store import opened
from sync.protocol import BlockMessage, LeaseMessage
from tests.attack.senders import Sender, Senders
from tests.attack.soak import SEED, Tally
from tests.hubs import HubProcess
from tests.sync.proxy import FaultProxy, Plan, Trick, at_random

WINDOWS, OFFLINE = 8, 2
TRICKS = (Trick.RESET_BEFORE, Trick.RESET_AFTER, Trick.LOST_ANSWER, Trick.CUT_ANSWER, Trick.UNAVAILABLE)
SHARE = 0.1  # of the requests that fail
WORK = (0.5, 1.5)  # seconds before a copy, and between it and its return
NEWER = 20  # cases at least that the copy does not know
PATIENCE = 60.0  # seconds until they are there


@dataclass(frozen=True)
class Place:
    """A hub whose store and files lie in `data`, with one line for most windows and another for the rest."""

    hub: HubProcess
    data: Path
    lines: tuple[FaultProxy, FaultProxy]

    def copy_to(self, copy: Path) -> None:
        """As the disk is at this instant, in the middle of whatever the hub was doing."""
        self.hub.kill()
        shutil.copytree(self.data, copy)
        self.hub.start()

    def outgrow(self) -> None:
        """Wait until the hub took what the copy does not know."""
        known, until = len(self.hub.cases()), time.monotonic() + PATIENCE
        while len(self.hub.cases()) < known + NEWER:
            assert time.monotonic() < until, "nothing arrives"
            time.sleep(0.05)

    def put_back(self, copy: Path, windows: Sequence[Sender]) -> None:
        """Down until each of `windows` has met it: these have no line held open whose end tells them in between."""
        before = [one.outages for one in windows]
        self.hub.kill()
        shutil.rmtree(self.data)
        shutil.move(copy, self.data)
        until = time.monotonic() + PATIENCE
        while any(one.outages == met for one, met in zip(windows, before, strict=True)):
            assert time.monotonic() < until, "a window makes no pass"
            time.sleep(0.01)
        self.hub.start()


@contextmanager
def place(folder: Path, luck: random.Random) -> Iterator[Place]:
    data = folder / "hub"
    data.mkdir()
    with ExitStack() as stack:
        hub = stack.enter_context(HubProcess(data))
        main, aside = (stack.enter_context(FaultProxy(hub.url, failing(luck))) for _ in range(2))
        yield Place(hub, data, (main, aside))


def failing(luck: random.Random) -> Plan:
    return at_random(luck.getrandbits(32), TRICKS, SHARE)


def cut(_method: str, _path: str) -> Trick:
    """Nothing gets through."""
    return Trick.RESET_BEFORE


def quiet(_method: str, _path: str) -> None:
    """Nothing goes wrong any more."""


def besiege(at: Place, folder: Path, seed: int, copies: int, *, doubting: bool = True) -> list[str]:
    """What is wrong after the hub was put back so many times, and a quiet end."""
    luck, wait = random.Random(seed), threading.Event().wait
    main, aside = at.lines
    each = [
        Sender(nth, folder, [(aside if nth <= OFFLINE else main).url], seed, doubting=doubting)
        for nth in range(1, WINDOWS + 1)
    ]
    with Senders(each) as senders:
        for nth in range(copies):
            wait(luck.uniform(*WORK))
            at.copy_to(folder / "copy")
            at.outgrow()
            wait(luck.uniform(*WORK))
            if nth % 2 == 0:
                aside.plan = cut
                wait(luck.uniform(0.0, 0.5))
            at.put_back(folder / "copy", each)
            wait(luck.uniform(*WORK))
            aside.plan = main.plan
        main.plan = aside.plan = quiet
        wrong = senders.end()
    cases, forgotten = sum(len(one.history) for one in each), sum(one.forgotten for one in each)
    overlooked = sum(one.overlooked for one in each)
    faults = (main.played + aside.played).total()
    sys.stdout.write(f"{copies} old copies, {faults} of the line, {cases} cases, {forgotten} events sent again")
    sys.stdout.write(f", {overlooked} more overlooked at first, and found by their sums\n")
    assert forgotten + overlooked or not doubting, "the copies had forgotten nothing"
    return wrong + senders.complaints(at.hub)


def test_what_a_hub_forgot_comes_again_and_once(tally: Tally, tmp_path: Path) -> None:
    attack = tally.attack("R6 old copy")
    for seed, copies, folder in attack.sieges(tmp_path):
        with place(folder, random.Random(seed)) as at:
            wrong = besiege(at, folder, seed, copies)
            attack.faults += copies
            attack.judge(wrong, f"seed {seed}, after {copies} copies")


def test_windows_that_never_doubt_are_caught(tally: Tally, tmp_path: Path) -> None:
    """The control arm: the same hub and judge; nobody asks what the platform still knows."""
    with place(tmp_path, random.Random(SEED)) as at:
        wrong = besiege(at, tmp_path, SEED, 1, doubting=False)
    assert any(sentence.startswith("lost: 110101") for sentence in wrong), wrong
    tally.attack("R6 old copy").caught()


def test_a_hub_put_back_leases_nothing_again_that_it_hears_of(tmp_path: Path) -> None:
    """It knows of no lease since its copy: whoever asks it tells what it holds. Who asks first may get another's."""

    def leased(window: str, key: str, held: int = 0) -> BlockMessage:
        source = f"urn:yichuang:window:{window}"
        wish = LeaseMessage(source=source, key=key, series="110101-2026", size=10, held=held)
        with opened(at.hub.store_url) as store:
            return lease(store, wish, datetime(2026, 11, 30, tzinfo=UTC))

    with place(tmp_path, random.Random(SEED)) as at:
        for name in ("copy", "another"):
            at.copy_to(tmp_path / name)
        before = leased("one", "before")
        at.put_back(tmp_path / "copy", ())
        assert leased("one", "after", held=before.last).first == before.last + 1
        at.put_back(tmp_path / "another", ())
        assert leased("two", "after").first == before.first, "the gap, as docs/gaps.md has it"
