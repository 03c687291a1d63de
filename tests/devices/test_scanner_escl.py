"""Network scanners without a driver: against our simulator, which a client of others' has judged, and against liars."""

import threading
import time
from contextlib import closing
from dataclasses import replace
from http import HTTPStatus
from io import BytesIO
from pathlib import Path

import pytest
import requests
from hypothesis import given
from hypothesis import strategies as some
from PIL import Image

from client.errors import Cancelled, DeviceState
from client.ports.readiness import Condition
from client.ports.scanner import Paper, ScanMode, ScanOrder, ScanSource
from devices.children.answers import GarbledError
from devices.scanner import faults
from devices.scanner.escl import EsclScanner, Timing
from devices.scanner.escl_messages import Capabilities, Input, capabilities_in, settings_for, status_in
from devices.scanner.escl_simulator import EsclSimulator, capabilities, order_in
from devices.scanner.pictures import with_density
from devices.scanner.sane_scanner import SaneScanner
from devices.scanner.simulated import Failure, SimulatedScanner, sample_pages
from devices.scanner.use import scanner_of
from tests.devices.liar import MADE, NEXT, STANDS, STOPPED, Liar
from tests.devices.scanning import CHILD, FEEDER, QUICK, failed, never, picture, scanned

BRISK = Timing(connecting=1, reading=2, checking=0.4, busy=1, again=0.05, poll=0.02)


def simulator(*, sheets: int = 3, fail: str | None = None, pace: float = 0.0) -> EsclSimulator:
    failure = Failure.parse(fail) if fail else None
    return EsclSimulator(SimulatedScanner(sample_pages(), pace=pace, in_feeder=sheets, failure=failure))


def escl(url: str) -> EsclScanner:
    return EsclScanner(url, timing=BRISK)


def test_a_sheet_from_the_glass_is_the_scanner_s_own_picture_with_its_resolution() -> None:
    with simulator() as server:
        for mode, expected in ((ScanMode.COLOUR, "RGB"), (ScanMode.GREY, "L")):
            (page,) = scanned(escl(server.url), ScanOrder(mode=mode, dpi=100)).pages
            assert (picture(page).mode, page.dpi) == (expected, 100)


def test_a_feeder_is_emptied_and_a_limit_is_kept() -> None:
    with simulator(sheets=4) as server:
        told = scanned(escl(server.url), FEEDER)
        assert len(told.pages) == 4
        assert [made.page for made in told.progress if made.share == 1.0] == [1, 2, 3, 4]
        assert len(scanned(escl(server.url), ScanOrder(ScanSource.FEEDER, dpi=75, limit=2)).pages) == 2
        assert not server.desk.is_busy  # what was left of the job was taken back
        assert len(scanned(escl(server.url)).pages) == 1


def test_both_sides_of_a_sheet_come_front_and_back() -> None:
    both = ScanOrder(ScanSource.FEEDER_DUPLEX, dpi=75)
    with simulator(sheets=2) as server:
        pages = [page.content for page in scanned(escl(server.url), both).pages]
    straight = [page.content for page in scanned(SimulatedScanner(sample_pages(), pace=0, in_feeder=2), both).pages]
    assert len(pages) == 4
    assert [with_density(each, 75) for each in straight] == pages


def test_a_feeder_that_turns_no_sheet_says_so() -> None:
    one_side = capabilities().replace(b"AdfDuplexInputCaps", b"AdfOtherInputCaps")
    both = ScanOrder(ScanSource.FEEDER_DUPLEX, dpi=75)
    with Liar({"ScannerCapabilities": (200, one_side)}) as liar:
        assert failed(escl(liar.url), both).error.fault is faults.NO_DUPLEX  # type: ignore[union-attr] # failed sets it
    no_feeder = one_side.replace(b"AdfSimplexInputCaps", b"AdfAnotherInputCaps")
    with Liar({"ScannerCapabilities": (200, no_feeder)}) as liar:
        assert failed(escl(liar.url), both).error.fault is faults.NO_FEEDER  # type: ignore[union-attr] # failed sets it


def test_paper_and_black_and_white() -> None:
    with simulator() as server:
        for paper, size in {Paper.A5: (583, 827), Paper.CARD: (394, 276), Paper.GLASS: (850, 1169)}.items():
            (page,) = scanned(escl(server.url), ScanOrder(mode=ScanMode.BILEVEL, dpi=100, paper=paper)).pages
            image = picture(page)
            assert (image.mode, image.size) == ("L", size)
            counts = image.histogram()
            assert sum(counts[100:156]) < sum(counts) / 100, "but for what JPEG makes of an edge"


