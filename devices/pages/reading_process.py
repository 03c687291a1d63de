"""Reads pages through the process that reads: starts it with a page, ends it when none comes, or when it is stuck."""

import subprocess
import threading
from collections.abc import Sequence
from contextlib import suppress

import structlog
from pydantic import ValidationError

from client.errors import Cancelled, CaseError
from client.program import own_program
from client.rules.suggestions import Line
from devices.pages import faults
from devices.pages.reading_messages import LONGEST_LINE, Answer, Question

PATIENCE = 90.0  # seconds; a page takes two of a processor's own, and the first one loads the reader
IDLE = 60.0  # seconds without a page after which its memory is given back
# On Windows behind the screen and without a console of its own; elsewhere it inherits the lane's niceness.
_QUIETLY = sum(getattr(subprocess, flag, 0) for flag in ("BELOW_NORMAL_PRIORITY_CLASS", "CREATE_NO_WINDOW"))

log = structlog.get_logger(__name__)


class ReadingProcess:
    """A `client.ports.reading.PageReader`. One page at a time; others wait."""

    def __init__(self, command: Sequence[str] = (), *, patience: float = PATIENCE, idle: float = IDLE) -> None:
        self._command = tuple(command) or (*own_program(), "read-child")
        self._patience = patience
        self._idle = idle
        self._turn = threading.Lock()
        self._holding = threading.Lock()  # of what follows, for a moment
        self._process: subprocess.Popen[bytes] | None = None
        self._rest: threading.Timer | None = None
        self._closed = False

    def __call__(self, content: bytes, media_type: str, sheet: int = 0) -> tuple[Line, ...]:
        """See the port."""
        with self._turn:
            process = self._awake()
            question = Question(media_type=media_type, sheet=sheet, length=len(content))
            try:
                answer = self._asked(process, question, content)
            except (OSError, ValidationError):  # nothing came, or none of ours; the error's words would be the page's
                self._end(process)
                if self._closed:
                    raise Cancelled from None
                log.warning("page not read", status=process.returncode)
                raise CaseError(faults.NOT_READ) from None
            self._let_rest(process)
        if not answer.drawn:
            raise CaseError(faults.CANNOT_DRAW)
        return tuple(each.as_line() for each in answer.lines)

    @property
    def is_awake(self) -> bool:
        """Whether there is a process now."""
        return self._process is not None

    def close(self) -> None:
        """See the port."""
        with self._holding:
            self._closed = True
            process, rest = self._process, self._rest
        if rest is not None:
            rest.cancel()
            rest.join()
        if process is not None:
            process.kill()  # whoever waits for its answer ends it
            self._retire(process)

    def _asked(self, process: subprocess.Popen[bytes], question: Question, content: bytes) -> Answer:
        stuck = threading.Timer(self._patience, process.kill)
        stuck.daemon = True
        stuck.start()
        try:
            if process.stdin is None or process.stdout is None:
                raise AssertionError("it was started with both pipes")
            process.stdin.write(question.line())
            process.stdin.write(content)
            process.stdin.flush()
            return Answer.model_validate_json(process.stdout.readline(LONGEST_LINE))
        finally:
            stuck.cancel()

    def _awake(self) -> subprocess.Popen[bytes]:
        if self._rest is not None:
            self._rest.cancel()
        gone = self._process
        if gone is not None and gone.poll() is not None:  # the system ended it meanwhile
            self._end(gone)
        with self._holding:
            if self._closed:
                raise Cancelled
            if self._process is None:
                self._process = subprocess.Popen(  # noqa: S603 - our own program, or the stand-in a test names
                    self._command,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                    creationflags=_QUIETLY,
                )
            return self._process

    def _let_rest(self, process: subprocess.Popen[bytes]) -> None:
        """Its memory is given back unless another page comes soon."""
        if self._closed:
            self._end(process)
            return
        self._rest = threading.Timer(self._idle, self._retire, [process])
        self._rest.daemon = True
        self._rest.start()

    def _retire(self, process: subprocess.Popen[bytes]) -> None:
        if self._turn.acquire(blocking=False):  # else a page came in the last moment
            try:
                self._end(process)
            finally:
                self._turn.release()

    def _end(self, process: subprocess.Popen[bytes]) -> None:
        """At once, whatever it does; what the system holds for it is given back."""
        with self._holding:
            if self._process is process:
                self._process = None
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with suppress(OSError):  # what it did not hear
                    pipe.close()
