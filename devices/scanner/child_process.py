"""The scanning process as the window holds it: started, asked, heard with patience, ended."""

import contextlib
import os
import select
import subprocess
import time
from collections.abc import Sequence

from client.program import own_program
from devices.scanner.messages import Answer, Answers, Question

_PIECE = 1 << 16
_KEPT = 2000  # bytes of what it last said on standard error
_LEAVE_TIME = 2.0  # seconds to close its device and go


class EndedError(Exception):
    """The process is no more. `told` is the end of what it said on standard error."""

    def __init__(self, status: int | None, told: str) -> None:
        super().__init__(f"status {status}")
        self.status = status
        self.told = told


def scanning_command() -> tuple[str, ...]:
    return (*own_program(), "scan-child")


class ChildProcess:
    """One process, from its start to its end; one thread at a time.

    Nothing is read ahead: what the window does not hear waits in the pipe, and the child with it.
    """

    def __init__(self, command: Sequence[str]) -> None:
        self._process = subprocess.Popen(  # noqa: S603 - our own program, or the stand-in a test names
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, bufsize=0
        )
        self._answers = Answers()
        self._told = b""
        self._open = {pipe.fileno() for pipe in (self._process.stdout, self._process.stderr) if pipe is not None}
        self.heard_at = time.monotonic()

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def is_alive(self) -> bool:
        return self._process.poll() is None

    def ask(self, question: Question) -> None:
        """Raises EndedError."""
        try:
            if self._process.stdin is not None:
                self._process.stdin.write(question.line())
        except OSError as error:
            raise self._ended() from error
        self.heard_at = time.monotonic()

    def hear(self, patience: float) -> tuple[Answer, bytes] | None:
        """The next whole answer and its bytes; None when `patience` seconds passed without one.

        `heard_at` is when anything last came. Raises EndedError, GarbledError.
        """
        until = time.monotonic() + patience
        while (found := self._answers.take()) is None:
            ready, _, _ = select.select(list(self._open), [], [], max(0.0, until - time.monotonic()))
            if not ready:
                return None
            for pipe in ready:
                self._read(pipe)
        return found

    def stop(self) -> None:
        """Close its input and let it go; kill it when it does not."""
        process = self._process
        if process.stdin is not None:
            with contextlib.suppress(OSError):
                process.stdin.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(_LEAVE_TIME)
        self.discard()

    def kill(self) -> None:
        """End it at once, whatever it does; whoever hears it notices. Any thread may call this."""
        self._process.kill()

    def discard(self) -> None:
        """Kill it and give back what the system holds for it."""
        process = self._process
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout, process.stderr):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()

    def _read(self, pipe: int) -> None:
        data = os.read(pipe, _PIECE)
        if self._process.stdout is not None and pipe == self._process.stdout.fileno():
            if not data:
                raise self._ended()
            self.heard_at = time.monotonic()
            self._answers.feed(data)
        elif data:
            self._told = (self._told + data)[-_KEPT:]
        else:
            self._open.discard(pipe)

    def _ended(self) -> EndedError:
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(_LEAVE_TIME)
        self._open = self._open & {self._process.stderr.fileno()} if self._process.stderr is not None else set()
        while self._open and select.select(list(self._open), [], [], 0)[0]:
            self._read(*self._open)
        return EndedError(self._process.poll(), self._told.decode(errors="replace"))
