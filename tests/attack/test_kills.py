"""R1: kill -9 at random instants of accept, scan, print and sync; no promise is lost and nothing is half done."""

import random
from dataclasses import replace
from pathlib import Path

import pytest

from tests.attack.nursery import Nursery
from tests.attack.orders import Order
from tests.attack.siege import Fresh, Siege
from tests.attack.soak import SEED, Tally
from tests.hubs import HubProcess

STEPS = (
    "ready",
    "accepting",
    "attaching",
    "rendering",
    "sending",
    "accepting",
    "ready",
    "opening",
    "receiving",
    "ready",
)
"""Where the kills fall, by turns; `ready` is anywhere in the work of a case."""

FEWEST_STEPS_CUT = 3  # with fewer, the kills fell beside the work
ENOUGH = 40  # kills on one profile that must fall into so many
EARLY_KILLS = 5
SETUP = 0.4  # seconds to make a profile, about


def test_no_promise_is_lost_and_nothing_is_half_done_when_the_window_is_killed(
    nursery: Nursery, fresh: Fresh, tally: Tally, tmp_path: Path
) -> None:
    attack = tally.attack("R1")
    for seed, kills, folder in attack.sieges(tmp_path):
        with HubProcess(folder) as hub:
            siege = Siege.lay(nursery, fresh, folder, seed, hub.url)
            for place in range(kills):
                siege.kill_in(STEPS[place % len(STEPS)])
                attack.faults += 1
                attack.judge(siege.judge(), f"seed {seed}, kill {place}, in {siege.deaths}")
            assert siege.ledger.accepted
            assert kills < ENOUGH or len(siege.cut) >= FEWEST_STEPS_CUT, f"seed {seed}: {siege.cut}"
            attack.judge(siege.settle(hub), f"seed {seed}")


def test_a_window_killed_while_its_profile_was_being_made_opens_at_the_next_start(
    nursery: Nursery, fresh: Fresh, tally: Tally, tmp_path: Path
) -> None:
    attack = tally.attack("R1 making")
    for seed, kills, folder in attack.sieges(tmp_path):
        luck = random.Random(seed)
        for place in range(kills):
            order = Order("hold", str(folder / str(place)), str(fresh.key_file))
            window = nursery.start(order)
            window.wait_for("opening")
            window.listen_for(luck.uniform(0, SETUP))
            window.kill()
            attack.faults += 1
            nursery.run(replace(order, job="prepare"))


def test_a_window_that_promises_before_the_commit_is_caught(
    nursery: Nursery, fresh: Fresh, tally: Tally, tmp_path: Path
) -> None:
    """The control arm: the same judge, and a window broken on purpose."""
    siege = Siege.lay(nursery, fresh, tmp_path, SEED)
    siege.order = replace(siege.order, early=True, hub="http://127.0.0.1:9")
    for _ in range(EARLY_KILLS):
        window = nursery.start(siege.order)
        window.wait_for("accepted")
        siege.end(window, "accepted")
        if any(sentence.startswith("lost: case") for sentence in siege.judge()):
            tally.attack("R1").caught()
            return
    pytest.fail(f"{EARLY_KILLS} kills, and the lie was not noticed")
