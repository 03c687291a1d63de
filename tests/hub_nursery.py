"""Hubs that are processes of their own and start in no time: `python -m tests.hub_nursery PATH` forks them, warm.

What takes long, the imports, is done once before the forks. A hub is a process like one that was started afresh: it has
its own standard output and environment, it dies by -9 alone and takes nobody along. It is not measured: most are
killed, and what is killed saves no coverage. The hub's code is measured where it runs on a thread or by its command.
"""

import atexit
import json
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from importlib import import_module
from pathlib import Path
from shutil import rmtree
from typing import Any

from sync.hub.store import Store
from tests.hub_stores import made_at_once
from tests.watch import HOUSEHOLD

ROOT = Path(__file__).parents[1]
WARM = (  # what a hub loads late
    "sync.hub.serve", "sync.hub.relay", "alembic.command", "alembic.autogenerate", "sqlalchemy.dialects.sqlite",
    "sqlalchemy.dialects.postgresql.psycopg", "uvicorn.lifespan.on", "uvicorn.loops.auto",
    "uvicorn.protocols.http.auto", "uvicorn.protocols.websockets.auto", "structlog",
)  # fmt: skip
_REQUEST = 1 << 20  # bytes at most: arguments and environment
_PATIENCE = 20.0  # seconds
_STDERR = 2


class Born:
    """A process that was forked for this one, as `subprocess.Popen` would have it."""

    def __init__(self, program: str, arguments: list[str]) -> None:
        self._line = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._line.connect(str(_nursery()))
        ours, theirs = os.pipe()
        self.stdout = os.fdopen(ours, encoding="utf-8")
        order = {"program": program, "arguments": arguments, "environment": _unmeasured(), "folder": str(Path.cwd())}
        try:
            socket.send_fds(self._line, [json.dumps(order).encode()], [theirs, _STDERR])
        finally:
            os.close(theirs)
        self.pid = int(self._line.recv(64))

    def send_signal(self, number: signal.Signals) -> None:
        with suppress(ProcessLookupError):  # it has ended, as its status tells
            os.kill(self.pid, number)

    def wait(self, seconds: float) -> int:
        """Its exit status, negative for a signal. Raises TimeoutError."""
        self._line.settimeout(seconds)
        with self._line:
            return int(self._line.recv(64))


@cache
def _nursery() -> Path:
    """Where the one of this process listens; it ends with this process, and whom it has forked with it."""
    path = Path(tempfile.mkdtemp(prefix="hubs")) / "line"  # nobody else's to order from
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.hub_nursery", str(path)],
        cwd=ROOT,
        env=_unmeasured(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    HOUSEHOLD.add(process.pid)
    atexit.register(_end, process, path.parent, os.getpid())
    assert process.stdout is not None
    assert process.stdout.readline() == b"ready\n", "the hubs' nursery did not come up"
    return path


def _unmeasured() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}


def _end(process: "subprocess.Popen[bytes]", folder: Path, owner: int) -> None:
    if os.getpid() == owner:  # not where a fork of it ends
        process.communicate(timeout=_PATIENCE)
        rmtree(folder)


def serve(path: str) -> dict[str, Any] | None:
    """Fork what is asked for until standard input ends; in a child the order it is to follow."""
    lines: dict[int, socket.socket] = {}  # by the child whose end is to be told
    ended, wake = os.pipe()
    os.set_blocking(wake, False)
    signal.set_wakeup_fd(wake)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as door:
        door.bind(path)
        door.listen(64)
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        while True:
            ready, _, _ = select.select([sys.stdin, door, ended], [], [])
            if ended in ready:
                os.read(ended, 4096)
                _tell_ends(lines)
            if sys.stdin in ready:
                break
            if door in ready:
                line, _ = door.accept()
                order, stdout, stderr = _ordered(line)
                if (pid := os.fork()) == 0:
                    for each in (line, *lines.values()):
                        each.close()
                    _leave_home((ended, wake), stdout, stderr)
                    return order
                os.close(stdout)
                os.close(stderr)
                lines[pid] = line
                line.send(str(pid).encode())
    for pid in lines:
        os.kill(pid, signal.SIGKILL)
    return None


def _ordered(line: socket.socket) -> tuple[dict[str, Any], int, int]:
    words, descriptors, _, _ = socket.recv_fds(line, _REQUEST, 2)
    stdout, stderr = descriptors
    return json.loads(words), stdout, stderr


def _tell_ends(lines: dict[int, socket.socket]) -> None:
    """Each child that has ended is told on its own line; nobody need listen any more."""
    with suppress(ChildProcessError):
        while (found := os.waitpid(-1, os.WNOHANG))[0]:
            with lines.pop(found[0]) as line, suppress(BrokenPipeError, ConnectionResetError):
                line.send(str(os.waitstatus_to_exitcode(found[1])).encode())


def _leave_home(own: Iterable[int], stdout: int, stderr: int) -> None:
    """Keep nothing of the nursery's: neither its lines nor how it hears of its children."""
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for found, standard in ((nothing, 0), (stdout, 1), (stderr, _STDERR)):
        os.dup2(found, standard)
    for each in (nothing, stdout, stderr, *own):
        os.close(each)


def _make_a_store() -> None:
    """The scripts are run once, here, and repeated by those that are forked."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store(f"sqlite:///{folder}/hub.db")
        store.prepare()
        store.close()


def follow(order: dict[str, Any]) -> None:
    """Be the program of an order, in the place and the environment it was given in."""
    os.chdir(order["folder"])
    os.environ.clear()
    os.environ.update(order["environment"])
    sys.argv = ["-c", *order["arguments"]]
    exec(compile(order["program"], "<hub>", "exec"), {"__name__": "__main__"})


if __name__ == "__main__":
    for name in WARM:
        import_module(name)
    with made_at_once():
        _make_a_store()
        if (mine := serve(sys.argv[1])) is not None:
            follow(mine)
