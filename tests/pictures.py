"""Pictures of every page of the window, as they stand in docs/screens: `python -m tests.pictures FOLDER`.

The real window over the front door, on a profile with a morning's work in it; keys pressed as a clerk presses them,
on no screen. Each page in two looks and two sizes.
"""

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import chdir, closing, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before anything of Qt is loaded

from PIL import Image
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from client.config import write_settings
from client.demo import DEMO_SETTINGS
from client.demo.secrets import KEY_FILE
from client.desk.drafting import MaterialMark
from client.desk.inbox import StoredInbox
from client.desk.paperwork import Paperwork
from client.desk.staff import Staff
from client.language import CHINESE, ENGLISH
from client.ports.platform import EventAnswer, Verdict
from client.ports.printer import PrintState
from client.rules.items import slots_needed
from client.text import spoken
from devices.keys.simulated import PIN as KEY_PIN
from printing.rounds import Renderer
from sync.drain import drain
from sync.platform import HttpPlatform
from tests.desk.counter import (
    ADMINISTRATOR,
    CARD,
    CLERK,
    COMPANY,
    FOOD,
    HOUSE,
    PASSPHRASE,
    PIN,
    SUPERVISOR,
    ZONE,
    Blank,
    Desk,
    sample,
)
from tests.few_colours import in_few_colours
from tests.hubs import HubProcess
from tests.picture_issuing import picture_issuing
from tests.seals.hall import TRAINING
from ui.app import Looks, Window
from ui.clerk.intake.page import IntakePage
from ui.clerk.seals.page import SealsPage
from ui.keys import KEYS
from ui.theme.tokens import Theme
from ui.widgets.table import Table
from yichuang import FrontDoor

SIZES = ((1366, 768), (1093, 614))
THEMES = (Theme.LIGHT, Theme.HIGH_CONTRAST)
PATIENCE = 20.0  # seconds
LOOKING = 5  # lamps are looked at all the time
LAMPS_LOOKED = 2.5  # seconds: every lamp was seen once more
SEALED = "notice.pdf"
PAGES = ("typewriter.png", "ch_en_num.jpg", "linn.png", "img_exif_orientation.jpg")


@dataclass(frozen=True)
class Morning:
    """What was prepared: profile and platform, and the drafts in it: one to accept, one with gaps."""

    folder: Path
    to_accept: int
    with_gaps: int


def prepare(folder: Path) -> Morning:
    """A window after some hours: decided cases of every kind, drafts, and a platform that has most of them."""
    desk = Desk(Blank.prepare(folder / "blank"), folder / "profile")
    desk.clock.now = datetime.now(ZONE) - timedelta(hours=3, minutes=17)
    (folder / "hub").mkdir()
    try:
        with HubProcess(folder / "hub") as hub:
            _decide(desk)
            _send(desk, hub.url)
        _refuse(desk)
        desk.clock.move(minutes=14)
        received = filled(desk, HOUSE)
        desk.intake.receive(received, CLERK)
        desk.clock.move(minutes=12)
        desk.intake.accept(filled(desk, CARD), CLERK)
        Renderer()(desk.memory.spool(desk.clock))
        with_gaps = filled(desk, COMPANY, without=["articles", "residence_proof"])
        to_accept = filled(desk, FOOD, without=["premises", "rules_list"])
        desk.drafting.mark(to_accept, CLERK, "rules_list", MaterialMark(deferred=True))
        return Morning(folder, to_accept, with_gaps)
    finally:
        desk.close()


def _decide(desk: Desk) -> None:
    """Cases that have gone each its way."""
    for name in (FOOD, CARD, COMPANY, HOUSE, CARD):
        desk.intake.accept(filled(desk, name), CLERK)
        desk.clock.move(minutes=13)
    let_follow = filled(desk, FOOD, without=["rules_list"])
    desk.drafting.mark(let_follow, CLERK, "rules_list", MaterialMark(deferred=True))
    desk.intake.accept(let_follow, CLERK)
    desk.clock.move(minutes=11)
    desk.intake.ask_correction(filled(desk, COMPANY, without=["articles"]), CLERK, {}, keep_materials=True)
    desk.clock.move(minutes=9)
    elsewhere = "示例市卫生健康委员会"
    desk.intake.not_accept(filled(desk, FOOD), CLERK, "not_competent", competent_organ=elsewhere)
    Renderer()(desk.memory.spool(desk.clock))


def _send(desk: Desk, url: str) -> None:
    with closing(HttpPlatform(url, token=None, clock=desk.clock)) as platform:
        drain(desk.memory.outbox(), StoredInbox(desk.counter), platform, desk.clock)