def test_an_order_goes_to_the_next_finer_resolution_it_has() -> None:
    with simulator() as server:
        (page,) = scanned(escl(server.url), ScanOrder(dpi=90)).pages
        assert page.dpi == 100
        assert failed(escl(server.url), ScanOrder(dpi=1200)).error is not None


@pytest.mark.parametrize(
    ("fail", "state", "fault", "before"),
    [
        ("jammed:2", DeviceState.JAMMED, faults.JAMMED, 1),
        ("cover_open", DeviceState.COVER_OPEN, faults.COVER_OPEN, 0),
        ("no_contact:3", DeviceState.UNREADABLE, faults.INCOMPLETE, 2),
    ],
)
def test_a_trouble_is_told_and_the_pages_before_it_stand(
    fail: str, state: DeviceState, fault: object, before: int
) -> None:
    with simulator(fail=fail) as server:
        told = failed(escl(server.url), FEEDER)
        assert told.error is not None
        assert (told.error.state, told.error.fault, len(told.pages)) == (state, fault, before)


def test_an_empty_feeder_is_out_of_paper() -> None:
    with simulator(sheets=0) as server:
        assert failed(escl(server.url), FEEDER).error.fault is faults.OUT_OF_PAPER  # type: ignore[union-attr] # failed sets it


def test_it_says_whether_paper_lies_in_its_feeder() -> None:
    with simulator(sheets=0) as server:
        scanner = escl(server.url)
        assert scanner.has_paper()
        failed(scanner, FEEDER)
        assert not scanner.has_paper()
    assert not scanner.has_paper(), "one that is gone says nothing"


def test_while_it_scans_nobody_is_told_of_paper() -> None:
    with simulator() as server:
        scanner = escl(server.url)
        pages = scanner.scan(FEEDER, lambda _made: None, never)
        next(pages)
        assert not scanner.has_paper()
        pages.close()  # type: ignore[attr-defined] # a generator
        assert scanner.has_paper()


def test_a_scan_is_taken_back_at_once_and_the_scanner_is_free_again() -> None:
    with simulator(pace=1.0) as server:
        scanner = escl(server.url)
        asked = iter([False] * 5 + [True] * 100)
        began = time.monotonic()
        with pytest.raises(Cancelled):
            scanned(scanner, QUICK, lambda: next(asked))
        assert time.monotonic() - began < 0.9
        time.sleep(1.1)
        assert len(scanned(scanner).pages) == 1


def test_a_job_that_is_made_after_the_scan_was_taken_back_is_ended_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """A scanner that warms up answers late; it would stay busy with what nobody fetches."""
    with simulator(pace=1.0) as server:
        desk, made = server.desk, threading.Event()
        begin = desk.begin

        def late(order: ScanOrder) -> str | None:
            time.sleep(0.3)
            name = begin(order)
            made.set()
            return name

        monkeypatch.setattr(desk, "begin", late)
        asked = iter([False] * 5 + [True] * 100)
        with pytest.raises(Cancelled):
            scanned(escl(server.url), QUICK, lambda: next(asked))
        assert not made.is_set()
        assert made.wait(5.0)
        until = time.monotonic() + 5.0
        while desk.is_busy and time.monotonic() < until:
            time.sleep(0.01)
        assert desk.jobs == {}


def test_one_scan_at_a_time_and_a_check_meanwhile_says_so() -> None:
    with simulator(pace=0.3) as server:
        scanner = escl(server.url)
        pages = scanner.scan(FEEDER, lambda _made: None, never)
        next(pages)
        assert scanner.check().words == "正在扫描"
        assert failed(scanner).error.fault is faults.BUSY  # type: ignore[union-attr] # failed sets it
        assert failed(escl(server.url)).error.fault is faults.BUSY  # type: ignore[union-attr] # another program's scan
        pages.close()  # type: ignore[attr-defined] # a generator
        assert scanner.check().condition is Condition.READY
    time.sleep(1.0)  # the requests that were given up end by themselves


def test_it_says_how_it_stands() -> None:
    with simulator(fail="jammed") as server:
        scanner = escl(server.url)
        assert scanner.check().condition is Condition.READY
        failed(scanner, FEEDER)
        assert (scanner.check().condition, scanner.check().words) == (Condition.ATTENTION, "扫描仪卡纸")
    gone = scanner.check()
    assert (gone.condition, gone.words) == (Condition.FAILED, "没有找到扫描仪")
    scanner.close()


