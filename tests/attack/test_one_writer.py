"""R9: of two programs on one profile one writes, and the other says who does; one that wakes sends nothing twice."""

import signal
from collections import Counter
from dataclasses import replace
from pathlib import Path

from tests.attack.checker import at_the_platform
from tests.attack.nursery import Nursery, Window
from tests.attack.siege import Fresh, Siege
from tests.attack.soak import SEED, Tally
from tests.hubs import HubProcess
from tests.sync.proxy import FaultProxy, Trick

SENDING = "POST /v1/events"


def test_while_one_window_works_the_second_is_told_who_holds_the_profile(
    nursery: Nursery, fresh: Fresh, tally: Tally, tmp_path: Path
) -> None:
    attack = tally.attack("R9")
    for seed, meetings, folder in attack.sieges(tmp_path):
        with HubProcess(folder) as hub:
            siege = Siege.lay(nursery, fresh, folder, seed, hub.url)
            for _ in range(meetings):
                _meet(siege)
                attack.faults += 1
                attack.judge(siege.judge(), f"seed {seed}")
            attack.judge(siege.settle(hub), f"seed {seed}")


def _meet(siege: Siege) -> None:
    """Stop a working window at a random instant, let a second one come, wake the first, see it work on."""
    window = siege.nursery.start(siege.order)
    window.wait_for("ready")
    window.listen_for(siege.luck.uniform(0, 2 * siege.durations.of("ready")))
    window.signal(signal.SIGSTOP)
    refusal = _try_to_enter(siege)
    window.signal(signal.SIGCONT)
    assert refusal is not None
    assert refusal.startswith("store-busy")
    assert f"yichuang（进程 {window.pid}" in refusal
    window.wait_for("handed over", times=2)
    siege.end(window, "ready")


def _try_to_enter(siege: Siege) -> str | None:
    """What a second window says when it finds the profile held; None when it gets in."""
    second = siege.nursery.start(replace(siege.order, job="hold"))
    return _refusal(second)


def _refusal(second: Window) -> str | None:
    while not {"ready", "crashed"} & {mark.what for mark in second.marks}:
        second.listen_for(0.01)
    crashed = [mark for mark in second.marks if mark.what == "crashed"]
    if crashed:
        assert crashed[0].facts["error"] == "StoreError"
        second.ended()
        return str(crashed[0].facts["words"])
    second.kill()
    return None


def test_a_window_without_the_lock_is_noticed(nursery: Nursery, fresh: Fresh, tally: Tally, tmp_path: Path) -> None:
    """The control arm: the same question to a window broken on purpose."""
    siege = Siege.lay(nursery, fresh, tmp_path, SEED)
    window = nursery.start(replace(siege.order, job="hold", unlocked=True))
    window.wait_for("ready")
    assert _try_to_enter(siege) is None
    window.kill()
    tally.attack("R9").caught()


def test_a_window_stopped_between_the_platforms_act_and_its_answer_sends_nothing_twice(
    nursery: Nursery, fresh: Fresh, tmp_path: Path
) -> None:
    siege = Siege.lay(nursery, fresh, tmp_path, SEED, "http://127.0.0.1:9")
    _leave_a_backlog(siege)
    asked: Counter[str] = Counter()
    with HubProcess(tmp_path) as hub, FaultProxy(hub.url) as proxy:
        window = nursery.start(replace(siege.order, job="settle", hub=proxy.url))

        def note(method: str, path: str) -> None:
            asked[f"{method} {path}"] += 1

        def stop(_trick: Trick | None) -> None:
            if asked[SENDING] and not asked["stopped"]:
                asked["stopped"] += 1
                window.signal(signal.SIGSTOP)

        proxy.plan, proxy.after_effect = note, stop
        while not asked["stopped"]:
            window.listen_for(0.01)
            assert window.marks[-1].what != "crashed"
        assert (_try_to_enter(siege) or "").startswith("store-busy")
        window.signal(signal.SIGCONT)
        assert window.ended() == 0
        assert asked[SENDING] == 1
        assert siege.judge() + at_the_platform(siege.profile, siege.key, hub.store_url) == []


def _leave_a_backlog(siege: Siege) -> None:
    """A few cases taken while the platform was down."""
    window = siege.nursery.start(siege.order)
    window.wait_for("handed over", times=2)
    siege.end(window, "ready")
