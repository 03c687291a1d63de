"""The attacker's side of the windows: start some, listen to them, kill them at an instant, know how they ended."""

import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from tests.attack.orders import Mark, Order

ROOT = Path(__file__).parents[2]
PATIENCE = 30.0  # seconds for a window to say what it must


class Window:
    """One window process. Every mark it ever told is in `marks`, also those told in the instant of its death."""

    def __init__(self, nursery: "Nursery", pid: int) -> None:
        self.pid = pid
        self.marks: list[Mark] = []
        self.status: int | None = None  # once it has ended
        self._nursery = nursery
        self._heard = 0

    def wait_for(self, what: str, times: int = 1, patience: float = PATIENCE) -> Mark:
        """The next mark `what`, the `times`-th from here on. AssertionError when the window ends or is silent."""
        until = time.monotonic() + patience
        while True:
            while self._heard < len(self.marks):
                mark = self.marks[self._heard]
                self._heard += 1
                times -= mark.what == what
                if mark.what == what and times == 0:
                    return mark
            if self.status is not None:
                raise AssertionError(f"ended with {self.status} before {what!r}: {self._nursery.last_words()}")
            if time.monotonic() > until:
                raise AssertionError(f"no {what!r} in {patience:g} s")
            self._nursery.listen(0.5)

    def listen_for(self, seconds: float) -> None:
        """Let it work so long, reading what it tells."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0 and self.status is None:
            self._nursery.listen(left)

    def kill(self) -> None:
        """End it with -9. AssertionError when it had already ended by itself."""
        if self.status is None:
            os.kill(self.pid, signal.SIGKILL)
        status = self.ended()
        assert status == -signal.SIGKILL, f"ended by itself with {status}: {self._nursery.last_words()}"

    def signal(self, number: signal.Signals) -> None:
        os.kill(self.pid, number)

    def ended(self) -> int:
        """Wait for its end; returns its exit status, negative for a signal."""
        until = time.monotonic() + PATIENCE
        while self.status is None:
            assert time.monotonic() < until, f"window {self.pid} does not end"
            self._nursery.listen(0.5)
        return self.status


class Nursery:
    """The process that forks windows; leaves none behind. `through`: the command it runs under."""

    def __init__(self, folder: Path, through: Sequence[str] = ()) -> None:
        self._through = through
        self._log = folder / "windows.log"
        self._pipe, self._far_end = os.pipe()
        self._rest = b""
        self._windows: dict[int, Window] = {}  # those that live
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        with self._log.open("w") as log:
            self._process = subprocess.Popen(
                [*self._through, sys.executable, "-m", "tests.attack.worker", str(self._far_end)],
                cwd=ROOT,
                env={name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")},
                pass_fds=[self._far_end],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                bufsize=0,  # a line read ahead would be one that select does not see
            )
        os.close(self._far_end)
        os.set_blocking(self._pipe, False)
        if self._hear() != ["ready"]:
            self.__exit__(None, None, None)
            raise AssertionError(self.last_words())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for pid in self._windows:
            with suppress(ProcessLookupError):  # it has ended, and that was not heard yet
                os.kill(pid, signal.SIGKILL)
        orders, voice = self._ends()
        orders.close()
        assert self._process
        self._process.wait(PATIENCE)
        voice.close()
        os.close(self._pipe)

    def start(self, order: Order) -> Window:
        """A new window, beside those that live."""
        self._ends()[0].write(order.line().encode())
        while True:
            what, pid, *status = self._hear()
            if what == "born":
                return self._window(int(pid))
            self._note_end(int(pid), int(status[0]))

    def run(self, order: Order) -> Window:
        """A window that does its job and ends well."""
        window = self.start(order)
        assert window.ended() == 0, self.last_words()
        return window

    def listen(self, seconds: float) -> None:
        """Read what any window tells, as soon as there is something, but so long at most.

        An end is noticed before the pipe is read, so that no last mark is missed.
        """
        voice = self._ends()[1].fileno()
        ready, _, _ = select.select([self._pipe, voice], [], [], seconds)
        if voice in ready:
            _, pid, status = self._hear()
            self._note_end(int(pid), int(status))
        self._read_marks()

    def last_words(self) -> str:
        """What the windows wrote on stderr, its end."""
        return self._log.read_text()[-2000:]

    def _window(self, pid: int) -> Window:
        """One that lives; its marks may come before it is said to be born."""
        return self._windows.setdefault(pid, Window(self, pid))

    def _note_end(self, pid: int, status: int) -> None:
        self._read_marks()
        self._windows.pop(pid).status = status

    def _read_marks(self) -> None:
        """What came over the pipe since the last time, to each window its own."""
        try:
            while piece := os.read(self._pipe, 1 << 16):
                self._rest += piece
        except BlockingIOError:
            pass
        *lines, self._rest = self._rest.split(b"\n")
        for mark in map(Mark.parse, lines):
            self._window(mark.window).marks.append(mark)

    def _hear(self) -> list[str]:
        return self._ends()[1].readline().decode().split()

    def _ends(self) -> tuple[IO[bytes], IO[bytes]]:
        """Where it takes orders, and its own voice."""
        assert self._process
        assert self._process.stdin
        assert self._process.stdout
        return self._process.stdin, self._process.stdout
