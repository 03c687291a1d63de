"""The scanner on real SANE: its `test` backend, and a real page through `pnm`, in a process that scans."""

import os
import resource
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from client.errors import DeviceState, Fault
from client.ports.readiness import Condition
from client.ports.scanner import Paper, ScanMode, ScanOrder, ScanSource
from devices.scanner import faults
from devices.scanner.sane_scanner import CONNECTING, READY, SaneScanner
from devices.scanner.use import found
from tests.devices.scanning import FEEDER, PAGES, QUICK, failed, never, picture, scanned, set_to

GREY = ScanOrder(mode=ScanMode.GREY, dpi=75)


def test_a_flatbed_gives_one_page_in_colour(shared: SaneScanner) -> None:
    told = scanned(set_to(shared, test_picture="Color pattern"), ScanOrder(dpi=300))
    (page,) = told.pages
    assert (page.width, page.height, page.dpi) == (2362, 2362, 300)  # its glass has 200 by 200 mm
    image = picture(page)
    assert image.mode == "RGB"
    assert len(image.getcolors(1 << 24) or []) > 100
    assert told.progress[-1].share == 1.0


def test_a_flatbed_gives_one_page_in_grey(shared: SaneScanner) -> None:
    (page,) = scanned(set_to(shared, test_picture="Grid"), GREY).pages
    image = picture(page)
    assert image.mode == "L"
    assert image.getextrema() == (0, 255)


def test_a_feeder_gives_pages_until_it_is_empty(shared: SaneScanner) -> None:
    told = scanned(set_to(shared), FEEDER)
    assert len([picture(page) for page in told.pages]) == 10
    assert {made.page for made in told.progress} >= set(range(1, 11))


def test_a_feeder_stops_where_the_order_says(shared: SaneScanner) -> None:
    assert len(scanned(set_to(shared), ScanOrder(ScanSource.FEEDER, dpi=75, limit=3)).pages) == 3
    assert len(scanned(set_to(shared), FEEDER).pages) == 10, "and begins anew"


def test_lines_of_one_bit_are_grey(shared: SaneScanner) -> None:
    (page,) = scanned(set_to(shared, depth="1", test_picture="Grid"), GREY).pages
    assert picture(page).getextrema() == (0, 255)


def test_a_device_that_does_not_know_the_length_gives_a_page(shared: SaneScanner) -> None:
    (page,) = scanned(set_to(shared, hand_scanner="yes")).pages
    assert picture(page).height > 100


def test_lines_longer_than_their_pixels_are_cut(shared: SaneScanner) -> None:
    (page,) = scanned(set_to(shared, ppl_loss="7", test_picture="Solid white")).pages
    assert picture(page).getextrema() == ((255, 255),) * 3


