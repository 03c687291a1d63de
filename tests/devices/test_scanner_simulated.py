"""The simulated scanner keeps the scanner's promises: pages, pace, cancel, and every fault on order."""

import resource
import time
import tracemalloc
from pathlib import Path

import pytest

from client.errors import Cancelled, DeviceError, DeviceState, StoreError
from client.ports.readiness import Condition
from client.ports.scanner import ScanMode, Scanner, ScanOrder, ScanSource
from devices.scanner import faults
from devices.scanner.faults import TROUBLES, Trouble
from devices.scanner.sane_scanner import SaneScanner
from devices.scanner.simulated import READY, Failure, SimulatedScanner, sample_pages
from devices.scanner.use import scan_to, scanner_of
from tests.devices.scanning import FEEDER, PAGES, QUICK, failed, never, picture, scanned

PICTURES = (PAGES / "ch_en_num.jpg", PAGES / "baiona_color.jpg")


def simulated(in_feeder: int = 3, failure: Failure | None = None, pages: tuple[Path, ...] = PICTURES) -> Scanner:
    return SimulatedScanner(pages, pace=0, in_feeder=in_feeder, failure=failure)


def test_sample_pages_come_as_a4_one_after_another() -> None:
    scanner = SimulatedScanner(sample_pages(), pace=0)
    pages = [scanned(scanner, ScanOrder(dpi=100)).pages[0] for _ in range(len(sample_pages()) + 1)]
    assert {picture(page).size for page in pages} == {(827, 1169)}
    assert pages[0] == pages[-1]
    assert len({page.content for page in pages}) == len(sample_pages())


def test_a_page_is_in_the_mode_that_was_asked_for() -> None:
    colour, grey = (
        picture(scanned(simulated(), ScanOrder(mode=mode, dpi=75)).pages[0])
        for mode in (ScanMode.COLOUR, ScanMode.GREY)
    )
    assert (colour.mode, grey.mode) == ("RGB", "L")
    assert grey.getpixel((2, 2)) == 255, "the paper is white where the picture ends"


def test_a_feeder_is_filled_again_for_each_scan() -> None:
    scanner = simulated(in_feeder=4)
    assert [len(scanned(scanner, FEEDER).pages) for _ in range(2)] == [4, 4]
    assert len(scanned(scanner, ScanOrder(ScanSource.FEEDER, dpi=75, limit=2)).pages) == 2


def test_an_empty_feeder_is_out_of_paper() -> None:
    error = failed(simulated(in_feeder=0), FEEDER).error
    assert error is not None
    assert error.state is DeviceState.OUT_OF_PAPER


@pytest.mark.parametrize("trouble", list(Trouble))
def test_every_trouble_comes_at_its_page(trouble: Trouble) -> None:
    told = failed(simulated(failure=Failure(trouble, page=2)), FEEDER)
    assert len(told.pages) == 1
    assert 0.5 <= told.progress[-1].share < 1, "in the middle of the page"
    assert told.error is not None
    assert (told.error.state, told.error.fault) == TROUBLES[trouble]


def test_a_page_takes_its_time_and_tells_of_it() -> None:
    scanner = SimulatedScanner(PICTURES, pace=0.5)
    begun = time.monotonic()
    told = scanned(scanner)
    assert time.monotonic() - begun >= 0.5
    assert len(told.progress) >= 5


def test_a_cancel_takes_effect_at_once() -> None:
    scanner = SimulatedScanner(PICTURES, pace=20)
    begun = time.monotonic()
    with pytest.raises(Cancelled):
        scanned(scanner, cancelled=lambda: time.monotonic() - begun > 0.2)
    assert time.monotonic() - begun < 1
    scanner.close()


def test_two_scans_at_once_are_one_too_many() -> None:
    scanner = simulated()
    first = scanner.scan(FEEDER, lambda _: None, never)
    next(first)
    error = failed(scanner).error
    assert error is not None
    assert error.state is DeviceState.BUSY
    assert len(list(first)) == 2


def test_a_check_foretells_what_keeps_a_scan_from_starting() -> None:
    assert simulated().check().words == READY
    assert simulated(failure=Failure(Trouble.JAMMED, page=2)).check().condition is Condition.READY
    covered = simulated(failure=Failure(Trouble.COVER_OPEN)).check()
    assert (covered.condition, covered.words) == (Condition.FAILED, "模拟扫描仪的盖板没有合上")


def test_two_hundred_pages_are_not_kept() -> None:
    scanner = simulated(in_feeder=200, pages=PICTURES[:1])
    tracemalloc.start()
    try:
        sizes = [
            len(page.content) for page in scanner.scan(ScanOrder(ScanSource.FEEDER, dpi=50), lambda _: None, never)
        ]
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert len(sizes) == 200
    assert most < 2 << 20 < sum(sizes)


def test_an_address_names_a_scanner() -> None:
    real = scanner_of("sane:pnm:0?filename=%2Ftmp%2Fa+b.ppm&depth=8")
    assert isinstance(real, SaneScanner)
    assert (real._device, real._options) == ("pnm:0", {"filename": "/tmp/a b.ppm", "depth": "8"})
    played = scanner_of("simulated?pace=0&feeder=2&fail=incomplete:2", pages=PICTURES)
    assert isinstance(played, SimulatedScanner)
    told = failed(played, FEEDER)
    assert (len(told.pages), told.error and told.error.fault) == (1, faults.INCOMPLETE)
    assert len(scanned(scanner_of("simulated?pace=0"), FEEDER).pages) == 3


@pytest.mark.parametrize(
    "address",
    [
        "",
        "sane:",
        "escl:elsewhere",
        "escl:http://[::1",
        "simulated?pace=fast",
        "simulated?fail=fire",
        "simulated?colour=1",
    ],
)
def test_what_is_no_address_is_told(address: str) -> None:
    with pytest.raises(DeviceError) as caught:
        scanner_of(address)
    assert caught.value.fault is faults.WRONG_ADDRESS
    assert address in caught.value.title


def test_a_page_there_is_no_room_for_leaves_no_half_of_it(tmp_path: Path) -> None:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, before[1]))  # bytes; the kernel ends the write there
    try:
        with pytest.raises(StoreError) as caught:
            list(scan_to("simulated?pace=0", QUICK, tmp_path))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert caught.value.fault is faults.NOT_WRITTEN
    assert list(tmp_path.iterdir()) == []
