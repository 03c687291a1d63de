"""Pages made in steps: keys are heard between them, and nobody is brought to a page they left."""

from collections.abc import Generator
from pathlib import Path
from typing import Self, cast

import pytest
from pytestqt.qtbot import QtBot

from tests.desk.counter import Blank
from tests.ui.doors import OwnDoor
from tests.ui.frame import Frame, opened, staffed
from ui.page import Page
from ui.seat import Seat
from ui.shell import Shell

NOBODY = cast("Seat", None)


class Slow(Page):
    name, icon, place_name = "慢页", "cases", "slow"
    steps = 0

    @classmethod
    def making(cls, seat: Seat) -> Generator[None, None, Self]:
        for _ in range(3):
            cls.steps += 1
            yield
        return cls(seat)


class Quick(Page):
    name, icon, place_name = "快页", "cases", "quick"


@pytest.fixture
def door(blank: Blank, tmp_path: Path) -> OwnDoor:
    Slow.steps = 0
    return staffed(blank, tmp_path / "own")


def seat(frame: Frame) -> Shell:
    frame.asked()
    frame.shell.seat_pages((Slow, Quick), lambda kind: kind.making(NOBODY))
    frame.shell._idle.stop()
    return frame.shell


def test_a_page_comes_when_all_its_steps_are_made(qtbot: QtBot, door: OwnDoor) -> None:
    with opened(door, qtbot) as frame:
        shell, ready = seat(frame), list[int]()
        shell.make_ready("slow", lambda: ready.append(Slow.steps))
        assert (Slow.steps, ready) == (0, [])
        frame.settle()
        assert (ready, [type(page) for page in shell.pages]) == ([3], [Slow])


def test_a_page_wanted_at_once_is_made_to_its_end_and_only_once(qtbot: QtBot, door: OwnDoor) -> None:
    with opened(door, qtbot) as frame:
        shell, ready = seat(frame), list[str]()
        shell.make_ready("slow", lambda: ready.append("ready"))
        shell.choose(0)
        assert (Slow.steps, type(shell.page)) == (3, Slow)
        frame.settle()
        assert (ready, Slow.steps, len(shell.pages)) == (["ready"], 3, 1)


def test_nobody_is_brought_to_a_page_of_whoever_left(qtbot: QtBot, door: OwnDoor) -> None:
    with opened(door, qtbot) as frame:
        shell, ready = seat(frame), list[str]()
        shell.make_ready("slow", lambda: ready.append("ready"))
        shell.unseat()
        frame.settle()
        assert (ready, shell.pages, shell.page) == ([], [], None)


def test_the_other_pages_are_made_while_nothing_else_is_done(qtbot: QtBot, door: OwnDoor) -> None:
    with opened(door, qtbot) as frame:
        shell = seat(frame)
        shell._idle.start(0)
        qtbot.waitUntil(lambda: [type(page) for page in shell.pages] == [Slow, Quick], timeout=5_000)
        assert shell.page is None
