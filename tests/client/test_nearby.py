"""What announces itself in the local network, heard over real multicast on this machine."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

import pytest
import zeroconf
from structlog.testing import capture_logs

from client import nearby as network
from client.errors import DeviceError
from client.nearby import announced, nearby
from devices.scanner import use as scanners
from devices.scanner.faults import garbled
from devices.scanner.sane_scanner import SaneScanner
from printing import use as printers
from printing.ipp import finding

T = TypeVar("T")


@pytest.fixture(autouse=True)
def _longer(monkeypatch: pytest.MonkeyPatch) -> None:
    """What has just announced itself answers a second later (RFC 6762, 6), and tests run beside each other."""
    monkeypatch.setattr(network, "PATIENCE", 3.0)


def heard_in_time(look: Callable[[], Sequence[T]], least: int, monkeypatch: pytest.MonkeyPatch) -> Sequence[T]:
    """What is heard, at last with more patience: a machine that is busy answers late."""
    for patience in (0.8, 3.0):
        monkeypatch.setattr(network, "PATIENCE", patience)
        with suppress(DeviceError):  # as where there is nothing at all
            if len(found := look()) >= least:
                return found
    monkeypatch.setattr(network, "PATIENCE", 10.0)
    return look()


def test_what_is_announced_is_heard_with_what_it_says(monkeypatch: pytest.MonkeyPatch) -> None:
    words = {"ty": "示例扫描仪", "rs": "eSCL"}
    with announced("_yichuang-a._tcp", "一号窗口", "127.0.0.1", 8080, words):
        (heard,) = heard_in_time(lambda: nearby("_yichuang-a._tcp", "_yichuang-b._tcp"), 1, monkeypatch)
    assert (heard.kind, heard.name, heard.host, heard.port) == ("_yichuang-a._tcp", "一号窗口", "127.0.0.1", 8080)
    assert dict(heard.words) == words


def test_a_machine_without_a_network_hears_none(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise OSError(19, "No such device")

    monkeypatch.setattr(zeroconf, "Zeroconf", refuse)
    with capture_logs() as logged:
        assert nearby("_uscan._tcp") == []
    assert [line["event"] for line in logged] == ["not listening to the local network"]


def test_scanners_of_the_network_are_offered_where_there_is_no_sane(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_sane(_self: SaneScanner) -> None:
        raise garbled("扫描仪")

    monkeypatch.setattr(SaneScanner, "listed", no_sane)
    monkeypatch.setattr(scanners, "ESCL_SERVICES", {"_yichuang-c._tcp": "http", "_yichuang-d._tcp": "https"})
    with (
        announced("_yichuang-c._tcp", "大厅", "127.0.0.1", 8080, {"ty": "示例 A", "rs": "eSCL"}),
        announced("_yichuang-d._tcp", "里间", "127.0.0.1", 8443, {"rs": "/scan/"}),
    ):
        assert heard_in_time(scanners.choices, 2, monkeypatch) == [
            ("escl:http://127.0.0.1:8080/eSCL", "示例 A"),
            ("escl:https://127.0.0.1:8443/scan", "里间"),
        ]


def test_printers_of_the_network_are_offered_where_they_take_pdf(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "SERVICES", {"_yichuang-e._tcp": "ipp", "_yichuang-f._tcp": "ipps"})
    monkeypatch.setattr(finding, "THIS_MACHINE", "ipp://127.0.0.1:1")
    pdf = {"ty": "示例 P", "rp": "ipp/print", "pdl": "image/urf,application/PDF", "note": "一楼"}
    with (
        announced("_yichuang-e._tcp", "大厅", "127.0.0.1", 631, pdf),
        announced("_yichuang-f._tcp", "只收图片", "127.0.0.1", 631, {"pdl": "image/urf"}),
    ):
        offered = heard_in_time(printers.choices, 1, monkeypatch)
    assert ("ipp://127.0.0.1:631/ipp/print", "示例 P 一楼") in offered
    assert all("只收图片" not in label for _, label in offered)


def test_cameras_of_linux_are_offered_by_their_number(tmp_path: Path) -> None:
    for number, index in ((0, 0), (1, 1), (2, 0)):
        device = tmp_path / f"video{number}"
        device.mkdir()
        (device / "index").write_text(f"{index}\n")
        (device / "name").write_text(f"高拍仪 {number}\n")
    assert [(each.address, each.label) for each in scanners._cameras(tmp_path)] == [
        ("camera:0", "高拍仪 0"),
        ("camera:2", "高拍仪 2"),
    ]
