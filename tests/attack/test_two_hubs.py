"""R6: eight windows at two hub processes over one PostgreSQL; either hub is killed again and again, now and then both.

Half of the kills come between the effect of a batch and its answer, the others wherever the hub is.
"""

import random
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.attack.history import Watch
from tests.attack.senders import Sender, Senders
from tests.attack.soak import SEED, Attack, Tally
from tests.hubs import KEYS_AFTER_THE_EFFECT, SERVE, HubProcess
from tests.postgres import Postgres
from tests.sync.proxy import FaultProxy, Trick

WINDOWS = 8
BOTH = 0.2  # the share of strikes that take the other hub too
PATIENCE = 20.0  # seconds until some window sends something to a hub
CONTROL_KILLS = 4


class Pair:
    """Two hubs over one store, each behind a line that can lose an answer."""

    def __init__(self, hubs: list[HubProcess], lines: list[FaultProxy], luck: random.Random) -> None:
        self.hubs = hubs
        self.lines = lines
        self.struck: Counter[str] = Counter()
        self._luck = luck

    def strike(self) -> None:
        """Kill one, or both, and start what was killed."""
        first = self._luck.randrange(2)
        down = [first, 1 - first] if self._luck.random() < BOTH else [first]
        for nth in down:
            if nth == first and self._luck.random() < 0.5:
                self._between_effect_and_answer(nth)
            else:
                threading.Event().wait(self._luck.uniform(0.0, 0.3))
                self.hubs[nth].kill()
                self.struck["anywhere"] += 1
        with ThreadPoolExecutor() as pool:
            list(pool.map(HubProcess.start, [self.hubs[nth] for nth in down]))

    def _between_effect_and_answer(self, nth: int) -> None:
        dead, one_at_a_time = threading.Event(), threading.Lock()

        def kill(trick: Trick | None) -> None:
            with one_at_a_time:
                if trick is Trick.LOST_ANSWER and not dead.is_set():
                    self.hubs[nth].kill()
                    dead.set()

        self.lines[nth].after_effect = kill
        self.lines[nth].only(Trick.LOST_ANSWER, method="POST", path="/v1/events")
        assert dead.wait(PATIENCE), "no window sent anything"
        self.struck["between effect and answer"] += 1


@contextmanager
def pair(folder: Path, store_url: str, luck: random.Random, program: str = SERVE) -> Iterator[Pair]:
    with ExitStack() as stack:
        hubs = [stack.enter_context(HubProcess(folder, store_url=store_url, program=program)) for _ in range(2)]
        lines = [stack.enter_context(FaultProxy(hub.url)) for hub in hubs]
        yield Pair(hubs, lines, luck)


def besiege(both: Pair, folder: Path, seed: int, kills: int, attack: Attack | None = None) -> list[str]:
    """What is wrong after so many kills and a quiet end."""
    watch = Watch(both.hubs[0].store_url)
    urls = [line.url for line in both.lines]
    with Senders([Sender(nth, folder, urls, seed) for nth in range(1, WINDOWS + 1)]) as senders:
        while both.struck.total() < kills:
            both.strike()
            if attack is not None:
                attack.judge(watch.look(), f"seed {seed}, after {dict(both.struck)}")
        wrong = senders.end()
    outcomes = Counter(outcome for sender in senders.each for outcome in sender.tries)
    cases = sum(len(sender.history) for sender in senders.each)
    sys.stdout.write(f"{dict(both.struck)}, {cases} cases, tries of events: {dict(outcomes)}\n")
    assert outcomes["unknown"], "no outcome was ever unknown: the kills met nothing"
    return wrong + senders.complaints(both.hubs[0])


def test_two_hubs_that_are_killed_again_and_again_lose_and_double_nothing(
    tally: Tally, tmp_path: Path, postgres_server: Postgres
) -> None:
    attack = tally.attack("R6")
    for seed, kills, folder in attack.sieges(tmp_path):
        with pair(folder, postgres_server.store(), random.Random(seed)) as both:
            wrong = besiege(both, folder, seed, kills, attack)
            attack.faults += both.struck.total()
            attack.judge(wrong, f"seed {seed}, after {dict(both.struck)}")


def test_hubs_that_store_the_key_after_the_effect_are_caught(
    tally: Tally, tmp_path: Path, postgres_server: Postgres
) -> None:
    """The control arm: the same windows, kills and judge."""
    with pair(tmp_path, postgres_server.store(), random.Random(SEED), KEYS_AFTER_THE_EFFECT) as both:
        wrong = besiege(both, tmp_path, SEED, CONTROL_KILLS)
    assert any(sentence.startswith("doubled: event") for sentence in wrong), wrong
    tally.attack("R6").caught()
