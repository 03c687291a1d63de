"""A proxy that misbehaves on purpose, between a real window and a real hub, request by request."""

import http.client
import http.server
import random
import socket
import struct
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from enum import Enum, auto
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

PAGE = b"<html><body>\xe8\xaf\xb7\xe5\x85\x88\xe7\x99\xbb\xe5\xbd\x95</body></html>"  # a captive portal: 请先登录
PROBLEM = b'{"type":"urn:x","title":"\xe7\xa4\xba\xe4\xbe\x8b","status":%d,"code":"example"}'


class Trick(Enum):
    """One way for a network or a server to fail."""

    RESET_BEFORE = auto()  # the connection is reset, nothing reached the hub
    CUT_REQUEST = auto()  # half the request reaches the hub, then the line is cut at both sides
    RESET_AFTER = auto()  # the hub did it, the connection is reset instead of an answer
    LOST_ANSWER = auto()  # the hub did it, the line closes without a word
    CUT_ANSWER = auto()  # the hub did it, half the answer arrives
    SLOW = auto()  # all is well, late
    TWICE = auto()  # the hub gets the request twice
    UNAVAILABLE = auto()  # 503 with Retry-After
    FAILED_AFTER = auto()  # the hub did it, 500 is answered
    PORTAL = auto()  # a login page, with 200
    UNAUTHORIZED = auto()  # 401
    CONFLICT = auto()  # 409 that is none of the hub's
    TOO_LARGE_PAGE = auto()  # 413 of a machine in between
    UNPROCESSABLE = auto()  # 422 that is none of the hub's
    TOO_MANY = auto()  # 429
    REDIRECT = auto()  # 302 to somewhere else


_STATUS = {
    Trick.UNAVAILABLE: 503,
    Trick.PORTAL: 200,
    Trick.UNAUTHORIZED: 401,
    Trick.CONFLICT: 409,
    Trick.TOO_LARGE_PAGE: 413,
    Trick.UNPROCESSABLE: 422,
    Trick.TOO_MANY: 429,
    Trick.REDIRECT: 302,
}

Plan = Callable[[str, str], Trick | None]
"""Given method and path: what goes wrong with this request, None when nothing."""


def at_random(seed: int, tricks: tuple[Trick, ...], share: float) -> Plan:
    """Every request fails with probability `share`, in one of `tricks`."""
    rng = random.Random(seed)
    return lambda _method, _path: rng.choice(tricks) if rng.random() < share else None


class FaultProxy:
    """`with FaultProxy(hub.url) as proxy:` listens at `proxy.url`; `proxy.plan` decides, `proxy.played` counts."""

    def __init__(self, upstream: str, plan: Plan = lambda _method, _path: None) -> None:
        self.upstream = upstream
        self.plan = plan
        self.after_effect: Callable[[Trick | None], None] = lambda _: None  # between the hub's effect and our answer
        self.played: Counter[Trick] = Counter()
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.proxy = self
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"

    def only(self, trick: Trick, times: int = 1, method: str = "", path: str = "") -> None:
        """Play `trick` on the next `times` requests of that kind."""
        left = [times]

        def plan(its_method: str, its_path: str) -> Trick | None:
            if left[0] and its_method.startswith(method) and its_path.startswith(path):
                left[0] -= 1
                return trick
            return None

        self.plan = plan

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.hang_up()
        self._server.server_close()
        self._thread.join()


