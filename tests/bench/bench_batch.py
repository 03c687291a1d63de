"""P8: the window's memory while 500 pages at 300 dpi come from the feeder in one batch, each cleaned and sealed.

The real window on a screen of its own and its own scanner lane; the scanner is our simulated network one, as fast
as it goes. Counted is resident memory, as psutil tells it ten times a second: of the window, and beside it with the
processes it started.
"""

import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

from client.config import write_settings
from client.demo import CLERK_NO, DEMO_PIN, DEMO_SETTINGS
from client.demo.keyboard import Keyboard
from client.demo.people import seat_demo_people
from client.demo.screen import Screen
from tests.bench.bench_gui import lay_draft, opened
from tests.bench.rows import Goal, Row, row
from yichuang import FrontDoor

PAGES = 500
LIMIT = 400.0  # MB
PATIENCE = 3_600.0
_LOOK = 0.1  # seconds
_MB = 1e6


@dataclass
class Peak:
    """The most that was seen, in MB."""

    window: float = 0.0
    household: float = 0.0

    def look_at(self, process: psutil.Process) -> None:
        with suppress(psutil.NoSuchProcess):  # one that ended meanwhile
            own = process.memory_info().rss / _MB
            others = sum(each.memory_info().rss for each in process.children(recursive=True)) / _MB
            self.window, self.household = max(self.window, own), max(self.household, own + others)


def rows(pages: int = PAGES) -> list[Row]:
    with tempfile.TemporaryDirectory(dir=Path("build")) as folder:
        peak, took = _measured(Path(folder), pages)
    what = f"the window's memory, {pages} pages of 300 dpi in one batch, {took:.0f} s (other: with its processes)"
    return [row("P8", what, peak.window, peak.household, "MB", peak.window / LIMIT, Goal(1.0, at_least=False))]


def _measured(folder: Path, pages: int) -> tuple[Peak, float]:
    """The peak, and how many seconds the batch took."""
    os.environ["YICHUANG_KEY_FILE"] = str(folder / "key.txt")
    (folder / "key.txt").write_text("benchmark", encoding="utf-8")
    profile = folder / "profile"
    profile.mkdir()
    with _scanner(pages) as address:
        hands = {"scanner": address, "printer": "simulated", "idle_lock_minutes": 120}
        write_settings(profile, DEMO_SETTINGS.model_copy(update=hands))
        return _scanned(folder, profile, pages)


def _scanned(folder: Path, profile: Path, pages: int) -> tuple[Peak, float]:
    with FrontDoor().write(str(profile)) as house:
        seat_demo_people(house.roster)
        lay_draft(house, house.roster.sign_in(CLERK_NO, DEMO_PIN))
    with Screen() as screen, opened(screen, profile, folder / "window.jsonl") as (ears, environment, pid):
        keyboard = Keyboard(environment)
        ears.wait("sign-in")
        for word in (CLERK_NO, DEMO_PIN):
            keyboard.type(word)
            keyboard.press("Enter")
        ears.wait("form-built")
        with _watched(pid) as peak:
            began = time.monotonic()
            keyboard.press("F4")
            told = ears.wait("scanned", patience=PATIENCE)
            took = time.monotonic() - began
    assert told["pages"] == pages, f"{told['pages']} of {pages} pages came"
    return peak, took


@contextmanager
def _scanner(pages: int) -> Iterator[str]:
    """Its address; a process of its own, as a scanner's memory is not the window's."""
    words = ["scan-simulate", "--sheets", str(pages)]
    with subprocess.Popen(
        [sys.executable, "-m", "yichuang", *words], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        yield process.stdout.readline().strip()
        process.terminate()


@contextmanager
def _watched(pid: int) -> Iterator[Peak]:
    peak, ended = Peak(), threading.Event()

    def look() -> None:
        process = psutil.Process(pid)
        while not ended.wait(_LOOK):
            peak.look_at(process)

    watch = threading.Thread(target=look)
    watch.start()
    try:
        yield peak
    finally:
        ended.set()
        watch.join()
