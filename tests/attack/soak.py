"""How many faults an attack injects: few in the suite, thousands in a soak; and the seed each of them starts from."""

import os
import secrets
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

SOAKING = "YICHUANG_SOAK" in os.environ
SEED = secrets.randbits(32) if SOAKING else 20261124  # the same instants are drawn each time in the suite


def count(usual: int, soaked: int) -> int:
    """How many faults: `YICHUANG_SOAK_KILLS` says it over both."""
    return int(os.environ.get("YICHUANG_SOAK_KILLS", soaked if SOAKING else usual))


def sieges(kills: int, each: int, folder: Path) -> Iterator[tuple[int, int, Path]]:
    """Kills in portions of `each`: (seed, kills, a folder of its own). What was withstood is cleared away."""
    for place, start in enumerate(range(0, kills, each)):
        seed = SEED + place
        sys.stdout.write(f"seed {seed}\n")
        mine = folder / str(seed)
        mine.mkdir()
        yield seed, min(each, kills - start), mine
        shutil.rmtree(mine)