class _Server(http.server.ThreadingHTTPServer):
    daemon_threads = False
    proxy: FaultProxy

    def __init__(self, address: tuple[str, int], handler: type["_Handler"]) -> None:
        super().__init__(address, handler)
        self.connections: set[socket.socket] = set()

    def handle_error(self, request: object, client_address: object) -> None:
        """A window that was killed in the middle of its request hears no answer; anything else is our bug."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)  # type: ignore[arg-type] # passed through

    def hang_up(self) -> None:
        """End the conversations that are still open, so that their threads end too."""
        for connection in list(self.connections):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = 1 << 16  # head and body in one packet: no waiting for a delayed acknowledgement
    server: _Server

    def setup(self) -> None:
        self.server.connections.add(self.request)
        super().setup()

    def finish(self) -> None:
        with suppress(OSError):
            super().finish()
        self.server.connections.discard(self.request)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- the signature of http.server
        """Say nothing."""

    def _play(self) -> None:
        length = int(self.headers.get("Content-Length", 0))
        body = self.rfile.read(length)
        if len(body) < length:  # whoever sent it was killed meanwhile
            self.close_connection = True
            return
        proxy = self.server.proxy
        trick = proxy.plan(self.command, self.path)
        if trick is not None:
            proxy.played[trick] += 1
        match trick:
            case Trick.RESET_BEFORE:
                self._reset()
            case Trick.CUT_REQUEST:
                self._forward_half(body)
                self._reset()
            case status if status in _STATUS:
                self._say(status)
            case _:
                self._after(trick, body)

    def _after(self, trick: Trick | None, body: bytes) -> None:
        if trick is Trick.TWICE:
            self._forward(body)
        status, headers, content = self._forward(body)
        self.server.proxy.after_effect(trick)
        match trick:
            case Trick.RESET_AFTER:
                self._reset()
            case Trick.LOST_ANSWER:
                self.close_connection = True
            case Trick.FAILED_AFTER:
                self._answer(500, {"Content-Type": "text/plain"}, b"oops")
            case Trick.CUT_ANSWER:
                self._answer(status, headers, content, shown=len(content) // 2)
                self.close_connection = True
            case _:
                time.sleep(0.05 if trick is Trick.SLOW else 0)
                self._answer(status, headers, content)

    do_GET = do_POST = do_HEAD = do_PATCH = do_OPTIONS = _play  # noqa: N815 -- the names http.server looks for

    def _say(self, trick: Trick) -> None:
        status = _STATUS[trick]
        headers = {"Content-Type": "text/html; charset=utf-8"}
        if trick in {Trick.UNAVAILABLE, Trick.TOO_MANY}:
            headers["Retry-After"] = "1"
        if trick is Trick.REDIRECT:
            headers["Location"] = "http://192.0.2.1/login"
        self._answer(status, headers, b"" if self.command == "HEAD" else PAGE)

    def _forward(self, body: bytes) -> tuple[int, dict[str, str], bytes]:
        upstream = http.client.HTTPConnection(urlsplit(self.server.proxy.upstream).netloc, timeout=20)
        try:
            headers = {name: value for name, value in self.headers.items() if name.lower() != "connection"}
            upstream.request(self.command, self.path, body or None, headers)
            answer = upstream.getresponse()
            return answer.status, dict(answer.getheaders()), answer.read()
        except (OSError, http.client.HTTPException):  # the hub is being killed, too; or in the middle of its answer
            return 502, {"Content-Type": "text/plain"}, b"bad gateway"
        finally:
            upstream.close()

    def _forward_half(self, body: bytes) -> None:
        where = urlsplit(self.server.proxy.upstream)
        head = "".join(f"{name}: {value}\r\n" for name, value in self.headers.items())
        with socket.create_connection((where.hostname, where.port), timeout=5) as upstream:
            upstream.sendall(f"{self.command} {self.path} HTTP/1.1\r\n{head}\r\n".encode() + body[: len(body) // 2])

    def _answer(self, status: int, headers: dict[str, str], content: bytes, shown: int | None = None) -> None:
        self.send_response_only(status)
        kept = {name: value for name, value in headers.items() if name.lower() not in {"content-length", "connection"}}
        for name, value in kept.items():
            self.send_header(name, value)
        if "Content-Length" in {name.title() for name in headers} and self.command == "HEAD":
            self.send_header("Content-Length", headers.get("content-length", "0"))
        elif status != 204:
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content[:shown])

    def _reset(self) -> None:
        """RST instead of FIN: what a firewall or a dying machine does."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close_connection = True
        self.connection.close()
