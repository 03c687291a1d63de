"""One child as the window holds it: started, asked, heard with patience, ended."""

import contextlib
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from typing import IO, Generic

from devices.children.answers import A, Answers, GarbledError

_PIECE = 1 << 16
_READ_AHEAD = 2  # pieces
_KEPT = 4000  # bytes of what it last said on standard error
_LEAVE_TIME = 2.0  # seconds to close its device and go
_LOOK = 0.005  # seconds
_NO_CONSOLE = getattr(subprocess, "CREATE_NO_WINDOW", 0)  # Windows opens one for each program without a face


class EndedError(Exception):
    """The process is no more. `told` is the end of what it said on standard error."""

    def __init__(self, status: int | None, told: str) -> None:
        super().__init__(f"status {status}")
        self.status = status
        self.told = told


class SilentError(Exception):
    """Nothing came for longer than anybody waits."""


class ChildProcess(Generic[A]):
    """One process, from its start to its end; one thread at a time. Raises OSError when it cannot be started.

    What the window does not hear waits in the pipe but for a little, and the child with it. Threads read the pipes:
    there is no waiting for two of them at once on Windows.
    """

    def __init__(self, command: Sequence[str], parse: Callable[[bytes], A]) -> None:
        self._process = subprocess.Popen(  # noqa: S603 - our own program, an interpreter of a setting, a test's stand-in
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            bufsize=0,
            creationflags=_NO_CONSOLE,
            process_group=0 if os.name == "posix" else None,  # with what a library starts by itself
        )
        self._answers = Answers(parse)
        self._pieces: queue.Queue[bytes] = queue.Queue(_READ_AHEAD)
        self._told = b""
        self._voice = self._listening("answers", self._process.stdout, self._pieces.put)
        self._murmur = self._listening("murmurs", self._process.stderr, self._keep)
        self.heard_at = time.monotonic()

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def is_alive(self) -> bool:
        return self._process.poll() is None

    def ask(self, question: bytes | bytearray) -> None:
        """Whoever hears is told of a child that is no more, once what it said before is heard."""
        with contextlib.suppress(OSError):
            if self._process.stdin is not None:
                self._process.stdin.write(question)
        self.heard_at = time.monotonic()

    def hear(self, patience: float) -> tuple[A, bytes] | None:
        """The next whole answer and its bytes; None when `patience` seconds passed without one.

        `heard_at` is when anything last came. Raises EndedError, GarbledError.
        """
        until = time.monotonic() + patience
        while (found := self._answers.take()) is None:
            try:
                piece = self._pieces.get(timeout=max(0.0, until - time.monotonic()))
            except queue.Empty:
                return None
            if not piece:
                raise self._ended()
            self.heard_at = time.monotonic()
            self._answers.feed(piece)
        return found

    def answer(self, job: int, wait: float, patience: float) -> tuple[A, bytes] | None:
        """The next answer to `job`, None when none came in `wait`. Answers to jobs given up are passed over.

        Raises SilentError when nothing at all came for `patience` seconds, and as `hear` does.
        """
        heard = self.hear(wait)
        if heard is None:
            if time.monotonic() - self.heard_at > patience:
                raise SilentError
            return None
        if heard[0].job > job:
            raise GarbledError
        return heard if heard[0].job == job else None

    def stop(self) -> None:
        """Close its input and let it go; kill it when it does not."""
        process = self._process
        if process.stdin is not None:
            with contextlib.suppress(OSError):
                process.stdin.close()
        self._let_leave()
        self.discard()

    def kill(self) -> None:
        """End it at once, whatever it does; whoever hears it notices. Any thread may call this."""
        self._kill_all()

    def discard(self) -> None:
        """Kill it and give back what the system holds for it."""
        process = self._process
        self._kill_all()
        process.wait()
        until = time.monotonic() + _LEAVE_TIME
        while self._voice.is_alive() and time.monotonic() < until:
            with contextlib.suppress(queue.Empty):
                self._pieces.get(timeout=0.01)  # its thread may wait for room
        self._murmur.join(_LEAVE_TIME)
        listened = ((process.stdout, self._voice), (process.stderr, self._murmur))
        # A pipe that a process of its own still holds open stays with its thread: closing it under a read is a lock.
        ours = [pipe for pipe, thread in listened if not thread.is_alive()]
        for pipe in (process.stdin, *ours):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()

    def _let_leave(self) -> None:
        """Wait for its end without noting it: while its number is its own, what it started can be ended with it."""
        process = self._process
        if sys.platform == "win32":
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(_LEAVE_TIME)
            return
        until = time.monotonic() + _LEAVE_TIME
        with contextlib.suppress(ChildProcessError):  # its end was noted already
            while os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT | os.WNOHANG) is None:
                if time.monotonic() > until:
                    return
                time.sleep(_LOOK)

    def _kill_all(self) -> None:
        """The child and what its library has started. Once it is ended and noted, its number may be another's."""
        if sys.platform != "win32" and self._process.returncode is None:
            with contextlib.suppress(ProcessLookupError, PermissionError):  # it ends just now
                os.killpg(self._process.pid, signal.SIGKILL)
        self._process.kill()

    def _listening(self, name: str, pipe: IO[bytes] | None, take: Callable[[bytes], None]) -> threading.Thread:
        thread = threading.Thread(target=_listen, args=(pipe, take), name=f"child's {name}", daemon=True)
        thread.start()
        return thread

    def _keep(self, piece: bytes) -> None:
        self._told = (self._told + piece)[-_KEPT:]

    def _ended(self) -> EndedError:
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(_LEAVE_TIME)
        self._murmur.join(_LEAVE_TIME / 4)
        return EndedError(self._process.poll(), self._told.decode(errors="replace"))


def _listen(pipe: IO[bytes] | None, take: Callable[[bytes], None]) -> None:
    """Hand on what comes, and b"" at the end."""
    piece = b" "
    while piece and pipe is not None:
        try:
            piece = os.read(pipe.fileno(), _PIECE)
        except (OSError, ValueError):  # closed on our side
            piece = b""
        take(piece)
