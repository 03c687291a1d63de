"""One life of a window under attack, and what lies on its counter: readers of cards, pages to scan, a clock."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import resources
from pathlib import Path
from zoneinfo import ZoneInfo

from client.desk.counter import Counter
from client.house import House
from client.ports.clock import Clock
from devices.idcard.cards import SAMPLES
from devices.idcard.sam import SamReader
from devices.idcard.simulator import Simulator
from tests.attack.clerk import Sample, sample_pages
from tests.attack.orders import Order, Tell
from yichuang import FrontDoor

CARDS = ("resident", "resident-rare", "hmt-permit")
SAMPLES_FOLDER = Path(str(resources.files("resources"))) / "samples" / "pages"
SMALL = 150_000  # bytes; the big sample takes its time in every case and tells nothing more


@dataclass(frozen=True)
class Life:
    """One opened window and what it was told to do."""

    order: Order
    tell: Tell
    door: FrontDoor
    house: House

    @property
    def counter(self) -> Counter:
        return self.house.counter


Job = Callable[[Life], None]


@contextmanager
def readers(life: Life) -> Iterator[list[SamReader]]:
    """A reader for each kind of card, its card on it."""
    with ExitStack() as stack:
        simulators = [stack.enter_context(Simulator(SAMPLES[kind], returns_after=0.0)) for kind in CARDS]
        yield [stack.enter_context(closing(SamReader(s.port, clock=life.counter.clock))) for s in simulators]


def pages() -> list[Sample]:
    """The small sample pages, by name."""
    return [page for page in sample_pages(SAMPLES_FOLDER) if len(page.content) < SMALL]


class SetClock:
    """The clock of a machine that somebody sets: `file` says by how many seconds it is ahead, now and ever after."""

    def __init__(self, file: Path) -> None:
        self._file = file
        if not file.exists():
            self.set(timedelta())

    def set(self, ahead: timedelta) -> None:
        """Whoever reads it meanwhile reads the old or the new."""
        new = self._file.with_suffix(".new")
        new.write_text(str(ahead.total_seconds()))
        new.replace(self._file)

    def ahead(self) -> timedelta:
        return timedelta(seconds=float(self._file.read_text()))

    def of(self, zone: ZoneInfo) -> Clock:
        """What a window in `zone` takes for the time."""
        return lambda: datetime.now(zone) + self.ahead()


def resident(what: str = "VmRSS") -> int:
    """Bytes of memory of this process: now, or at most since `forget_peak` (VmHWM)."""
    for line in Path("/proc/self/status").read_text().splitlines():
        name, _, value = line.partition(":")
        if name == what:
            return int(value.split()[0]) << 10
    raise AssertionError(what)


def forget_peak() -> None:
    """The largest memory is counted from here on."""
    Path("/proc/self/clear_refs").write_text("5")
