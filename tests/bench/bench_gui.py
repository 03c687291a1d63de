"""P11: how long the window is not there for a key, at the longest, while 50 pages are scanned and a backlog drains.

The real window on a screen of its own; its pulse is told by itself. Beside it the same pulse of a bare Qt program in
the same seconds: what the machine alone makes of it.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from client.config import write_settings
from client.demo import CLERK_NO, DEMO_PIN, DEMO_SETTINGS
from client.demo.ears import Ears
from client.demo.keyboard import Keyboard
from client.demo.people import seat_demo_people
from client.demo.screen import Screen
from client.desk import place
from client.desk.drafting import Drafting
from client.desk.intake import Intake
from client.desk.staff import Staff
from client.house import House
from tests.bench.bench_accept import ITEM, drafts
from tests.bench.rows import Goal, Row, row
from tests.hubs import HubProcess
from yichuang import FrontDoor

CASES = 1_000
PAGES = 50
LIMIT = 50.0  # milliseconds
SETTLED = 3.0  # seconds after signing in until the measuring begins
PATIENCE = 1_800.0
BARE = """
import sys, time
from pathlib import Path
from PySide6.QtWidgets import QApplication
from ui.narrator import Narrator
from ui.pulse import Pulse
app = QApplication(sys.argv)
pulse = Pulse(Narrator(Path(sys.argv[1])), app)
app.exec()
"""


def rows() -> list[Row]:
    with tempfile.TemporaryDirectory(dir=Path("build")) as folder:
        longest, bare, _ = measured(Path(folder), _fill, CASES)
    what = f"longest block of the screen's thread, {PAGES} pages, {CASES} cases (other: a bare Qt program)"
    return [row("P11", what, longest, bare, "ms", longest / LIMIT, Goal(1.0, at_least=False))]


def measured(folder: Path, fill: Callable[[House, Staff], None], cases: int) -> tuple[float, float, float]:
    """The longest block of the window and of a bare program, in milliseconds, and how many seconds it drained.

    `fill` queues `cases` at a house with people in it.
    """
    os.environ["YICHUANG_KEY_FILE"] = str(folder / "key.txt")
    (folder / "key.txt").write_text("benchmark", encoding="utf-8")
    hub = HubProcess(folder)
    hub.start()
    hub.kill()  # its address is known; it comes back when the measuring begins
    profile = folder / "profile"
    profile.mkdir()
    hands = {"scanner": f"simulated?pace=0.05&feeder={PAGES}", "printer": "simulated", "hub_url": hub.url}
    write_settings(profile, DEMO_SETTINGS.model_copy(update=hands))
    with FrontDoor().write(str(profile)) as house:
        seat_demo_people(house.roster)
        by = house.roster.sign_in(CLERK_NO, DEMO_PIN)
        fill(house, by)
        lay_draft(house, by)
    narration = folder / "window.jsonl"
    with Screen() as screen, opened(screen, profile, narration) as (ears, environment, _):
        keyboard = Keyboard(environment)
        ears.wait("sign-in")
        keyboard.type(CLERK_NO)
        keyboard.press("Enter")
        keyboard.type(DEMO_PIN)
        keyboard.press("Enter")
        ears.wait("form-built")
        time.sleep(SETTLED)
        with _bare(environment, folder / "bare.jsonl") as still:
            ears.forget()
            before, began = len(ears.all), time.monotonic()
            hub.start()
            keyboard.press("F4")
            ears.wait("scanned", patience=PATIENCE)
            while len(hub.cases()) < cases and time.monotonic() - began < PATIENCE:
                time.sleep(0.5)
            drained = time.monotonic() - began
            ears.forget()
            still.forget()
            hub.kill()
            return _longest(ears, before), _longest(still, 0), drained


def _fill(house: House, by: Staff) -> None:
    intake = Intake(house.counter)
    for case_id in drafts(house.counter, by, CASES):
        intake.accept(case_id, by)


def lay_draft(house: House, by: Staff) -> None:
    """One on the table, for the pages that are scanned."""
    counter = house.counter
    case_id = Drafting(counter).open(by, counter.catalogue.find(ITEM))
    place.keep(counter, {"page": "intake", "place": {"case_id": case_id}})


@contextmanager
def opened(screen: Screen, profile: Path, narration: Path) -> Iterator[tuple[Ears, dict[str, str], int]]:
    """A window that tells what it does, the environment of its keyboard, and its process id."""
    environment = {**screen.environment(), "PYTHONDONTWRITEBYTECODE": ""}
    narration.write_text("", encoding="utf-8")
    words = ["run", "--profile", str(profile), "--narrate", str(narration)]
    window = subprocess.Popen([sys.executable, "-m", "yichuang", *words], env=environment)
    ears = Ears(narration, lambda: window.poll() is None, narration)
    try:
        yield ears, environment, window.pid
    finally:
        window.kill()
        window.wait()


@contextmanager
def _bare(environment: dict[str, str], narration: Path) -> Iterator[Ears]:
    narration.write_text("", encoding="utf-8")
    bare = subprocess.Popen([sys.executable, "-c", BARE, str(narration)], env=environment)
    ears = Ears(narration, lambda: bare.poll() is None, narration)
    try:
        yield ears
    finally:
        bare.kill()
        bare.wait()


def _longest(ears: Ears, after: int) -> float:
    return max((float(told["longest"]) for told in ears.all[after:] if told["event"] == "pulse"), default=0.0)
