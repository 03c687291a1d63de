"""How many faults an attack injects: few in the suite, thousands in a soak; and the seed each of them starts from."""

import os
import secrets
import sys
from collections.abc import Iterator

SOAKING = "YICHUANG_SOAK" in os.environ
SEED = secrets.randbits(32) if SOAKING else 20261124  # the same instants are drawn each time in the suite


def count(usual: int, soaked: int) -> int:
    """How many faults: `YICHUANG_SOAK_KILLS` says it over both."""
    return int(os.environ.get("YICHUANG_SOAK_KILLS", soaked if SOAKING else usual))


def sieges(kills: int, each: int) -> Iterator[tuple[int, int]]:
    """Kills in portions of `each`, a profile for each portion: (seed, kills), the seed printed."""
    for place, start in enumerate(range(0, kills, each)):
        sys.stdout.write(f"seed {SEED + place}\n")
        yield SEED + place, min(each, kills - start)
