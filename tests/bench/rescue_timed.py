"""How long a lost window's unsent work takes to come back: `python -m tests.bench.rescue_timed [CASES]`.

Not among the rows of `make bench`: making the cases takes longer than what is measured.
"""

import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from itertools import count
from pathlib import Path
from unittest.mock import patch

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from client.desk.counter import Counter
from client.desk.intake import Intake
from client.desk.staff import Staff
from client.sealing import bundle
from client.sealing.bundle import Part
from client.sealing.envelope import public_of
from client.store import second_copy
from client.store.carrying import export
from client.store.profile import Profile
from client.store.rescue import rescue
from client.store.second_copy import CopiedParts, SecondCopy
from tests.bench import bench_accept
from tests.bench.bench_accept import drafts

FIVE_MINUTES = 300.0  # seconds (goals of the issue)
PASSPHRASE = "benchmark"


def timed(what: str, work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    took = time.perf_counter() - began
    print(f"{what:<44} {took:8.2f} s", flush=True)
    return took


@contextmanager
def _hasty_counter(folder: Path) -> Iterator[tuple[Counter, Staff]]:
    """The window that will be lost; its own commits need not be durable."""
    hasty = ("journal_mode = WAL", "synchronous = OFF", "wal_autocheckpoint = 4000")
    with ExitStack() as stack:
        with patch("client.store.engine._WRITER", hasty):
            made = stack.enter_context(bench_accept._counter(folder))
        yield made


def main(cases: int) -> None:
    """Make `cases` unsent cases, each with pages of its own; copy, export and rescue them; exit 1 past the goal."""
    Path("build").mkdir(exist_ok=True)
    hub, hall = X25519PrivateKey.generate(), X25519PrivateKey.generate()
    keys = {"hub_key": str(public_of(hub)), "recovery_key": str(public_of(hall))}
    with tempfile.TemporaryDirectory(dir="build") as scratch, _hasty_counter(Path(scratch)) as (counter, by):
        volume = Path(scratch) / "volume"
        volume.mkdir()
        second_copy.prepare(volume)
        settings, memory = counter.settings.model_copy(update=keys), counter.memory
        put, serial = memory.files.put, count()
        with (
            patch.object(memory.files, "put", lambda content: put(content + b"%d" % next(serial))),  # no two alike
            patch("os.fsync"),  # making them is not what is measured
        ):
            *most, last = drafts(counter, by, cases + 1)
            for case_id in most:
                Intake(counter).accept(case_id, by)
        copy = SecondCopy(memory, settings, volume)
        timed(f"the copy of {cases} unsent cases", copy.look)
        Intake(counter).accept(last, by)
        timed("the copy of one more", copy.look)
        timed("a whole look at them", SecondCopy(memory, settings, volume).look)
        stick = Path(scratch) / "stick.bundle"
        timed("export", lambda: export(memory, settings, stick))
        print(f"{next(serial)} files, bundle of {stick.stat().st_size >> 20} MiB")

        def back(parts: Iterable[Part], folder: str) -> None:
            found = rescue(
                parts,
                Profile(Path(scratch) / folder),
                lambda *_: None,
                passphrase=PASSPHRASE,
                program="bench",
                now=datetime.now().astimezone(),
            )
            assert found.cases == cases + 1

        copied = CopiedParts(second_copy.folder_of(volume, memory.source), hall)
        took = [timed("rescue from the copy", lambda: back(copied, "from copy"))]
        timed("check of the bundle", lambda: bundle.check(stick, hall))
        took.append(timed("rescue from the bundle", lambda: back(bundle.parts(stick, hall), "from bundle")))
    sys.exit(1 if max(took) > FIVE_MINUTES else 0)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5_000)
