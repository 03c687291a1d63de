"""A network scanner that goes on and on, or sends its client elsewhere: neither keeps the window from its work."""

import threading
import time
from dataclasses import replace

import pytest

from client.errors import Cancelled
from client.ports.readiness import Condition
from devices.scanner import faults
from devices.scanner.escl import EsclScanner
from devices.scanner.escl_simulator import EsclSimulator, capabilities
from devices.scanner.simulated import SimulatedScanner, sample_pages
from tests.devices.liar import LONG_ENOUGH, MADE, NEXT, STANDS, Liar
from tests.devices.scanning import QUICK, failed, never, scanned
from tests.devices.test_scanner_escl import BRISK, escl


def test_what_stands_behind_an_order_or_a_farewell_is_not_read_however_much_it_is() -> None:
    (page,) = SimulatedScanner(sample_pages(), pace=0).scan(QUICK, lambda _made: None, never)
    said = {"ScanJobs": (201, b"(flood)"), **STANDS, NEXT: (200, page.content), "ScanJobs/1/": (200, b"(drops)")}
    with Liar(said) as liar:
        began = time.monotonic()
        assert len(scanned(escl(liar.url)).pages) == 1
        assert liar.sent < LONG_ENOUGH / 4
        assert time.monotonic() - began < 5


def test_words_without_an_end_are_no_words() -> None:
    with Liar({"ScannerCapabilities": (200, b"(flood)")}) as liar:
        assert failed(escl(liar.url)).error.fault is faults.GARBLED  # type: ignore[union-attr] # failed sets it
        assert liar.sent < LONG_ENOUGH / 4


def test_a_scanner_sends_nobody_elsewhere() -> None:
    with Liar({"ScannerCapabilities": (302, b""), "ScanJobs/1": (200, capabilities())}) as liar:
        assert failed(escl(liar.url)).error.fault is faults.NO_CONTACT  # type: ignore[union-attr] # failed sets it
        assert liar.asked == ["GET ScannerCapabilities"]


def test_no_proxy_of_the_machine_is_asked_for_a_scanner(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    with EsclSimulator(SimulatedScanner(sample_pages(), pace=0)) as server:
        assert escl(server.url).check().condition is Condition.READY


def test_words_that_come_drop_by_drop_are_silence() -> None:
    with Liar({"ScannerStatus": (200, b"(drops)")}) as liar:
        began = time.monotonic()
        seen = escl(liar.url).check()
        assert time.monotonic() - began < 3
        assert (seen.condition, seen.words) == (Condition.FAILED, "扫描仪没有响应")


def test_a_page_nobody_waits_for_any_more_is_not_read_to_its_end() -> None:
    with Liar({**MADE, **STANDS, NEXT: (200, b"(drops)")}) as liar:
        asked = iter([False] * 10)
        with pytest.raises(Cancelled):
            scanned(escl(liar.url), QUICK, lambda: next(asked, True))
        until = time.monotonic() + 5
        while _lanes() and time.monotonic() < until:
            time.sleep(0.02)
        assert not _lanes()


def _lanes() -> list[str]:
    return [each.name for each in threading.enumerate() if each.name == "lane escl"]


def test_a_page_that_stops_in_the_middle_is_silence_and_not_an_absent_scanner() -> None:
    with Liar({**MADE, **STANDS, NEXT: (200, b"(silence after this)")}) as liar:
        scanner = EsclScanner(liar.url, timing=replace(BRISK, reading=0.3))
        assert failed(scanner).error.fault is faults.SILENT  # type: ignore[union-attr] # failed sets it
