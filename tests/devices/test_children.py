"""A child that is killed, hangs, babbles, grows, is never heard: what comes of it is told, and the next job works."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import psutil
import pytest

from client.errors import DeviceError, DeviceState, Fault
from devices.children import supervised
from devices.children.answers import GarbledError
from devices.children.inside import ORPHANED
from devices.children.process import SilentError
from devices.children.supervised import ChildFaults, Limits, Supervised
from tests.bounded import bounded

ENDED, GARBLED, SILENT = (Fault(f"DEV-{number}", "{device}", "") for number in (1, 2, 3))
RESTING = Fault("DEV-4", "{device}", "{seconds}")
FAULTS = ChildFaults(ENDED, GARBLED, SILENT, RESTING)
LOST = {
    "die": (DeviceState.UNREADABLE, ENDED),
    "babble": (DeviceState.UNREADABLE, GARBLED),
    "hang": (DeviceState.TIMED_OUT, SILENT),
}
CHILD = """
import os, sys, time
from devices.children import inside
voice, kept = inside.own_voice(), []
for asked in inside.questions():
    do, job = asked["do"], asked["job"]
    if do == "die":
        os.write(2, b"a library fell over")
        os._exit(7)
    if do == "hang":
        time.sleep(60)
    if do == "grow":
        kept.append(b"x" * (64 << 20))
    if do == "print":
        print("a library prints", flush=True)
    if do == "fork":
        os.write(2, str(os.spawnlp(os.P_NOWAIT, "sleep", "sleep", "60")).encode())
    content = b"y" * (1 << 20) if do == "much" else b""
    words = inside.line({"job": job, "length": len(content)})
    inside.say(voice, b"no line of ours\\n" if do == "babble" else words, content)
