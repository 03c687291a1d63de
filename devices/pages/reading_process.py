"""Reads pages through the process that reads: starts it with a page, ends it when none comes."""

import threading
from collections.abc import Sequence
from contextlib import ExitStack, closing

from pydantic import ValidationError

from client.errors import Cancelled, CaseError, DeviceError
from client.program import own_program
from client.rules.suggestions import Line
from client.text import tr
from devices.children.answers import GarbledError
from devices.children.process import ChildProcess, SilentError
from devices.children.supervised import ChildFaults, Limits, Supervised
from devices.pages import faults
from devices.pages.reading import is_available
from devices.pages.reading_messages import PRINT, Answer, Question

READER_NAME = tr("识读组件")
PATIENCE = 90.0  # seconds; a page takes two of a processor's own, and the first one loads the reader
IDLE = 60.0  # seconds without a page after which its memory is given back
_LIMITS = Limits(memory=3 << 29)  # it takes 0.9 GB by nature
_FAULTS = ChildFaults(*[faults.NOT_READ] * 4)  # whatever became of it, the clerk reads the page himself


def reading_command() -> tuple[str, ...]:
    return (*own_program(), "read-child")


class ReadingProcess:
    """A `client.ports.reading.PageReader`. One page at a time; others wait."""

    def __init__(self, command: Sequence[str] = (), *, patience: float = PATIENCE, idle: float = IDLE) -> None:
        self._patience = patience
        self._idle = idle
        self._turn = threading.Lock()
        self._children = Supervised(
            READER_NAME,
            "reading process",
            command or reading_command(),
            Answer.model_validate_json,
            _FAULTS,
            _LIMITS,
        )
        self._job = 0
        self._rest: threading.Timer | None = None
        self._closed = False

    def __call__(self, content: bytes, media_type: str, sheet: int = 0) -> tuple[Line, ...]:
        """See the port."""
        with self._turn:
            if self._rest is not None:
                self._rest.cancel()
            try:
                with self._children.watched() as child:
                    if self._closed:  # seen here, or else the child by who closes
                        raise Cancelled
                    answer, lines = self._read(child, content, media_type, sheet)
            except DeviceError:
                if self._closed:
                    raise Cancelled from None
                raise
            self._let_rest()
        if not answer.drawn:
            raise CaseError(faults.CANNOT_DRAW)
        return lines

    @property
    def process_id(self) -> int | None:
        """Of the process, while there is one."""
        return self._children.process_id

    def close(self) -> None:
        """See the port."""
        self._closed = True
        self._children.kill()
        with self._turn:  # whoever waited for an answer was told by now
            if self._rest is not None:
                self._rest.cancel()
                self._rest.join()
            self._children.discard()

    def _read(
        self, child: ChildProcess[Answer], content: bytes, media_type: str, sheet: int
    ) -> tuple[Answer, tuple[Line, ...]]:
        self._job += 1
        child.ask(Question(job=self._job, media_type=media_type, sheet=sheet, length=len(content)).line() + content)
        heard = child.answer(self._job, self._patience, self._patience)
        if heard is None:
            raise SilentError
        answer, told = heard
        try:
            return answer, PRINT.validate_json(told) if answer.drawn else ()
        except ValidationError:
            raise GarbledError from None  # its words would repeat what came

    def _let_rest(self) -> None:
        """Its memory is given back unless another page comes soon."""
        self._rest = threading.Timer(self._idle, self._retire)
        self._rest.daemon = True
        self._rest.start()

    def _retire(self) -> None:
        if self._turn.acquire(blocking=False):  # else a page came in the last moment, or it is being closed
            try:
                self._children.stop()
            finally:
                self._turn.release()


def reading_process(stack: ExitStack, *, wanted: bool) -> ReadingProcess | None:
    """One that `stack` ends; None where it is not wanted or not installed. Nothing is started yet."""
    return stack.enter_context(closing(ReadingProcess())) if wanted and is_available() else None