@pytest.mark.parametrize(
    ("address", "kind"), [("escl:http://192.0.2.7/eSCL", EsclScanner), ("simulated", SimulatedScanner)]
)
def test_a_setting_names_it(address: str, kind: type) -> None:
    with closing(scanner_of(address)) as scanner:
        assert isinstance(scanner, kind)


def test_a_client_of_others_scans_from_our_simulator(sane: Path) -> None:
    """Debian's sane-airscan: what it takes for a scanner may stand for one in our tests."""
    (sane / "dll.conf").write_text("airscan\n")
    with simulator(sheets=2) as server:
        (sane / "airscan.conf").write_text(f'[devices]\n"sim" = {server.url}, eSCL\n[options]\ndiscovery = disable\n')
        with closing(SaneScanner("airscan:e0:sim", command=CHILD)) as scanner:
            assert len(scanned(scanner, ScanOrder(ScanSource.FEEDER, dpi=100)).pages) == 2
            assert len(scanned(scanner, ScanOrder(ScanSource.FEEDER_DUPLEX, dpi=100)).pages) == 4
            (page,) = scanned(scanner, ScanOrder(mode=ScanMode.GREY, dpi=100)).pages
            assert picture(page).mode == "L"
    (sane / "dll.conf").write_text("test\npnm\n")


def fault_of(said: dict[str, tuple[int, bytes]], order: ScanOrder = QUICK) -> object:
    with Liar(said) as liar:
        error = failed(escl(liar.url), order).error
        assert error is not None
        return error.fault


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ({"ScannerCapabilities": (200, b"<html>not a scanner</html>")}, faults.GARBLED),
        ({"ScannerCapabilities": (200, b"not XML")}, faults.GARBLED),
        ({"ScannerCapabilities": (200, b"<!DOCTYPE x><x/>")}, faults.GARBLED),
        ({"ScannerCapabilities": (200, b" " * ((1 << 20) + 1))}, faults.GARBLED),
        ({"ScannerCapabilities": (404, b"")}, faults.NO_CONTACT),
        ({"ScannerCapabilities": (302, b"")}, faults.NO_CONTACT),
        ({"ScannerCapabilities": (200, b"(silence)")}, faults.SILENT),
        ({"ScannerCapabilities": (200, b"(cut)")}, faults.INCOMPLETE),
        ({"ScannerCapabilities": (200, b"(less than nothing)")}, faults.INCOMPLETE),
        ({"ScanJobs": (409, b""), **STANDS}, faults.CANNOT),
        ({"ScanJobs": (503, b""), **STANDS}, faults.BUSY),
        ({"ScanJobs": (503, b""), "ScannerStatus": (200, STOPPED)}, faults.NO_CONTACT),
        ({"ScanJobs": (503, b""), "ScannerStatus": (500, b"")}, faults.NO_CONTACT),
        ({**MADE, **STANDS, NEXT: (200, b"no picture")}, faults.GARBLED),
        ({**MADE, **STANDS, NEXT: (200, b"\xff\xd8\xff\xe0\x00\x10JFIF\x00")}, faults.GARBLED),
        ({**MADE, **STANDS, NEXT: (500, b"")}, faults.INCOMPLETE),
        ({**MADE, **STANDS, NEXT: (409, b"")}, faults.INCOMPLETE),
        ({**MADE, **STANDS, NEXT: (503, b"")}, faults.SILENT),
        ({**MADE, **STANDS, NEXT: (404, b"")}, faults.OUT_OF_PAPER),
    ],
    ids=str,
)
def test_what_a_scanner_says_wrong_is_an_error_in_words(said: dict[str, tuple[int, bytes]], fault: object) -> None:
    assert fault_of(said) is fault


