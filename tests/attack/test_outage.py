"""R7: the platform is away for days; the window works on, knocks once a minute at most, and one pass brings all."""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sync.schedule import CAP
from tests.attack.checker import at_the_platform
from tests.attack.nursery import Nursery
from tests.attack.orders import GO, Mark, Order
from tests.attack.siege import Fresh, Siege
from tests.attack.soak import MINUTES, SEED, SOAKING, Tally
from tests.hubs import HubProcess
from tests.sync.proxy import FaultProxy, Trick

FULL = SOAKING and not MINUTES  # an outage of all its days takes longer than a part of twenty minutes
DAYS = 14.0 if FULL else 0.5
EVENTS, FILES = (5_000, 50_000) if FULL else (500, 5_000)
HOURS = 1 / 24  # of a day
MINUTE = CAP / 2  # seconds
FIRST = 8  # tries in which the pause grows to its cap
GROWTH = 48 << 20  # bytes that draining may cost beside what the window holds already
PATIENCE = 3_600.0 if FULL else 60.0  # seconds: fourteen days are some 13,000 passes


@dataclass(frozen=True)
class Outage:
    """What the window told of it, and how often it was heard to knock."""

    outlasted: Mark
    drained: Mark
    knocks: int

    @property
    def pauses(self) -> Sequence[float]:
        pauses: list[float] = self.outlasted.facts["pauses"]
        return pauses


def live_through(siege: Siege, hub: HubProcess, order: Order) -> Outage:
    """One life: the platform answers 503 until the window says that its days are over, and nothing then."""
    with FaultProxy(hub.url, lambda _method, _path: Trick.UNAVAILABLE) as proxy:
        window = siege.nursery.start(replace(order, job="outlast", hub=proxy.url))
        window.wait_for("ready", patience=PATIENCE)
        outlasted = window.wait_for("outlasted", patience=PATIENCE)
        knocks = proxy.played[Trick.UNAVAILABLE]
        proxy.plan = lambda _method, _path: None
        window.signal(GO)
        drained = window.wait_for("drained", patience=PATIENCE)
        assert window.ended() == 0
    return Outage(outlasted, drained, knocks)


def complaints(outage: Outage) -> Iterator[str]:
    """What was promised of an outage and not kept."""
    pauses = outage.pauses
    if outage.knocks > len(pauses):
        yield f"{outage.knocks} requests in {len(pauses)} tries"
    if soon := [pause for pause in pauses[FIRST:] if not MINUTE <= pause <= CAP]:
        yield f"{len(soon)} of {len(pauses)} pauses are not between {MINUTE:g} and {CAP:g} s: {soon[:3]}"
    left = outage.drained.facts["left"]
    if any(left.values()):
        yield f"stuck: {left} after one pass"
    memory = outage.drained.facts["memory"]
    if memory["peak"] - memory["before"] > GROWTH:
        yield f"memory grew by {memory['peak'] - memory['before']} bytes"


def test_one_pass_brings_what_an_outage_left(nursery: Nursery, fresh: Fresh, tally: Tally, tmp_path: Path) -> None:
    attack = tally.attack("R7")
    for seed, outages, folder in attack.sieges(tmp_path):
        with HubProcess(folder) as hub:
            siege = Siege.lay(nursery, fresh, folder, seed)
            outage = live_through(siege, hub, replace(siege.order, days=DAYS, events=EVENTS, files=FILES, seed=seed))
            attack.faults += outages
            told = outage.drained.facts
            memory = {name: f"{size >> 20} MiB" for name, size in told["memory"].items()}
            sys.stdout.write(
                f"{DAYS:g} days, {outage.knocks} knocks, then {told['sent']} events, {told['files']} files, {memory}\n"
            )
            assert told["sent"] > EVENTS + DAYS
            assert told["files"] > FILES
            wrong = [*complaints(outage), *at_the_platform(siege.profile, siege.key, hub.store_url)]
            attack.judge(wrong, f"seed {seed}")


def test_a_window_that_knocks_too_often_is_caught(nursery: Nursery, fresh: Fresh, tally: Tally, tmp_path: Path) -> None:
    """The control arm: the same judge, and pauses an eighth as long."""
    with HubProcess(tmp_path) as hub:
        siege = Siege.lay(nursery, fresh, tmp_path, SEED)
        hasty = replace(siege.order, days=HOURS, events=10, files=10, impatient=True)
        assert any("pauses are not" in sentence for sentence in complaints(live_through(siege, hub, hasty)))
    tally.attack("R7").caught()
