"""The window itself killed -9 at random instants of a case that is worked by keys: it reopens on the same step."""

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

import pytest

from client.demo.clerk import words_typed
from client.demo.screen import Screen
from tests.attack.soak import SEED, Tally
from tests.attack.timed_keyboard import TimedKeyboard
from tests.attack.window_judge import GRACE, twice_out
from tests.attack.window_siege import AttackedHall, Siege
from tests.pace import slowness

AIMS = ("form", "scan", "decide", "people", "print", "item", "form", "situations", "anywhere", "people")
OVERHEARING = Path(__file__).parent / "overhearing"
AGAIN = 3  # every third window is killed once more while it opens


@pytest.fixture(scope="module")
def screen() -> Iterator[Screen]:
    with Screen() as screen:
        yield screen


@pytest.fixture(scope="module")
def keyboard(screen: Screen) -> TimedKeyboard:
    keyboard = TimedKeyboard(screen.environment())
    keyboard.learn(words_typed())
    return keyboard


def test_a_killed_window_reopens_on_the_same_step_and_the_case_is_accepted_once(
    screen: Screen, keyboard: TimedKeyboard, tally: Tally, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    attack = tally.attack("R1 window")
    for seed, kills, folder in attack.sieges(tmp_path):
        with AttackedHall(folder, screen, real=False) as hall:
            monkeypatch.setenv("YICHUANG_KEY_FILE", str(hall.key_file))
            hall.open_hub()
            hall.furnish()
            hall.more |= overhearing(overheard := folder / "overheard.txt")
            with Siege(hall, keyboard, seed) as siege:
                wrong = _withstand(siege, kills)
                wrong += siege.settle()
        wrong += [f"loaded beside the screen's thread: {each}" for each in overheard.read_text("utf-8").splitlines()]
        losses = siege.losses
        attack.faults += siege.deaths.total()
        sys.stdout.write(
            f"seed {seed}: {siege.deaths.total()} kills {dict(siege.deaths)}, {len(siege.ledger.accepted)} accepted, "
            f"{losses.checked} characters looked for, at most {losses.most:.0f} ms of typing lost\n"
        )
        attack.judge(wrong, f"seed {seed}")


def test_a_window_that_forgets_what_is_typed_is_caught(
    screen: Screen, keyboard: TimedKeyboard, tally: Tally, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control arm: the same judge, and a window broken on purpose."""
    with AttackedHall(tmp_path, screen, real=False, program="tests.attack.forgetful") as hall:
        monkeypatch.setenv("YICHUANG_KEY_FILE", str(hall.key_file))
        hall.hub_url = "http://127.0.0.1:9"
        hall.furnish()
        with Siege(hall, keyboard, SEED) as siege:
            death = siege.kill_in("form", after=3 * GRACE * slowness())
            siege.reopen(death, patience=2 * GRACE)
    assert any(each.startswith("lost typing") for each in death.wrong), death
    assert any(each.startswith("another step") for each in death.wrong), death
    tally.attack("R1 window").caught()


def test_what_a_lane_loads_of_qt_is_overheard(tmp_path: Path) -> None:
    """The control of that: a thread that loads a page, beside one that was loaded by the screen's own."""
    program = (
        "import threading, ui.keys\n"
        "lane = threading.Thread(target=lambda: __import__('ui.tasks'), name='lane')\n"
        "lane.start(); lane.join()"
    )
    overheard = tmp_path / "overheard.txt"
    environment = {**os.environ, **overhearing(overheard)}
    subprocess.run([sys.executable, "-c", program], env=environment, check=True, timeout=60)
    told = overheard.read_text("utf-8").splitlines()
    assert "ui.tasks by lane" in told
    assert not any(each.startswith("ui.keys") for each in told)


def test_a_sheet_that_came_twice_without_its_mark_is_named() -> None:
    assert list(twice_out(Counter({"1 受理通知书": 2, "2 受理通知书": 1, "1 受理通知书 补打1": 2}))) == [
        "printed 2 times: 1 受理通知书"
    ]


def overhearing(into: Path) -> dict[str, str]:
    """Variables of a window in which what is loaded of Qt beside the screen's thread is written down in `into`."""
    into.touch()
    found = [str(OVERHEARING), *filter(None, [os.environ.get("PYTHONPATH")])]
    return {"OVERHEARD": str(into), "PYTHONPATH": os.pathsep.join(found)}


def _withstand(siege: Siege, kills: int) -> list[str]:
    """Kill it in every part of a case by turns; what was wrong, in sentences."""
    wrong: list[str] = []
    for turn, aim in enumerate(cycle(AIMS)):
        if siege.deaths.total() >= kills:
            break
        death = siege.kill_in(aim)
        if turn % AGAIN == 1 and siege.deaths.total() < kills:
            siege.kill_at_opening(death)
        siege.reopen(death)
        siege.finish(death)
        wrong += [f"turn {turn}, killed in {aim} of case {death.place}: {each}" for each in death.wrong]
    return wrong
