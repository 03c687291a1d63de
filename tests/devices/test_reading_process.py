"""Pages read by a process that can be ended: it goes when nobody needs it, when it is stuck, and with the window."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from io import BytesIO
from types import SimpleNamespace

import psutil
import pytest

from client.errors import Cancelled, CaseError, DeviceError
from client.ports.pages import WHOLE, Part, Picture
from client.ports.reading import PageReader
from client.program import own_program
from client.rules.suggestions import Box, Line, suggestions
from devices.pages import faults
from devices.pages.reading import Reader
from devices.pages.reading_child import answer_all
from devices.pages.reading_messages import PRINT, Answer, Question
from devices.pages.reading_process import ReadingProcess
from tests.devices.forms import VALUES, form_page

ALONE = """
import socket, sys
def refused(*_, **__): raise OSError("no network")
socket.socket.connect = socket.socket.connect_ex = socket.getaddrinfo = refused
from devices.pages.reading_child import serve
assert "rapidocr" not in sys.modules
serve()
"""
GARBAGE = "print('garbage', flush=True)"
NO_PRINT = "print(Answer(job=question.job, length=1).model_dump_json(), end=chr(10) + '?', flush=True)"
PAGES = ((3, b"good"), (4, b"bad"), (7, b""))
STAND_IN = """
import sys, time
from client.rules.suggestions import Box, Line
from devices.pages.reading_messages import PRINT, Answer, Question
while asked := sys.stdin.buffer.readline():
    question = Question.model_validate_json(asked)
    content = sys.stdin.buffer.read(question.length)
    {act}
    told = PRINT.dump_json((Line(content.decode(), Box(1, 2, 3, 4), 0.5),))
    print(Answer(job=question.job, length=len(told)).model_dump_json(), told.decode(), sep=chr(10), end="", flush=True)
"""


@contextmanager
def reading(act: str = "", *, patience: float = 20.0, idle: float = 20.0) -> Iterator[ReadingProcess]:
    """A stand-in that does `act` with each page and reads its bytes as one line."""
    process = ReadingProcess((sys.executable, "-c", STAND_IN.format(act=act)), patience=patience, idle=idle)
    try:
        yield process
    finally:
        process.close()


def read(reader: PageReader, content: bytes = b"page") -> list[str]:
    return [line.text for line in reader(content, "image/png")]


def within(true: Callable[[], bool], seconds: float = 10.0) -> bool:
    until = time.monotonic() + seconds
    while not true() and time.monotonic() < until:
        time.sleep(0.01)
    return true()


def test_a_printed_form_is_read_without_any_network() -> None:
    process = ReadingProcess((sys.executable, "-c", ALONE))
    try:
        lines = process(form_page(), "image/png")
    finally:
        process.close()
    assert {(each.kind, each.text) for each in suggestions(lines, date(2026, 11, 23))} == set(VALUES)
    assert process.process_id is None


def test_it_is_a_process_of_our_own_program_and_a_page_that_cannot_be_drawn_is_an_answer() -> None:
    process = ReadingProcess()
    try:
        with pytest.raises(CaseError) as caught:
            process(b"no picture", "image/png")
        assert caught.value.fault is faults.CANNOT_DRAW
        assert process.process_id is not None
    finally:
        process.close()


def test_it_ends_with_its_input() -> None:
    asked = Question(job=1, media_type="image/png", sheet=0, length=3).line() + b"bad"
    done = subprocess.run([*own_program(), "read-child"], input=asked, capture_output=True, check=False, timeout=60)
    assert (done.returncode, done.stdout) == (0, Answer(job=1, drawn=False).line())


def test_one_process_reads_page_after_page() -> None:
    with reading("content += str(id(sys)).encode()") as process:
        assert process(b"a", "image/png")[0].text[1:] == process(b"b", "image/png")[0].text[1:]
        assert process(b"", "image/png")[0].box == Box(1, 2, 3, 4)


def test_it_goes_when_no_page_comes_and_is_back_with_the_next() -> None:
    with reading(idle=0.1) as process:
        assert read(process) == ["page"]
        assert within(lambda: process.process_id is None)
        assert read(process) == ["page"]


def test_it_stays_while_pages_come() -> None:
    with reading() as process:
        read(process)
        before, rest = process.process_id, process._rest
        read(process)
        assert process.process_id == before
        assert rest is not None
        assert rest.finished.is_set(), "or it would go a minute after the first page"


@pytest.mark.expected_warnings("child lost")
@pytest.mark.parametrize("act", ["sys.exit(3)", GARBAGE, NO_PRINT, "import os; os.abort()"])
def test_one_that_breaks_is_told_and_the_next_page_has_another(act: str) -> None:
    with reading(f"if content == b'bad': {act}") as process:
        with pytest.raises(DeviceError) as caught:
            read(process, b"bad")
        assert caught.value.fault is faults.NOT_READ
        assert read(process) == ["page"]


@pytest.mark.expected_warnings("child lost")
def test_one_that_is_stuck_is_ended() -> None:
    with reading("time.sleep(60)", patience=0.5) as process:
        begun = time.monotonic()
        with pytest.raises(DeviceError) as caught:
            read(process)
        assert caught.value.fault is faults.NOT_READ
        assert time.monotonic() - begun < 10
        assert process.process_id is None


def test_one_that_the_system_ended_meanwhile_is_started_anew() -> None:
    with reading() as process:
        read(process)
        gone = process.process_id
        assert gone is not None
        os.kill(gone, signal.SIGKILL)
        assert within(lambda: psutil.Process(gone).status() == psutil.STATUS_ZOMBIE)
        assert read(process) == ["page"]


@pytest.mark.expected_warnings("child lost")
def test_closing_ends_the_page_that_is_under_way_and_is_no_failure_of_it() -> None:
    raised: list[BaseException] = []

    def ask() -> None:
        try:
            read(process)
        except (Cancelled, DeviceError) as error:
            raised.append(error)

    with reading("time.sleep(60)") as process:
        asking = threading.Thread(target=ask)
        asking.start()
        assert within(lambda: process.process_id is not None)
        process.close()
        asking.join(10)
        assert [type(error) for error in raised] == [Cancelled]
        assert process.process_id is None
        with pytest.raises(Cancelled):
            read(process)


def test_the_child_answers_each_page_and_ends_with_its_input() -> None:
    def paint(content: bytes, media_type: str, width: int, height: int, sheet: int = 0, part: Part = WHOLE) -> Picture:
        if content == b"bad":
            raise CaseError(faults.CANNOT_DRAW)
        return Picture(1, 1, bytes(4))

    def engine(_: object) -> SimpleNamespace:
        return SimpleNamespace(boxes=[[(1, 2), (3, 2), (3, 4), (1, 4)]], txts=("字",), scores=(0.5,))

    asked = [Question(job=job, media_type="image/png", sheet=0, length=len(page)).line() + page for job, page in PAGES]
    heard, voice = os.pipe()
    answer_all(BytesIO(b"".join(asked)), voice, Reader(paint, lambda: engine))
    os.close(voice)
    with os.fdopen(heard, "rb") as answers:
        for job, page in PAGES:
            answer = Answer.model_validate_json(answers.readline())
            assert (answer.job, answer.drawn) == (job, page != b"bad")
            lines = PRINT.validate_json(answers.read(answer.length)) if answer.drawn else None
            assert lines == (None if page == b"bad" else (Line("字", Box(1, 2, 4, 5), 0.5),))
        assert answers.read() == b""
