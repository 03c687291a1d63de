"""A document camera behind the port, by films that stand for one: hands free, page by page, in a process of its own."""

import sys
import time
from collections.abc import Iterator
from contextlib import closing
from itertools import chain
from pathlib import Path

import pytest

from client.errors import DeviceError, DeviceState, Fault
from client.ports.readiness import Condition, Readiness
from client.ports.scanner import ScanMode, ScanOrder, ScanSource
from devices.opencv import cv2
from devices.scanner import camera_child, faults
from devices.scanner.camera import CAMERA_NAME, camera_at, camera_command
from devices.scanner.faults import Trouble
from devices.scanner.messages import Event
from devices.scanner.sane_scanner import SaneScanner
from devices.scanner.use import scanner_of
from tests.devices.filmed import SIZE, filmed, lying, page, turning
from tests.devices.lens import FakeLens, Heard
from tests.devices.scanning import failed, picture, scanned

CHILD = (sys.executable, "-c", "from devices.scanner.camera_child import serve; serve()")
GLASS, HANDS_FREE = ScanOrder(), ScanOrder(ScanSource.FEEDER)
PAGES = [page(number) for number in range(3)]


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    scenes = [chain(lying(each, 1.0), turning(each)) for each in PAGES]
    return filmed(tmp_path_factory.mktemp("films") / "three.avi", chain(*scenes))


@pytest.fixture(scope="module")
def camera(film: Path) -> Iterator[SaneScanner]:
    with closing(camera_at(str(film), command=CHILD)) as made:
        made.check()  # starts the process, before a test looks at which processes it found
        yield made


def looked(made: SaneScanner) -> Readiness:
    """What it says once its process has started."""
    until = time.monotonic() + 30
    while (found := made.check()).condition is Condition.ATTENTION:
        assert time.monotonic() < until
    return found


def error_of(made: SaneScanner, order: ScanOrder = GLASS) -> tuple[DeviceState, Fault]:
    error = failed(made, order).error
    assert error is not None
    return error.state, error.fault


def test_each_page_comes_once_hands_free(camera: SaneScanner) -> None:
    told = scanned(camera, HANDS_FREE)
    assert [picture(each).size for each in told.pages] == [SIZE] * 3
    assert len({each.content for each in told.pages}) == 3
    assert told.pages[0].dpi == 75, "as coarse as this film is"


def test_by_hand_it_is_one_page(camera: SaneScanner) -> None:
    assert len(scanned(camera, GLASS).pages) == 1
    assert len(scanned(camera, ScanOrder(ScanSource.FEEDER, limit=2)).pages) == 2


@pytest.mark.parametrize("mode", [ScanMode.GREY, ScanMode.BILEVEL])
def test_grey_and_black_and_white(camera: SaneScanner, mode: ScanMode) -> None:
    (made,) = scanned(camera, ScanOrder(mode=mode)).pages
    levels = [count for count, _ in picture(made).getcolors(256) or []]
    assert picture(made).mode == "L"
    assert (sum(sorted(levels)[-2:]) > 0.9 * sum(levels)) == (mode is ScanMode.BILEVEL)


def test_where_nothing_lies_it_says_so(tmp_path: Path) -> None:
    with closing(camera_at(str(filmed(tmp_path / "bare.avi", lying(None, 1.0))), command=CHILD)) as made:
        assert looked(made).condition is Condition.READY
        assert error_of(made, HANDS_FREE) == (DeviceState.OUT_OF_PAPER, faults.NOTHING_LAID)


@pytest.mark.parametrize("place", ["97", "gone.avi"])
def test_a_camera_that_is_not_there_is_told(place: str) -> None:
    with closing(camera_at(place, command=CHILD)) as made:
        assert error_of(made) == (DeviceState.ABSENT, faults.ABSENT)
        seen = looked(made)
        assert (seen.condition, seen.words) == (Condition.FAILED, f"没有找到{CAMERA_NAME}")


def test_garbage_in_the_place_of_a_film_is_told(tmp_path: Path) -> None:
    (tmp_path / "film.avi").write_bytes(b"no film" * 1000)
    with closing(camera_at(str(tmp_path / "film.avi"), command=CHILD)) as made:
        assert error_of(made) == (DeviceState.ABSENT, faults.ABSENT)


def test_a_lens_sees_one_side(camera: SaneScanner) -> None:
    assert error_of(camera, ScanOrder(ScanSource.FEEDER_DUPLEX)) == (DeviceState.UNSUPPORTED, faults.NO_DUPLEX)


def test_hands_free_ends_when_nobody_turns_pages_any_more(tmp_path: Path) -> None:
    still = filmed(tmp_path / "still.avi", chain(lying(PAGES[0], 3.0), turning(PAGES[0]), lying(PAGES[1], 1.0)))
    hasty = "from devices.scanner import camera_child; camera_child.IDLE = 2.0; camera_child.serve()"
    with closing(camera_at(str(still), command=(sys.executable, "-c", hasty))) as made:
        assert len(scanned(made, HANDS_FREE).pages) == 1


def test_an_address_names_a_camera(film: Path) -> None:
    made = scanner_of(f"camera:{film}")
    assert isinstance(made, SaneScanner)
    assert (made.name, made._device) == (CAMERA_NAME, str(film))
    assert camera_command()[-1] == "camera-child"
    with pytest.raises(DeviceError) as caught:
        scanner_of("camera:")
    assert caught.value.fault is faults.WRONG_ADDRESS


def test_a_camera_that_is_pulled_out_keeps_the_pages_before(monkeypatch: pytest.MonkeyPatch) -> None:
    lens = FakeLens(lying(PAGES[0], 6.0))
    monkeypatch.setattr(cv2, "VideoCapture", lens)
    ending, pages = Heard().ask(1, "0")
    assert (ending.event, ending.trouble, pages) == (Event.FAILED, Trouble.ABSENT, 1)
    assert tuple(lens.asked.values()) == camera_child.WIDEST


def test_a_page_that_still_lies_there_after_a_cancel_is_not_doubled(film: Path) -> None:
    heard = Heard(cancels=True)
    ending, pages = heard.ask(1, str(film))
    assert (ending.event, pages) == (Event.CANCELLED, 1)
    heard.cancels = False
    ending, pages = heard.ask(2, str(film))
    assert (ending.event, pages) == (Event.DONE, 2), "the film begins again with the page that lay there"
    assert heard.ask(3, str(film))[1] == 3, "what came after a whole run is new"


def test_a_camera_another_program_has_is_busy(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(camera_child, "Path", lambda _: tmp_path)
    ending, _ = Heard().ask(1, "97")
    assert (ending.event, ending.trouble) == (Event.FAILED, Trouble.BUSY)
