"""P11 in each kind of trouble: how long the window is not there for a key, at the longest, while something goes wrong.

The real window on a screen of its own, worked by keys; a reader on a pseudo terminal, SANE, a print queue of CUPS and a
hub, each a process that is troubled in turn. Each trouble has a window of its own, measured from the case on its table.
"""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from client.config import load_settings, write_settings
from client.demo import DEMO_PIN
from client.demo.clerk import words_typed
from client.demo.ears import Ears
from client.demo.hall import Voice
from client.demo.people import FIRST_NO
from client.demo.screen import SMALL, Screen
from devices.idcard.cards import SAMPLES
from devices.idcard.simulated_sam import Failure
from devices.idcard.simulator import Simulator
from printing.virtual import QUEUE, VirtualQueue
from tests.attack.doomed_clerk import DoomedClerk
from tests.attack.timed_keyboard import TimedKeyboard
from tests.attack.window_siege import AttackedHall
from tests.bench.bench_gui import LIMIT
from tests.bench.rows import Goal, Row, row

CASE = 4  # of the shortest form
SETTLED = 3.0  # seconds after signing in until the measuring begins
GLANCE = 0.4
AFTERWARDS = 2.5  # seconds a trouble is looked at once it was told
LONG = 120.0  # seconds
SHEETS = 200
QUICK_SCANNER = "simulated?pace=0.05"
FULL_WIDTH = "１２３４５６"  # what an input method makes of digits
HUGE = 100_000  # characters
CLIPBOARD = """
import sys
from PySide6.QtWidgets import QApplication
app = QApplication(sys.argv)
app.clipboard().setText("长" * int(sys.argv[1]))
print("ready", flush=True)
app.exec()
"""


@dataclass
class Counter:
    """One window with its surroundings, and somebody at it."""

    hall: AttackedHall
    screen: Screen
    queue: VirtualQueue
    keyboard: TimedKeyboard
    hub: Voice
    lifted: Simulator  # a reader from which the card is taken in the middle of its first reading
    window: Voice = field(init=False)
    ears: Ears = field(init=False)
    clerk: DoomedClerk = field(init=False)

    @contextmanager
    def sitting(self, hands: Mapping[str, str]) -> Iterator[None]:
        """A window with `hands` in place of the usual ones, and a clerk at its sign-in page."""
        usual = load_settings(self.hall.profile)
        write_settings(self.hall.profile, usual.model_copy(update=dict(hands)))
        self.window = self.hall.open_window()
        self.ears = Ears(self.hall.narration, self.window.lives, self.window.log)
        try:
            self.clerk = DoomedClerk(self.keyboard, self.ears, lambda _part: None)
            yield
        finally:
            self.window.kill()
            write_settings(self.hall.profile, usual)

    def begin(self) -> int:
        """Sign in and settle; where in the narration the measuring begins."""
        self.clerk.sign_in()
        time.sleep(SETTLED)
        self.ears.forget()
        return len(self.ears.all)

    def longest(self, since: int) -> float:
        self.ears.forget()
        return max((float(told["longest"]) for told in self.ears.all[since:] if told["event"] == "pulse"), default=0.0)

    def act(self, name: str) -> None:
        keys = next(told["keys"] for told in self.ears.all if told["event"] == "keys")
        self.keyboard.press(keys[name])

    def open_case(self) -> None:
        """A case on the table, and the glance a person takes at it before the next key."""
        self.clerk.open_case(CASE)
        time.sleep(GLANCE)

    def accept(self) -> None:
        """A whole case, up to its paper on the way to the printer."""
        self.clerk.take(CASE)

    def paper(self, *states: str) -> None:
        """Until the paper of the last case is in one of `states`."""
        self.ears.wait("print", where=lambda told: told["state"] in states, patience=LONG)


Trouble = Callable[[Counter], None]


def _scan_fails(counter: Counter) -> None:
    counter.open_case()
    counter.act("scan")
    counter.ears.wait("error", "scanned", patience=LONG)


