"""Scanners that go wrong once, at one step, in one way: a process by its lines, a scanner in the network by eSCL.

Each has a stack of paper: a sheet leaves it when its page was given whole; what a fault took is put back, as a person
does.
"""

import sys
import threading
import time
from contextlib import suppress
from enum import StrEnum
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Self

from devices.scanner.escl_messages import JPEG, PWG, SCAN
from devices.scanner.escl_simulator import ROOT, XML, capabilities


class Step(StrEnum):
    OPEN = "open"
    FIRST = "first page"
    SECOND = "second page"
    END = "end"


class How(StrEnum):
    ABSENT = "absent"
    UNPLUG = "unplugged"
    STALL = "stalled"
    GARBAGE = "garbage"
    SHORT = "short"
    LONG = "long"
    TWICE = "twice"
    ORDER = "wrong order"
    LOCKED = "locked"


GARBAGE = b"\x00\xff{]" * 64

_PLAYED = """
import json, os, sys, time
from pathlib import Path

folder, step, how = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
done = folder / "done"


def say(words, content=b""):
    sys.stdout.buffer.write(json.dumps(words).encode() + b"\\n" + content)
    sys.stdout.buffer.flush()


def page(job, number, content, told=None):
    say({"event": "page", "job": job, "page": number, "width": 9, "height": 9, "dpi": 75,
         "length": len(content) if told is None else told}, content)


def fails(job, number, usual):
    '''The fault, once. True where the sheet is given all the same.'''
    done.touch()
    if how == "absent" or how == "locked":
        say({"event": "failed", "job": job, "page": number, "trouble": "absent" if how == "absent" else "busy"})
    elif how == "unplugged":
        sys.stdout.buffer.write(json.dumps(usual).encode()[:20])
        sys.stdout.buffer.flush()
        os._exit(1)
    elif how == "stalled":
        time.sleep(60)
    elif how == "garbage":
        sys.stdout.buffer.write(bytes.fromhex("00ff7b5d") * 64 + b"\\n")
        sys.stdout.buffer.flush()
    elif how == "long":
        sys.stdout.buffer.write(b"x" * 300000)
        sys.stdout.buffer.flush()
    elif how == "wrong order":
        say({**usual, "job": job + 5})


for line in sys.stdin:
    asked = json.loads(line)
    job = asked["job"]
    if asked["do"] != "scan":
        continue
    due = None if done.exists() else step
    stack = sorted(folder.glob("*.jpg"))
    if due == "open" and how not in ("short", "twice"):
        fails(job, 0, {"event": "starting", "job": job, "page": 1})
        continue
    if due == "open":
        done.touch()
        if how == "short":
            say({"event": "starting"})
            continue
        say({"event": "starting", "job": job, "page": 1})
    say({"event": "starting", "job": job, "page": 1})
    if not stack:
        say({"event": "failed", "job": job, "page": 1, "trouble": "out_of_paper"})
        continue
    for number, sheet in enumerate(stack, 1):
        content = sheet.read_bytes()
        if due and due == {1: "first page", 2: "second page"}.get(number):
            done.touch()
            if how == "short":
                page(job, number, content[:-9], told=len(content))
                say({"event": "progress", "job": job, "page": number, "share": 0.5})
                break
            if how == "wrong order":
                page(job, number + 1, content)
                break
            if how in ("long", "twice"):
                page(job, number, content)
                sheet.unlink()
            if how == "twice":
                page(job, number, content)
                break
            fails(job, number, {"event": "page", "job": job, "page": number, "length": 99999})
            break
        page(job, number, content)
        sheet.unlink()
    else:
        if due == "end" and how not in ("short", "twice"):
            fails(job, len(stack) + 1, {"event": "done", "job": job})
        elif due == "end" and how == "short":
            done.touch()
            say({"event": "done"})
        else:
            say({"event": "done", "job": job})
            if due == "end":
                done.touch()
                say({"event": "done", "job": job})
"""


def played(folder: Path, step: Step, how: How) -> tuple[str, ...]:
    """The process; the sheets in its feeder are the JPEG files of the folder."""
    return (sys.executable, "-S", "-c", _PLAYED, str(folder), step, how)


