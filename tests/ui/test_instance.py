"""One window a profile: a second start, a process of its own, brings the first to the front."""

import subprocess
import sys
import time

import pytest
from PySide6.QtCore import QObject
from PySide6.QtNetwork import QLocalServer
from pytestqt.qtbot import QtBot

from ui.instance import RAISE, FirstInstance, SecondInstance

NAME = "yichuang-test-instance"
SECOND = """
import sys
from PySide6.QtCore import QCoreApplication, QTimer
from ui.instance import SecondInstance
app = QCoreApplication([])
SecondInstance(sys.argv[1], app.quit, app)
QTimer.singleShot(10_000, lambda: app.exit(1))
sys.exit(app.exec())
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
    parent, raised = QObject(), list[int]()
    SecondInstance("yichuang-test-nobody", lambda: raised.append(1), parent)
    qtbot.wait(100)
    assert raised == []


def test_a_window_that_does_not_answer_yet_is_not_waited_for(qtbot: QtBot) -> None:
    server, parent, raised = QLocalServer(), QObject(), list[int]()
    QLocalServer.removeServer(NAME)
    assert server.listen(NAME)
    before = time.monotonic()
    SecondInstance(NAME, lambda: raised.append(1), parent)
    assert time.monotonic() - before < 0.5
    qtbot.waitUntil(server.hasPendingConnections, timeout=10_000)
    answering = server.nextPendingConnection()
    qtbot.waitUntil(lambda: bytes(answering.readAll().data()) == RAISE, timeout=10_000)
    assert raised == []
    answering.write(b"raised\n")
    qtbot.waitUntil(lambda: raised == [1], timeout=10_000)
    server.close()


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
