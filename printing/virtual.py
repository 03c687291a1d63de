"""A print queue that is none, for the demo hall and the tests: a real cupsd with a driverless printer that is software.

Linux alone: it lives in namespaces of its own, so that nothing of the machine's printing is touched and nothing of it
outlives whoever started it. What it prints lies in `out`.
"""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from client.errors import DeviceError, DeviceState, Fault
from client.text import tr
from printing import virtual_files as files

VIRTUAL_NAME = tr("虚拟打印机")
QUEUE = "window"
TROUBLES = ("empty", "jam", "cover", "low")  # each stays until "refill", which mends them all
ORDERS = (*TROUBLES, "refill", "offline", "online", "down", "up")
NOT_HERE = Fault(
    "DEV-331",
    tr("本机不能运行{device}（{reason}）"),
    tr("虚拟打印机需要 Linux 的命名空间和 .ci/packages 中列出的打印软件；没有时请改用模拟打印机"),
)

_PATIENCE = 15.0  # seconds to come up, on a machine that is busy with other things
_LOOK = 0.025
_ADMIN_PATH = os.pathsep.join((os.environ.get("PATH", os.defpath), "/usr/sbin", "/sbin"))


class VirtualQueue:
    """`with VirtualQueue(folder) as queue:` prints what is sent to `queue.address` into `folder/out`.

    `queue.printer` is the address of the printer behind the queue, `queue.server` that of its cupsd. Raises
    DeviceError where none of this can run.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._process: subprocess.Popen[str] | None = None
        self._cups, self._device = _free_ports(2)
        self.server = f"ipp://127.0.0.1:{self._cups}"
        self.address = f"{self.server}/printers/{QUEUE}"
        self.printer = f"ipp://127.0.0.1:{self._device}/ipp/print"

    def __enter__(self) -> Self:
        self._write_files()
        try:
            self._process = self._start()
        except OSError as error:
            raise _not_here("unshare") from error
        try:
            self._await(self._cups, self._device)
            self.make_queue()
        except BaseException:
            self._end()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def order(self, word: str) -> None:
        """One of ORDERS: what happens to the printer next. Raises ValueError for another word."""
        orders = self._folder / "orders"
        if word not in ORDERS:
            message = f"{word!r} is none of {', '.join(ORDERS)}"
            raise ValueError(message)
        if word in TROUBLES:
            (orders / word).touch()
        elif word == "refill":
            for trouble in TROUBLES:
                (orders / trouble).unlink(missing_ok=True)
        else:
            self._tell(word)

    def sheets(self) -> Sequence[Path]:
        """What came out, in that order."""
        return sorted((self._folder / "out").glob("*.pdf"))

    def asked(self) -> Sequence[Mapping[str, str]]:
        """How each of them was asked for: `IPP_COPIES`, `IPP_MEDIA` and so on, as the printer heard it."""
        found = sorted((self._folder / "asked").iterdir())
        return [dict(line.partition("=")[::2] for line in each.read_text().splitlines()) for each in found]

    def clear(self) -> None:
        """Take away what came out."""
        for each in (*self.sheets(), *(self._folder / "asked").iterdir()):
            each.unlink()

    def slow_down(self, seconds: float) -> None:
        """So long each page takes from now on."""
        (self._folder / "orders" / "slow").write_text(str(seconds))

    def make_queue(self) -> None:
        """Once more, after somebody deleted it."""
        device = f"ipp://localhost:{self._device}/ipp/print"
        self.admin("lpadmin", "-p", QUEUE, "-E", "-v", device, "-m", "everywhere")

    def admin(self, *command: str) -> None:
        """Run one of CUPS's own commands on this queue's server. Raises DeviceError when it fails."""
        environment = {**os.environ, "PATH": _ADMIN_PATH, "CUPS_SERVER": f"127.0.0.1:{self._cups}"}
        try:
            subprocess.run(command, env=environment, check=True, capture_output=True, timeout=_PATIENCE)  # noqa: S603 - ours
        except (OSError, subprocess.SubprocessError) as error:
            raise _not_here(command[0]) from error

    def _start(self) -> "subprocess.Popen[str]":
        options = ["-mpf", "--kill-child", *_propagation()]
        user = os.getuid()
        if user:
            options.append("--map-root-user")
        arguments = [str(self._folder.resolve()), str(self._device), VIRTUAL_NAME, str(user)]
        with (self._folder / "log" / "start").open("w", encoding="utf-8") as log:
            return subprocess.Popen(  # noqa: S603 - our own script
                ["unshare", *options, "sh", "-c", files.START, "sh", *arguments],  # noqa: S607 - looked for in PATH
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                env={**os.environ, "PATH": _ADMIN_PATH, "LANG": "C.UTF-8"},
            )

    def _write_files(self) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)
        for name in files.FOLDERS:
            (self._folder / name).mkdir(parents=True)
        etc = self._folder / "etc"
        texts = {
            "cupsd.conf": files.CUPSD.format(port=self._cups),
            "cups-files.conf": files.CUPS_FILES,
            "avahi.conf": files.AVAHI,
            "bus.conf": files.BUS,
            "passwd": files.USERS,
            "group": files.GROUPS,
            "print-page": files.PRINT_PAGE,
        }
        for name, text in texts.items():
            (etc / name).write_text(text, encoding="utf-8")
        (etc / "print-page").chmod(0o755)

    def _tell(self, word: str) -> None:
        """Have the printer or the server of its queue go or come, and wait until it did."""
        process = self._running()
        if process.stdin and process.stdout:
            process.stdin.write(word + "\n")
            process.stdin.flush()
            process.stdout.readline()
        # A child on its way to another program keeps the printer's port for a moment longer than the printer lives.
        port = self._device if word.endswith("line") else self._cups
        self._await(port, listening=word in {"online", "up"})

    def _running(self) -> "subprocess.Popen[str]":
        if self._process is None or self._process.poll() is not None:
            raise _not_here("cupsd")
        return self._process

    def _await(self, *ports: int, listening: bool = True) -> None:
        until = time.monotonic() + _PATIENCE
        for port in ports:
            while _listens(port) is not listening:
                self._running()
                if time.monotonic() > until:
                    raise _not_here(f"127.0.0.1:{port}")
                time.sleep(_LOOK)

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.communicate()  # its input ends, and with it everything in its namespace


def run_virtual(folder: Path, announce: Callable[[str, str], None]) -> None:
    """Play a queue until standard input ends or says `quit`; each line is one of ORDERS, others are passed over.

    `announce` gets the addresses of the queue and of the printer itself, once. Raises DeviceError where it cannot run.
    """
    with VirtualQueue(folder) as queue:
        announce(queue.address, queue.printer)
        for line in sys.stdin:
            word = line.strip()
            if word == "quit":
                return
            if word in ORDERS:
                queue.order(word)


def _propagation() -> list[str]:
    """In a chroot whose root is no mount there is nothing unshare could make private: they are that already."""
    mounts = (line.split() for line in Path("/proc/self/mountinfo").read_text().splitlines())
    return [] if any(mount[4] == "/" for mount in mounts) else ["--propagation", "unchanged"]


def _free_ports(count: int) -> list[int]:
    """Ports nobody listens on now, held together so that they differ."""
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [int(each.getsockname()[1]) for each in sockets]
    for each in sockets:
        each.close()
    return ports


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1.0)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _not_here(reason: str) -> DeviceError:
    return DeviceError(DeviceState.UNSUPPORTED, NOT_HERE, device=VIRTUAL_NAME, reason=reason)
