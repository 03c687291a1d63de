"""The window's screen while the backlog of a fortnight drains (R7): `python -m tests.bench.drain_seen [CASES [FILES]]`.

Not part of `make bench`: 50,000 files take their time.
"""

import sys
import tempfile
from pathlib import Path

from client.desk.intake import Intake
from client.desk.staff import Staff
from client.house import House
from tests.attack.outlasting import queue
from tests.bench.bench_accept import drafts
from tests.bench.bench_gui import LIMIT, measured


def main(cases: int, files: int) -> None:
    """Exit status 1 when a key had to wait longer than it may."""

    def fill(house: House, by: Staff) -> None:
        (case_id,) = drafts(house.counter, by, 1)
        number = Intake(house.counter).accept(case_id, by).number
        assert number is not None
        queue(house.counter.memory, number, cases, files, house.counter.clock())

    Path("build").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=Path("build")) as folder:
        longest, bare, seconds = measured(Path(folder), fill, cases + 1)
    print(
        f"{cases} cases, {files} files in {seconds:.0f} s; longest block {longest:.1f} ms, a bare program {bare:.1f} ms"
    )
    sys.exit(1 if longest > LIMIT else 0)


if __name__ == "__main__":
    counts = [int(each) for each in sys.argv[1:]]
    main(*(counts + [5_000, 50_000][len(counts) :]))
