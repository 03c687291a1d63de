"""A front door of the tests: one real profile, its store and lock, and hands that are the shipped simulators."""

import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

from client.config import Settings, load_settings, write_settings
from client.desk.counter import Counter
from client.desk.devices import Devices
from client.desk.in_force import InForce
from client.desk.staff import Roster
from client.errors import DeskError
from client.glance import Glance
from client.house import House
from client.ports.clock import Clock
from client.ports.id_card import IdentityDocument
from client.ports.pages import WHOLE, Part, Picture
from client.ports.printer import JobReport, PrintState
from client.ports.rating import RatingBox
from client.ports.readiness import Condition, Readiness
from client.ports.reading import PageReader
from client.ports.scanner import ScanMode, ScannedPage, ScanOrder
from client.rules.items import Organ
from client.store.opening import open_memory
from client.store.profile import Profile
from devices.idcard.use import reader_of
from devices.pages.hand import Pages
from devices.rating.simulated import SimulatedBox
from devices.scanner.use import scanner_of
from devices.use import kinds
from printing.papers.glyph_report import Report
from printing.templates.shelf import FILE, Shelf
from printing.use import kind as printer_kind
from tests.desk.counter import PASSPHRASE, MovableClock, packaged
from tests.seals.hall import SEALS
from ui.seat import Hands, Paperboy, Sender
from ui.setup.trials import HandTrials

READY = Readiness(Condition.READY, "就绪")


def grey(content: bytes, media_type: str, width: int, height: int, sheet: int = 0, part: Part = WHOLE) -> Picture:
    """A picture of nothing."""
    return Picture(width, height, bytes([200]) * (width * height * 4))


@dataclass
class OwnDoor:
    """`passphrase` None is a machine without a keyring and without a file: its store cannot be opened."""

    folder: Path
    clock: Clock = field(default_factory=MovableClock)
    passphrase: str | None = PASSPHRASE
    sender: Sender | None = None
    paperboy: Paperboy | None = None
    look: Mapping[str, Callable[[], Readiness]] = field(default_factory=dict)
    fails: Mapping[str, DeskError] = field(default_factory=dict)  # by the name of a trial
    read: PageReader | None = None
    name: str = "yichuang-test"
    hint: str = ""
    gate: threading.Event | None = None  # opening waits for it
    opened: int = 0
    asked: list[tuple[str, ...]] = field(default_factory=list)  # what was tried, with what
    _open: ExitStack = field(default_factory=ExitStack)

    def looks(self) -> Glance:
        return Glance()

    def settings(self) -> Settings:
        return load_settings(self.folder)

    def write_settings(self, settings: Settings) -> None:
        Profile(self.folder).make()
        write_settings(self.folder, settings)

    def open(self) -> tuple[House, Hands]:
        if self.gate is not None:
            self.gate.wait(10)
        settings = self.settings()
        profile = Profile(self.folder)
        with ExitStack() as stack:
            opening = open_memory(
                profile, settings.source_uri, passphrase=self.passphrase, program="test", now=self.clock()
            )
            memory = stack.enter_context(opening)
            found = packaged()
            in_force = InForce(found["catalogue"], found["calendar"], settings)
            counter = Counter(memory, in_force, found["regimes"], self.clock, Pages(), Report(), found["folding"])
            self._open = stack.pop_all()
        self.opened += 1
        house = House(profile, counter, Roster(memory, self.clock), lambda: (), SEALS)
        paperboy = self.paperboy or Still()
        return house, Hands(None, None, None, grey, self.sender, paperboy, self.look, Devices(()), self.read)

    def close(self) -> None:
        self._open.close()

    def templates(self) -> Shelf:
        return Shelf((self.folder / FILE,), self.folder)

    def trials(self) -> HandTrials:
        hall = kinds(self.clock, None, None, printer_kind("", ""))
        return HandTrials(
            organs=self._organs,
            reader_ports=self._found("reader_ports", ("COM3", "COM3")),
            scanners=self._found("scanners", ("sane:test:0", "示例扫描仪")),
            printers=self._found("printers", ("ipp://localhost/printers/win1", "一号窗口")),
            ask_hub=self._ask_hub,
            read_card=self._read_card,
            scan_page=self._scan_page,
            print_page=self._print_page,
            kinds=replace(hall, rating=replace(hall.rating, hand_of=self._box)),
            key_place=self._key_place,
        )

    def _organs(self) -> Sequence[Organ]:
        return list({item.organ.uscc: item.organ for item in packaged()["catalogue"].items}.values())

    def _found(self, name: str, *found: tuple[str, str]) -> Callable[[], Sequence[tuple[str, str]]]:
        def look() -> Sequence[tuple[str, str]]:
            self._ask(name)
            return found

        return look

    def _ask_hub(self, url: str) -> timedelta:
        self._ask("try_hub", url)
        return timedelta(seconds=1)

    def _read_card(self, port: str) -> IdentityDocument:
        self._ask("try_reader", port)
        return reader_of("simulated", self.clock).read()

    def _scan_page(self, address: str) -> ScannedPage:
        self._ask("try_scanner", address)
        scanner = scanner_of("simulated?pace=0")
        return next(iter(scanner.scan(ScanOrder(mode=ScanMode.GREY, dpi=75), lambda _share: None, lambda: False)))

    def _print_page(self, address: str, hall_name: str, window_no: str) -> JobReport:
        self._ask("try_printer", address, hall_name, window_no)
        return JobReport(PrintState.DONE)

    def _box(self, address: str) -> RatingBox:
        self._ask("try_rating", address)
        return SimulatedBox(pace=0)

    def _key_place(self) -> str:
        self._ask("try_key_place")
        return "SecretService"

    def _ask(self, name: str, *values: str) -> None:
        self.asked.append((name, *values))
        if name in self.fails:
            raise self.fails[name]


class Still:
    """Prints nothing; `fails` is what its next step raises."""

    def __init__(self, fails: DeskError | None = None) -> None:
        self.steps = 0
        self.fails = fails

    def step(self) -> float:
        self.steps += 1
        failed, self.fails = self.fails, None
        if failed is not None:
            raise failed
        return 60.0

    def why_undrawn(self, *_print: int) -> DeskError | None:
        return None
