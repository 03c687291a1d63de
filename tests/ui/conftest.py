"""A seat at a real window: real store, real lanes, the shipped simulators for hands; on a screen that is none."""

import gc
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before anything of Qt is loaded

from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from client.desk.devices import Devices
from client.desk.staff import Roster, Session, Staff
from client.errors import DeskError, PlatformError
from client.house import House
from client.ports.agreement import Comparison
from client.ports.id_card import IdentityDocument
from client.ports.link import LinkState
from client.ports.pages import WHOLE, Part, Picture
from client.ports.readiness import Condition, Readiness
from sync.faults import NOT_SHOWN
from tests.desk.counter import CLERK, PIN, Blank, Desk
from tests.seals.hall import SEALS
from tests.ui.doors import OwnDoor
from tests.ui.waiting import wait_until
from ui.keys import KEYS
from ui.narrator import Narrator
from ui.notices import Notices
from ui.seat import Bell, Hands, Lanes, Seat
from ui.tasks import Tasks
from ui.theme.style import dress, load_fonts
from ui.theme.tokens import load_tokens
from ui.unkept import Unkept


@dataclass
class StillSender:
    """A sync loop that only notes what it was told."""

    link: LinkState = field(default_factory=lambda: LinkState(up=True))
    told: list[str] = field(default_factory=list)
    comparison: Comparison | None = None
    documents: dict[str, IdentityDocument] = field(default_factory=dict)

    def shown(self, code: str) -> IdentityDocument:
        if code not in self.documents:
            raise PlatformError(NOT_SHOWN)
        return self.documents[code]

    def compare(self) -> None:
        self.told.append("compare")

    def wake(self) -> None:
        self.told.append("wake")

    def link_up(self) -> None:
        self.told.append("link_up")

    def pause(self) -> None:
        self.told.append("pause")

    def state(self) -> LinkState:
        return self.link


@dataclass
class StillPaperboy:
    """Papers that wait until a test renders them, or cannot be drawn."""

    steps: int = 0
    wrong: dict[tuple[int, int], DeskError] = field(default_factory=dict)  # by paper and print

    def why_undrawn(self, paper_id: int, reprint_no: int) -> DeskError | None:
        return self.wrong.get((paper_id, reprint_no))

    def step(self) -> float:
        self.steps += 1
        return 60.0


def grey(content: bytes, media_type: str, width: int, height: int, sheet: int = 0, part: Part = WHOLE) -> Picture:
    """A picture of nothing."""
    return Picture(width, height, bytes([200]) * (width * height * 4))


@pytest.fixture(scope="session")
def qapp() -> QApplication:
    """The one Qt program, dressed as ours."""
    app = QApplication.instance() or QApplication(["yichuang"])
    assert isinstance(app, QApplication)
    load_fonts()
    dress(app, load_tokens())
    return app


@pytest.fixture
def desk(tmp_path: Path, blank: Blank) -> Iterator[Desk]:
    found = Desk(blank, tmp_path / "profile")
    yield found
    found.close()


@pytest.fixture(scope="session")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Blank:
    return Blank.prepare(tmp_path_factory.mktemp("blank") / "profile")


@pytest.fixture(autouse=True, scope="module")
def _nothing_of_qt_is_left() -> Iterator[None]:
    """To be collected on a thread of other tests. What stays is a session's: no collection looks through it again."""
    yield
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def _collected_in_the_screens_thread_alone() -> Iterator[None]:
    """As in the window (ui.collecting): a lane that collected would take things of Qt's apart."""
    gc.disable()
    yield
    gc.collect(1)
    gc.enable()


@pytest.fixture
def frame(qtbot: QtBot) -> QWidget:
    """What the seat's notices stand in."""
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


@pytest.fixture
def clerk() -> Staff:
    """Who sits at the seat; a test may say otherwise."""
    return CLERK


@pytest.fixture
def seat(qtbot: QtBot, desk: Desk, frame: QWidget, clerk: Staff) -> Iterator[Seat]:
    counter = desk.counter
    tasks = Tasks()
    narrator = Narrator()
    notices = Notices(narrator, KEYS["dismiss"], frame)
    tasks.failed.connect(notices.error)
    tasks.broke.connect(notices.bug)
    lanes = Lanes.begun()
    ready = Readiness(Condition.READY, "")
    roster = Roster(counter.memory, desk.clock)
    session = Session(roster, roster.sign_in(clerk.staff_no, PIN), desk.clock, timedelta(minutes=10))
    hands = Hands(None, None, None, grey, StillSender(), StillPaperboy(), {}, Devices(()))
    house = House(desk.profile, counter, roster, lambda: (), SEALS)
    lamps = dict.fromkeys(("reader", "scanner", "printer", "platform", "disk"), ready)
    door = OwnDoor(desk.profile.folder, desk.clock)
    bell = Bell(frame)
    yield Seat(house, hands, lanes, tasks, notices, narrator, bell, KEYS, lamps, load_tokens(), session, door, Unkept())
    wait_until(lambda: tasks.underway == 0, timeout=20_000)
    for lane in lanes.all():
        assert lane.close()
