"""One window on a screen under attack: it is worked by keys, killed, judged, opened again and worked on."""

import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from client.catalogue import load_catalogue
from client.config import load_settings, write_settings
from client.demo.counting import held
from client.demo.ears import Ears
from client.demo.hall import Hall, Voice
from client.errors import CaseError
from client.ports.printer import PrintState
from client.rules.case import State
from client.store.keys import open_key
from client.store.profile import Profile
from tests.attack.checker import at_the_platform, violations
from tests.attack.doomed_clerk import SLOW, DoomedClerk
from tests.attack.ledger import Ledger
from tests.attack.timed_keyboard import TimedKeyboard, WindowDied
from tests.attack.window_judge import GRACE, Left, Losses, short_of_pages, twice_out
from tests.attack.window_story import Step, Typing, hear, last_step, steps_since, typings
from tests.pace import slowness
from yichuang import FrontDoor

LENGTHS: Mapping[str, float] = {
    "opening": 3.0, "people": 4.0, "item": 0.8, "situations": 0.8, "form": 6.0, "scan": 0.8, "decide": 0.5,
    "print": 2.5, "anywhere": 12.0,
}  # fmt: skip
"""Seconds from its beginning in which a part of a case may be cut: about as long as it takes, and a little more."""

OFTEN = frozenset({"scan", "situations"})  # parts that come more than once in a case
ORGANISATIONS = (2, 6, 10)  # cases whose people are typed
CASES = 12
PATIENCE = 6.0  # seconds for a window to be back where it was
SCANNER = "simulated?pace=0.1"
SETTLING = 60.0  # seconds
SETTLED = frozenset({PrintState.DONE, PrintState.UNKNOWN})  # what a death left in doubt waits for a person
STILL = 0.4  # seconds it must stay there
LOOK = 0.02
NEXT = "next"  # the key of the next citizen, on the page after an act


class AttackedHall(Hall):
    """The demo's hall, whose window may be another program."""

    def __init__(self, *args: object, program: str = "yichuang", **more: object) -> None:
        super().__init__(*args, **more)  # type: ignore[arg-type] # as the hall itself takes them
        self.program = program
        self.more: dict[str, str] = {}  # variables of the window's environment

    def furnish(self) -> None:
        """The scanner is a quick one: it is cut in the middle all the same."""
        super().furnish()
        write_settings(self.profile, load_settings(self.profile).model_copy(update={"scanner": SCANNER}))

    def open_window(self) -> Voice:
        self.narration.write_text("", encoding="utf-8")
        return self.start_window()

    def start_window(self) -> Voice:
        """Without silencing the one that may be there."""
        log = self._out / "window.log"
        words = [sys.executable, "-m", self.program, "run", "--profile", str(self.profile)]
        with log.open("a", encoding="utf-8") as errors:
            process = subprocess.Popen(
                [*words, "--narrate", str(self.narration)],
                stdin=subprocess.DEVNULL,
                stderr=errors,
                text=True,
                env={**self._environment(), **self.more},
            )
        self._stack.callback(_end, process)
        return Voice("window", process, log)

    @property
    def key_file(self) -> Path:
        return self._secrets["YICHUANG_KEY_FILE"]


@dataclass
class Death:
    """One kill: what was aimed at, when it came, and where the window stood in the last second of its life."""

    aim: str
    place: int
    at: float = 0.0
    grace: float = GRACE  # seconds of typing it may cost, on this machine as slow as it was then
    steps: set[Step] = field(default_factory=set)
    case_id: int | None = None
    typed: list[Typing] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