def _refuse(desk: Desk) -> None:
    """The platform does not take the next case, for a reason of its own."""
    desk.clock.move(minutes=8)
    desk.intake.receive(filled(desk, FOOD), CLERK)
    outbox = desk.memory.outbox()
    events = [event.event_id for event in outbox.due(desk.clock(), 100)]
    outbox.sending(events)
    answers = [EventAnswer(event, Verdict.REFUSED, reason="平台的事项目录已更新") for event in events]
    outbox.answered(answers, desk.clock())


def filled(desk: Desk, name: str, without: Sequence[str] = ()) -> int:
    """A draft as its example has it, each material another picture."""
    item = desk.item(name)
    case_id = desk.draft(name, without=[material.key for material in item.materials])
    needed = [each for each in slots_needed(item, desk.record(case_id).situations) if each.key not in without]
    for serial, material in enumerate(needed):
        picture = PAGES[serial % len(PAGES)]
        desk.drafting.attach(case_id, CLERK, material.key, picture, sample(picture))
    return case_id


class Sitter:
    """Whoever sits at one window, presses keys and takes pictures into `folder`."""

    def __init__(self, app: QApplication, profile: Path, looks: Looks, folder: Path) -> None:
        self.window = Window(app, FrontDoor().window(str(profile)), looks)
        self._folder = folder.resolve()
        folder.mkdir(parents=True, exist_ok=True)

    @property
    def intake(self) -> IntakePage:
        page = self.window.shell.page
        assert isinstance(page, IntakePage)
        return page

    def until(self, true: Callable[[], bool]) -> None:
        patience = time.monotonic() + PATIENCE
        while not true():
            assert time.monotonic() < patience, "the window does not come to it"
            QTest.qWait(20)

    def quiet(self, seconds: float = 0.3) -> None:
        """Until nothing is on its way, and what came back was painted."""
        for _ in range(3):
            self.until(lambda: self.window.tasks.underway <= LOOKING)
            QTest.qWait(int(seconds * 1000 / 3))

    def press(self, *acts: str) -> None:
        for act in acts:
            self.hit(KEYS[act])

    def hit(self, key: str) -> None:
        pressed = QKeySequence(key)[0]  # type: ignore[index] # the stub leaves it out
        focus = QApplication.focusWidget() or self.window.shell
        QTest.keyClick(focus, pressed.key(), pressed.keyboardModifiers())
        self.quiet()

    def type(self, text: str) -> None:
        QTest.keyClicks(QApplication.focusWidget() or self.window.shell, text)

    def sign_in(self, staff: Staff) -> None:
        self.asked()
        self.window.shell.sign_in.number.setFocus()
        self.hit("Ctrl+A")
        self.type(staff.staff_no)
        self.hit("Return")
        self.type(PIN)
        self.hit("Return")
        self.until(lambda: self.window.shell.page is not None)
        self.until(lambda: len(self.window.shell.pages) == len(self.window.shell.kinds))
        self.quiet(1)

    def asked(self) -> None:
        """The window is open and asks who sits here."""
        self.until(lambda: self.window.shell.sign_in.isVisible() and self.window.shell.sign_in._is_open)
        self.quiet()

    def is_printed(self) -> bool:
        """The papers of the case that was just decided are out."""
        found = self.intake.middle.done._sheet if self.intake.middle.view == "done" else None
        return found is not None and all(paper.print_state is PrintState.DONE for paper in found.papers)

    def listed(self) -> None:
        """The list of the page in sight is read, and what is chosen in it."""
        page = self.window.shell.page
        assert page is not None
        self.until(lambda: all(table.lines.lines for table in page.findChildren(Table) if table.isVisible()))
        self.quiet(1)

    def shoot(self, name: str) -> None:
        """Few colours make a small file; what was scanned keeps its greys."""
        self.quiet()
        whole = self._folder / f"{name}.png"
        self.window.shell.grab().save(str(whole))
        with Image.open(whole) as picture:
            few = in_few_colours(picture.convert("RGB"))
        few.save(whole, optimize=True)

    def leave(self) -> None:
        self.quiet()
        self.window.shell.close()
        self.window.end()


@contextmanager
def sitting(app: QApplication, profile: Path, looks: Looks, folder: Path) -> Iterator[Sitter]:
    sitter = Sitter(app, profile, looks, folder)
    try:
        yield sitter
    finally:
        sitter.leave()


def furnish(profile: Path, url: str, seal_key: str | None = None) -> None:
    hands = {"reader_port": "simulated", "scanner": "simulated?pace=0.2", "printer": "simulated", "hub_url": url}
    language = ENGLISH if spoken() else CHINESE
    write_settings(profile, DEMO_SETTINGS.model_copy(update={**hands, "language": language, "seal_key": seal_key}))


