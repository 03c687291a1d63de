"""P1 and P2: accepting a prepared draft durably through the real desk, beside this disk's own append + fsync."""

import os
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from importlib import resources
from pathlib import Path
from zoneinfo import ZoneInfo

from client.catalogue import load_calendar, load_catalogue, load_regimes
from client.demo import DEMO_PIN, DEMO_SETTINGS
from client.desk.counter import Counter
from client.desk.drafting import Drafting
from client.desk.in_force import InForce
from client.desk.intake import Intake
from client.desk.staff import Roster, Staff
from client.ports.pages import PageFacts
from client.rules.identity import Applicant, Attendee
from client.rules.items import slots_needed
from client.store.opening import open_memory
from client.store.profile import Profile
from devices.pages.hand import Pages
from printing.papers.glyph_report import Report
from tests.bench.rows import Goal, Row, row

ROUNDS = 7
CASES = 300  # accepted in a round
APPENDS = 300
BLOCK = os.urandom(4096)
EVENT_SIZE = 4096
ITEM = "食品经营许可（新办）"


def rows() -> list[Row]:
    """P1 (throughput against append + fsync, median of interleaved rounds) and P2 (tail of all accepts)."""
    with tempfile.TemporaryDirectory(dir=Path("build")) as folder, _counter(Path(folder)) as (counter, by):
        prepared = iter(drafts(counter, by, (ROUNDS + 1) * CASES))
        _accept(counter, by, prepared)  # a round to warm up
        ours, disk, waits = [], [], []
        for _ in range(ROUNDS):
            disk.append(_append(Path(folder) / "append"))
            took = _accept(counter, by, prepared)
            ours.append(CASES / sum(took))
            waits += took
    rate, floor = statistics.median(ours), statistics.median(disk)
    percentiles = statistics.quantiles(waits, n=100)
    middle, tail = statistics.median(waits) * 1000, percentiles[98] * 1000
    return [
        row("P1", "durable accept ÷ 4 KiB append + fsync", rate, floor, "1/s", rate / floor, Goal(0.20, at_least=True)),
        row("P2", "accept p99 ÷ p50", tail, middle, "ms", tail / middle, Goal(2.5, at_least=False)),
    ]


def _append(path: Path) -> float:
    """Appends of 4 KiB, each with its fsync, a second."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    began = time.perf_counter()
    for _ in range(APPENDS):
        os.write(descriptor, BLOCK)
        os.fsync(descriptor)
    took = time.perf_counter() - began
    os.close(descriptor)
    return APPENDS / took


def _accept(counter: Counter, by: Staff, prepared: Iterator[int]) -> list[float]:
    """Seconds each of a round's accepts took."""
    intake = Intake(counter)
    took = []
    for _ in range(CASES):
        case_id = next(prepared)
        began = time.perf_counter()
        intake.accept(case_id, by)
        took.append(time.perf_counter() - began)
    return took


@contextmanager
def _counter(folder: Path) -> Iterator[tuple[Counter, Staff]]:
    settings = DEMO_SETTINGS
    zone = ZoneInfo(settings.time_zone)

    def clock() -> datetime:
        return datetime.now(zone)

    passphrase = "benchmark"
    with open_memory(
        Profile(folder / "profile"), settings.source_uri, passphrase=passphrase, program="bench", now=clock()
    ) as memory:
        counter = Counter(
            memory, InForce(load_catalogue(), load_calendar(), settings), load_regimes(), clock, _LooksAway(), Report()
        )
        yield counter, Roster(memory, clock).make_first_administrator("admin", "大厅管理员", DEMO_PIN)


class _LooksAway(Pages):
    """Judging pages is not what is measured."""

    def inspect(self, content: bytes, name: str) -> PageFacts:  # noqa: ARG002 - the port's arguments
        return PageFacts("image/jpeg", 100, 100, 1)


def drafts(counter: Counter, by: Staff, count: int) -> list[int]:
    """Complete drafts, their pages sealed, whose event is about 4 KiB."""
    item = counter.catalogue.find(ITEM)
    example = counter.catalogue.example(item)
    drafting = Drafting(counter)
    page = (resources.files("resources") / "samples" / "pages" / "ch_en_num.jpg").read_bytes()
    made = []
    for _ in range(count):
        case_id = drafting.open(by, item)
        applicant = Applicant.model_validate(dict(example.applicant))
        drafting.set_people(case_id, by, applicant, Attendee.model_validate(dict(example.attendee)))
        drafting.choose(case_id, by, example.situations, example.collection)
        drafting.fill(case_id, by, example.answers)
        for material in slots_needed(item, example.situations):
            drafting.attach(case_id, by, material.key, "page.jpg", page)
        made.append(case_id)
    return made
