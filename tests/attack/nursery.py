"""The attacker's side of the windows: start one, listen to it, kill it at an instant, know how it ended."""

import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.attack.orders import Mark, Order

ROOT = Path(__file__).parents[2]
PATIENCE = 30.0  # seconds for a window to say what it must


class Window:
    """One window process. Every mark it ever told is in `marks`, also those told in the instant of its death."""

    def __init__(self, nursery: "Nursery", pid: int) -> None:
        self.pid = pid
        self.marks: list[Mark] = []
        self._nursery = nursery
        self._heard = 0
        self._status: int | None = None

    def wait_for(self, what: str, times: int = 1) -> Mark:
        """The next mark `what`, the `times`-th from here on. AssertionError when the window ends or is silent."""
        until = time.monotonic() + PATIENCE
        while True:
            while self._heard < len(self.marks):
                mark = self.marks[self._heard]
                self._heard += 1
                times -= mark.what == what
                if mark.what == what and times == 0:
                    return mark
            if self._status is not None:
                raise AssertionError(f"ended with {self._status} before {what!r}: {self._nursery.last_words()}")
            if time.monotonic() > until:
                raise AssertionError(f"no {what!r} in {PATIENCE:g} s")
            self._listen(0.5)

    def listen_for(self, seconds: float) -> None:
        """Let it work so long, reading what it tells."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0 and self._status is None:
            self._listen(left)

    def kill(self) -> None:
        """End it with -9. AssertionError when it had already ended by itself."""
        if self._status is None:
            os.kill(self.pid, signal.SIGKILL)
        status = self.ended()
        assert status == -signal.SIGKILL, f"ended by itself with {status}: {self._nursery.last_words()}"

    def signal(self, number: signal.Signals) -> None:
        os.kill(self.pid, number)

    def ended(self) -> int:
        """Wait for its end; returns its exit status, negative for a signal."""
        until = time.monotonic() + PATIENCE
        while self._status is None:
            assert time.monotonic() < until, f"window {self.pid} does not end"
            self._listen(0.5)
        return self._status

    def _listen(self, timeout: float) -> None:
        """Read what is there. The end is noticed before the pipe is read, so that no last mark is missed."""
        ready, _, _ = select.select(self._nursery.ears, [], [], timeout)
        if self._nursery.ears[1] in ready:
            self._status = int(self._nursery.hear())
        self.marks += self._nursery.marks()


class Nursery:
    """The process that forks windows, one at a time; leaves none behind. `through`: the command it runs under."""

    def __init__(self, folder: Path, through: Sequence[str] = ()) -> None:
        self._through = through
        self._log = folder / "windows.log"
        self._pipe, self._far_end = os.pipe()
        self._rest = b""
        self._window: Window | None = None
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
        if self.hear() != "ready":
            self.__exit__(None, None, None)
            raise AssertionError(self.last_words())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._process
        assert self._process.stdin
        assert self._process.stdout
        if self._window is not None and self._window._status is None:
            os.kill(self._window.pid, signal.SIGKILL)
        self._process.stdin.close()
        self._process.wait(PATIENCE)
        self._process.stdout.close()
        os.close(self._pipe)

    @property
    def ears(self) -> tuple[int, int]:
        """The pipe of marks, and the nursery's own voice."""
        assert self._process
        assert self._process.stdout
        return self._pipe, self._process.stdout.fileno()

    def start(self, order: Order) -> Window:
        """A new window; the one before must have ended."""
        assert self._process
        assert self._process.stdin
        assert self._window is None or self._window._status is not None
        self._process.stdin.write(order.line().encode())
        self._window = Window(self, int(self.hear()))
        return self._window

    def run(self, order: Order) -> Window:
        """A window that does its job and ends well."""
        window = self.start(order)
        assert window.ended() == 0, self.last_words()
        return window

    def hear(self) -> str:
        assert self._process
        assert self._process.stdout
        return self._process.stdout.readline().decode().strip()

    def marks(self) -> list[Mark]:
        """What came over the pipe since the last time."""
        try:
            while piece := os.read(self._pipe, 1 << 16):
                self._rest += piece
        except BlockingIOError:
            pass
        *lines, self._rest = self._rest.split(b"\n")
        return [Mark.parse(line) for line in lines]

    def last_words(self) -> str:
        """What the windows wrote on stderr, its end."""
        return self._log.read_text()[-2000:]