def _scanner_is_killed(counter: Counter) -> None:
    counter.open_case()
    counter.act("scan")
    time.sleep(1.0)
    for child in _children(counter.window.process.pid):
        os.kill(child, signal.SIGKILL)
    counter.ears.wait("error", patience=LONG)


def _feeder_is_full(counter: Counter) -> None:
    counter.open_case()
    counter.act("scan")
    counter.ears.wait("scanned", where=lambda told: told["pages"] == SHEETS, patience=LONG)


def _no_paper(counter: Counter) -> None:
    counter.queue.order("empty")
    try:
        counter.accept()
        counter.paper("stopped")
    finally:
        counter.queue.order("refill")
    counter.paper("done")


def _offline(counter: Counter) -> None:
    counter.queue.order("offline")
    try:
        counter.accept()
        counter.paper("stopped")
    finally:
        counter.queue.order("online")
    counter.paper("done", "unknown")


def _renamed(counter: Counter) -> None:
    counter.queue.admin("lpadmin", "-x", QUEUE)
    try:
        counter.accept()
        time.sleep(2 * AFTERWARDS)
    finally:
        counter.queue.make_queue()


def _cancelled(counter: Counter) -> None:
    counter.queue.slow_down(5)
    try:
        counter.accept()
        counter.paper("printing", "queued")
        counter.queue.admin("cancel", "-a")
        counter.paper("cancelled", "unknown")
    finally:
        counter.queue.slow_down(0)


def _card_goes(counter: Counter) -> None:
    counter.act("new_case")  # the window opens at the case whose print went wrong before
    time.sleep(GLANCE)
    counter.act("read_card")
    time.sleep(AFTERWARDS)
    counter.lifted.place(SAMPLES["resident"])
    counter.ears.wait("error", "card-read")
    time.sleep(AFTERWARDS)
    counter.open_case()


def _hub_goes(counter: Counter) -> None:
    """It stands still with a batch on its way, then it is gone, then it is there again."""
    os.kill(counter.hub.process.pid, signal.SIGSTOP)
    counter.accept()
    time.sleep(AFTERWARDS)
    counter.hub.kill()
    counter.accept()
    counter.hub = counter.hall.open_hub()
    counter.act("new_case")


def _second_start(counter: Counter) -> None:
    counter.open_case()
    second = counter.hall.start_window()
    counter.ears.wait("raised")
    second.process.wait(LONG)


def _unplugged(counter: Counter) -> None:
    counter.open_case()
    width, height = (str(each) for each in SMALL)
    _xrandr(counter, "--newmode", "small", "100", *[width] * 4, *[height] * 4)
    _xrandr(counter, "--addmode", "screen", "small")
    _xrandr(counter, "--output", "screen", "--off")
    time.sleep(1.0)
    _xrandr(counter, "--output", "screen", "--mode", "small")
    time.sleep(AFTERWARDS)
    _xrandr(counter, "--output", "screen", "--auto")


def _pasted(counter: Counter) -> None:
    counter.open_case()
    words = [sys.executable, "-c", CLIPBOARD, str(HUGE)]
    environment = counter.screen.environment()
    with subprocess.Popen(words, env=environment, stdout=subprocess.PIPE, text=True) as clipboard:
        assert clipboard.stdout is not None
        clipboard.stdout.readline()
        for _field in range(4):
            counter.keyboard.press("Ctrl+V")
            time.sleep(0.3)
            counter.keyboard.press("Tab")
        clipboard.kill()


def _full_width_digits(counter: Counter) -> None:
    counter.open_case()
    for _field in range(4):
        counter.keyboard.type(FULL_WIDTH)
        counter.keyboard.press("Tab")


