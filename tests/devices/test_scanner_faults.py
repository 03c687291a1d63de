"""The table of goal R11 for scanners: each step of a scan fails in each way, and what was on the way is scanned again.

The pages before stand, what happened is told in one closed list, and the next scan goes on: over both no sheet is lost
and none doubled. The table is kept in build/r11-scanner.json.
"""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from functools import partial
from io import BytesIO
from itertools import chain, product
from pathlib import Path

import pytest
from PIL import Image

from client.errors import DeviceError
from client.ports.scanner import Scanner, ScanOrder, ScanSource
from devices.opencv import cv2
from devices.scanner import folder, stillness
from devices.scanner.escl import EsclScanner
from devices.scanner.escl import Timing as EsclTiming
from devices.scanner.faults import Trouble, trouble_error
from devices.scanner.folder import Patience, WatchedFolder
from devices.scanner.messages import Event
from devices.scanner.sane_scanner import SaneScanner, Timing
from devices.scanner.simulated import Failure, SimulatedScanner
from tests.devices.faulty import GARBAGE, FaultyEscl, How, Step, played
from tests.devices.filmed import filmed, lying, turning
from tests.devices.filmed import page as filmed_page
from tests.devices.lens import FakeLens, Heard
from tests.devices.scanning import never

TABLE = Path(__file__).parents[2] / "build" / "r11-scanner.json"
FEEDER = ScanOrder(ScanSource.FEEDER, dpi=75)
SHEETS = 3
SCANNED, EMPTY = "scanned", "DEV-204"
ABSENT, BUSY, INCOMPLETE, NO_CONTACT, SILENT, ENDED, GARBLED = (
    "DEV-201", "DEV-202", "DEV-206", "DEV-207", "DEV-208", "DEV-216", "DEV-217",
)  # fmt: skip
NO_FOLDER, NO_FILE, FOREIGN, TWICE, HELD = "DEV-222", "DEV-223", "DEV-224", "DEV-225", "DEV-226"

OF_A_CHILD = {
    How.ABSENT: ABSENT, How.UNPLUG: ENDED, How.STALL: SILENT, How.GARBAGE: GARBLED, How.SHORT: GARBLED,
    How.LONG: GARBLED, How.TWICE: GARBLED, How.ORDER: GARBLED, How.LOCKED: BUSY,
}  # fmt: skip
OF_A_NETWORK = {
    How.ABSENT: INCOMPLETE, How.UNPLUG: ABSENT, How.STALL: SILENT, How.GARBAGE: GARBLED, How.SHORT: INCOMPLETE,
    How.LONG: GARBLED, How.TWICE: SCANNED, How.ORDER: GARBLED, How.LOCKED: INCOMPLETE,
}  # fmt: skip
NO_MATTER = dict.fromkeys((How.GARBAGE, How.LONG, How.ORDER), SCANNED)  # nobody reads what stands in a 404
EXPECTED = {
    "process": dict.fromkeys(Step, OF_A_CHILD)
    | {step: OF_A_CHILD | {How.TWICE: SCANNED} for step in (Step.OPEN, Step.END)},
    "escl": {
        Step.OPEN: OF_A_NETWORK | {How.ABSENT: NO_CONTACT, How.LOCKED: BUSY},
        Step.FIRST: OF_A_NETWORK,
        Step.SECOND: OF_A_NETWORK,
        Step.END: OF_A_NETWORK | NO_MATTER,
    },
}

Row = dict[str, object]


def sheet(number: int) -> bytes:
    file = BytesIO()
    Image.new("L", (120, 160), number * 60).save(file, "JPEG", dpi=(75, 75))
    return file.getvalue()


