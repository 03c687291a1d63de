"""Pages are cleaned two at once, and lie in the case in the order in which they came, whatever becomes of one."""

import threading

import pytest

from client.desk.keeping import KeptPage
from client.errors import CaseError
from client.ports.pages import PageFacts
from client.ports.scanner import ScanOrder
from client.store.sealed import SealedFile
from devices.pages.faults import DAMAGED
from tests.scanned import Feeder
from ui.clerk.intake import scan as scanned
from ui.clerk.intake.batch import OneMaterial
from ui.clerk.intake.scan import Scan

PATIENCE = 5.0  # seconds, for what takes none


def sealed(name: str) -> KeptPage:
    return KeptPage(name, SealedFile("0" * 64, "0" * 64, 1), PageFacts("image/jpeg", 1, 1, 1))


@pytest.fixture(autouse=True)
def _two_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever processors this machine has."""
    monkeypatch.setattr(scanned, "AT_ONCE", 2)


def test_a_page_is_cleaned_beside_the_one_before_it_and_put_behind_it() -> None:
    second_began = threading.Event()
    at_work, most, put = set[str](), 0, list[str]()

    def clean(name: str, _content: bytes) -> KeptPage:
        nonlocal most
        at_work.add(name)
        most = max(most, len(at_work))
        if name.endswith("002.jpg"):
            second_began.set()
        assert second_began.wait(PATIENCE), "the first page is not waited for"
        at_work.discard(name)
        return sealed(name)

    scan = Scan(Feeder([b""] * 5), 1, OneMaterial("rules", 0, clean, lambda page: put.append(page.name)))
    scan.run(ScanOrder())
    assert put == [f"rules-{number:03}.jpg" for number in range(1, 6)]
    assert (most, scan.kept, scan.trouble, scan.over) == (2, 5, None, True)


@pytest.mark.parametrize("breaks", ["clean", "put"])
def test_behind_a_page_that_is_not_kept_none_is(breaks: str) -> None:
    third_done, put = threading.Event(), list[str]()

    def clean(name: str, _content: bytes) -> KeptPage:
        if name.endswith("003.jpg"):
            third_done.set()
        if name.endswith("002.jpg"):
            third_done.wait(PATIENCE)
            broken(name, "clean")
        return sealed(name)

    def keep(page: KeptPage) -> None:
        broken(page.name, "put")
        put.append(page.name)

    def broken(name: str, where: str) -> None:
        if name.endswith("002.jpg") and breaks == where:
            raise CaseError(DAMAGED, name=name)

    feeder, into = Feeder([b""] * 50), OneMaterial("rules", 0, clean, keep)
    scan = Scan(feeder, 1, into)
    scan.run(ScanOrder())
    assert (put, into.number, scan.kept) == (["rules-001.jpg"], 1, 1)
    assert scan.trouble is not None
    assert scan.trouble.fault is DAMAGED
    assert feeder.given <= 2 + 2 + 1, "the scanner was told"


def test_what_is_a_bug_of_ours_is_not_hidden() -> None:
    def clean(_name: str, _content: bytes) -> KeptPage:
        raise ZeroDivisionError

    scan = Scan(Feeder([b""] * 3), 1, OneMaterial("rules", 0, clean, lambda _page: None))
    with pytest.raises(ZeroDivisionError):
        scan.run(ScanOrder())
    assert scan.over
