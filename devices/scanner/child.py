"""The process that scans: hears questions on standard input, answers on standard output, keeps nothing.

A backend is a manufacturer's code and may crash or hang; here it takes only this process with it. Pages leave
through the pipe and are never written to disk. The process ends when its input does, as it does when the window dies.
"""

import faulthandler
import queue
import select
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import FileIO
from pathlib import Path

from client.ports.scanner import ScanProgress
from devices.children.inside import own_voice, say
from devices.scanner.faults import Trouble
from devices.scanner.messages import Answer, Deed, Event, Listed, Question
from devices.scanner.sane import Device, Library, SaneError
from devices.scanner.sane_options import OrderError, set_up
from devices.scanner.sane_pages import Hearer, PageError, StoppedError, pages, trouble_of

_STUCK_AFTER = 0.3  # seconds between a cancel and telling a device that still reads
_LAST_WORDS = 2  # seconds the process has when the window is gone
_STANDING = 15  # seconds the interpreter may stand still; a backend that only hangs leaves it running
_SETTLING = 0.02  # seconds between a backend's start and its end
_SETTLED_AFTER = 0.5  # seconds, at the longest: on a busy machine a thread waits for a processor before it starts
_EVERY_JOB = sys.maxsize
_NOT_SCANNERS = ("v4l:",)  # SANE lists cameras too


def serve() -> None:
    """Answer until standard input ends. Main thread of its process only."""
    faulthandler.enable()
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a Ctrl+C in the terminal is the window's to hear
    voice = own_voice()
    with suppress(BrokenPipeError):  # the window is gone, and with it whoever the page was for
        _Child(voice).work()


def _next_line(questions: FileIO) -> bytes:
    """The next question, b"" when there will be none.

    While none comes the kernel is asked again and again to end us a little later. A backend's thread that is cancelled
    can take the allocator's lock with it (seen in `test`), and then the interpreter stands for good: no thread of
    ours could end the process.
    """
    while True:
        signal.alarm(_STANDING)
        if select.select([questions], [], [], 1.0)[0]:
            return questions.readline()


def _settle() -> None:
    """Let a backend's thread come past its start: cancelled there it can take a lock with it (seen in `test`)."""
    until = time.monotonic() + _SETTLED_AFTER
    time.sleep(_SETTLING)
    while any(map(_runs, Path("/proc/self/task").iterdir())) and time.monotonic() < until:
        time.sleep(_SETTLING / 4)


def _runs(task: Path) -> bool:
    """Whether another thread of this process is at work, or waits for a processor (proc(5), state `R`)."""
    if task.name == str(threading.get_native_id()):
        return False
    try:
        stat = (task / "stat").read_bytes()
    except OSError:  # it has just ended
        return False
    return stat.rpartition(b") ")[2].startswith(b"R")


class _Child:
    """Works off the questions on the main thread; a second thread hears them, a cancel among them at any time."""

    def __init__(self, voice: int) -> None:
        self._voice = voice
        self._questions: queue.SimpleQueue[Question | None] = queue.SimpleQueue()
        self._cancelled_up_to = 0
        self._idle = threading.Event()
        self._idle.set()
        self._holding = threading.Lock()
        self._device: Device | None = None
        self._library: Library | None = None

    def work(self) -> None:
        threading.Thread(target=self._hear, name="scan questions", daemon=True).start()
        while (question := self._questions.get()) is not None:
            self._idle.clear()
            self._answer(question)
            self._idle.set()
        if self._library is not None:
            self._library.close()

    def _hear(self) -> None:
        # Unbuffered: a thread that waits in a buffered read keeps the interpreter from ending.
        questions = FileIO(sys.stdin.fileno(), closefd=False)
        try:
            while line := _next_line(questions):
                question = Question.model_validate_json(line)
                if question.do is Deed.CANCEL:
                    self._cancel(question.job)
                else:
                    self._questions.put(question)
        finally:
            signal.alarm(_LAST_WORDS)  # nobody is left who could kill us
            self._questions.put(None)
            self._cancel(_EVERY_JOB)

    def _cancel(self, job: int) -> None:
        """Usually the reading sees it between two reads; a read that waits is ended from here, as SANE allows."""
        self._cancelled_up_to = job
        if self._idle.wait(_STUCK_AFTER):
            return
        with self._holding:
            if self._device is not None:
                self._device.cancel()

    def _answer(self, question: Question) -> None:
        job = question.job
        try:
            if question.do is Deed.LIST:
                self._say(Answer(event=Event.LISTED, job=job, scanners=self._listed()))
                return
            with self._opened(question.device) as device:
                self._say(self._outcome(device, question))  # before the device comes to rest, which may take long
        except SaneError as error:
            self._say(Answer(event=Event.FAILED, job=job, trouble=trouble_of(error)))
        except OSError:
            if self._library is not None:
                raise
            self._say(Answer(event=Event.FAILED, job=job, trouble=Trouble.NO_SANE))

    def _outcome(self, device: Device, question: Question) -> Answer:
        job = question.job
        try:
            if question.do is Deed.SCAN:
                self._scan(device, question)
        except StoppedError:
            return Answer(event=Event.CANCELLED, job=job)
        except PageError as error:
            return Answer(event=Event.FAILED, job=job, trouble=error.trouble, page=error.page)
        except OrderError as error:
            return Answer(event=Event.FAILED, job=job, trouble=error.trouble, option=error.option)
        except SaneError as error:
            return Answer(event=Event.FAILED, job=job, trouble=trouble_of(error))
        except MemoryError:
            return Answer(event=Event.FAILED, job=job, trouble=Trouble.NO_MEMORY)
        return Answer(event=Event.DONE, job=job)

    def _scan(self, device: Device, question: Question) -> None:
        job = question.job

        def starting(page: int) -> None:
            self._say(Answer(event=Event.STARTING, job=job, page=page))

        def progress(made: ScanProgress) -> None:
            self._say(Answer(event=Event.PROGRESS, job=job, page=made.page, share=made.share))

        hearer = Hearer(starting, progress, lambda: self._cancelled_up_to >= job)
        dpi = set_up(device, question.order, question.options)
        for number, page in enumerate(pages(device, question.order, dpi, hearer), 1):
            head = Answer(
                event=Event.PAGE,
                job=job,
                page=number,
                width=page.width,
                height=page.height,
                dpi=page.dpi,
                length=len(page.content),
            )
            self._say(head, page.content)

    def _listed(self) -> tuple[Listed, ...]:
        found = self._loaded().devices()
        return tuple(Listed(device=name, label=label) for name, label in found if not name.startswith(_NOT_SCANNERS))

    def _loaded(self) -> Library:
        if self._library is None:
            self._library = Library()
        return self._library

    @contextmanager
    def _opened(self, name: str) -> Iterator[Device]:
        with self._loaded().opened(name) as device:
            self._device = device
            try:
                yield device
            finally:
                with self._holding:
                    self._device = None
                _settle()
                device.cancel()

    def _say(self, answer: Answer, content: bytes = b"") -> None:
        say(self._voice, answer.line(), content)
