"""The open sockets of a transport, so that a request somebody waits in can be ended from another thread.

A request that the platform holds open lasts half a minute; whoever closes the window does not wait for it. Neither
requests nor urllib3 can be told to stop, and closing a socket wakes nobody who reads from it: it has to be shut down.
"""

import socket
from collections.abc import Mapping
from contextlib import suppress
from threading import Lock
from weakref import WeakSet

from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection

_KEEPALIVE = ("TCP_KEEPIDLE", "TCP_KEEPINTVL", "TCP_KEEPCNT")


def ask_in_silence(connection: socket.socket, idle: int, interval: int, count: int) -> None:
    """Have the system ask the other end after `idle` seconds of silence, and give up after `count` unheard questions.

    A cable that is pulled closes nothing: whoever only waits would wait for ever.
    """
    with suppress(OSError):  # gone already
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    for name, value in zip(_KEEPALIVE, (idle, interval, count), strict=True):
        with suppress(AttributeError, OSError):  # not every system has each of them
            connection.setsockopt(socket.IPPROTO_TCP, getattr(socket, name), value)


class Sockets:
    """Those that were opened and are not gone; harmless on any thread."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._open: WeakSet[socket.socket] = WeakSet()
        self._ended = False

    def end(self) -> None:
        """Shut all of them down, and each that is opened from here on: who waits at one meets an error."""
        with self._lock:
            self._ended = True
            for each in self._open:
                _shut(each)

    def pools(self) -> Mapping[str, type[HTTPConnectionPool]]:
        """urllib3's pools by scheme, whose connections are noted here."""
        note = self._note

        class Plain(HTTPConnection):
            def connect(self) -> None:
                super().connect()
                note(self.sock)

        class Sealed(HTTPSConnection):
            def connect(self) -> None:
                super().connect()
                note(self.sock)

        class PlainPool(HTTPConnectionPool):
            ConnectionCls = Plain

        class SealedPool(HTTPSConnectionPool):
            ConnectionCls = Sealed

        return {"http": PlainPool, "https": SealedPool}

    def _note(self, opened: object) -> None:
        if isinstance(opened, socket.socket):  # TLS inside the TLS of a proxy is none: that request is waited for
            ask_in_silence(opened, idle=5, interval=5, count=3)
            with self._lock:
                self._open.add(opened)
                if self._ended:
                    _shut(opened)


def _shut(each: socket.socket) -> None:
    with suppress(OSError):  # closed already
        socket.socket.shutdown(each, socket.SHUT_RDWR)  # not the TLS one's own: that forgets TLS under its reader
