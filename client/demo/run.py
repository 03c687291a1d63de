"""One run of the demo: cases by keys at the real window, through an outage and a kill, then a count."""

import json
import platform
import random
import statistics
import threading
import time
from collections import Counter
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from client.console import Console
from client.demo.clerk import ScreenClerk, Taken, words_typed
from client.demo.counting import Count
from client.demo.ears import Ears
from client.demo.hall import Hall, Voice
from client.demo.keyboard import Keyboard
from client.demo.people import FIRST_NO
from client.demo.plan import Plan
from client.demo.screen import Screen
from client.errors import CaseError, Fault
from client.ports.printer import PrintState
from client.rules.case import State
from client.text import tr

LONGEST_CASE = 6.0  # seconds: the window is killed somewhere in the first of them
SETTLING = 120.0  # seconds for the platform to have everything, and the printer to be done
LOOK = 0.5
UNDERWAY = frozenset({PrintState.ASKED, PrintState.QUEUED, PrintState.SENDING, PrintState.PRINTING})
PAINTED = 0.6  # seconds until what was decided is on the screen

SEEN = tr("—— 打印中断的一份：看过打印机，已经打出 ——")
NOT_SEEN = tr("—— 打印中断的一份：看过打印机，没有打出，补打 ——")

CASES_LOST = Fault("CASE-403", tr("有 {count} 件已受理的办件丢失"), tr("这是程序的严重缺陷，请保留现场并报告"))


def run_demo(plan: Plan, out: Path, console: Console, *, real: bool) -> dict[str, object]:
    """Take `plan.cases` cases through the outage and the kill, then count; writes and returns the summary."""
    began = time.monotonic()
    out.mkdir(parents=True, exist_ok=True)
    with Screen() as screen, Hall(out, screen, real=real) as hall:
        summary = Run(hall, screen, plan, console, out / "screens", real=real).through()
    summary |= {"seconds": round(time.monotonic() - began, 1), "versions": _versions()}
    (out / "summary.json").write_text(json.dumps(summary, ensure_ascii=False, indent=2), encoding="utf-8")
    return summary


