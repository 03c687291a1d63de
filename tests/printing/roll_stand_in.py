"""A receipt printer of the tests: reads ESC/POS strictly, answers as printers do, on a socket or a pseudo terminal."""

import os
import pty
import socket
import threading
import tty
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

WELL = {1: 0x12, 2: 0x12, 3: 0x12, 4: 0x12}
END = b"\n"  # behind all that was sent
STYLES = {b"\x1ba": 1, b"\x1bE": 1, b"\x1d!": 1, b"\x1bd": 1}  # commands with so many bytes behind them


@dataclass
class RollStandIn:
    """`answers` to DLE EOT by number; `silent` answers nothing at all. `runs_out` says it is out at its knife."""

    answers: dict[int, int] = field(default_factory=lambda: dict(WELL))
    silent: bool = False
    runs_out: bool = False
    keeps_the_fence: bool = False  # never gets to it
    lines: list[str] = field(default_factory=list)
    rows: list[bytes] = field(default_factory=list)
    cuts: int = 0
    knife: str = "no"
    is_chinese: bool = False
    wrong: list[bytes] = field(default_factory=list)
    heard: bytes = b""
    _rest: bytes = b""
    _line: bytes = b""

    def hear(self, content: bytes) -> bytes:
        """What it answers to these bytes."""
        self.heard += content
        self._rest += content
        told = bytearray()
        while self._rest and (used := self._one(told)):
            self._rest = self._rest[used:]
        return b"" if self.silent else bytes(told)

    def _one(self, told: bytearray) -> int:
        """Work through one command or one character; how many bytes it took, 0 when some are still to come."""
        rest, two = self._rest, self._rest[:2]
        if rest[0] in {0x10, 0x1B, 0x1C, 0x1D} and len(rest) < 3 and two not in {b"\x1b@", b"\x1c&"}:
            return 0
        if two in {b"\x1b@", b"\x1c&"}:
            self.is_chinese = two == b"\x1c&"
            return 2
        if two in {b"\x10\x04", b"\x1dr", *STYLES}:
            if two == b"\x10\x04":
                told.append(self.answers[rest[2]])
            elif two == b"\x1dr" and not self.keeps_the_fence:
                told.append(0)
            return 3
        if two == b"\x1dV":
            return self._cut()
        if rest[:4] == b"\x1dv0\x00"[: len(rest)]:
            return self._picture()
        return self._letter()

    def _cut(self) -> int:
        function = self._rest[2]
        if function not in {0, 1}:  # whole, partial; with a feed of its own it would be four bytes
            self.wrong.append(self._rest[:3])
        self.knife = "full" if function == 0 else "partial"
        self.cuts += 1
        if self.runs_out:
            self.answers[4] = 0x72
        return 3

    def _picture(self) -> int:
        if len(self._rest) < 8:
            return 0
        wide, high = (int.from_bytes(self._rest[at : at + 2], "little") for at in (4, 6))
        if len(self._rest) < 8 + wide * high:
            return 0
        dots = self._rest[8 : 8 + wide * high]
        self.rows += [dots[at : at + wide] for at in range(0, len(dots), wide)]
        return 8 + wide * high

    def _letter(self) -> int:
        first = self._rest[:1]
        if first == b"\n":
            self.lines.append(self._line.decode("gbk"))
            self._line = b""
            return 1
        if first[0] >= 0x81 and self.is_chinese:
            if len(self._rest) < 2:
                return 0
            self._line += self._rest[:2]
            return 2
        if not 0x20 <= first[0] < 0x7F:
            self.wrong.append(self._rest[:8])
        self._line += first
        return 1


@contextmanager
def on_a_socket(printer: RollStandIn) -> Iterator[str]:
    """Its address, while it listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(10)
        thread = threading.Thread(target=_serve, args=(server, printer), daemon=True)
        thread.start()
        yield f"escpos://127.0.0.1:{server.getsockname()[1]}"
        server.shutdown(socket.SHUT_RDWR)
    thread.join()


def _serve(server: socket.socket, printer: RollStandIn) -> None:
    while True:
        try:
            caller, _ = server.accept()
        except OSError:
            return
        with caller:
            while content := caller.recv(4096):
                caller.sendall(printer.hear(content))


@contextmanager
def on_a_terminal(printer: RollStandIn) -> Iterator[str]:
    """The name of its side that a program opens."""
    ours, theirs = pty.openpty()
    tty.setraw(theirs)
    ended = threading.Event()

    def serve() -> None:
        while True:
            content = os.read(ours, 4096)
            os.write(ours, printer.hear(content))
            if ended.is_set() and content.endswith(END):
                return

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield os.ttyname(theirs)
    finally:
        ended.set()
        os.write(theirs, END)
        thread.join()
        os.close(ours)
        os.close(theirs)
