"""The way to a receipt printer: a socket, a serial line, or a file of the system; opened for one slip or one look."""

import os
import select
import socket
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import serial

CONNECT = 1.0  # seconds
WRITE = 15.0  # for all of a slip: a printer that is full takes what it has printed


class Line(Protocol):
    """Raises OSError (of which serial.SerialException is one) for whatever goes wrong."""

    def write(self, content: bytes) -> None: ...

    def read(self, count: int, seconds: float) -> bytes:
        """At most so many bytes, and fewer when no more come in that time."""
        ...

    def close(self) -> None: ...


def network(host: str, port: int) -> Line:
    """A printer that takes raw bytes over TCP, mostly at port 9100."""
    return _Socket(socket.create_connection((host, port), CONNECT))


def serial_line(port: str, baud: int) -> Line:
    return _Serial(serial.Serial(port, baud, timeout=0, write_timeout=WRITE, exclusive=_exclusive()))


def device_file(path: Path) -> Line:
    """A node of the system's, such as /dev/usb/lp0; not made where it is not."""
    return _File(os.open(path, os.O_RDWR | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_NONBLOCK", 0)))


class _Socket:
    def __init__(self, opened: socket.socket) -> None:
        self._socket = opened

    def write(self, content: bytes) -> None:
        self._socket.settimeout(WRITE)
        self._socket.sendall(content)

    def read(self, count: int, seconds: float) -> bytes:
        def receive(left: float, most: int) -> bytes | None:
            self._socket.settimeout(left)
            try:
                return self._socket.recv(most) or None
            except TimeoutError:
                return b""

        return _gathered(count, seconds, receive)

    def close(self) -> None:
        self._socket.close()


class _Serial:
    def __init__(self, opened: serial.Serial) -> None:
        self._serial = opened

    def write(self, content: bytes) -> None:
        self._serial.write(content)

    def read(self, count: int, seconds: float) -> bytes:
        def receive(left: float, most: int) -> bytes | None:
            self._serial.timeout = left
            found: bytes = self._serial.read(most)
            return found

        return _gathered(count, seconds, receive)

    def close(self) -> None:
        self._serial.close()


class _File:
    def __init__(self, opened: int) -> None:
        self._opened = opened

    def write(self, content: bytes) -> None:
        until, left = time.monotonic() + WRITE, memoryview(content)
        while left:
            try:
                left = left[os.write(self._opened, left) :]
            except BlockingIOError:
                if time.monotonic() > until:
                    raise
                self._wait([], [self._opened], 0.1)

    def read(self, count: int, seconds: float) -> bytes:
        def receive(left: float, most: int) -> bytes | None:
            if not self._wait([self._opened], [], left):
                return b""
            return os.read(self._opened, most) or None

        return _gathered(count, seconds, receive)

    def close(self) -> None:
        os.close(self._opened)

    @staticmethod
    def _wait(read: list[int], write: list[int], seconds: float) -> bool:
        if sys.platform == "win32":  # it waits for sockets alone; a node there tells nothing
            time.sleep(min(seconds, 0.1))
            return bool(write)
        return any(select.select(read, write, [], max(seconds, 0.0)))


def _gathered(count: int, seconds: float, receive: Callable[[float, int], bytes | None]) -> bytes:
    """`receive` gives b"" when nothing came in its time, and None when nothing will come any more."""
    found, until = bytearray(), time.monotonic() + seconds
    while len(found) < count and (left := until - time.monotonic()) > 0:
        piece = receive(left, count - len(found))
        if piece is None:
            break
        found += piece
    return bytes(found)


def _exclusive() -> bool | None:
    return None if sys.platform == "win32" else True