def _pin_forgotten(counter: Counter) -> None:
    counter.act("lock")
    counter.ears.wait("sign-in")
    counter.act("forgotten")
    counter.ears.wait("forgotten")
    counter.keyboard.type(FIRST_NO)
    counter.keyboard.press("Enter")
    counter.keyboard.type(DEMO_PIN)
    time.sleep(AFTERWARDS)
    counter.act("dismiss")
    counter.ears.wait("sign-in")


def _troubles(counter: Counter) -> Iterator[tuple[str, Trouble, Mapping[str, str]]]:
    """What goes wrong, how, and with which hands."""
    slow = "sane:test:0?read-delay=yes&read-delay-duration=200000&test-picture=" + quote("Color pattern")
    printer = {"printer": counter.queue.address}
    yield "no scanner", _scan_fails, {"scanner": "sane:pnm:7"}
    yield "scanner jammed", _scan_fails, {"scanner": f"{QUICK_SCANNER}&fail=jammed:2"}
    yield "feeder empty", _scan_fails, {"scanner": f"{QUICK_SCANNER}&feeder=0"}
    yield "scanner gone in mid-page", _scanner_is_killed, {"scanner": slow}
    yield f"{SHEETS} pages in the feeder", _feeder_is_full, {"scanner": f"{QUICK_SCANNER}&feeder={SHEETS}"}
    yield "printer out of paper", _no_paper, printer
    yield "printer offline", _offline, printer
    yield "printer renamed", _renamed, printer
    yield "print cancelled at the printer", _cancelled, printer
    yield "card removed in mid-read", _card_goes, {"reader_port": counter.lifted.port}
    yield "hub gone with a batch on its way", _hub_goes, {}
    yield "second start", _second_start, {}
    yield "screen unplugged, back smaller", _unplugged, {}
    yield f"{HUGE} characters pasted", _pasted, {}
    yield "full-width digits in a field", _full_width_digits, {}
    yield "PIN forgotten", _pin_forgotten, {}


def rows() -> Iterator[Row]:
    with tempfile.TemporaryDirectory(dir=Path("build")) as folder, _counter(Path(folder)) as counter:
        for words, trouble, hands in _troubles(counter):
            with counter.sitting(hands):
                since = counter.begin()
                trouble(counter)
                time.sleep(AFTERWARDS)
                yield _row(words, counter.longest(since))
        with counter.sitting({}):
            counter.begin()
            yield _row("opened again after a kill, and signed in", counter.longest(0))


@contextmanager
def _counter(folder: Path) -> Iterator[Counter]:
    with ExitStack() as stack:
        screen = stack.enter_context(Screen())
        keyboard = TimedKeyboard(screen.environment())
        keyboard.learn([*words_typed(), FULL_WIDTH])
        queue = stack.enter_context(VirtualQueue(folder / "queue"))
        hall = stack.enter_context(AttackedHall(folder / "hall", screen, real=False))
        sane = folder / "sane"
        sane.mkdir()
        (sane / "dll.conf").write_text("test\npnm\n", encoding="utf-8")
        hall.more["PYTHONDONTWRITEBYTECODE"] = ""  # as on the machines of a hall
        hall.more["SANE_CONFIG_DIR"] = str(sane.resolve())
        hub = hall.open_hub()
        hall.furnish()
        lifted = Simulator(SAMPLES["resident"], [Failure.parse("read:removed*1")], returns_after=0.5)
        yield Counter(hall, screen, queue, keyboard, hub, stack.enter_context(lifted))


def _row(words: str, longest: float) -> Row:
    return row("P11", f"longest block: {words}", longest, LIMIT, "ms", longest / LIMIT, Goal(1.0, at_least=False))


def _children(process: int) -> list[int]:
    """Of whichever of its threads."""
    threads = Path(f"/proc/{process}/task").iterdir()
    return [int(each) for thread in threads for each in (thread / "children").read_text(encoding="ascii").split()]


def _xrandr(counter: Counter, *words: str) -> None:
    subprocess.run(["xrandr", *words], env=counter.screen.environment(), check=False, capture_output=True, timeout=20)