"""
COMMAND = (sys.executable, "-S", "-c", CHILD)  # no packages: the child's side is the standard library's


@dataclass(frozen=True)
class Answer:
    job: int
    length: int


def parse(line: bytes) -> Answer:
    job, length = (int(word.rpartition(b":")[2]) for word in line.strip(b"{}").split(b","))
    return Answer(job, length)


@contextmanager
def supervising(limits: Limits | None = None, command: tuple[str, ...] = COMMAND) -> Iterator[Supervised[Answer]]:
    made = Supervised("读卡器", "test process", command, parse, FAULTS, limits)
    try:
        yield made
    finally:
        made.stop()


def ask(made: Supervised[Answer], do: str, job: int = 1, patience: float = 20.0) -> bytes:
    with made.watched() as child:
        child.ask(f'{{"do": "{do}", "job": {job}}}\n'.encode())
        heard = child.answer(job, patience, patience / 2)
        if heard is None:
            raise SilentError
        return heard[1]


def failure_of(made: Supervised[Answer], do: str, patience: float = 20.0) -> tuple[DeviceState, Fault]:
    with pytest.raises(DeviceError) as caught:
        ask(made, do, patience=patience)
    return caught.value.state, caught.value.fault


def test_one_child_answers_again_and_again() -> None:
    with supervising() as made:
        assert ask(made, "answer") == b""
        first = made.process_id
        assert ask(made, "much", 2) == b"y" * (1 << 20), "however many pieces it takes"
        assert ask(made, "print", 3) == b"", "what a library prints is not among the answers"
        assert made.process_id == first


@pytest.mark.expected_warnings("child lost")
@pytest.mark.parametrize("how", list(LOST))
def test_what_a_child_does_is_told_and_the_next_job_works(how: str) -> None:
    with supervising() as made:
        ask(made, "answer")  # it has started: patience is for the answer alone
        assert failure_of(made, how, 0.3 if how == "hang" else 20.0) == LOST[how]
        assert made.process_id is None
        assert ask(made, "answer", 2) == b""


@pytest.mark.expected_warnings("child lost.*told='a library fell over'")
def test_it_is_logged_once_down_and_once_back(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    with supervising(Limits(free=3, losses=5)) as made:
        for _ in range(3):
            failure_of(made, "die")
        ask(made, "answer")
        ask(made, "answer", 2)
    said = [record.getMessage() for record in caplog.records if "child" in record.getMessage()]
    assert [line.partition(" of=")[0] for line in said] == ["event='child lost'", "event='child back'"]
    assert "lost=3" in said[1]


@pytest.mark.expected_warnings("child lost")
def test_three_losses_in_a_minute_are_given_rest() -> None:
    """Whatever went well between: such a library is no help to anybody."""
    with supervising() as made:
        for _ in range(3):
            assert failure_of(made, "die") == LOST["die"]
            if len(made._lately) < 3:
                ask(made, "answer")
        with pytest.raises(DeviceError) as caught:
            ask(made, "answer")
        assert (caught.value.state, caught.value.fault) == (DeviceState.BUSY, RESTING)
        assert caught.value.parameters["seconds"] == 30
        assert made.process_id is None, "none is started meanwhile"
        made._rested_at -= 31
        ask(made, "answer")


@pytest.mark.expected_warnings("child lost")
def test_losses_far_from_each_other_want_no_rest() -> None:
    with supervising() as made:
        for _ in range(3):
            assert failure_of(made, "die") == LOST["die"]
            made._lately.append(made._lately.pop() - 61)
            ask(made, "answer")


@pytest.mark.expected_warnings("child lost")
def test_losses_in_a_row_wait_a_chance_part_of_a_time_that_doubles(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervised, "random", lambda: 0.5)
    with supervising(Limits(losses=99), (sys.executable + ".gone",)) as made:
        rests = []
        for _ in range(9):
            assert failure_of(made, "answer") == LOST["die"]
            rests.append(made._rest())
            made._rested_at = 0.0
    assert rests == [0.0, 0.5, 1.0, 2.0, 4.0, 8.0, 15.0, 15.0, 15.0]


def test_a_child_that_grew_is_replaced_between_two_questions(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    with supervising(Limits(memory=60 << 20)) as made:
        ask(made, "answer")
        first = made.process_id
        made.freshen()
        assert made.process_id == first
        ask(made, "grow", 3)
        made.freshen()
        ask(made, "answer", 4)
        assert made.process_id != first
        assert first is not None
        assert not psutil.pid_exists(first)
    assert "it had grown" in caplog.text


def test_a_childs_answers_that_nobody_hears_do_not_hold_its_end() -> None:
    with supervising() as made:
        with made.watched() as child:
            for job in range(5):
                child.ask(f'{{"do": "much", "job": {job}}}\n'.encode())
            assert child.hear(20.0)
            time.sleep(0.2)  # until pipe and queue are full
        begun = time.monotonic()
        made.discard()
        assert time.monotonic() - begun < 1.0


def test_of_what_nobody_hears_little_is_held() -> None:
    with supervising() as made, made.watched() as child:
        for job in range(9):
            child.ask(f'{{"do": "much", "job": {job}}}\n'.encode())
        assert child.hear(20.0)
        time.sleep(0.1)
        assert child._pieces.qsize() <= 2
        for _ in range(8):
            assert child.hear(20.0)


def test_what_a_child_said_before_its_end_is_heard_first() -> None:
    program = "import os; os.write(1, b'no line of ours\\n'); os._exit(0)"
    with supervising(command=(sys.executable, "-S", "-c", program)) as made, made.watched() as child:
        while child.is_alive:
            time.sleep(0.01)
        child.ask(b"{}\n")
        with pytest.raises(GarbledError):
            child.hear(5.0)


def test_an_answer_to_a_job_given_up_is_passed_over() -> None:
    with supervising() as made, made.watched() as child:
        child.ask(b'{"do": "much", "job": 1}\n{"do": "answer", "job": 2}\n')
        assert child.answer(2, 20.0, 20.0) is None
        assert child.answer(2, 20.0, 20.0) == (Answer(2, 0), b"")


@pytest.mark.parametrize("end", [Supervised.discard, Supervised.stop])
def test_what_a_library_started_by_itself_ends_with_its_child(end: Callable[[Supervised[Answer]], None]) -> None:
    with supervising() as made:
        ask(made, "fork")
        assert made.process_id is not None
        (started,) = psutil.Process(made.process_id).children()
        end(made)
        started.wait(5.0)


def test_a_child_whose_library_hangs_ends_by_itself_when_the_window_is_gone() -> None:
    with bounded(subprocess.Popen(COMMAND, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)) as child:
        child.communicate(b'{"do": "hang", "job": 1}\n', timeout=15)
        assert child.returncode == ORPHANED


def test_a_child_that_is_idle_ends_with_its_input() -> None:
    with bounded(subprocess.Popen(COMMAND, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)) as child:
        child.communicate(b'{"do": "answer", "job": 1}\n', timeout=15)
        assert child.returncode == 0
