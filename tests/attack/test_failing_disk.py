"""R3: the k-th thing a window asks of its disk fails, for every k of a case: a clear error or a finished act.

Nothing is said to be accepted that is not, and the next case works, in the same window.
"""

import itertools
import random
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from tests.attack.nursery import Nursery, Window
from tests.attack.orders import GO, Mark
from tests.attack.siege import Fresh, Siege
from tests.attack.soak import SEED, Tally
from tests.bounded import bounded
from tests.hubs import HubProcess

ASKED = "openat,write,pwrite64,fsync,fdatasync,ftruncate,rename,unlink,mkdir"
WRITES = "write,pwrite64"
KINDS = {"EIO": (ASKED, "error=EIO"), "ENOSPC": (ASKED, "error=ENOSPC"), "nothing written": (WRITES, "retval=0")}
"""Which calls fail, and how. A short write that strace can play without lying writes nothing of what was given."""

FIRST = 3  # cases by which it is known how many calls one takes
INJECTED = "(INJECTED)"


@contextmanager
def watched(window: Window, trace: Path, *failing: str) -> Iterator[None]:
    """The window's own thread under strace; `failing` says what is done to its calls."""
    command = ["strace", "-p", str(window.pid), "-o", str(trace), "-e", f"trace={ASKED}", *failing]
    with bounded(subprocess.Popen(command, stderr=subprocess.PIPE, text=True)) as process:
        assert process.stderr
        said = process.stderr.readline()
        try:
            assert "attached" in said, said
            yield
        finally:
            process.send_signal(signal.SIGINT)


def failing(kind: str, when: str) -> tuple[str, str]:
    calls, how = KINDS[kind]
    return "-e", f"inject={calls}:{how}:when={when}"


@dataclass
class Disk:
    """Fails under one window, once a case."""

    siege: Siege
    window: Window
    trace: Path
    codes: Counter[str] = field(default_factory=Counter)
    _heard: int = 0

    def take(self) -> Mark:
        """Let it take a case; how that ended. AssertionError when the window breaks."""
        self.window.signal(GO)
        while True:
            for mark in self._new_marks():
                if mark.what in {"handed over", "not done"}:
                    return mark
            self.window.listen_for(0.005)
            assert not any(mark.what == "crashed" for mark in self.window.marks), self.window.marks[-1]

    def calls_of_a_case(self) -> dict[str, int]:
        """How many calls of each kind the longest of the first cases takes."""
        calls = dict.fromkeys(KINDS, 0)
        for _ in range(FIRST):
            with watched(self.window, self.trace):
                assert self.take().what == "handed over"
            names = Counter(line.partition("(")[0] for line in self.trace.read_text().splitlines())
            for kind, (its, _) in KINDS.items():
                calls[kind] = max(calls[kind], sum(names[name] for name in its.split(",")))
        return calls

    def fail(self, kind: str, place: int) -> tuple[int, list[str]]:
        """Fail that call of the next case; how many calls failed, and what is wrong then."""
        with watched(self.window, self.trace, *failing(kind, str(place))):
            end = self.take()
        failed = self.trace.read_text().count(INJECTED)
        self.codes[end.facts.get("code", "done") if failed else "not reached"] += 1
        wrong = []
        if end.what == "not done" and (again := self.take()).what != "handed over":
            wrong.append(f"stuck: {again.facts} after {end.facts}")
        return failed, wrong + self.siege.judge()

    def _new_marks(self) -> list[Mark]:
        new = self.window.marks[self._heard :]
        self._heard += len(new)
        self.siege.ledger.hear(new)
        return new


def aims(calls: Mapping[str, int]) -> Iterator[tuple[str, int]]:
    """Every kind at every call, in an order of the seed's, again and again."""
    every = [(kind, place) for kind, number in calls.items() for place in range(1, number + 1)]
    random.Random(SEED).shuffle(every)
    return itertools.cycle(every)


def test_whichever_call_to_the_disk_fails_nothing_is_promised_falsely_and_the_next_case_works(
    nursery: Nursery, fresh: Fresh, tally: Tally, tmp_path: Path
) -> None:
    attack = tally.attack("R3")
    aim: Iterator[tuple[str, int]] | None = None
    for seed, faults, folder in attack.sieges(tmp_path):
        with HubProcess(folder) as hub:
            siege = Siege.lay(nursery, fresh, folder, seed, hub.url)
            disk = Disk(siege, nursery.start(replace(siege.order, job="take when told")), folder / "calls")
            disk.window.wait_for("ready")
            calls = disk.calls_of_a_case()
            aim = aim or aims(calls)
            until = attack.faults + faults
            while attack.faults < until:  # a shorter case does not come to the last calls of the longest
                kind, place = next(aim)
                failed, wrong = disk.fail(kind, place)
                attack.faults += failed
                attack.judge(wrong, f"seed {seed}, {kind} at call {place} of {calls}, so far {disk.codes}")
            siege.end(disk.window, "ready")
            attack.judge(siege.settle(hub), f"seed {seed}")
        sys.stdout.write(f"{calls} calls a case, {attack.faults} failed, {dict(disk.codes)}\n")


def test_a_window_that_does_not_hear_its_disk_is_caught(
    nursery: Nursery, fresh: Fresh, tally: Tally, tmp_path: Path
) -> None:
    """The control arm: the same judge, and a window that goes on when its commit failed."""
    siege = Siege.lay(nursery, fresh, tmp_path, SEED)
    window = nursery.start(replace(siege.order, job="take when told", deaf=True))
    window.wait_for("ready")
    window.signal(GO)
    window.wait_for("accepting")
    with watched(window, tmp_path / "calls", *failing("EIO", "1+")):
        window.signal(GO)
        window.wait_for("accepted")
    siege.end(window, "ready")
    assert any(sentence.startswith("lost: case") for sentence in siege.judge()), siege.judge()
    tally.attack("R3").caught()