class Run:
    """One run of a plan in an open hall. `told` are the numbers the window has acknowledged."""

    def __init__(self, hall: Hall, screen: Screen, plan: Plan, console: Console, pictures: Path, *, real: bool) -> None:
        self._hall = hall
        self._flatbed = real  # SANE's device here has no feeder: said once, the window remembers
        self._screen = screen
        self._plan = plan
        self._console = console
        self._pictures = pictures
        self._keyboard = Keyboard(screen.environment())
        self._keyboard.learn(words_typed())
        self._hub = hall.open_hub()
        hall.furnish()
        self._told: list[str] = []
        self._keys: list[int] = []
        self._longest_block = 0.0
        self._window, self._clerk = self._sit_down()
        console.progress(tr("演示大厅已开，平台") + f" {hall.hub_url}")

    def through(self) -> dict[str, object]:
        killed = False
        while len(self._told) < self._plan.cases:
            place = len(self._told) + 1
            if place == self._plan.down_from and self._hub.lives():
                self._hub.kill()
                self._console.progress(tr("—— 平台断开 ——"))
            if place == self._plan.killed_at and not killed:
                killed = True
                self._take_through_a_kill(place)
            else:
                self._take(place)
            if len(self._told) == self._plan.down_to:
                self._hub = self._hall.open_hub()
                self._console.progress(tr("—— 平台恢复 ——"))
        held = self._settled()
        self._clerk.give_place_to(FIRST_NO)  # who has every page
        for name in self._clerk.pages():
            time.sleep(PAINTED)
            self._screen.shoot(self._pictures / f"{name}.png")
        self._leave()
        return self._count(held)

    def _take(self, place: int) -> None:
        before = self._keyboard.pressed
        taken = self._clerk.take(place, self._shoot_intake if place == 1 else None)
        self._keys.append(self._keyboard.pressed - before)
        self._tell(place, taken)
        if place == 1:
            time.sleep(PAINTED)
            self._screen.shoot(self._pictures / "done.png")

    def _shoot_intake(self) -> None:
        time.sleep(PAINTED)
        self._screen.shoot(self._pictures / "gathered.png")

    def _leave(self) -> None:
        self._longest_block = max(self._longest_block, self._clerk.longest_block())

    def _take_through_a_kill(self, place: int) -> None:
        """The window dies (-9) somewhere inside this case; whoever sits there opens it again and goes on."""
        bomb = self._bomb(self._window)
        bomb.start()
        try:
            taken: Taken | None = self._clerk.take(place)
        except CaseError:
            taken = None
        bomb.join()
        self._leave()
        told = [*self._told, *([taken.number] if taken else [])]
        self._window, self._clerk = self._sit_down()
        held = self._hall.ask("cases", "--profile", str(self._hall.profile))
        kept = [case["number"] for case in held if case["state"] == State.ACCEPTED]
        if lost := set(told) - set(kept):
            raise CaseError(CASES_LOST, count=len(lost))
        self._console.progress(tr("—— 窗口被强行结束后重新打开，已受理的办件都在 ——"))
        before_death = [number for number in kept if number not in self._told]
        if before_death:  # it was accepted, and nobody could be told
            self._tell(place, Taken(before_death[0], self._clerk.item(place).name))
        elif len(held) > len(kept):
            self._tell(place, self._clerk.go_on(place))
        else:
            self._tell(place, self._clerk.take(place))
        self._look_at_the_printer()

    def _bomb(self, window: Voice) -> threading.Thread:
        """What kills it once it is started."""
        return threading.Timer(random.uniform(1, LONGEST_CASE), window.kill)  # noqa: S311 - an instant, not a secret

    def _look_at_the_printer(self) -> None:
        """Of what was being printed when the window died nobody knows whether it came out: a person looks and says."""
        until = time.monotonic() + SETTLING
        while time.monotonic() < until:
            prints = self._prints()
            if UNDERWAY.intersection(prints):
                time.sleep(LOOK)
            elif prints[PrintState.UNKNOWN]:
                came_out = self._hall.sheets > prints[PrintState.DONE]
                self._clerk.settle_print(came_out=came_out)
                self._console.progress(SEEN if came_out else NOT_SEEN)
            else:
                return

    def _prints(self) -> Counter[str | None]:
        """How the newest print of each paper stands, as the window holds it."""
        held = self._hall.ask("demo-count", "--profile", str(self._hall.profile))
        return Counter(paper["print_state"] for case in held["cases"] for paper in case["papers"])

    def _sit_down(self) -> tuple[Voice, ScreenClerk]:
        window = self._hall.open_window()
        ears = Ears(self._hall.narration, window.lives, window.log)
        clerk = ScreenClerk(self._keyboard, ears, flatbed=self._flatbed)
        clerk.sign_in()
        self._flatbed = False
        return window, clerk

    def _tell(self, place: int, taken: Taken) -> None:
        self._told.append(taken.number)
        sent = tr("上传中") if self._hub.lives() else tr("待上传（平台断开）")
        self._console.progress(f"{place:>3}  {taken.number}  {taken.item}  {sent}")

    def _settled(self) -> Any:  # noqa: ANN401 - the document of demo-count
        """What the window holds once the platform has all of it and the printer is done, or patience ends."""
        until = time.monotonic() + SETTLING
        while True:
            held = self._hall.ask("demo-count", "--profile", str(self._hall.profile))
            summary = Count(self._told, held, []).summary()
            if (not held["unsent"] and summary["printed"] == summary["accepted"]) or time.monotonic() > until:
                return held
            time.sleep(LOOK)

    def _count(self, held: Any) -> dict[str, object]:  # noqa: ANN401 - see _settled
        platform_cases = self._hall.ask("hub", "cases", "--store", self._hall.hub_store)
        return {
            **Count(self._told, held, platform_cases).summary(),
            "sheets": self._hall.sheets,
            "keys_per_case": _spread(self._keys),
            "longest_gui_block_ms": self._longest_block,
        }


def _spread(keys: Sequence[int]) -> dict[str, int]:
    """Of the cases no kill came into."""
    known = keys or [0]
    return {"median": round(statistics.median(known)), "least": min(known), "most": max(known)}


def _versions() -> dict[str, str]:
    return {"yichuang": version("yichuang"), "python": platform.python_version(), "system": platform.platform()}
