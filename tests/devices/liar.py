"""A network scanner that says whatever it is told to: wrongly, without end, drop by drop."""

import threading
import time
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

from devices.scanner.escl_simulator import capabilities

IDLE = (
    b'<scan:ScannerStatus xmlns:scan="http://schemas.hp.com/imaging/escl/2011/05/03" '
    b'xmlns:pwg="http://www.pwg.org/schemas/2010/12/sm"><pwg:State>Idle</pwg:State></scan:ScannerStatus>'
)
STOPPED = IDLE.replace(b"Idle", b"Stopped")
MADE, STANDS = {"ScanJobs": (201, b"")}, {"ScannerStatus": (200, IDLE)}
NEXT = "ScanJobs/1/NextDocument"

FOREVER = {b"(flood)": (bytes(1 << 16), 0.0), b"(drops)": (b" ", 0.02), b"(silence after this)": (b"half", 0.6)}
LONG_ENOUGH = 64 << 20  # bytes; so much is "for ever"


class Liar:
    """A scanner that says what it is told to: path without its root → status, body, and what else is in the head."""

    def __init__(self, said: dict[str, tuple[int, bytes]], location: str = "/eSCL/ScanJobs/1") -> None:
        liar = self
        self.said = {"ScannerCapabilities": (200, capabilities()), **said}
        self.asked: list[str] = []
        self.sent = 0  # bytes of what has no end

        class Handler(BaseHTTPRequestHandler):
            def _answer(self) -> None:
                path = self.path.removeprefix("/eSCL/")
                liar.asked.append(f"{self.command} {path}")
                status, body = liar.said.get(path, (404, b""))
                if body == b"(silence)":
                    time.sleep(2.5)  # longer than whoever asks waits, and over when he is gone
                if body == b"(less than nothing)":
                    self.wfile.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\n")
                    return
                if body in FOREVER:
                    self._go_on(status, *FOREVER[body])
                    return
                self.send_response(status)
                self.send_header("Location", location)
                self.send_header("Content-Length", str(len(body) + (7 if body.endswith(b"(cut)") else 0)))
                self.end_headers()
                self.wfile.write(body)

            def _go_on(self, status: int, piece: bytes, pause: float) -> None:
                self.send_response(status)
                self.send_header("Location", location)
                self.end_headers()
                with suppress(OSError):  # until whoever asked goes away
                    while liar.sent < LONG_ENOUGH:
                        self.wfile.write(piece)
                        liar.sent += len(piece)
                        time.sleep(pause)

            do_GET = do_POST = do_DELETE = _answer  # noqa: N815 - http.server asks for these names

            def log_message(self, *_: Any) -> None:
                """Nobody reads along."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/eSCL"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
