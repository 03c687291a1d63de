"""A document camera behind the port, by films that stand for one: hands free, page by page, in a process of its own."""

import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

import pytest

from client.errors import DeviceError, DeviceState, Fault
from client.ports.readiness import Condition, Readiness
from client.ports.scanner import ScanMode, ScanOrder, ScanSource
from devices.opencv import cv2
from devices.scanner import camera_child, faults
from devices.scanner.camera import CAMERA_NAME, camera_at, camera_command
from devices.scanner.camera_child import CameraChild
from devices.scanner.faults import Trouble
from devices.scanner.messages import Answer, Deed, Event, Question
from devices.scanner.sane_scanner import SaneScanner, Timing
from devices.scanner.stillness import Pixels
from devices.scanner.use import scanner_of
from tests.devices.filmed import SIZE, filmed, lying, page, turning
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


def once(tmp_path: Path, deed: str) -> tuple[str, ...]:
    """The process, in which the first lens that is opened does `deed`."""
    program = f"""
import os, signal, time
from pathlib import Path
from devices.scanner import camera_child
done, opened = Path({str(tmp_path / "done")!r}), camera_child.cv2.VideoCapture
def lens(place):
    if not done.exists():
        done.touch()
        {deed}
    return opened(place)
camera_child.cv2.VideoCapture = lens
camera_child.serve()
"""
    return (sys.executable, "-c", program)


@pytest.mark.expected_warnings("child lost.*(silent|ended)")
@pytest.mark.parametrize(
    ("deed", "state", "fault"),
    [
        ("time.sleep(60)", DeviceState.TIMED_OUT, faults.SILENT),
        ("os.kill(os.getpid(), signal.SIGSEGV)", DeviceState.UNREADABLE, faults.CHILD_ENDED),
    ],
)
def test_a_driver_that_hangs_or_falls_over_costs_that_scan(
    film: Path, tmp_path: Path, deed: str, state: DeviceState, fault: Fault
) -> None:
    with closing(camera_at(str(film), command=once(tmp_path, deed), timing=Timing(opening=2.0))) as made:
        assert error_of(made) == (state, fault)
        assert len(scanned(made).pages) == 1


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


class FakeLens:
    """A camera that gives these pictures and is pulled out then."""

    def __init__(self, pictures: Iterable[Pixels]) -> None:
        self.asked: dict[int, float] = {}
        self._pictures = iter(pictures)

    def __call__(self, _: int) -> "FakeLens":
        return self

    def isOpened(self) -> bool:  # noqa: N802 - OpenCV's name
        return True

    def get(self, _: int) -> float:
        return 0.0

    def set(self, what: int, value: float) -> None:
        self.asked[what] = value

    def read(self) -> tuple[bool, Pixels | None]:
        time.sleep(0.02)
        found = next(self._pictures, None)
        return found is not None, found

    def release(self) -> None:
        """Nothing is held."""


@dataclass
class Heard:
    """What a child says in this process; with `cancels` somebody cancels at its first page."""

    cancels: bool = False
    answers: list[Answer] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.child = CameraChild(self._hear)

    def ask(self, job: int, device: str) -> tuple[Answer, int]:
        """How it ended, and the pages there were."""
        self.answers.clear()
        question = Question(do=Deed.SCAN, job=job, device=device, source=ScanSource.FEEDER)
        ending = self.child._outcome(question)
        return ending, sum(answer.event is Event.PAGE for answer in self.answers)

    def _hear(self, answer: Answer, _: bytes) -> None:
        self.answers.append(answer)
        if self.cancels and answer.event is Event.PAGE:
            self.child._cancelled_up_to = answer.job


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
