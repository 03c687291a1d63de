"""An end to an exchange whose other end drags it out: a byte now and then keeps every timeout of requests away.

A head without end, one `100 Continue` after the other, a chunk whose size never ends: http.client reads them as long as
something comes. Closing a socket wakes nobody who reads from it, so it is shut down.
"""

import socket
from collections.abc import Mapping
from contextlib import suppress
from threading import Lock, Timer
from typing import Self

from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection


class Deadline:
    """`with Deadline(seconds) as deadline`: whatever its pools opened ends then, for whoever reads, as if cut off."""

    def __init__(self, seconds: float) -> None:
        self._lock = Lock()
        self._opened: list[socket.socket] = []
        self.is_over = False
        self._timer = Timer(seconds, self._end)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()

    def pools(self) -> Mapping[str, type[HTTPConnectionPool]]:
        """urllib3's pools by scheme, whose connections end with it."""
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
        if isinstance(opened, socket.socket):
            with self._lock:
                self._opened.append(opened)
                if self.is_over:
                    _shut(opened)

    def _end(self) -> None:
        with self._lock:
            self.is_over = True
            for each in self._opened:
                _shut(each)


def _shut(each: socket.socket) -> None:
    with suppress(OSError):  # closed already
        socket.socket.shutdown(each, socket.SHUT_RDWR)  # not the TLS one's own: that forgets TLS under its reader
