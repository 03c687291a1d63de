"""A window whose screen is unplugged, comes back smaller or is scaled, or that is started twice: it works on."""

import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from client.demo.clerk import words_typed
from client.demo.ears import Ears
from client.demo.screen import SIZE, SMALL, Screen
from tests.attack.doomed_clerk import DoomedClerk
from tests.attack.timed_keyboard import TimedKeyboard
from tests.attack.window_siege import AttackedHall
from ui.theme.tokens import load_tokens

CASE = 4  # of the shortest form
PAINTED = 0.8  # seconds
AT_ONCE = 5.0  # seconds, on a machine with much to do
BAR = 0.8  # of the window's height: what is below is the bar of acts and the strip
MAIN_ACT = 1_500  # pixels of the main act's ground that must be in sight


@pytest.fixture(scope="module")
def screen() -> Iterator[Screen]:
    """One of its own: it is unplugged."""
    with Screen() as screen:
        yield screen


@pytest.fixture(scope="module")
def keyboard(screen: Screen) -> TimedKeyboard:
    keyboard = TimedKeyboard(screen.environment())
    keyboard.learn(words_typed())
    return keyboard


@pytest.fixture(scope="module")
def hall(screen: Screen, tmp_path_factory: pytest.TempPathFactory) -> Iterator[AttackedHall]:
    with AttackedHall(tmp_path_factory.mktemp("hall"), screen, real=False) as hall:
        hall.hub_url = "http://127.0.0.1:9"  # nobody there
        hall.furnish()
        yield hall


class Sitting:
    """A window, and somebody at it with a case that wants its form and its materials."""

    def __init__(self, hall: AttackedHall, keyboard: TimedKeyboard) -> None:
        self.window = hall.open_window()
        self.ears = Ears(hall.narration, self.window.lives, self.window.log)
        self.clerk = DoomedClerk(keyboard, self.ears, lambda _part: None)

    def begin(self) -> None:
        self.clerk.sign_in()
        self.clerk.open_case(CASE)

    def end(self) -> None:
        self.window.kill()


@pytest.fixture
def sitting(hall: AttackedHall, keyboard: TimedKeyboard) -> Iterator[Sitting]:
    sitting = Sitting(hall, keyboard)
    yield sitting
    sitting.end()


@pytest.fixture
def enlarged(hall: AttackedHall) -> Iterator[None]:
    hall.more["QT_SCALE_FACTOR"] = "1.25"
    yield
    hall.more.clear()


def test_a_second_start_raises_the_first_and_ends(hall: AttackedHall, sitting: Sitting) -> None:
    sitting.begin()
    second = hall.start_window()
    assert sitting.ears.wait("raised")
    assert second.process.wait(AT_ONCE) == 0
    assert sitting.window.lives()
    sitting.clerk.scan()


@pytest.mark.usefixtures("enlarged")
def test_on_a_screen_of_125_percent_the_main_act_is_in_sight(sitting: Sitting, screen: Screen, tmp_path: Path) -> None:
    sitting.begin()
    assert _main_act(screen, tmp_path / "enlarged.png", SIZE) > MAIN_ACT
    assert sitting.clerk.finish(CASE, on_the_table=True).number


def test_a_screen_that_is_unplugged_and_comes_back_smaller_loses_nothing(
    sitting: Sitting, screen: Screen, tmp_path: Path
) -> None:
    sitting.begin()
    width, height = SMALL
    mode = [str(each) for each in ("small", 100, *[width] * 4, *[height] * 4)]
    _xrandr(screen, "--newmode", *mode)
    _xrandr(screen, "--addmode", "screen", "small")
    _xrandr(screen, "--output", "screen", "--off", well=False)  # it is off, and xrandr would have nothing left
    time.sleep(PAINTED)
    assert sitting.window.lives()
    _xrandr(screen, "--output", "screen", "--mode", "small")
    time.sleep(PAINTED)
    assert _main_act(screen, tmp_path / "small.png", SMALL) > MAIN_ACT
    assert sitting.clerk.finish(CASE, on_the_table=True).number


def _xrandr(screen: Screen, *words: str, well: bool = True) -> None:
    subprocess.run(["xrandr", *words], env=screen.environment(), check=well, capture_output=True, timeout=20)


def _main_act(screen: Screen, path: Path, size: tuple[int, int]) -> int:
    """Pixels of the main act's ground, while it cannot be done, at the bottom of what is in sight."""
    time.sleep(PAINTED)
    screen.shoot(path)
    colour = load_tokens().colour("brand_off").lstrip("#")
    wanted = tuple(bytes.fromhex(colour))
    with Image.open(path) as whole:
        assert whole.size == size
        bar = whole.convert("RGB").crop((0, round(size[1] * BAR), *size))
        return sum(count for count, found in bar.getcolors(1 << 20) or () if found == wanted)
