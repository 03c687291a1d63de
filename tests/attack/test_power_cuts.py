"""R2: the power goes at any moment; what was acknowledged is whole on the disk, and nothing points to what is not.

One life of a window is written down, call by call; from that a disk is laid out as it may be after a cut at any of
them, with what was not synced kept, dropped or torn.
"""

import random
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest

from client.demo import DEMO_SETTINGS
from client.errors import StoreError
from client.store.opening import open_memory
from client.store.profile import Profile
from tests.attack.checker import violations
from tests.attack.ledger import Ledger
from tests.attack.nursery import Nursery
from tests.attack.orders import Mark, Order
from tests.attack.power import Disk, instants
from tests.attack.recording import Call, recorded, strace
from tests.attack.siege import Fresh
from tests.attack.soak import SEED, Tally

ENOUGH = 30  # cuts in which a window that does not sync must be caught
CASES = 2
NOW = datetime(2026, 3, 2, 9, 30, tzinfo=DEMO_SETTINGS.zone)


@dataclass(frozen=True)
class Life:
    """The profile before a window took its cases there, and all that it asked of the disk."""

    before: Path
    calls: list[Call | Mark]

    @classmethod
    def record(cls, fresh: Fresh, folder: Path, *, careless: bool = False) -> "Life":
        trace, place = folder / "calls", folder / "window"
        shutil.copytree(fresh.folder, place)
        order = Order("work", str(place), str(fresh.key_file), "http://127.0.0.1:9", careless=careless)
        with Nursery(folder, through=strace(trace)) as nursery:
            window = nursery.start(order)
            window.wait_for("handed over", times=CASES)
            window.kill()
        calls = list(recorded(trace, place))
        trace.unlink()
        return cls(fresh.folder, calls)


@pytest.fixture(scope="module")
def life(fresh: Fresh, tmp_path_factory: pytest.TempPathFactory) -> Life:
    return Life.record(fresh, tmp_path_factory.mktemp("life"))


def judged(fresh: Fresh, life: Life, seed: int, cuts: int, folder: Path) -> Iterator[tuple[int, list[str]]]:
    """For each cut, after which call it came and what is wrong then."""
    luck, disk, ledger = random.Random(seed), Disk(life.before), Ledger()
    at = instants(luck, len(life.calls), cuts)
    cut = next(at, None)
    for place, call in enumerate(life.calls):
        if isinstance(call, Mark):
            ledger.hear([call])
        else:
            disk.do(call)
        while cut == place:
            image = folder / "image"
            disk.cut(luck, image)
            yield place, [*violations(Profile(image), fresh.key, ledger), *refusals(Profile(image))]
            shutil.rmtree(image)
            cut = next(at, None)


def refusals(profile: Profile) -> Iterator[str]:
    """Why the window does not open any more."""
    try:
        with open_memory(profile, DEMO_SETTINGS.source_uri, passphrase=None, program="test", now=NOW):
            pass
    except StoreError as error:
        yield f"does not open: {error}"


@pytest.fixture(autouse=True)
def _known_key(fresh: Fresh, monkeypatch: pytest.MonkeyPatch) -> None:
    """The key is the same in every image, and opening its wrap is slow by design."""
    monkeypatch.setattr("client.store.opening.open_key", lambda *_: fresh.key)


def test_what_was_acknowledged_survives_a_power_cut(fresh: Fresh, life: Life, tally: Tally, tmp_path: Path) -> None:
    told = [call.what for call in life.calls if isinstance(call, Mark)]
    assert told.count("accepted") >= CASES
    attack = tally.attack("R2")
    for seed, cuts in attack.rounds():
        done = 0
        for place, wrong in judged(fresh, life, seed, cuts, tmp_path):
            done += 1
            attack.faults += 1
            attack.judge(wrong, f"seed {seed}, cut after call {place} of {len(life.calls)}")
        assert done == cuts
    sys.stdout.write(f"{attack.faults} power cuts among {len(life.calls)} calls, {told.count('accepted')} cases\n")


def test_a_window_that_does_not_sync_its_commits_is_caught(fresh: Fresh, tally: Tally, tmp_path: Path) -> None:
    """The control arm: the same judge, and `synchronous = NORMAL`."""
    careless = Life.record(fresh, tmp_path, careless=True)
    assert noticed("lost: case", judged(fresh, careless, SEED, ENOUGH, tmp_path))
    tally.attack("R2").caught()


def test_a_window_that_points_to_a_file_it_did_not_sync_is_caught(
    fresh: Fresh, life: Life, tally: Tally, tmp_path: Path
) -> None:
    """The other control arm: the same life, had its files never been synced."""
    calls = [call for call in life.calls if not (isinstance(call, Call) and call.syncs("files"))]
    assert noticed("no good file", judged(fresh, Life(life.before, calls), SEED, ENOUGH, tmp_path))
    tally.attack("R2").caught()


def noticed(words: str, cuts: Iterator[tuple[int, list[str]]]) -> bool:
    return any(words in sentence for _, wrong in cuts for sentence in wrong)