@pytest.fixture(scope="module")
def sheet(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A real page as `pnm` takes it."""
    path = tmp_path_factory.mktemp("paper") / "linn.ppm"
    with Image.open(PAGES / "linn.png") as image:
        image.convert("RGB").save(path)
    return path


def test_a_real_page_comes_as_it_is(shared: SaneScanner, sheet: Path) -> None:
    (page,) = scanned(set_to(shared, "pnm:0", filename=str(sheet)), ScanOrder(dpi=300)).pages
    assert (page.width, page.height, page.dpi) == (2550, 3300, 300)
    with Image.open(sheet) as original:
        difference = ImageChops.difference(picture(page).convert("L"), original.convert("L"))
    assert sum(count for level, count in enumerate(difference.histogram()) if level > 64) < 2550 * 3300 / 1000


def test_a_device_without_modes_gives_grey_too(shared: SaneScanner, sheet: Path) -> None:
    (page,) = scanned(set_to(shared, "pnm:0", filename=str(sheet)), GREY).pages
    assert picture(page).mode == "L"


def test_a_page_gone_in_its_middle_is_not_given(shared: SaneScanner, sheet: Path, tmp_path: Path) -> None:
    torn = tmp_path / "torn.ppm"
    torn.write_bytes(sheet.read_bytes()[: 1 << 20])
    told = failed(set_to(shared, "pnm:0", filename=str(torn)))
    assert told.pages == []
    assert told.error is not None
    assert (told.error.state, told.error.fault) == (DeviceState.UNREADABLE, faults.INCOMPLETE)


@pytest.mark.parametrize(
    ("status", "state", "fault"),
    [
        ("UNSUPPORTED", DeviceState.UNSUPPORTED, faults.CANNOT),
        ("CANCELLED", DeviceState.UNREADABLE, faults.STOPPED_THERE),
        ("DEVICE_BUSY", DeviceState.BUSY, faults.BUSY),
        ("INVAL", DeviceState.UNSUPPORTED, faults.CANNOT),
        ("EOF", DeviceState.UNREADABLE, faults.INCOMPLETE),
        ("JAMMED", DeviceState.JAMMED, faults.JAMMED),
        ("NO_DOCS", DeviceState.OUT_OF_PAPER, faults.OUT_OF_PAPER),
        ("COVER_OPEN", DeviceState.COVER_OPEN, faults.COVER_OPEN),
        ("IO_ERROR", DeviceState.UNREADABLE, faults.NO_CONTACT),
        ("NO_MEM", DeviceState.UNREADABLE, faults.NO_MEMORY),
        ("ACCESS_DENIED", DeviceState.LOCKED, faults.FORBIDDEN),
    ],
)
def test_each_status_is_told_as_what_it_is(shared: SaneScanner, status: str, state: DeviceState, fault: Fault) -> None:
    set_to(shared, read_return_value=f"sane_status_{status}".upper())
    for order in (QUICK, FEEDER):
        told = failed(shared, order)
        assert told.error is not None
        assert (told.pages, told.error.state, told.error.fault) == ([], state, fault)
    assert len(scanned(set_to(shared)).pages) == 1, "the next scan works"


@pytest.mark.parametrize(
    ("device", "options", "order", "fault"),
    [
        ("test:7", {}, QUICK, faults.ABSENT),
        ("gone:usb:001", {}, QUICK, faults.ABSENT),
        ("pnm:0", {}, FEEDER, faults.NO_FEEDER),
        ("test:0", {"depth": "16"}, QUICK, faults.CANNOT),
        ("test:1", {"three-pass": "yes"}, QUICK, faults.CANNOT),
        ("test:0", {"nonsense": "1"}, QUICK, faults.WRONG_OPTION),
        ("test:0", {"depth": "deep"}, QUICK, faults.WRONG_OPTION),
        ("test:0", {"hand-scanner": "perhaps"}, QUICK, faults.WRONG_OPTION),
        ("test:0", {"test-picture": "Cat"}, QUICK, faults.WRONG_OPTION),
        ("test:0", {"three-pass-order": "RGB"}, QUICK, faults.WRONG_OPTION),  # has no meaning now
    ],
)
def test_what_cannot_be_done_is_told(
    shared: SaneScanner, device: str, options: dict[str, str], order: ScanOrder, fault: Fault
) -> None:
    told = failed(set_to(shared, device, **options), order)
    assert told.error is not None
    assert told.error.fault is fault


def test_a_check_says_how_it_stands(shared: SaneScanner) -> None:
    answers = [set_to(shared).check() for _ in range(3)]
    assert answers[-1].words == READY
    assert {each.words for each in answers} <= {READY, CONNECTING}
    absent = set_to(shared, "test:7").check()
    assert (absent.condition, absent.words) == (Condition.FAILED, faults.ABSENT.title.format(device=shared.name))
    assert absent.advice
    assert set_to(shared).check().condition is Condition.READY


def test_scanners_are_found(sane: Path) -> None:
    addresses = {each.address: each.label for each in found()}
    assert set(addresses) == {"sane:test:0", "sane:test:1", "sane:pnm:0", "sane:pnm:1"}
    assert addresses["sane:test:0"] == "Noname frontend-tester"


def test_two_hundred_pages_keep_the_memory_of_both_small(shared: SaneScanner) -> None:
    scanned(set_to(shared, test_picture="Color pattern"), FEEDER)
    assert shared.process_id is not None
    theirs, ours = resident(shared.process_id), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    count = sum(1 for _ in range(20) for _ in shared.scan(FEEDER, lambda _: None, never))
    assert count == 200
    assert resident(shared.process_id) - theirs < 20 << 20
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - ours < 20 << 10


def test_nothing_of_a_page_is_written_to_disk(shared: SaneScanner) -> None:
    scanned(set_to(shared, test_picture="Color pattern"))
    pid = shared.process_id
    assert pid is not None
    before = written(pid)
    for _ in shared.scan(ScanOrder(dpi=300), lambda _: no_file_is_open_for_writing(pid), never):
        no_file_is_open_for_writing(pid)
    assert written(pid) == before


def resident(pid: int) -> int:
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * resource.getpagesize()


def written(pid: int) -> int:
    lines = dict(line.split(": ") for line in Path(f"/proc/{pid}/io").read_text().splitlines())
    return int(lines["write_bytes"])


def no_file_is_open_for_writing(pid: int) -> None:
    for entry in Path(f"/proc/{pid}/fd").iterdir():
        flags = int(Path(f"/proc/{pid}/fdinfo/{entry.name}").read_text().split("flags:")[1].split()[0], 8)
        target = entry.readlink()
        assert flags & os.O_ACCMODE == os.O_RDONLY or not target.is_absolute(), target


def test_paper_is_cut_out_of_the_glass(shared: SaneScanner) -> None:
    """The glass of `test` has 200 by 200 mm."""
    sizes = {}
    for paper in Paper:
        (page,) = scanned(set_to(shared), ScanOrder(mode=ScanMode.GREY, dpi=100, paper=paper)).pages
        sizes[paper] = (picture(page).width, page.height)
    assert sizes == {Paper.A4: (787, 787), Paper.A5: (582, 787), Paper.CARD: (393, 275), Paper.GLASS: (787, 787)}


def test_black_and_white_has_no_grey_in_it(shared: SaneScanner) -> None:
    (page,) = scanned(set_to(shared, test_picture="Grid"), ScanOrder(mode=ScanMode.BILEVEL, dpi=75)).pages
    counts = picture(page).convert("L").histogram()
    assert sum(counts[96:160]) < sum(counts) / 200, "but for what JPEG makes of an edge"


def test_a_feeder_of_one_side_says_so(shared: SaneScanner) -> None:
    told = failed(set_to(shared), ScanOrder(ScanSource.FEEDER_DUPLEX, dpi=75))
    assert told.error is not None
    assert told.error.fault is faults.NO_DUPLEX