def test_a_page_that_was_cut_on_its_way_is_not_taken_for_a_whole_one() -> None:
    page = _jpeg()
    for cut in (len(page) - 2, len(page) // 2):
        assert fault_of({**MADE, **STANDS, NEXT: (200, page[:cut])}) is faults.GARBLED
    assert fault_of({**MADE, **STANDS, NEXT: (200, page + b"(cut)")}) is faults.INCOMPLETE


def order() -> bytes:
    return settings_for(QUICK, capabilities_in(capabilities()), 75)


def test_the_end_of_a_feeder_may_be_told_by_409() -> None:
    """As AirSane does."""
    jpeg = with_density(_jpeg(), 75)
    said: dict[str, tuple[int, bytes]] = {**MADE, **STANDS, NEXT: (200, jpeg)}
    with Liar(said) as liar:
        pages = escl(liar.url).scan(FEEDER, lambda _made: None, never)
        next(pages)
        liar.said[NEXT] = (409, b"")
        assert list(pages) == []


def test_a_scanner_that_calls_itself_by_a_strange_name_is_asked_where_it_was_found() -> None:
    said = {**MADE, **STANDS, NEXT: (200, _jpeg())}
    for place in ("http://scanner.invalid/eSCL/ScanJobs/1", "http://scanner.invalid//eSCL/ScanJobs/1"):
        with Liar(said, location=place) as liar:
            assert len(scanned(escl(liar.url)).pages) == 1
            assert liar.asked[-1] == "DELETE ScanJobs/1/"


def test_a_resolution_no_file_can_say_is_not_asked_for() -> None:
    has = replace(capabilities_in(capabilities()).inputs[ScanSource.FLATBED], span=None, dpi=frozenset({70_000}))
    assert has.resolution(300) is None


def test_a_place_that_is_no_address_is_told() -> None:
    with Liar({**MADE, **STANDS}, location="http://[::1/eSCL/ScanJobs/1") as liar:
        assert failed(escl(liar.url)).error.fault is faults.GARBLED  # type: ignore[union-attr] # failed sets it


def _jpeg() -> bytes:
    (page,) = SimulatedScanner(sample_pages(), pace=0).scan(QUICK, lambda _made: None, never)
    return page.content


def test_a_jpeg_that_says_no_resolution_says_it_then_and_is_not_drawn_anew() -> None:
    jpeg = _jpeg()
    without = jpeg[:2] + jpeg[20:]  # its JFIF part taken out
    assert with_density(without, 300)[20:] == jpeg[20:]
    assert with_density(jpeg, 300)[18:] == jpeg[18:]
    for file in (jpeg, without):
        said = with_density(file, 300)
        assert Image.open(BytesIO(said)).info["dpi"] == (300, 300)


def test_what_an_input_can_do_is_read() -> None:
    caps = capabilities_in(capabilities())
    assert set(caps.inputs) == set(ScanSource)
    assert caps.inputs[ScanSource.FEEDER].modes == {"RGB24", "Grayscale8"}
    assert (caps.version, caps.model) == ("2.63", "Yichuang simulated scanner")
    ranged = Input(2550, 3508, frozenset(), frozenset(), (75, 600))
    assert [ranged.resolution(dpi) for dpi in (75, 333, 601)] == [75, 333, None]


def test_an_order_reaches_the_simulator_as_it_was_given() -> None:
    caps = capabilities_in(capabilities())
    for given_order in (ScanOrder(dpi=200), ScanOrder(ScanSource.FEEDER, ScanMode.GREY, 600)):
        assert order_in(settings_for(given_order, caps, given_order.dpi)) == given_order
    small = Capabilities("2.0", "", {ScanSource.FLATBED: Input(100, 200, frozenset(), frozenset(), None)})
    assert b"<ns1:Width>100</ns1:Width>" in settings_for(ScanOrder(), small, 300).replace(b"ns0:Width", b"ns1:Width")


@pytest.mark.parametrize("body", [b"", b"<a/>" * 2, b"<a>"])
def test_the_simulator_takes_no_order_it_does_not_understand(body: bytes) -> None:
    with simulator() as server:
        assert requests.post(server.url + "ScanJobs", data=body, timeout=5).status_code == HTTPStatus.CONFLICT
        assert requests.post(server.url + "Elsewhere", data=order(), timeout=5).status_code == HTTPStatus.NOT_FOUND
        assert requests.delete(server.url + "ScanJobs/none", timeout=5).status_code == HTTPStatus.NOT_FOUND
        assert requests.get(server.url + "ScanJobs/none/NextDocument", timeout=5).status_code == HTTPStatus.NOT_FOUND
        assert requests.get(server.url + "none", timeout=5).status_code == HTTPStatus.NOT_FOUND


@given(some.one_of(some.binary(max_size=300), some.text(max_size=300).map(str.encode)))
def test_no_words_of_a_scanner_break_the_reader(body: bytes) -> None:
    for read in (capabilities_in, status_in):
        try:
            read(body)
        except GarbledError:
            continue


@given(some.integers(0, len(capabilities()) - 1), some.binary(min_size=1, max_size=8))
def test_no_damage_to_what_it_says_breaks_the_reader(at: int, noise: bytes) -> None:
    whole = capabilities()
    try:
        found = capabilities_in(whole[:at] + noise + whole[at + len(noise) :])
    except GarbledError:
        return
    assert isinstance(found, Capabilities)