class QuietServer(ThreadingHTTPServer):
    """A client that hangs up in the middle is what these tests are about."""

    def handle_error(self, *_: object) -> None:
        """Nobody reads along."""


class Connection(BaseHTTPRequestHandler):
    """One connection; `desk` is the scanner behind its server."""

    protocol_version = "HTTP/1.1"
    desk: "FaultyEscl"

    def do_GET(self) -> None:
        path = self.path.removeprefix(ROOT)
        if path == "ScannerCapabilities":
            self._say(HTTPStatus.OK, capabilities(), XML, Step.OPEN)
        elif path == "ScannerStatus":
            self._say(HTTPStatus.OK, self.desk.status(), XML)
        elif path.endswith("NextDocument"):
            with self.desk.feeder:
                self._next()
        else:
            self._say(HTTPStatus.NOT_FOUND)

    def _next(self) -> None:
        if not self.desk.stack:
            self._say(HTTPStatus.NOT_FOUND, step=Step.END)
            return
        self.desk.pages += 1
        if self._say(HTTPStatus.OK, self.desk.stack[0], JPEG, _PAGES.get(self.desk.pages)):
            self.desk.stack.pop(0)

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.desk.pages = 0
        is_held = self.desk.left == HELD  # for as long as anybody waits
        self._say(HTTPStatus.SERVICE_UNAVAILABLE if is_held else HTTPStatus.CREATED)

    def do_DELETE(self) -> None:
        self._say(HTTPStatus.OK)

    def _say(self, status: HTTPStatus, body: bytes = b"", kind: str = "", step: Step | None = None) -> bool:
        """Whether it was said whole."""
        how = self.desk.due(step)
        self.close_connection = how in (How.UNPLUG, How.SHORT) or self.close_connection
        if how is How.UNPLUG:
            return False
        if how is How.STALL:
            time.sleep(self.desk.stall)
        if how in (How.ABSENT, How.LOCKED):
            status = HTTPStatus.INTERNAL_SERVER_ERROR
        body = self._spoilt(body, how, kind)
        self._write(status, body, kind, more=9 if how is How.SHORT else 0)
        if how is How.TWICE:
            with suppress(OSError):  # nobody hears it any more
                self._write(status, body, kind)
        return how in (None, How.TWICE)

    def _write(self, status: HTTPStatus, body: bytes, kind: str, more: int = 0) -> None:
        self.send_response(status)
        for name, value in (("Content-Type", kind), ("Location", f"http://127.0.0.1{ROOT}ScanJobs/1")):
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body) + more))
        self.end_headers()
        self.wfile.write(body)

    def _spoilt(self, body: bytes, how: How | None, kind: str) -> bytes:
        if how is How.ORDER:  # the answer to another question
            return capabilities() if kind == JPEG else self.desk.status()
        return {How.GARBAGE: GARBAGE, How.LONG: body + GARBAGE * 5000, How.SHORT: body[:-9]}.get(how or How.STALL, body)

    def log_message(self, *_: Any) -> None:
        """Nobody reads along."""


_PAGES = {1: Step.FIRST, 2: Step.SECOND}
HELD = (Step.OPEN, How.LOCKED)


class FaultyEscl:
    """A network scanner with these sheets in its feeder."""

    def __init__(self, stack: list[bytes], step: Step, how: How, stall: float) -> None:
        self.stack = stack
        self.left: tuple[Step, How] | None = (step, how)
        self.stall = stall
        self.pages = 0  # of the job
        self.feeder = threading.Lock()
        self._server = QuietServer(("127.0.0.1", 0), type("Faulty", (Connection,), {"desk": self}))
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=partial(self._server.serve_forever, 0.02), daemon=True)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}{ROOT}"

    def due(self, step: Step | None) -> How | None:
        """The fault of that step; it comes once."""
        if self.left is None or self.left == HELD or step is not self.left[0]:
            return None
        how, self.left = self.left[1], None
        return how

    def status(self) -> bytes:
        adf = "ScannerAdfLoaded" if self.stack else "ScannerAdfEmpty"
        return (
            f'<scan:ScannerStatus xmlns:scan="{SCAN}" xmlns:pwg="{PWG}"><pwg:State>Idle</pwg:State>'
            f"<scan:AdfState>{adf}</scan:AdfState></scan:ScannerStatus>"
        ).encode()

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
