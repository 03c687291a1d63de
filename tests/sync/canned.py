"""A server that says one thing to everybody: the platforms that are none."""

import socket
import ssl
import threading
import time
from contextlib import suppress
from types import TracebackType
from typing import Self


class CannedServer:
    """Answers every request with the same status line, type and body; OPTIONS with `options` when given.

    `drip`: seconds before each byte of the body.
    """

    def __init__(
        self,
        status: str,
        media_type: str,
        body: bytes,
        *,
        options: str | None = None,
        headers: str = "",
        tls: ssl.SSLContext | None = None,
        drip: float = 0.0,
    ) -> None:
        self._drip = drip
        self._answer = _answer(status, media_type, body, headers)
        self._options = _answer(options, "text/plain", b"", headers) if options else self._answer
        self._tls = tls
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._thread = threading.Thread(target=self._serve)
        self.requests = 0
        self.heads: list[bytes] = []  # the header lines of each request
        self.url = f"http{'s' if tls else ''}://127.0.0.1:{self._listener.getsockname()[1]}"

    def answer(self, status: str, *, headers: str) -> None:
        """From now on say this, which may name the server's own address, to all but OPTIONS."""
        self._answer = _answer(status, "text/plain", b"", headers)

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            with (
                connection,
                suppress(OSError),
                self._tls.wrap_socket(connection, server_side=True) if self._tls else connection as end,
            ):
                self._say(end)

    def _say(self, connection: socket.socket) -> None:
        connection.settimeout(2)
        self.requests += 1
        with connection.makefile("rb") as reader:
            first = reader.readline()
            length = 0
            self.heads.append(b"")
            while (line := reader.readline()).strip():
                self.heads[-1] += line
                if line.lower().startswith(b"content-length:"):
                    length = int(line.split(b":")[1])
            reader.read(length)
        answer = self._options if first.startswith(b"OPTIONS") else self._answer
        head, end, body = answer.partition(b"\r\n\r\n") if self._drip else (answer, b"", b"")
        connection.sendall(head + end)
        for byte in body:
            time.sleep(self._drip)
            connection.sendall(bytes([byte]))
        connection.close()

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join()


def _answer(status: str, media_type: str, body: bytes, headers: str) -> bytes:
    head = f"HTTP/1.1 {status}\r\nContent-Type: {media_type}\r\nContent-Length: {len(body)}\r\n"
    return f"{head}{headers}Connection: close\r\n\r\n".encode() + body