def picture_clerk(at: Sitter, morning: Morning) -> None:
    at.asked()
    at.quiet(LAMPS_LOOKED)
    at.shoot("sign-in")
    at.sign_in(CLERK)
    at.press("new_case")
    at.shoot("intake-empty")
    _table(at, morning.with_gaps)
    at.press("ask_correction")
    at.shoot("correction")
    at.press("dismiss", "other_outcomes")
    at.shoot("outcomes")
    at.press("dismiss", "save")
    _table(at, morning.to_accept)
    at.press("read_card")
    at.quiet(LAMPS_LOOKED)
    at.press("person_matches", "next_slot", "scan")
    at.until(lambda: at.intake.middle.materials.scanning.scan is None)
    at.quiet(1)
    at.shoot("intake-full")
    at.press("accept")
    at.until(at.is_printed)
    at.quiet(LAMPS_LOOKED)
    at.shoot("done")
    at.press("new_case", "page_2")
    at.listed()
    at.shoot("cases")
    picture_issuing(at)
    at.press("page_6")
    at.listed()
    at.quiet(1)
    at.shoot("papers")
    at.press("prove_paper")
    at.quiet(LAMPS_LOOKED)
    at.shoot("paper-verdict")
    at.press("dismiss", "part_2")
    at.quiet(1)
    at.shoot("numbers")


def picture_others(at: Sitter) -> None:
    at.press("lock")
    at.sign_in(SUPERVISOR)
    for key, name in (("page_3", "sending"), ("page_4", "duty")):
        at.press(key)
        at.listed()
        at.shoot(name)
    at.press("lock")
    at.sign_in(ADMINISTRATOR)
    at.press("page_6")
    at.quiet(6)  # it looks for scanners
    at.shoot("settings")
    at.press("page_5", "do_here", "seek_devices")
    at.quiet(6)
    at.hit("Tab")
    at.press("do_here")
    at.quiet(2)
    at.shoot("devices")
    at.press("lock", "forgotten")
    at.shoot("forgotten")
    at.hit("Esc")


def picture_outage(at: Sitter, morning: Morning) -> None:
    at.sign_in(CLERK)
    at.press("page_1")
    _table(at, morning.with_gaps)
    at.press("next_slot")
    at.quiet(LAMPS_LOOKED)
    at.shoot("intake-offline")
    at.press("save")


def picture_seals(at: Sitter, folder: Path) -> None:
    """At a window with keys: what waits for its seal, and what is found about a paper that has one."""
    at.sign_in(CLERK)
    at.press("page_5")
    at.listed()
    at.quiet(LAMPS_LOOKED)
    at.shoot("seals")
    page = at.window.shell.page
    assert isinstance(page, SealsPage)
    paper = page.queue.lines.lines[0].row
    at.hit("Return")
    at.type(KEY_PIN.decode())
    at.hit("Return")
    at.until(lambda: page.queue.row != paper)
    (folder / SEALED).write_bytes(Paperwork(page.seat.house.counter).page(paper.paper_id))
    at.press("dismiss", "part_3")
    with chdir(folder):
        at.type(SEALED)
        at.hit("Return")
        at.quiet(LAMPS_LOOKED)
    at.shoot("seal-verdict")


def _table(at: Sitter, case_id: int) -> None:
    """The case on the table, as from the list of cases."""
    at.window.shell.go("intake", {"case_id": case_id})
    at.until(lambda: at.intake.work.sheet is not None)
    at.quiet(1)


def picture_all(app: QApplication, morning: Morning, looks: Looks, into: Path, folder: Path) -> None:
    shutil.copytree(morning.folder, folder)
    with HubProcess(folder / "hub") as hub:
        furnish(folder / "profile", hub.url)
        with sitting(app, folder / "profile", looks, into) as at:
            picture_clerk(at, morning)
            picture_others(at)
            hub.kill()
            picture_outage(at, morning)
    (folder / "profile" / "trust").mkdir()
    shutil.copy(TRAINING / "root.cer", folder / "profile" / "trust")
    furnish(folder / "profile", hub.url, "simulated")
    with sitting(app, folder / "profile", looks, into) as at:
        picture_seals(at, folder)
    with sitting(app, folder / "new", looks, into) as at:
        at.until(lambda: at.window.shell.page is None and not at.window.shell.sign_in.isVisible())
        at.quiet(6)
        at.shoot("first-run")


def main(into: Path, looks: Mapping[str, Looks]) -> None:
    """A folder of pictures for each of these."""
    app = QApplication(["yichuang"])
    with tempfile.TemporaryDirectory() as elsewhere:
        key = Path(elsewhere) / "key.txt"
        key.write_text(PASSPHRASE, encoding="utf-8")
        os.environ[KEY_FILE] = str(key)
        morning = prepare(Path(elsewhere) / "morning")
        for name, look in looks.items():
            picture_all(app, morning, look, into / name, Path(elsewhere) / name)


if __name__ == "__main__":
    main(Path(sys.argv[1]), {f"{theme}-{size[0]}": Looks(theme, size=size) for theme in THEMES for size in SIZES})
