"""The process that looks through a document camera: a driver of its maker's may hang there, and the window does not.

Hears and answers as the one that scans by SANE does (`devices/scanner/messages.py`).
"""

import os
import queue
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from io import FileIO
from pathlib import Path
from typing import Final

import numpy as np

from client.ports.scanner import ScanMode, ScanOrder, ScanSource
from devices.children.inside import ORPHANED, own_voice, say
from devices.opencv import cv2
from devices.scanner.faults import Trouble
from devices.scanner.messages import Answer, Deed, Event, Question
from devices.scanner.pictures import QUALITY, bilevel_file, with_density
from devices.scanner.stillness import Pixels, Shots

IDLE = 30.0  # seconds without a new page after which nobody turns pages any more
WIDEST: Final = (3264, 2448)  # what is asked of a camera; one that has less gives what it has
_TELL = 0.5  # seconds between two words of progress
_USUAL_RATE = 30.0  # pictures a second, of a film that does not say
_LAST_WORDS = 2.0  # seconds the process has when the window is gone
_EVERY_JOB = sys.maxsize
_A4_LONGER = 297 / 25.4  # inches: what such cameras are made to see
_COARSEST = 75  # dpi

Say = Callable[[Answer, bytes], None]


class TroubleError(Exception):
    """The camera gives nothing."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble)
        self.trouble = trouble


def serve() -> None:
    """Answer until standard input ends. Main thread of its process only."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a Ctrl+C in the terminal is the window's to hear
    voice = own_voice()

    def answer(said: Answer, content: bytes) -> None:
        say(voice, said.line(), content)

    with suppress(BrokenPipeError):  # the window is gone
        CameraChild(answer).work()


class CameraChild:
    """Works off the questions on the main thread; a second one hears them, a cancel among them at any time."""

    def __init__(self, say: Say) -> None:
        self._say = say
        self._questions: queue.SimpleQueue[Question | None] = queue.SimpleQueue()
        self._cancelled_up_to = 0
        self._left: Pixels | None = None  # the page under the lens when a run was interrupted

    def work(self) -> None:
        threading.Thread(target=self._hear, name="camera questions", daemon=True).start()
        while (question := self._questions.get()) is not None:
            self._say(self._outcome(question), b"")

    def _hear(self) -> None:
        # Unbuffered: a thread that waits in a buffered read keeps the interpreter from ending.
        source = FileIO(sys.stdin.fileno(), closefd=False)
        while line := source.readline():
            question = Question.model_validate_json(line)
            if question.do is Deed.CANCEL:
                self._cancelled_up_to = question.job
            else:
                self._questions.put(question)
        self._cancelled_up_to = _EVERY_JOB
        self._questions.put(None)
        time.sleep(_LAST_WORDS)
        os._exit(ORPHANED)  # a driver holds the main thread, and nobody is left who could kill us

    def _outcome(self, question: Question) -> Answer:
        job = question.job
        try:
            with _opened(question.device) as lens:
                if question.do is Deed.CHECK:
                    next(lens.pictures())
                elif not self._scan(lens, question):
                    return Answer(event=Event.CANCELLED, job=job)
        except TroubleError as error:
            return Answer(event=Event.FAILED, job=job, trouble=error.trouble)
        return Answer(event=Event.DONE, job=job)

    def _scan(self, lens: "Lens", question: Question) -> bool:
        """Whether the run came to its own end. Raises TroubleError."""
        order, job = question.order, question.job
        if order.source is ScanSource.FEEDER_DUPLEX:
            raise TroubleError(Trouble.NO_DUPLEX)
        most = order.limit if order.source.is_feeder else 1
        shots = Shots(self._left if order.source.is_feeder else None)
        self._say(Answer(event=Event.STARTING, job=job, page=1), b"")
        page, acted, told = 0, 0.0, -_TELL
        for picture, at in lens.pictures():
            if self._cancelled_up_to >= job:
                self._left = shots.taken
                return False
            if shots.see(picture, at):
                page, acted, self._left = page + 1, at, shots.taken
                self._say(*_page(picture, order, job, page))
            elif at - told >= _TELL:
                told = at
                self._say(Answer(event=Event.PROGRESS, job=job, page=page + 1, share=shots.share(at)), b"")
            if page == most or at - acted > IDLE:
                break
        if not page:
            raise TroubleError(Trouble.NOTHING_LAID)
        self._left = None
        return True


@dataclass(frozen=True, slots=True)
class Lens:
    """A camera, or a film that stands for one."""

    capture: "cv2.VideoCapture"
    is_film: bool

    def pictures(self) -> Iterator[tuple[Pixels, float]]:
        """Each picture and its second. A film ends; a camera that gives no more is gone: TroubleError."""
        rate = self.capture.get(cv2.CAP_PROP_FPS) or _USUAL_RATE
        number, begun = 0, time.monotonic()
        while True:
            is_there, picture = self.capture.read()
            if not is_there and (number == 0 or not self.is_film):
                raise TroubleError(Trouble.ABSENT)
            if not is_there:
                return
            yield np.asarray(picture, np.uint8), number / rate if self.is_film else time.monotonic() - begun
            number += 1


@contextmanager
def _opened(device: str) -> Iterator[Lens]:
    """`device` is the number of a camera, or the path of a film. Raises TroubleError."""
    is_film = not device.isdecimal()
    try:
        capture = cv2.VideoCapture(device if is_film else int(device))
    except cv2.error as error:
        raise TroubleError(Trouble.ABSENT) from error
    try:
        if not capture.isOpened():
            raise TroubleError(Trouble.BUSY if Path(f"/dev/video{device}").exists() else Trouble.ABSENT)
        if not is_film:
            capture.set(cv2.CAP_PROP_FRAME_WIDTH, WIDEST[0])
            capture.set(cv2.CAP_PROP_FRAME_HEIGHT, WIDEST[1])
        yield Lens(capture, is_film)
    finally:
        capture.release()


def _page(picture: Pixels, order: ScanOrder, job: int, number: int) -> tuple[Answer, bytes]:
    height, width = picture.shape[:2]
    dpi = max(_COARSEST, round(max(width, height) / _A4_LONGER))
    kept = picture if order.mode is ScanMode.COLOUR else cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    _, encoded = cv2.imencode(".jpg", kept, [cv2.IMWRITE_JPEG_QUALITY, QUALITY])
    content = with_density(encoded.tobytes(), dpi)
    if order.mode is ScanMode.BILEVEL:
        content = bilevel_file(content, dpi)
    answer = Answer(event=Event.PAGE, job=job, page=number, width=width, height=height, dpi=dpi, length=len(content))
    return answer, content