class Siege:
    """Lives of windows on one profile. `deaths` counts what they were aimed at."""

    def __init__(self, hall: AttackedHall, keyboard: TimedKeyboard, seed: int) -> None:
        self.hall = hall
        self.keyboard = keyboard
        self.luck = random.Random(seed)
        self.ledger = Ledger()
        self.pages: Counter[tuple[int, str]] = Counter()
        self.sheets: Counter[str] = Counter()
        self.losses = Losses()
        self.deaths: Counter[str] = Counter()
        self.cut: set[str] = set()  # cases in whose act a window died: their paper may not have been asked for
        self._catalogue = load_catalogue()
        self._profile = Profile(hall.profile)
        self._key = open_key(hall.profile, hall.key_file.read_text(encoding="utf-8"))
        self._bomb: threading.Timer | None = None
        self._death: Death | None = None
        self._comings = 0
        self._after: float | None = None
        self._window: Voice | None = None
        self._ears: Ears | None = None
        self._clerk: DoomedClerk | None = None

    def __enter__(self) -> Self:
        self.open()
        return self

    def __exit__(self, *_: object) -> None:
        if self._bomb is not None:
            self._bomb.cancel()
        if self._window is not None:
            self._window.kill()

    @property
    def window(self) -> Voice:
        assert self._window is not None
        return self._window

    @property
    def ears(self) -> Ears:
        assert self._ears is not None
        return self._ears

    @property
    def clerk(self) -> DoomedClerk:
        assert self._clerk is not None
        return self._clerk

    def open(self) -> None:
        """A window, and somebody who signs in."""
        self._window = self.hall.open_window()
        self._ears = Ears(self.hall.narration, self.window.lives, self.window.log)
        self.keyboard.alive = self.window.lives
        self.keyboard.slow = False
        self._reached("opening")
        self._clerk = DoomedClerk(self.keyboard, self.ears, self._reached)
        self.clerk.sign_in()

    def settle(self) -> list[str]:
        """Wait until all is sent and every sheet is out or in doubt, end the window, and compare with the platform."""
        until = time.monotonic() + SETTLING
        while (left := self._unsettled()) and time.monotonic() < until:
            time.sleep(0.5)
        self.window.process.kill()
        self.window.process.wait()
        self._bury()
        return [
            *left,
            *violations(self._profile, self._key, self.ledger),
            *twice_out(self.sheets),
            *at_the_platform(self._profile, self._key, self.hall.hub_store),
        ]

    def _unsettled(self) -> list[str]:
        with FrontDoor().read(str(self.hall.profile)) as house:
            found = held(house)
        moving = [
            f"not settled: a paper of {case['number']} is {paper['print_state']}"
            for case in found["cases"]
            for paper in case["papers"]
            if paper["print_state"] not in (SETTLED | {None} if case["number"] in self.cut else SETTLED)
        ]
        return moving + ([f"not settled: {found['unsent']} not sent"] if found["unsent"] else [])

    def kill_in(self, aim: str, after: float | None = None) -> Death:
        """Take a case until the window dies in that part of it, or `after` so many seconds; what it left is judged."""
        self._after = after
        place = self.luck.choice(ORGANISATIONS) if aim == "people" else self.luck.randint(1, CASES)
        self._death = death = Death(aim, place)
        self._comings = self.luck.randint(1, 3) if aim in OFTEN else 1
        self.keyboard.strokes.clear()
        self._work(death)
        death.grace = GRACE * slowness()
        death.steps = steps_since(self.ears.all, death.at - death.grace)
        death.case_id = last_step(self.ears.all).case
        death.typed = list(typings(self.ears.all, self.keyboard.strokes))
        death.wrong += self._judge(death)
        return death

    def kill_at_opening(self, death: Death) -> None:
        """Open it again, and kill it before or after somebody signed in; nothing more than before may be lost."""
        self._death = Death("opening", death.place)
        self._comings = 1
        with suppress(WindowDied, CaseError):
            self.open()
        self._await_death(self._death)
        death.wrong += self._judge(death)

    def reopen(self, death: Death, patience: float = PATIENCE) -> None:
        """Open it once more and see that it stands where it stood."""
        self.open()
        accepted = self._taken(death) is not None
        until, since = time.monotonic() + patience, 0.0
        while time.monotonic() < until:
            self.ears.forget()
            step = last_step(self.ears.all)
            if step not in death.steps and not (accepted and (step.case, step.focus) == (death.case_id, NEXT)):
                since = 0.0
            elif not since:
                since = time.monotonic()
            elif time.monotonic() - since > STILL:
                return
            time.sleep(LOOK)
        before = "; ".join(map(str, death.steps))
        death.wrong.append(f"another step: {last_step(self.ears.all)}, before it died: {before}")

    def finish(self, death: Death) -> None:
        """Have the case accepted, unless it was."""
        if self._taken(death) is not None:
            return
        case_id = last_step(self.ears.all).case
        there = case_id is not None and case_id not in self.ledger.accepted  # else it stands where the one before ended
        try:
            self.clerk.finish(death.place, on_the_table=there)
        except CaseError as error:
            death.wrong.append(f"not finished: {error}")

    def _taken(self, death: Death) -> str | None:
        """Number of the case that was on the table, if it was accepted."""
        found = death.case_id and self.ledger.accepted.get(death.case_id)
        if found:
            return found
        with FrontDoor().read(str(self.hall.profile)) as house:
            left = Left.read(house.counter, death.case_id)
        return left.case.number if left.case is not None and left.case.state is State.ACCEPTED else None

    def _work(self, death: Death) -> None:
        try:
            self.clerk.begin(death.place)
        except WindowDied:
            pass
        except CaseError as error:
            if self.window.lives():
                death.wrong.append(f"the clerk was stuck: {error}")
        if self._bomb is None:  # it never came there
            self._light(0.0)
        self._await_death(death)

    def _await_death(self, death: Death) -> None:
        assert self._bomb is not None
        self._bomb.join()
        self._bomb = self._death = None
        status = self.window.process.wait(10)
        last_words = self.window.log.read_text(encoding="utf-8")[-2000:]
        assert status == -signal.SIGKILL, f"ended by itself with {status}: {last_words}"
        self.deaths[death.aim] += 1
        self._bury()

    def _bury(self) -> None:
        """Hear its last words, and take away what it printed."""
        if self._ears is not None:
            self.ears.forget()
            hear(self.ledger, self.pages, self.ears.all)
        for page in sorted((self.hall.profile / "printed").glob("*.pdf")):
            self.sheets[page.stem.partition("-")[2]] += 1
            page.unlink()

    def _judge(self, death: Death) -> list[str]:
        example = self._catalogue.example(self.clerk.item(death.place))
        with FrontDoor().read(str(self.hall.profile)) as house:
            left = Left.read(house.counter, death.case_id)
            self.cut |= {left.case.number} if left.case is not None and left.case.number else set()
            wrong = [*self.losses.judge(left, death.typed, example, death.at, death.grace)]
            wrong += short_of_pages(house.counter, self.pages)
        return [*violations(self._profile, self._key, self.ledger), *wrong, *twice_out(self.sheets)]

    def _reached(self, part: str) -> None:
        """Light the bomb when its part begins."""
        death = self._death
        if death is None or self._bomb is not None or part != death.aim:
            return
        self._comings -= 1
        if self._comings <= 0:
            self.keyboard.slow = part in SLOW
            self._light(self.luck.uniform(0, LENGTHS[part]) if self._after is None else self._after)

    def _light(self, seconds: float) -> None:
        self._bomb = threading.Timer(seconds, self._kill)
        self._bomb.start()

    def _kill(self) -> None:
        assert self._death is not None
        self._death.at = time.monotonic()
        self.window.process.kill()


def _end(process: "subprocess.Popen[str]") -> None:
    process.kill()
    process.wait()
