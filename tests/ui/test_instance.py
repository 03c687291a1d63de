"""One window a profile: a second start, a process of its own, brings the first to the front."""

import subprocess
import sys

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from ui.instance import FirstInstance, raise_first

NAME = "yichuang-test-instance"
SECOND = """
import sys
from PySide6.QtCore import QCoreApplication
from ui.instance import raise_first
app = QCoreApplication([])
sys.exit(0 if raise_first(sys.argv[1]) else 1)
"""


def second_start(qtbot: QtBot, name: str) -> int:
    process = subprocess.Popen([sys.executable, "-c", SECOND, name])
    try:
        qtbot.waitUntil(lambda: process.poll() is not None, timeout=20_000)
    finally:
        process.kill()
        process.wait()
    return process.returncode


def test_a_second_start_raises_the_first_and_learns_that_it_did(qtbot: QtBot) -> None:
    raised: list[int] = []
    parent = QObject()
    first = FirstInstance(NAME, lambda: raised.append(1), parent)
    assert second_start(qtbot, NAME) == 0
    assert raised == [1]
    first.deleteLater()


def test_where_no_window_listens_nothing_is_raised(qtbot: QtBot) -> None:
    assert not raise_first("yichuang-test-nobody")


def test_the_name_of_a_window_that_was_killed_is_taken_over(qtbot: QtBot) -> None:
    parent, raised = QObject(), list[str]()
    left = FirstInstance(NAME, lambda: raised.append("old"), parent)
    fresh = FirstInstance(NAME, lambda: raised.append("new"), parent)
    assert second_start(qtbot, NAME) == 0
    assert raised == ["new"]
    for each in (left, fresh):
        each.deleteLater()


@pytest.mark.expected_warnings("no second start will find this window")
def test_a_name_nobody_can_listen_at_is_logged(qtbot: QtBot) -> None:
    parent = QObject()
    FirstInstance("/no/such/folder/" + NAME, lambda: None, parent)