def number_of(page: bytes) -> int:
    with Image.open(BytesIO(page)) as image:
        level = image.convert("L").getpixel((image.width // 2, image.height // 2))
    assert isinstance(level, int)
    return round(level / 60)


def attempt(scanner: Scanner, meanwhile: Callable[[], object] = never) -> tuple[str, list[int]]:
    """What came of it and which pages; `meanwhile` happens after each of them."""
    pages: list[int] = []
    try:
        for page in scanner.scan(FEEDER, lambda _made: None, never):
            pages.append(number_of(page.content))
            meanwhile()
    except DeviceError as error:
        return error.code, pages
    return SCANNED, pages


def row(
    device: str,
    step: str,
    how: str,
    scanner: Scanner,
    see_to_it: Callable[[], object] = never,
    meanwhile: Callable[[], object] = never,
) -> Row:
    """Two scans, between which somebody sees to the device."""
    came, pages = attempt(scanner, meanwhile)
    see_to_it()
    again, rest = attempt(scanner)
    told = {"device": device, "step": step, "fault": how, "outcome": came, "repeated": again}
    return {**told, "pages": pages, "then": rest}


@pytest.fixture(scope="module")
def table() -> Iterator[list[Row]]:
    rows: list[Row] = []
    yield rows
    TABLE.parent.mkdir(exist_ok=True)
    TABLE.write_text(json.dumps(rows, indent=1), "utf-8")


def judged(rows: list[Row], table: list[Row], expected: Callable[[Row], str]) -> None:
    table += rows
    wrong = [each for each in rows if each["outcome"] != expected(each)]
    whole = list(range(1, SHEETS + 1))
    lost = [each for each in rows if [*each["pages"], *each["then"]] != whole]  # type: ignore[misc] # lists of numbers
    stuck = [each for each in rows if each["repeated"] not in (SCANNED, EMPTY, NO_FILE)]
    assert (wrong, lost, stuck) == ([], [], [])


@pytest.mark.expected_warnings("child lost.*(silent|ended|garbled)")
def test_a_process_that_scans(tmp_path: Path, table: list[Row]) -> None:
    patient = Timing(cancelling=0.05, poll=0.02)  # but where silence is the fault, a busy machine shall not be one
    hasty = replace(patient, opening=1.0, starting=1.0, reading=0.5)
    rows = []
    for step, how in product((Step.OPEN, Step.SECOND, Step.END), How):
        stack = tmp_path / f"{step}-{how}"
        stack.mkdir()
        for number in range(1, SHEETS + 1):
            (stack / f"{number}.jpg").write_bytes(sheet(number))
        timing = hasty if how is How.STALL else patient
        with closing(SaneScanner("played", command=played(stack, step, how), timing=timing)) as scanner:
            rows.append(row("process", step, how, scanner, partial(setattr, scanner, "_timing", patient)))
    judged(rows, table, lambda each: EXPECTED["process"][Step(str(each["step"]))][How(str(each["fault"]))])


def test_a_scanner_in_the_network(table: list[Row]) -> None:
    patient = EsclTiming(busy=0.1, again=0.05, poll=0.02)
    hasty = replace(patient, reading=0.5)
    rows = []
    for step, how in product(Step, How):
        with FaultyEscl([sheet(number) for number in range(1, SHEETS + 1)], step, how, stall=0.8) as server:
            scanner = EsclScanner(server.url, timing=hasty if how is How.STALL else patient)

            def see_to_it(server: FaultyEscl = server, scanner: EsclScanner = scanner) -> None:
                server.left, scanner._timing = None, patient

            rows.append(row("escl", step, how, scanner, see_to_it))
    judged(rows, table, lambda each: EXPECTED["escl"][Step(str(each["step"]))][How(str(each["fault"]))])


TROUBLES = (Trouble.ABSENT, Trouble.BUSY, Trouble.JAMMED, Trouble.COVER_OPEN, Trouble.INCOMPLETE, Trouble.SILENT)


def test_the_simulated_one(tmp_path: Path, table: list[Row]) -> None:
    for number in range(1, SHEETS + 1):
        (tmp_path / f"{number}.jpg").write_bytes(sheet(number))
    rows = []
    for trouble, page in product(TROUBLES, (1, 2, 3)):
        stack = sorted(tmp_path.iterdir())
        scanner = SimulatedScanner(stack, pace=0.0, in_feeder=SHEETS, failure=Failure(trouble, page))

        def refill(scanner: SimulatedScanner = scanner, page: int = page) -> None:
            scanner.failure = None
            scanner._in_feeder = SHEETS - page + 1

        rows.append(row("simulated", f"page {page}", trouble, scanner, refill))
    judged(rows, table, lambda each: trouble_error(Trouble(str(each["fault"])), "").code)


def put(place: Path, number: int, content: bytes | None = None) -> None:
    """A file as the all-in-one writes it: the lower its number, the older."""
    file = place / f"{number}.jpg"
    file.write_bytes(content or sheet(number))
    os.utime(file, (1_000_000 + number, 1_000_000 + number))


CUT, TOO_LONG = sheet(2)[:-200], sheet(2) + bytes(20_000)


def test_a_folder(tmp_path: Path, table: list[Row], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder, "LARGEST", 20_000)
    rows = []
    expected = {
        How.ABSENT: NO_FOLDER, How.STALL: NO_FILE, How.GARBAGE: FOREIGN, How.SHORT: FOREIGN, How.LONG: FOREIGN,
        How.TWICE: TWICE, How.UNPLUG: HELD,
    }  # fmt: skip
    contents = {How.GARBAGE: GARBAGE, How.SHORT: CUT, How.LONG: TOO_LONG, How.TWICE: sheet(1)}
    for how in expected:
        place, away = tmp_path / how, tmp_path / f"{how}, away"
        scanner = WatchedFolder(place, patience=Patience(still=0.03, whole=0.1, first=0.1, look=0.01))

        def fill(place: Path = place) -> None:
            place.mkdir(exist_ok=True)
            for number in range(1, SHEETS + 1):
                put(place, number)

        if how in (How.ABSENT, How.STALL):
            if how is How.STALL:
                place.mkdir()
            rows.append(row("folder", "open", how, scanner, fill))
            continue
        fill()
        if how is How.UNPLUG:
            back = partial(away.rename, place)
            rows.append(row("folder", "first page", how, scanner, back, partial(place.rename, away)))
            continue
        put(place, 2, contents[how])
        rows.append(row("folder", "second page", how, scanner, partial(put, place, 2)))
    judged(rows, table, lambda each: expected[How(str(each["fault"]))])


def test_a_document_camera(tmp_path: Path, table: list[Row], monkeypatch: pytest.MonkeyPatch) -> None:
    """By what its process says; how that one is told when it hangs or falls over is the first table."""
    monkeypatch.setattr(stillness, "STILL", 0.2)
    first, second = filmed_page(0), filmed_page(1)
    film = filmed(tmp_path / "two.avi", chain(lying(first, 1.0), turning(first), lying(second, 1.0)))
    pulled = FakeLens(lying(first, 4.0))
    rows: list[Row] = []
    for step, how, lens in (("open", How.ABSENT, cv2.VideoCapture), ("first page", How.UNPLUG, pulled)):
        heard = Heard()
        with monkeypatch.context() as patch:
            patch.setattr(cv2, "VideoCapture", lens)
            ending, pages = heard.ask(1, "97")
        again, rest = heard.ask(2, str(film))
        told = {"device": "camera", "step": step, "fault": how, "outcome": ending.trouble, "repeated": again.event}
        rows.append({**told, "pages": pages, "then": rest})
    table += rows
    expected = [(Trouble.ABSENT, 0, Event.DONE, 2), (Trouble.ABSENT, 1, Event.DONE, 1)]
    assert [(each["outcome"], each["pages"], each["repeated"], each["then"]) for each in rows] == expected
